//! The books: decides an event against the state, writes it down, and only then lets it be true.
//!
//! One lock covers the three, so no two requests decide on the same facts. With a folder, every event is a line of
//! `events.jsonl`, written in one call before the request is answered; pictures are files named by their digest.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::broadcast;

use super::SandboxError;
use super::event::Event;
use super::news::News;
use super::refusal::Refusal;
use super::state::State;

/// News that a watcher may lag behind before some are lost to it.
const NEWS_KEPT: usize = 256;

/// A gallery's state and where it is kept.
#[derive(Debug)]
pub(super) struct Store {
    books: Mutex<Books>,
    pictures: Pictures,
    news: broadcast::Sender<News>,
}

#[derive(Debug)]
struct Books {
    state: State,
    journal: Option<Journal>,
}

impl Store {
    /// Opens the books in this folder, or keeps them in memory.
    pub(super) fn open(folder: Option<&Path>) -> Result<Self, SandboxError> {
        let news = broadcast::Sender::new(NEWS_KEPT);
        let Some(folder) = folder else {
            let books = Mutex::new(Books { state: State::default(), journal: None });
            return Ok(Self { books, pictures: Pictures::Memory(Mutex::default()), news });
        };
        let images = folder.join("images");
        fs::create_dir_all(&images).map_err(|error| SandboxError::folder(&images, error))?;
        let (state, journal) = State::remember(|apply| Journal::open(&folder.join("events.jsonl"), apply))?;
        let books = Mutex::new(Books { state, journal: Some(journal) });
        Ok(Self { books, pictures: Pictures::Folder(images), news })
    }

    /// Reads from the state.
    pub(super) fn read<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.lock().state)
    }

    /// Decides an event, makes it happen, and reads what came of it.
    pub(super) fn write<T>(
        &self,
        decide: impl FnOnce(&State) -> Result<Event, Refusal>,
        after: impl FnOnce(&State) -> T,
    ) -> Result<T, Refusal> {
        let mut books = self.lock();
        let event = decide(&books.state)?;
        if let Some(journal) = &mut books.journal {
            journal.append(&event).map_err(|error| Refusal::broken(&error))?;
        }
        if let Some(news) = books.state.apply(event) {
            // Nobody has to watch.
            _ = self.news.send(news);
        }
        Ok(after(&books.state))
    }

    /// What happens from here on. Whoever lags behind is told so, and reads anew.
    pub(super) fn news(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Keeps a picture's bytes; the same bytes are kept once.
    pub(super) fn keep_picture(&self, sha256: &str, bytes: &Bytes) -> io::Result<()> {
        self.pictures.keep(sha256, bytes)
    }

    /// A picture's bytes.
    pub(super) fn picture_bytes(&self, sha256: &str) -> io::Result<Bytes> {
        self.pictures.bytes(sha256)
    }

    /// From here on nothing can be written down.
    #[cfg(test)]
    pub(super) fn close_the_journal(&self) {
        let written = tempfile::NamedTempFile::new().expect("a test may keep files");
        let file = File::open(written.path()).expect("it is there to be read");
        self.lock().journal = Some(Journal { file, length: 0, is_torn: false });
    }

    fn lock(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug)]
enum Pictures {
    Memory(Mutex<HashMap<String, Bytes>>),
    Folder(PathBuf),
}

impl Pictures {
    fn keep(&self, sha256: &str, bytes: &Bytes) -> io::Result<()> {
        match self {
            Self::Memory(pictures) => {
                let mut pictures = pictures.lock().unwrap_or_else(PoisonError::into_inner);
                pictures.entry(sha256.to_owned()).or_insert_with(|| bytes.clone());
                Ok(())
            }
            Self::Folder(folder) => {
                let path = folder.join(format!("{sha256}.png"));
                if path.exists() {
                    return Ok(());
                }
                // Two requests may draw the same picture at once, so each writes a file of its own first.
                let draft = folder.join(format!("{}.part", uuid::Uuid::now_v7().simple()));
                fs::write(&draft, bytes)?;
                fs::rename(&draft, &path)
            }
        }
    }

    fn bytes(&self, sha256: &str) -> io::Result<Bytes> {
        match self {
            Self::Memory(pictures) => {
                let pictures = pictures.lock().unwrap_or_else(PoisonError::into_inner);
                pictures.get(sha256).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
            }
            Self::Folder(folder) => fs::read(folder.join(format!("{sha256}.png"))).map(Bytes::from),
        }
    }
}

#[derive(Debug)]
struct Journal {
    file: File,
    length: u64,
    /// Whether it may end in half a line.
    is_torn: bool,
}

