//! The fleet's clock: the time that residents live by. It owns the only reading of the system clock outside the store,
//! and the only sleeping in fleet time. HTTP time-outs, leases and pushes do not use it: those live in real time.

use std::time::Duration;

use fleet_bots::{ClockReading, FleetTime};
use tokio::time::Instant;

/// The longest single sleep. A laptop that slept, or a clock that was set, is noticed after that.
const NAP: Duration = Duration::from_secs(60);

/// What the residents' clocks show. Copies show the same.
#[derive(Clone, Copy, Debug)]
pub struct FleetClock {
    kind: Kind,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// The wall clock itself.
    Wall,
    /// From `origin` on, `speed` times as fast as real time.
    Fast { origin: FleetTime, began: Instant, speed: f64 },
}

impl FleetClock {
    /// Fleet time is real time.
    #[must_use]
    pub fn wall() -> Self {
        Self { kind: Kind::Wall }
    }

    /// Fleet time begins at `origin` now, and passes `speed` times as fast as real time. A speed that is not a positive
    /// number counts as 1.
    #[must_use]
    pub fn fast(origin: FleetTime, speed: f64) -> Self {
        let speed = if speed.is_finite() && speed > 0.0 { speed } else { 1.0 };
        Self { kind: Kind::Fast { origin, began: Instant::now(), speed } }
    }

    /// The clock of another process, from what it kept last: for a shell that speaks to a running fleet.
    #[must_use]
    pub fn from_reading(reading: ClockReading) -> Self {
        let since =
            Duration::from_micros(u64::try_from(wall_us().saturating_sub(reading.wall_us)).unwrap_or(0));
        // A fleet keeps its clock every second; one that has not for a while has stopped, and its clock with it.
        let running = if since < Duration::from_secs(5) {
            since.mul_f64(reading.speed.max(0.0))
        } else {
            Duration::ZERO
        };
        Self::fast(reading.fleet.plus(running), reading.speed)
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> FleetTime {
        match self.kind {
            Kind::Wall => FleetTime(wall_us()),
            Kind::Fast { origin, began, speed } => origin.plus(began.elapsed().mul_f64(speed)),
        }
    }

    /// How many seconds of fleet time pass in one of real time.
    #[must_use]
    pub fn speed(&self) -> f64 {
        match self.kind {
            Kind::Wall => 1.0,
            Kind::Fast { speed, .. } => speed,
        }
    }

    /// How much fleet time passes in `real`.
    #[must_use]
    pub fn in_fleet(&self, real: Duration) -> Duration {
        real.mul_f64(self.speed())
    }

    /// What to keep, so that the fleet can go on from here.
    #[must_use]
    pub fn reading(&self) -> ClockReading {
        ClockReading { fleet: self.now(), wall_us: wall_us(), speed: self.speed() }
    }

    /// Sleeps until it shows `moment`.
    pub async fn sleep_until(&self, moment: FleetTime) {
        loop {
            let left = moment.since(self.now());
            if left.is_zero() {
                return;
            }
            let real = left.div_f64(self.speed()).max(Duration::from_millis(1));
            tokio::time::sleep(real.min(NAP)).await;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else is to ask")]
fn wall_us() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_hour_passes_in_a_minute_at_sixty_times_the_speed() {
        let clock = FleetClock::fast(FleetTime(0), 60.0);
        clock.sleep_until(FleetTime(0).plus(Duration::from_secs(3_600))).await;
        let passed = clock.now().since(FleetTime(0));
        assert!(passed >= Duration::from_secs(3_600) && passed < Duration::from_secs(3_601), "{passed:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_shell_reads_the_running_clock_and_not_a_stopped_one() {
        let kept = FleetTime(5_000_000);
        let stopped = ClockReading { fleet: kept, wall_us: wall_us() - 3_600_000_000, speed: 60.0 };
        assert_eq!(FleetClock::from_reading(stopped).now(), kept);
        let running = ClockReading { fleet: kept, wall_us: wall_us() - 1_000_000, speed: 60.0 };
        let ahead = FleetClock::from_reading(running).now().since(kept);
        assert!(ahead >= Duration::from_secs(60) && ahead < Duration::from_secs(120), "{ahead:?}");
    }
}
