//! Who the browser believes it is talking to. The panel has no sign-in, so it answers only under the names of this machine:
//! a foreign site whose name was made to point here could otherwise give orders as if it were the panel itself.

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::failure::Failure;

/// Lets a request pass that names this machine. One that names nothing does not come from a browser.
pub(crate) async fn only_this_machine(request: Request, next: Next) -> Result<Response, Failure> {
    let named = request.headers().get(header::HOST).map(|host| host.to_str().unwrap_or_default());
    match named {
        Some(host) if !is_this_machine(host) => Err(Failure {
            status: StatusCode::MISDIRECTED_REQUEST,
            what: "The panel does not answer under this name.".into(),
            advice: "Open it as http://127.0.0.1 or http://localhost with its port.",
        }),
        _ => Ok(next.run(request).await),
    }
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
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
}