impl Journal {
    /// Reads the journal from its beginning and stands ready at its end. An unfinished last line was never
    /// acknowledged to anyone, so it is cut off.
    fn open(path: &Path, mut apply: impl FnMut(Event)) -> Result<Self, SandboxError> {
        let failed = |error| SandboxError::folder(path, error);
        let mut options = OpenOptions::new();
        let mut file =
            options.read(true).write(true).create(true).truncate(false).open(path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(SandboxError::InUse { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let mut lines = BufReader::with_capacity(1024 * 1024, &file);
        let (mut line, mut number, mut whole) = (Vec::new(), 0, 0);
        while lines.read_until(b'\n', &mut line).map_err(failed)? > 0 && line.ends_with(b"\n") {
            number += 1;
            whole += line.len() as u64;
            if line.len() > 1 {
                apply(serde_json::from_slice(&line).map_err(|error| SandboxError::Corrupt {
                    path: path.to_owned(),
                    line: number,
                    cause: error.to_string(),
                })?);
            }
            line.clear();
        }
        if !line.is_empty() {
            tracing::warn!(path = %path.display(), "the last event was unfinished and is cut off");
            file.set_len(whole).map_err(failed)?;
        }
        file.seek(SeekFrom::Start(whole)).map_err(failed)?;
        Ok(Self { file, length: whole, is_torn: false })
    }

    /// Writes one line in one call, or leaves the journal as it was. Half a line that could not be taken back is taken back
    /// before the next one.
    fn append(&mut self, event: &Event) -> io::Result<()> {
        if self.is_torn {
            self.cut_back()?;
        }
        let mut line = serde_json::to_vec(event)?;
        line.push(b'\n');
        if let Err(error) = self.file.write_all(&line) {
            self.is_torn = true;
            self.cut_back()?;
            return Err(error);
        }
        self.length += line.len() as u64;
        Ok(())
    }

    fn cut_back(&mut self) -> io::Result<()> {
        self.file.set_len(self.length)?;
        self.file.seek(SeekFrom::Start(self.length))?;
        self.is_torn = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Sort;

    fn orders(store: &Store) -> Vec<Vec<usize>> {
        let sorts = [Sort::Recent, Sort::Popular, Sort::Trending];
        let categories = [None, Some("marketing"), Some("data-viz")];
        let listings = sorts.into_iter().flat_map(|sort| categories.map(|category| (sort, category)));
        store.read(|state| {
            let listed = listings.map(|(sort, category)| state.listed(sort, category).collect());
            listed.chain([state.publications().to_vec()]).collect()
        })
    }

    #[test]
    fn a_journal_that_is_read_again_comes_to_the_same_orders_and_they_go_on() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Store::open(Some(folder.path())).unwrap();
        let at = |hours: i64| jiff::Timestamp::from_second(1_700_000_000 + hours * 3600).unwrap();
        let put = |store: &Store, event: Event| store.write(|_| Ok(event), |_| ()).unwrap();
        let like = |store: &Store, by: i64, post: i64| {
            put(
                store,
                Event::Liked { item: format!("post {post}"), by: format!("account {by}"), at: at(40) },
            );
        };
        let store = open();
        for account in 0..9 {
            let (id, username, name) = (format!("account {account}"), account.to_string(), "Ada".to_owned());
            let (agent_id, is_agent, persona, bio) = (None, false, None, None);
            put(
                &store,
                Event::AccountMade { id, agent_id, username, name, is_agent, persona, bio, at: at(0) },
            );
        }
        for post in 0..12 {
            let (id, by, image) = (format!("post {post}"), "account 0".to_owned(), "none".to_owned());
            let category = ["marketing", "data-viz"].get(post as usize % 3).map(|name| (*name).to_owned());
            let (title, description, workflow_shared, hidden) = ("Moon".to_owned(), None, false, post == 3);
            put(
                &store,
                Event::Posted {
                    id,
                    by,
                    image,
                    title,
                    description,
                    category,
                    workflow_shared,
                    hidden,
                    at: at(post),
                },
            );
        }
        for by in 0..8 {
            like(&store, by, by * 5 % 12);
            like(&store, by, 2);
        }
        put(&store, Event::Unliked { item: "post 5".into(), by: "account 1".into(), at: at(41) });
        put(&store, Event::Moderated { item: "post 3".into(), approved: true, at: at(42) });
        let before = orders(&store);
        assert_eq!((before[0].len(), before[3][0], before[9].last()), (12, 2, Some(&3)));
        drop(store);

        let store = open();
        assert_eq!(orders(&store), before);
        (0..9).for_each(|by| like(&store, by, 7));
        let after = orders(&store);
        assert_eq!((after[3][0], after[3].len()), (7, 12));
        drop(store);
        assert_eq!(orders(&open()), after);
    }
}
