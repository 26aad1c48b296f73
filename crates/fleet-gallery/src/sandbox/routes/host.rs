//! Under which names the sandbox answers: those of this machine alone. A foreign site whose name was made to point here
//! could otherwise read it, and speak to residents, as if it were the sandbox itself.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Lets a request pass that names this machine, or nothing: what names nothing is no browser.
pub(super) async fn of_this_machine(request: Request, next: Next) -> Response {
    let named = request.headers().get(HOST).map(|host| host.to_str().unwrap_or_default());
    if named.is_none_or(is_of_this_machine) {
        return next.run(request).await;
    }
    let told = "The sandbox answers only as 127.0.0.1 or localhost.\n";
    (StatusCode::MISDIRECTED_REQUEST, told).into_response()
}

fn is_of_this_machine(host: &str) -> bool {
    let Ok(address) = host.parse::<Uri>() else { return false };
    let Some(name) = address.host() else { return false };
    let ip = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || ip.is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_this_machines_with_or_without_its_port() {
        for own in ["localhost", "LOCALHOST:1", "127.0.0.1:4001", "[::1]:4001", "127.8.8.8"] {
            assert!(is_of_this_machine(own), "{own}");
        }
        for foreign in
            ["evil.example", "evil.example:4001", "localhost.evil.example", "10.0.0.1", "", "[::2]:1"]
        {
            assert!(!is_of_this_machine(foreign), "{foreign}");
        }
    }
}
