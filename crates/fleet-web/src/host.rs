//! Who the browser believes it is talking to. An open panel answers only under the names of this machine: a foreign site
//! whose name was made to point here could otherwise give orders as if it were the panel itself. One with a sign-in also
//! answers under the name it was given and under plain addresses, which nobody can make to point elsewhere.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::failure::Failure;
use crate::panel::Panel;

/// Lets a request pass that names us. One that names nothing does not come from a browser.
pub(crate) async fn only_ours(
    State(panel): State<Panel>,
    request: Request,
    next: Next,
) -> Result<Response, Failure> {
    let named = request.headers().get(header::HOST).map(|host| host.to_str().unwrap_or_default());
    let is_ours = |host: &str| {
        is_this_machine(host) || (!panel.is_open() && is_reached_by(host, panel.public_origin().as_deref()))
    };
    match named {
        Some(host) if !is_ours(host) => Err(Failure {
            status: StatusCode::MISDIRECTED_REQUEST,
            what: "The panel does not answer under this name.".into(),
            advice: if panel.is_open() {
                "Open it as http://127.0.0.1 or http://localhost with its port."
            } else {
                "Open it by its address, or start “fleet serve” with this name in --public-url."
            },
        }),
        _ => Ok(next.run(request).await),
    }
}

fn is_this_machine(host: &str) -> bool {
    let name = without_port(host);
    name.eq_ignore_ascii_case("localhost") || address(name).is_some_and(|address| address.is_loopback())
}

fn is_reached_by(host: &str, public_origin: Option<&str>) -> bool {
    let name = without_port(host);
    let public =
        public_origin.and_then(|origin| origin.split_once("://")).map(|(_, host)| without_port(host));
    address(name).is_some() || public.is_some_and(|public| public.eq_ignore_ascii_case(name))
}

fn address(name: &str) -> Option<IpAddr> {
    name.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_this_machine_are_its_own() {
        for host in ["127.0.0.1:4000", "localhost:4000", "LOCALHOST", "[::1]:4000", "[::1]", "127.0.0.1"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in
            ["", "evil.example", "evil.example:4000", "localhost.evil.example", "10.0.0.1:4000", "::2"]
        {
            assert!(!is_this_machine(host), "{host}");
        }
    }

    #[test]
    fn behind_a_sign_in_addresses_and_the_given_name_are_its_own() {
        let given = Some("https://fleet.example.org");
        for host in ["fleet.example.org", "FLEET.example.org:443", "10.0.0.1:4000", "[2001:db8::1]:4000"] {
            assert!(is_reached_by(host, given), "{host}");
        }
        for host in ["", "evil.example", "fleet.example.org.evil.example", "example.org", "999.0.0.1"] {
            assert!(!is_reached_by(host, given), "{host}");
        }
        assert!(is_reached_by("fleet.example.org:8443", Some("http://fleet.example.org:8443")));
        assert!(!is_reached_by("fleet.example.org", None));
    }
}
