//! Manners without a network: who waits, for how long, and who is told what. Time is paused, and passes when all wait.

use super::*;

const PATIENCE: Duration = Duration::from_secs(10);

fn manners() -> Manners {
    Manners { per_second: Some(5.0), burst: 2, calls: 4, workflows: 1, seed: 7 }
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
}

async fn leave(courtesy: &Courtesy, way: Way) -> Result<Leave<'_>, Error> {
    courtesy.leave(way, Instant::now() + PATIENCE).await
}

fn outage() -> Result<(), Error> {
    Err(Error::Server { status: 502, message: String::new() })
}

#[tokio::test(start_paused = true)]
async fn twenty_calls_at_once_go_out_one_after_the_other() {
    let courtesy = Courtesy::new(&manners());
    let began = Instant::now();
    let all = (0..20).map(|_| async {
        drop(leave(&courtesy, Way::Call).await.unwrap());
        began.elapsed()
    });
    let times = futures::future::join_all(all).await;
    assert_eq!(times.iter().filter(|time| time.is_zero()).count(), 2);
    // Eighteen more at five a second, in the order they came.
    assert!(times.is_sorted(), "{times:?}");
    assert!(
        times[19] > Duration::from_millis(3_500) && times[19] < Duration::from_millis(3_800),
        "{times:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn who_would_wait_for_more_than_half_of_the_time_is_told_how_long() {
    let courtesy = Courtesy::new(&manners());
    courtesy.asked_to_wait(Duration::from_secs(6));
    let held = leave(&courtesy, Way::Call).await.err().unwrap();
    let Error::HeldBack { retry_after, .. } = held else { panic!("{held:?}") };
    assert_eq!(retry_after, Duration::from_secs(6));
    tokio::time::advance(Duration::from_secs(2)).await;
    let began = Instant::now();
    leave(&courtesy, Way::Call).await.unwrap();
    assert_eq!(began.elapsed().as_secs(), 4);
}

#[tokio::test(start_paused = true)]
async fn workflows_do_not_keep_calls_from_being_sent() {
    let courtesy = Courtesy::new(&Manners { per_second: None, ..manners() });
    let drawing = leave(&courtesy, Way::Workflow).await.unwrap();
    let began = Instant::now();
    let held = leave(&courtesy, Way::Workflow).await.err().unwrap();
    assert!(matches!(held, Error::HeldBack { .. }), "{held:?}");
    assert_eq!(began.elapsed(), PATIENCE / 2);
    let calls: Vec<_> = futures::future::join_all((0..4).map(|_| leave(&courtesy, Way::Call))).await;
    assert!(calls.iter().all(Result::is_ok));
    assert!(leave(&courtesy, Way::Call).await.is_err());
    drop((drawing, calls));
    leave(&courtesy, Way::Workflow).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_gallery_that_fails_is_left_alone_and_tried_by_one() {
    let courtesy = Courtesy::new(&Manners { per_second: None, ..manners() });
    for _ in 0..FAILURES {
        courtesy.heard(&leave(&courtesy, Way::Call).await.unwrap(), &outage());
    }
    let held = leave(&courtesy, Way::Call).await.err().unwrap();
    let Error::HeldBack { retry_after, .. } = held else { panic!("{held:?}") };
    assert!(retry_after > FIRST_REST.mul_f64(0.79) && retry_after < FIRST_REST.mul_f64(1.21));
    // Its engine may be well.
    leave(&courtesy, Way::Workflow).await.unwrap();
    tokio::time::advance(retry_after).await;
    let trial = leave(&courtesy, Way::Call).await.unwrap();
    assert!(leave(&courtesy, Way::Call).await.is_err());
    courtesy.heard(&trial, &Ok(()));
    leave(&courtesy, Way::Call).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn who_is_turned_away_turns_everybody_away_until_a_probe_comes_through() {
    let courtesy = Courtesy::new(&Manners { per_second: None, ..manners() });
    for error in [Error::Unauthorized { message: "no".into() }, Error::Paused] {
        let begun_before = leave(&courtesy, Way::Call).await.unwrap();
        courtesy.heard(&leave(&courtesy, Way::Call).await.unwrap(), &Err::<(), _>(error.clone()));
        tokio::time::advance(Duration::from_secs(1)).await;
        courtesy.heard(&begun_before, &Ok(()));
        for way in [Way::Call, Way::Workflow] {
            assert_eq!(leave(&courtesy, way).await.err(), Some(error.clone()));
        }
        let probe = leave(&courtesy, Way::Probe).await.unwrap();
        assert_eq!(leave(&courtesy, Way::Call).await.err(), Some(error.clone()));
        courtesy.heard(&probe, &Err::<(), _>(error.clone()));
        // Twice as long as the first time.
        tokio::time::advance(FIRST_BAR).await;
        assert_eq!(leave(&courtesy, Way::Call).await.err(), Some(error.clone()));
        let probe = leave(&courtesy, Way::Probe).await.unwrap();
        courtesy.heard(&probe, &Ok(()));
        leave(&courtesy, Way::Workflow).await.unwrap();
    }
    courtesy.heard(&leave(&courtesy, Way::Call).await.unwrap(), &Err::<(), _>(Error::Paused));
    courtesy.reopen();
    leave(&courtesy, Way::Call).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn tries_are_a_tenth_of_what_is_asked_and_fit_into_its_time() {
    let courtesy = Courtesy::new(&Manners { per_second: None, calls: 1_000, ..manners() });
    let soon = || Instant::now() + PATIENCE;
    let mut tries = 0;
    for _ in 0..1_000 {
        leave(&courtesy, Way::Call).await.unwrap();
        if courtesy.another_try(0, soon()).is_some() {
            leave(&courtesy, Way::Call).await.unwrap();
            tries += 1;
        }
    }
    assert!((90..=100).contains(&tries), "{tries}");
    for _ in 0..100 {
        leave(&courtesy, Way::Call).await.unwrap();
    }
    assert_eq!(courtesy.another_try(0, Instant::now() + Duration::from_millis(100)), None);
    assert_eq!(courtesy.another_try(TRIES, soon()), None);
    assert!(courtesy.another_try(1, soon()).unwrap() > Instant::now());
}

#[tokio::test(start_paused = true)]
async fn limits_and_dates_are_by_the_gallerys_own_clock() {
    let courtesy = Courtesy::new(&manners());
    let now: Timestamp = "2026-03-05T12:00:00Z".parse().unwrap();
    // An hour ahead; the window ends in 30 s.
    let told = headers(&[
        ("date", "Thu, 05 Mar 2026 13:00:00 GMT"),
        ("x-ratelimit-limit", "60"),
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset", "1772715630"),
    ]);
    courtesy.read(&told, now);
    let report = courtesy.report();
    assert_eq!((report.limit, report.remaining), (Some(60), Some(0)));
    assert_eq!(report.clock_offset, Some(SignedDuration::from_secs(3_600)));
    assert_eq!(report.reset_at, Some("2026-03-05T12:00:30Z".parse().unwrap()));
    let held = leave(&courtesy, Way::Call).await.err().unwrap();
    assert_eq!(held.retry(), crate::Retry::After(Duration::from_secs(30)));
    let reset: Timestamp = "2026-03-06T00:00:00Z".parse().unwrap();
    assert_eq!(courtesy.ours(reset), "2026-03-05T23:00:00Z".parse().unwrap());
    // What an answer takes is no difference of clocks.
    courtesy.read(&headers(&[("date", "Thu, 05 Mar 2026 11:59:57 GMT")]), now);
    assert_eq!(courtesy.ours(reset), reset);
    assert_eq!(courtesy.report().limit, Some(60));
}

#[test]
fn nonsense_in_headers_is_passed_over() {
    let courtesy = Courtesy::new(&manners());
    let now: Timestamp = "2026-03-05T12:00:00Z".parse().unwrap();
    for value in ["-1", "many", "", "99999999999999999999", "18446744073709551615"] {
        let told = headers(&[
            ("date", value),
            ("x-ratelimit-limit", value),
            ("x-ratelimit-remaining", value),
            ("x-ratelimit-reset", value),
        ]);
        courtesy.read(&told, now);
        assert_eq!(courtesy.report(), CourtesyReport::default(), "{value}");
    }
}

#[test]
fn a_guest_is_gentle_and_at_home_only_the_gallery_counts() {
    let towards = |url: &str| Manners::towards(&url.parse().unwrap());
    let guest = towards("https://api.floimg.com");
    assert_eq!((guest.per_second, guest.burst, guest.calls, guest.workflows), (Some(5.0), 10, 8, 4));
    assert_eq!(towards("http://127.0.0.1:4100").per_second, None);
}
