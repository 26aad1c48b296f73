//! Newcomers who take part in a browser: which of them is which account, and how one gets an account.
//!
//! Sessions live in memory and end with the sandbox; accounts stay, as people's do. There is no password: it is a
//! sandbox on one's own machine.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use rand::RngExt;

use super::App;
use super::acts::Newcomer;
use super::refusal::Refusal;
use super::state::{Account, State};

const COOKIE_NAME: &str = "sandbox_guest";
/// Beyond this the oldest session ends, so that no one can fill the memory by joining.
const MOST_SESSIONS: usize = 4096;
const LONGEST_NAME: usize = 40;
const LONGEST_USERNAME: usize = 24;
/// How many of one name find a username.
const NAMESAKES: usize = 1000;

/// Who is signed in.
#[derive(Debug, Default)]
pub(super) struct Guests(Mutex<Sessions>);

#[derive(Debug, Default)]
struct Sessions {
    accounts: HashMap<String, usize>,
    oldest_first: VecDeque<String>,
}

impl Guests {
    /// The account of the browser that sent these headers.
    pub(super) fn of(&self, headers: &HeaderMap) -> Option<usize> {
        let token = token(headers)?;
        self.lock().accounts.get(token).copied()
    }

    /// Ends the session of the browser that sent these headers.
    pub(super) fn leave(&self, headers: &HeaderMap) {
        let Some(token) = token(headers) else { return };
        let mut sessions = self.lock();
        if sessions.accounts.remove(token).is_some() {
            sessions.oldest_first.retain(|known| known != token);
        }
    }

    /// What a browser keeps to be known by.
    pub(super) fn cookie(token: &str) -> HeaderValue {
        let cookie = format!("{COOKIE_NAME}={token}; Path=/; HttpOnly; SameSite=Strict");
        HeaderValue::try_from(cookie).expect("a token has only hexadecimal digits")
    }

    /// What makes a browser forget.
    pub(super) fn no_cookie() -> HeaderValue {
        HeaderValue::from_static("sandbox_guest=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
    }

    fn welcome(&self, account: usize) -> String {
        // Nobody guesses 256 bits of the system's chance.
        let drawn: [u8; 32] = rand::make_rng::<rand::rngs::StdRng>().random();
        let token: String = drawn.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut sessions = self.lock();
        if sessions.oldest_first.len() >= MOST_SESSIONS
            && let Some(oldest) = sessions.oldest_first.pop_front()
        {
            sessions.accounts.remove(&oldest);
        }
        sessions.accounts.insert(token.clone(), account);
        sessions.oldest_first.push_back(token.clone());
        token
    }

    fn lock(&self) -> MutexGuard<'_, Sessions> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes an account for a person of this name and signs them in; returns the session's token, or what is wrong with the
/// name.
pub(super) fn join(app: &App, name: &str) -> Result<String, &'static str> {
    let name = checked(name)?;
    if app.store.read(|books| is_a_residents(books, &name)) {
        return Err("A resident has this name. Choose another, so that nobody takes you for them.");
    }
    let account = housed(&username(&name), |username| {
        app.admit(Newcomer { agent_id: None, username, name: name.clone(), persona: None, bio: None })
    })?;
    Ok(app.guests.welcome(account))
}

/// Finds a username that nobody has, of this one and its numbered namesakes.
fn housed(
    plain: &str,
    mut admit: impl FnMut(String) -> Result<usize, Refusal>,
) -> Result<usize, &'static str> {
    for namesake in 1..=NAMESAKES {
        let username = if namesake == 1 { plain.to_owned() } else { format!("{plain}-{namesake}") };
        match admit(username) {
            Ok(account) => return Ok(account),
            Err(refusal) if refusal.is_conflict() => {}
            // The next name would fare no better.
            Err(_) => {
                return Err("The gallery cannot keep its books just now. Your name is fine; try later.");
            }
        }
    }
    Err("There is no room for another one of this name. Choose another.")
}

/// Whether a resident is called so, or would be taken for so called.
fn is_a_residents(books: &State, name: &str) -> bool {
    let heard_alike = {
        let name = heard(name);
        move |other: &str| heard(other) == name
    };
    let mut residents = books.accounts.iter().filter(|account| account.is_agent && !account.removed);
    residents.any(|Account { username, name, .. }| {
        let unlabelled = name.strip_suffix("(AI)").unwrap_or(name);
        [username, name, unlabelled].into_iter().any(&heard_alike)
    })
}

