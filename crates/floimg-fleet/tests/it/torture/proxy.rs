//! What stands between the fleet and the gallery: it passes requests on, one at a time for each connection, unless the
//! saboteur says otherwise. It keeps what passed.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::calls::{Authors, Call};
use super::life::Prey;
use super::saboteur::{Deed, Moment};

/// As long as a client waits at the most, and longer.
const GIVEN_UP: Duration = Duration::from_secs(4);

/// A request that takes longer may be looked for before it is done: that is after half as long again as its time-out of a
/// second.
const LOOKED_FOR: Duration = Duration::from_millis(1_200);

type Saboteur = Box<dyn FnMut(&Call) -> Deed + Send>;

/// See the file's head.
pub(super) struct Proxy {
    pub(super) address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    gallery: SocketAddr,
    prey: Prey,
    saboteur: Mutex<Saboteur>,
    authors: Mutex<Authors>,
    calls: Mutex<Vec<Call>>,
    /// Requests that have not reached the gallery yet.
    under_way: AtomicUsize,
}

/// A request or an answer, whole.
struct Message {
    /// The first line and the headers, without their end.
    head: String,
    body: Vec<u8>,
}

impl Proxy {
    /// One before `gallery`, able to kill `prey`.
    pub(super) async fn begin(gallery: SocketAddr, prey: Prey) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            gallery,
            prey,
            saboteur: Mutex::new(Box::new(|_| Deed::Pass)),
            authors: Mutex::default(),
            calls: Mutex::default(),
            under_way: AtomicUsize::new(0),
        });
        let each = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let shared = Arc::clone(&each);
                // A client that dies, or is killed here, ends its connection with an error.
                tokio::spawn(async move { drop(serve(client, &shared).await) });
            }
        });
        Self { address, shared }
    }

    /// From now on `saboteur` says what becomes of each request.
    pub(super) fn obeys(&self, saboteur: impl FnMut(&Call) -> Deed + Send + 'static) {
        *self.shared.saboteur.lock().unwrap() = Box::new(saboteur);
    }

    /// Everything that reached the gallery, in that order.
    pub(super) fn calls(&self) -> Vec<Call> {
        self.shared.calls.lock().unwrap().clone()
    }

    /// Whether every request has reached the gallery that ever will.
    pub(super) fn is_quiet(&self) -> bool {
        self.shared.under_way.load(Ordering::SeqCst) == 0
    }
}

async fn serve(mut client: TcpStream, shared: &Arc<Shared>) -> io::Result<()> {
    client.set_nodelay(true)?;
    loop {
        let request = Message::read(&mut client).await?;
        let (method, path) = request.aim();
        let agent = request.header("x-agent-id").unwrap_or_default();
        let call = shared.authors.lock().unwrap().call(method, path, agent, &request.body);
        let deed = (shared.saboteur.lock().unwrap())(&call);
        let dies = || {
            shared.prey.kill();
            Ok(())
        };
        match deed {
            Deed::Kill(Moment::Before) => return dies(),
            Deed::Reset => return client.set_zero_linger(),
            Deed::Late { after, kills, is_too_late } => {
                let late = Arc::clone(shared);
                late.under_way.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    tokio::time::sleep(after).await;
                    _ = late.pass_on(Call { is_too_late, ..call }, request).await;
                    late.under_way.fetch_sub(1, Ordering::SeqCst);
                });
                if kills {
                    return dies();
                }
                tokio::time::sleep(GIVEN_UP).await;
                return Ok(());
            }
            Deed::Slow(span) => tokio::time::sleep(span).await,
            _ => {}
        }
        shared.under_way.fetch_add(1, Ordering::SeqCst);
        let passed = shared.pass_on(call.clone(), request.shifted(deed)).await;
        shared.under_way.fetch_sub(1, Ordering::SeqCst);
        let answer = passed?;
        match deed {
            Deed::Kill(Moment::Unanswered) => return dies(),
            Deed::Kill(Moment::Midway) => {
                let bytes = answer.bytes();
                client.write_all(&bytes[..bytes.len() / 2]).await?;
                return dies();
            }
            Deed::Kill(Moment::After) => {
                client.write_all(&answer.bytes()).await?;
                return dies();
            }
            Deed::Lose => return Ok(()),
            Deed::BreakOff => {
                let bytes = answer.bytes();
                return client.write_all(&bytes[..bytes.len() - bytes.len() / 4]).await;
            }
            Deed::Fail => client.write_all(FAILED).await?,
            Deed::Twice => client.write_all(&[answer.bytes(), answer.bytes()].concat()).await?,
            Deed::Shuffle(seed) => client.write_all(&answer.shuffled(seed).bytes()).await?,
            _ => client.write_all(&answer.bytes()).await?,
        }
    }
}

