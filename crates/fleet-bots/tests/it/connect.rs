//! Opening a store, and what is said when that cannot be done.

use std::path::PathBuf;

use fleet_bots::{Bots, Error, StoreAddress, Switch};
use sea_orm::ConnectionTrait;
use tokio::sync::watch;

use crate::fixtures::*;
use crate::store::{TestStore, fresh_database, of_database, within};

store_tests![what_was_written_is_there_again, a_store_that_is_held_by_another_is_an_outage_and_passes];

async fn connect(address: &StoreAddress) -> Result<Bots, Error> {
    within("the store opens or says why not", Bots::connect(address, Switch::new(None))).await
}

/// All that an operator might be shown of an error.
fn told(error: &Error) -> String {
    let mut told = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        told += &format!(": {error}");
        cause = error.source();
    }
    format!("{told} {error:?}")
}

async fn what_was_written_is_there_again(store: &TestStore) {
    make_bots(&store.bots, 3).await;
    let again = store.another().await;
    assert_eq!(again.fleet_summary().await.unwrap().bots, 3);
    assert_eq!(again.is_embedded(), store.is_sqlite());
    assert_eq!(whole_log(&again).await, whole_log(&store.bots).await);
}

async fn a_store_that_is_held_by_another_is_an_outage_and_passes(store: &TestStore) {
    if !store.is_sqlite() {
        // Postgres lets the statement wait; what it says when it is gone has a test of its own.
        return;
    }
    let holder = store.hold().await;
    let error = within("an answer", store.bots.create_bot(new_bot("fern"), &asked())).await.unwrap_err();
    assert!(error.is_passing(), "{error:?}");
    assert!(error.to_string().contains("check that it runs"), "{error}");
    holder.execute_unprepared("ROLLBACK").await.unwrap();
    store.bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
}

