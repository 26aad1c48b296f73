//! What a sandbox with a folder keeps.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use fleet_gallery::{Sandbox, SandboxConfig, SandboxError};

use crate::support::{Bench, client, config};

fn in_folder(folder: &Path) -> SandboxConfig {
    SandboxConfig { state_dir: Some(folder.to_owned()), ..config() }
}

#[tokio::test]
async fn everything_is_there_again_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(in_folder(folder.path())).await.unwrap();
    let bench = Bench::new(client(&sandbox), "bot");
    let (author, reader) = (bench.agent("ai_artist").await, bench.agent("data_viz").await);
    let post = bench.post(&author, "Kept").await;
    bench.gallery.toggle_like(&reader, &post.id).await.unwrap();
    bench.gallery.toggle_like(&author, &post.id).await.unwrap();
    bench.gallery.toggle_like(&author, &post.id).await.unwrap();
    bench.gallery.comment(&reader, &post.id, "still here?").await.unwrap();
    bench.gallery.remove_user(&format!("id-of-{reader}")).await.unwrap();
    let before = sandbox.census();
    sandbox.stop().await;
    // A process that was killed while it wrote.
    let journal = folder.path().join("events.jsonl");
    let mut file = OpenOptions::new().append(true).open(&journal).unwrap();
    file.write_all(b"{\"event\":\"liked\",\"item\":\"hal").unwrap();
    drop(file);
    for _ in 0..2 {
        let sandbox = Sandbox::start(in_folder(folder.path())).await.unwrap();
        assert_eq!(sandbox.census(), before);
        let image = sandbox.url().join(&format!("api/images/{}/blob", post.image.id)).unwrap();
        let http = fleet_gallery::client_builder().no_proxy().build().unwrap();
        assert_eq!(&http.get(image).send().await.unwrap().bytes().await.unwrap()[1..4], b"PNG");
        client(&sandbox).item(&author, &post.id).await.unwrap();
        sandbox.stop().await;
    }
    let sandbox = Sandbox::start(in_folder(folder.path())).await.unwrap();
    client(&sandbox).comment(&author, &post.id, "and on it goes").await.unwrap();
    sandbox.stop().await;
    let sandbox = Sandbox::start(in_folder(folder.path())).await.unwrap();
    assert_eq!(sandbox.census().items[0].comments.len(), 2);
}

#[tokio::test]
async fn a_corrupt_line_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(in_folder(folder.path())).await.unwrap();
    let bench = Bench::new(client(&sandbox), "bot");
    bench.agent("ai_artist").await;
    bench.agent("ai_artist").await;
    sandbox.stop().await;
    let journal = folder.path().join("events.jsonl");
    let text = fs::read_to_string(&journal).unwrap().replacen("{\"event\"", "{\"evnt\"", 2);
    let text = text.replacen("{\"evnt\"", "{\"event\"", 1);
    fs::write(&journal, text).unwrap();
    let refused = Sandbox::start(in_folder(folder.path())).await.unwrap_err();
    assert!(matches!(refused, SandboxError::Corrupt { line: 2, .. }), "{refused:?}");
}

#[tokio::test]
async fn two_sandboxes_do_not_share_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let _first = Sandbox::start(in_folder(folder.path())).await.unwrap();
    let second = Sandbox::start(in_folder(folder.path())).await.unwrap_err();
    assert!(matches!(second, SandboxError::InUse { .. }), "{second:?}");
}
