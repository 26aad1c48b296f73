//! Data about one gallery is never used with another.

use fleet_bots::Error;

use crate::store::TestStore;

store_tests!(data_about_one_gallery_is_refused_to_another_and_told_apart);

async fn data_about_one_gallery_is_refused_to_another_and_told_apart(store: &TestStore) {
    store.bots.bind_gallery("https://api.example.com/").await.unwrap();
    store.another().await.bind_gallery("https://api.example.com/").await.unwrap();
    let refused = store.bots.bind_gallery("the demo's sandbox").await.unwrap_err();
    assert!(
        matches!(&refused, Error::Conflict(why) if why.contains("https://api.example.com/")),
        "{refused}"
    );
}
