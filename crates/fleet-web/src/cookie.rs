//! What a browser shows of its sign-in, and how it is told to.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use fleet_bots::Token;

use crate::panel::Panel;

/// How long a browser keeps the cookie; the store ends the sign-in before.
const KEPT_S: u64 = 30 * 86_400;

/// A browser takes this name only over `https`, for this host alone, and lets no other host set it.
const SECURE: &str = "__Host-fleet";
const PLAIN: &str = "fleet";

/// The cookie by which a request's browser knows this panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cookie {
    name: String,
    is_secure: bool,
}

impl Cookie {
    /// Browsers keep the cookies of all ports of a host together, so that two panels on one machine would sign each other's
    /// operators out: the port that the browser sees is a part of the name.
    pub(crate) fn of(headers: &HeaderMap, is_secure: bool) -> Self {
        let name = if is_secure { SECURE } else { PLAIN };
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let port = host.and_then(|host| host.rsplit_once(':')?.1.parse::<u16>().ok());
        Self { name: port.map_or_else(|| name.into(), |port| format!("{name}-{port}")), is_secure }
    }

    /// What the browser shows of its sign-in.
    pub(crate) fn shown(&self, headers: &HeaderMap) -> Option<Token> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|cookies| cookies.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find_map(|(shown, value)| if shown == self.name { Token::read(value) } else { None })
    }

    /// What it is to show from now on.
    pub(crate) fn given(&self, token: &Token) -> HeaderValue {
        self.text(&token.reveal(), KEPT_S)
    }

    /// What takes the other away.
    pub(crate) fn taken(&self) -> HeaderValue {
        self.text("", 0)
    }

    /// `Lax`, so that a link in a mail opens the page and not the form; orders from other sites are refused anyway.
    fn text(&self, value: &str, kept_s: u64) -> HeaderValue {
        let Self { name, is_secure } = self;
        let secure = if *is_secure { "; Secure" } else { "" };
        let text = format!("{name}={value}; Path=/; Max-Age={kept_s}; HttpOnly; SameSite=Lax{secure}");
        let mut cookie = HeaderValue::try_from(text).expect("a token is made of digits and letters");
        cookie.set_sensitive(true);
        cookie
    }
}

impl FromRequestParts<Panel> for Cookie {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, panel: &Panel) -> Result<Self, Self::Rejection> {
        Ok(panel.cookie(&parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(host: &str, is_secure: bool) -> Cookie {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_str(host).unwrap());
        Cookie::of(&headers, is_secure)
    }

    #[test]
    fn a_cookie_is_for_this_panel_and_no_script() {
        let token = Token::read(&"ab".repeat(32)).unwrap();
        let text = |cookie: HeaderValue| cookie.to_str().unwrap().to_owned();
        assert_eq!(
            text(at("fleet.example", true).given(&token)),
            format!(
                "__Host-fleet={}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure",
                token.reveal()
            )
        );
        assert_eq!(
            text(at("localhost:4000", false).given(&token)),
            format!("fleet-4000={}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax", token.reveal())
        );
        assert_eq!(
            text(at("localhost:4000", false).taken()),
            "fleet-4000=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
        );
        assert!(at("localhost", false).given(&token).is_sensitive(), "no log shows it");
    }

    #[test]
    fn its_name_is_told_by_the_port_alone() {
        for (host, name) in [
            ("localhost:4001", "fleet-4001"),
            ("[::1]:4000", "fleet-4000"),
            ("[::1]", "fleet"),
            ("10.0.0.1", "fleet"),
            ("a:4000;b", "fleet"),
            ("a:99999", "fleet"),
        ] {
            assert_eq!(at(host, false).name, name, "{host}");
        }
        assert_eq!(at("fleet.example:8443", true).name, "__Host-fleet-8443");
        assert_eq!(Cookie::of(&HeaderMap::new(), false).name, "fleet");
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let token = Token::read(&"ab".repeat(32)).unwrap();
        let found = |cookies: &[&str], cookie: &Cookie| {
            let mut headers = HeaderMap::new();
            for cookie in cookies {
                headers.append(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
            }
            cookie.shown(&headers)
        };
        let (plain, secure) = (at("a:4000", false), at("a:4000", true));
        let ours = format!("fleet-4000={}", token.reveal());
        assert_eq!(found(&[&format!("a=b; {ours}; c=d")], &plain), Some(token.clone()));
        assert_eq!(found(&["a=b", &ours], &plain), Some(token.clone()));
        assert_eq!(found(&[&ours], &at("a:4001", false)), None, "another panel's");
        assert_eq!(found(&[&ours], &secure), None, "over https only the guarded one counts");
        assert_eq!(found(&[&format!("__Host-{ours}")], &secure), Some(token));
        assert_eq!(found(&["fleet-4000=; fleets=1", "fleet-4000"], &plain), None);
    }
}
