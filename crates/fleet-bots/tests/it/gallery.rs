//! Data about one gallery is never used with another, and what the store says of itself.

use fleet_bots::Error;

use crate::store::TestStore;

store_tests!(
    data_about_one_gallery_is_refused_to_another_and_told_apart,
    the_store_says_what_it_is_and_that_it_takes_writes,
);

async fn data_about_one_gallery_is_refused_to_another_and_told_apart(store: &TestStore) {
    assert_eq!(store.bots.bound_gallery().await.unwrap(), None);
    store.bots.bind_gallery("https://api.example.com/").await.unwrap();
    assert_eq!(store.bots.bound_gallery().await.unwrap().as_deref(), Some("https://api.example.com/"));
    store.another().await.bind_gallery("https://api.example.com/").await.unwrap();
    let refused = store.bots.bind_gallery("the demo's sandbox").await.unwrap_err();
    assert!(
        matches!(&refused, Error::Conflict(why) if why.contains("https://api.example.com/")),
        "{refused}"
    );
}

async fn the_store_says_what_it_is_and_that_it_takes_writes(store: &TestStore) {
    let health = store.bots.store_health().await.unwrap();
    let name = if store.is_sqlite() { "SQLite 3." } else { "Postgres 1" };
    assert!(health.engine.starts_with(name), "{health:?}");
    assert_eq!(health.refuses, None);
}