/// What a proxy says of a server that did not answer it.
const FAILED: &[u8] = b"HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: 24\r\n\r\n<h1>502 Bad Gateway</h1>";

impl Shared {
    /// Lets the gallery have a request, and returns its answer.
    async fn pass_on(&self, mut call: Call, request: Message) -> io::Result<Message> {
        let mut gallery = TcpStream::connect(self.gallery).await?;
        let place = {
            let mut calls = self.calls.lock().unwrap();
            if call.what.is_write() {
                calls.push(call.clone());
            }
            calls.len()
        };
        gallery.write_all(&request.bytes()).await?;
        let answer = Message::read(&mut gallery).await?;
        call.answered = answer.status();
        call.is_too_late |= call.begun.elapsed() > LOOKED_FOR;
        if call.what.is_write() {
            self.calls.lock().unwrap()[place - 1] = call.clone();
        }
        self.authors.lock().unwrap().learn(&call, &answer.body);
        Ok(answer)
    }
}

impl Message {
    async fn read(stream: &mut TcpStream) -> io::Result<Self> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await?);
        }
        head.truncate(head.len() - 4);
        let mut message = Self { head: String::from_utf8_lossy(&head).into_owned(), body: Vec::new() };
        let length = message.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        message.body = vec![0; length];
        stream.read_exact(&mut message.body).await?;
        Ok(message)
    }

    fn bytes(&self) -> Vec<u8> {
        [self.head.as_bytes(), b"\r\n\r\n", &self.body].concat()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        headers.find(|(named, _)| named.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// The method and the path of a request.
    fn aim(&self) -> (&str, &str) {
        let mut words = self.head.split(' ');
        (words.next().unwrap_or_default(), words.next().unwrap_or_default())
    }

    fn status(&self) -> Option<u16> {
        self.head.split(' ').nth(1)?.parse().ok()
    }

    /// The same request for a page that has moved meanwhile: so many entries came before it, or went.
    fn shifted(mut self, deed: Deed) -> Self {
        let Deed::Shift(by) = deed else { return self };
        let Some(begin) = self.head.find("offset=").map(|at| at + "offset=".len()) else { return self };
        let digits = self.head[begin..].chars().take_while(char::is_ascii_digit).count();
        let offset: i64 = self.head[begin..begin + digits].parse().unwrap_or(0);
        // A first page has nothing before it.
        let moved = if offset == 0 { 0 } else { (offset + by).max(0) };
        self.head.replace_range(begin..begin + digits, &moved.to_string());
        self
    }

    /// The same answer with its list in another order.
    fn shuffled(mut self, seed: u64) -> Self {
        let Ok(mut answer) = serde_json::from_slice::<Value>(&self.body) else { return self };
        for list in ["items", "comments", "showcase"] {
            if let Some(list) = answer[list].as_array_mut() {
                list.shuffle(&mut StdRng::seed_from_u64(seed));
            }
        }
        let body = answer.to_string().into_bytes();
        let length = self.header("content-length").unwrap_or_default().to_owned();
        self.head = self.head.replace(&format!("ength: {length}"), &format!("ength: {}", body.len()));
        self.body = body;
        self
    }
}
