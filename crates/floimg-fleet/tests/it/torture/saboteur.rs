//! What goes wrong, and how it is drawn.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::calls::{Call, What};

/// At which step of a request the fleet dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// Before the gallery has the request.
    Before,
    /// After it did what was asked, and before it is heard.
    Unanswered,
    /// In the middle of its answer.
    Midway,
    /// When the answer is there, and nothing of it is written down.
    After,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Nothing out of the ordinary.
    Pass,
    /// The fleet dies.
    Kill(Moment),
    /// The gallery gets it later, and its sender hears nothing.
    Late {
        after: Duration,
        /// Whether the fleet dies at once.
        kills: bool,
        /// Whether the sender looks for it before.
        is_too_late: bool,
    },
    /// The gallery gets it a little later.
    Slow(Duration),
    /// The gallery never gets it, and the connection is reset.
    Reset,
    /// The gallery did it, and the answer is lost.
    Lose,
    /// The gallery did it, and the answer breaks off.
    BreakOff,
    /// The gallery did it, and somebody on the way says 502.
    Fail,
    /// The answer comes twice.
    Twice,
    /// The list in the answer is in another order.
    Shuffle(u64),
    /// The page has moved by so many entries since the one before it was read.
    Shift(i64),
}

/// Draws what becomes of each request, once in so many.
pub(super) struct Random {
    dice: StdRng,
}

impl Random {
    pub(super) fn from(seed: u64) -> Self {
        Self { dice: StdRng::seed_from_u64(seed) }
    }

    pub(super) fn deed(&mut self, call: &Call) -> Deed {
        let dice = &mut self.dice;
        // By which a fleet finds out that its gallery is a sandbox.
        if call.what == What::Other {
            return Deed::Pass;
        }
        let happens = dice.random_bool(if call.what.is_write() { 0.25 } else { 0.12 });
        if !happens {
            return Deed::Pass;
        }
        if !call.what.is_write() {
            return match dice.random_range(0..8) {
                0 => Deed::Lose,
                1 => Deed::BreakOff,
                2 => Deed::Fail,
                3 => Deed::Reset,
                4 => Deed::Slow(Duration::from_millis(dice.random_range(10..1_300))),
                5 => Deed::Shift(dice.random_range(-4..=4)),
                _ => Deed::Shuffle(dice.random()),
            };
        }
        match dice.random_range(0..8) {
            0 => Deed::Lose,
            1 => Deed::BreakOff,
            2 => Deed::Fail,
            3 => Deed::Reset,
            4 => Deed::Twice,
            5 => Deed::Slow(Duration::from_millis(dice.random_range(10..900))),
            // Before it is looked for, if it can be.
            6 => Deed::late(Duration::from_millis(dice.random_range(50..1_200)), false),
            _ => Deed::late(Duration::from_millis(dice.random_range(3_000..5_000)), true),
        }
    }

    /// A kill that waits for the next request that does something, or for none at all.
    pub(super) fn kill(&mut self) -> Option<(Option<What>, Moment)> {
        let moment = [Moment::Before, Moment::Unanswered, Moment::Midway, Moment::After]
            [self.dice.random_range(0..4_usize)];
        match self.dice.random_range(0..10) {
            // At any moment, whatever is going on.
            0..3 => None,
            3 => Some((None, moment)),
            _ => Some((Some(What::WRITES[self.dice.random_range(1..6_usize)]), moment)),
        }
    }

    pub(super) fn span(&mut self, most: Duration) -> Duration {
        most.mul_f64(self.dice.random::<f64>())
    }

    pub(super) fn once_in(&mut self, times: u32) -> bool {
        self.dice.random_ratio(1, times)
    }
}

impl Deed {
    fn late(after: Duration, is_too_late: bool) -> Self {
        Deed::Late { after, kills: false, is_too_late }
    }
}