async fn all_open(address: StoreAddress) {
    let opening: Vec<_> = (0..6)
        .map(|_| {
            let address = address.clone();
            tokio::spawn(async move { connect(&address).await })
        })
        .collect();
    let mut opened = Vec::new();
    for bots in opening {
        opened.push(bots.await.unwrap().unwrap());
    }
    make_bots(&opened[0], 2).await;
    for bots in &opened {
        assert_eq!(bots.fleet_summary().await.unwrap().bots, 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn processes_that_open_a_new_file_at_once_do_not_hinder_each_other() {
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        all_open(StoreAddress::Sqlite(folder.path().join("fleet.db"))).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn processes_that_open_a_new_database_at_once_do_not_hinder_each_other() {
    for _ in 0..4 {
        let Some((server, name)) = fresh_database().await else { return };
        all_open(StoreAddress::Postgres(of_database(&server, &name))).await;
    }
}

#[tokio::test]
async fn a_file_may_be_called_anything_and_its_folder_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new folder/100% ours? #1.db");
    let bots = connect(&StoreAddress::Sqlite(path.clone())).await.unwrap();
    make_bots(&bots, 1).await;
    assert!(path.is_file());
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    std::fs::write(
        &path,
        "ferns, ink, paper, and much more than fits into a header of a hundred bytes".repeat(9),
    )
    .unwrap();
    let error = connect(&StoreAddress::Sqlite(path.clone())).await.unwrap_err();
    assert!(matches!(error, Error::Address(_)), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("notes.txt") && text.contains("not a database"), "{text}");
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.starts_with("ferns"), "it is left as it was");
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let inside: PathBuf = file.join("fleet.db");
    let error = connect(&StoreAddress::Sqlite(inside)).await.unwrap_err();
    assert!(matches!(error, Error::Address(_)), "{error:?}");
    assert!(error.to_string().contains(&file.display().to_string()), "{error}");
    let error = connect(&StoreAddress::Sqlite(folder.path().to_owned())).await.unwrap_err();
    assert!(matches!(error, Error::Address(_)), "{error:?}");
}

#[tokio::test]
async fn a_store_of_a_newer_version_is_told_from_a_defect() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fleet.db");
    drop(connect(&StoreAddress::Sqlite(path.clone())).await.unwrap());
    let newer = crate::store::open(&format!("sqlite://{}", path.display())).await;
    let row = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_from_tomorrow', 0)";
    newer.execute_unprepared(row).await.unwrap();
    let error = connect(&StoreAddress::Sqlite(path)).await.unwrap_err();
    assert!(matches!(error, Error::Address(_)), "{error:?}");
    assert!(error.to_string().contains("newer version"), "{error}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_an_outage_and_its_password_is_not_told() {
    // Nothing listens on a port that was just given back.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("postgres://fleet:hunter2@127.0.0.1:{port}/fleet");
    let error = connect(&StoreAddress::Postgres(url)).await.unwrap_err();
    assert!(error.is_passing(), "{error:?}");
    assert!(error.to_string().contains("check that it runs and that its address is right"), "{error}");
    assert!(!told(&error).contains("hunter2"), "{error:?}");
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_without_its_password() {
    for url in ["postgres://fleet:hunter2#x@db/fleet", "postgres://fleet:hunter2@db:port/fleet"] {
        let error = connect(&StoreAddress::Postgres(url.into())).await.unwrap_err();
        assert!(matches!(error, Error::Address(_)), "{error:?}");
        assert!(error.to_string().contains("`%23`"), "{error}");
        assert!(!told(&error).contains("hunter2"), "{error:?}");
    }
}

#[tokio::test]
async fn a_server_that_refuses_is_quoted() {
    let Some((server, _)) = fresh_database().await else { return };
    let error = connect(&StoreAddress::Postgres(of_database(&server, "no_such_fleet"))).await.unwrap_err();
    assert!(matches!(error, Error::Address(_)), "{error:?}");
    assert!(error.to_string().contains("database \"no_such_fleet\" does not exist"), "{error}");
}

/// A way to the server that can be cut.
pub(crate) async fn a_way_to(server: &str, folder: &std::path::Path) -> tokio::task::JoinSet<()> {
    a_way_with_silences(server, folder, watch::Sender::new(0)).await
}

/// A way to the server on which those who travel when `silences` rises are heard no more, and do not learn of it either.
pub(crate) async fn a_way_with_silences(
    server: &str,
    folder: &std::path::Path,
    silences: watch::Sender<u64>,
) -> tokio::task::JoinSet<()> {
    let (_, socket) = server.split_once("host=").unwrap();
    let socket = PathBuf::from(socket).join(".s.PGSQL.5432");
    let listener = tokio::net::UnixListener::bind(folder.join(".s.PGSQL.5432")).unwrap();
    let mut way = tokio::task::JoinSet::new();
    way.spawn(async move {
        let mut travellers = tokio::task::JoinSet::new();
        while let Ok((mut here, _)) = listener.accept().await {
            let mut there = tokio::net::UnixStream::connect(&socket).await.unwrap();
            let mut silence = silences.subscribe();
            travellers.spawn(async move {
                tokio::select! {
                    _ = tokio::io::copy_bidirectional(&mut here, &mut there) => {}
                    _ = silence.changed() => std::future::pending().await,
                }
            });
        }
    });
    way
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_goes_away_is_an_outage_and_is_found_again() {
    let Some((server, name)) = fresh_database().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut way = a_way_to(&server, folder.path()).await;
    let url = format!("postgres://test@localhost/{name}?host={}", folder.path().display());
    let bots = connect(&StoreAddress::Postgres(url)).await.unwrap();
    make_bots(&bots, 1).await;

    way.shutdown().await;
    let (filter, asked) = (Default::default(), asked());
    let (read, write) = tokio::join!(bots.list_bots(&filter), bots.create_bot(new_bot("fern"), &asked));
    for error in [read.unwrap_err(), write.unwrap_err()] {
        assert!(error.is_passing(), "{error:?}");
    }
    std::fs::remove_file(folder.path().join(".s.PGSQL.5432")).unwrap();
    let _way = a_way_to(&server, folder.path()).await;
    crate::store::until("the server is found again", async || bots.list_bots(&filter).await.is_ok()).await;
    bots.create_bot(new_bot("fern"), &asked).await.unwrap();
}