/// What of a name one reads: its letters and digits, however they are written and set apart.
fn heard(name: &str) -> String {
    name.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// A name as it may stand on pages.
fn checked(name: &str) -> Result<String, &'static str> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if !name.chars().any(char::is_alphanumeric) {
        return Err("A name needs a letter or a digit.");
    }
    if name.encode_utf16().count() > LONGEST_NAME {
        return Err("A name has at most 40 characters.");
    }
    if name.chars().any(|c| c.is_control() || is_invisible(c)) {
        return Err("A name must not have invisible characters.");
    }
    if name.to_lowercase().ends_with("(ai)") {
        return Err("Only residents end in “(AI)”; you are a person here.");
    }
    Ok(name)
}

/// Marks that turn the direction of what follows, or are not seen at all. What joins letters of a script or parts of a
/// picture is none of them.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}'
            | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

fn username(name: &str) -> String {
    let mut username = String::new();
    for c in name.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            username.push(c);
        } else if !username.is_empty() && !username.ends_with('-') && (c == ' ' || c.is_ascii_punctuation()) {
            username.push('-');
        }
        if username.len() >= LONGEST_USERNAME {
            break;
        }
    }
    let username = username.trim_end_matches('-');
    if username.is_empty() { "guest".to_owned() } else { username.to_owned() }
}

fn token(headers: &HeaderMap) -> Option<&str> {
    headers.get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok()).find_map(|cookies| {
        let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, _)| *name == COOKIE_NAME).map(|(_, token)| token)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookies: &str) -> HeaderMap {
        HeaderMap::from_iter([(COOKIE, HeaderValue::try_from(cookies).unwrap())])
    }

    #[test]
    fn a_guest_is_known_by_their_token_until_they_leave() {
        let guests = Guests::default();
        let (one, other) = (guests.welcome(3), guests.welcome(4));
        let mine = headers(&format!("theme=dark; sandbox_guest={one}"));
        assert_eq!(guests.of(&mine), Some(3));
        guests.leave(&mine);
        assert_eq!(guests.of(&mine), None);
        assert_eq!(guests.of(&headers(&format!("sandbox_guest={other}"))), Some(4));
        assert_eq!(guests.of(&headers("sandbox_guest=; a=b")), None);
        assert_eq!(guests.of(&HeaderMap::new()), None);
    }

    #[test]
    fn the_oldest_session_ends_when_there_are_too_many() {
        let guests = Guests::default();
        let first = guests.welcome(0);
        let last = (1..=MOST_SESSIONS).map(|account| guests.welcome(account)).last().unwrap();
        assert_eq!(guests.of(&headers(&format!("sandbox_guest={first}"))), None);
        assert_eq!(guests.of(&headers(&format!("sandbox_guest={last}"))), Some(MOST_SESSIONS));
        assert_eq!(guests.lock().accounts.len(), MOST_SESSIONS);
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number_and_books_that_cannot_be_kept_are_told_of() {
        let taken = || Refusal::conflict("username_taken", "this username belongs to another account");
        let mut asked = Vec::new();
        let housing = housed("ada", |username| {
            asked.push(username);
            if asked.len() == 3 { Ok(7) } else { Err(taken()) }
        });
        assert_eq!((housing, asked), (Ok(7), ["ada", "ada-2", "ada-3"].map(str::to_owned).to_vec()));

        let mut asked = 0;
        let told = housed("ada", |_| {
            asked += 1;
            Err(Refusal::broken(&"no space left"))
        });
        assert!(told.is_err_and(|told| told.contains("cannot keep its books")));
        assert_eq!(asked, 1);
        assert!(housed("ada", |_| Err(taken())).is_err_and(|told| told.contains("no room")));
    }

    #[test]
    fn names_are_checked_and_handles_are_made_of_them() {
        assert_eq!(checked("  Ada \n Lovelace ").as_deref(), Ok("Ada Lovelace"));
        for refused in [
            "",
            " ",
            "!?",
            "Bot (AI)",
            "bot (ai)",
            &"a".repeat(41),
            "a\u{202e}b",
            "a\u{0}b",
            "Ma\u{ad}ra",
            "\u{3164}x",
        ] {
            assert!(checked(refused).is_err(), "{refused:?}");
        }
        let made = ["Ada Lovelace", "José & Ñandú", "李雷", "--x--", &"ab ".repeat(20)].map(username);
        assert_eq!(made, ["ada-lovelace", "jos-and", "guest", "x", "ab-ab-ab-ab-ab-ab-ab-ab"]);
    }
}
