//! Where the panel listens, and who comes in there. A panel without a sign-in has no address to be told, so that it can
//! never listen anywhere but on this machine.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use clap::Args;
use fleet_web::Door;
use url::Url;

/// Where the panel of `fleet serve` is.
#[derive(Args, Clone, Debug)]
pub(crate) struct EntranceOptions {
    #[command(flatten)]
    listen: ListenOptions,
    /// Where people reach the panel, such as `https://fleet.example.org`, when a proxy stands before it; over https its
    /// cookies are for https alone
    #[arg(long, env = "FLEET_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    public_url: Option<Url>,
}

/// Where the panel of `fleet serve` listens.
#[derive(Args, Clone, Debug)]
pub(crate) struct ListenOptions {
    /// Where the panel listens; `0.0.0.0:4000` is every address of this machine
    #[arg(long, env = "FLEET_LISTEN", value_name = "ADDRESS:PORT", default_value = "127.0.0.1:4000")]
    listen: SocketAddr,
    /// Only the port, instead of the one in --listen
    #[arg(long, env = "FLEET_PORT", value_name = "PORT")]
    port: Option<u16>,
}

/// How people come in to a panel.
#[derive(Clone, Debug)]
pub(crate) enum Entrance {
    /// Without a sign-in, and on this machine alone.
    Open { port: u16 },
    /// With a sign-in, wherever it is.
    SignIn { listen: SocketAddr, public_url: Option<Url> },
}

impl EntranceOptions {
    pub(crate) fn entrance(&self) -> Entrance {
        Entrance::SignIn { listen: self.listen.address(), public_url: self.public_url.clone() }
    }
}

impl ListenOptions {
    fn address(&self) -> SocketAddr {
        let mut listen = self.listen;
        if let Some(port) = self.port {
            listen.set_port(port);
        }
        listen
    }

    /// Where this machine reaches it.
    pub(crate) fn reached_here_at(&self) -> SocketAddr {
        let mut address = self.address();
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        address
    }
}

impl Entrance {
    /// Where it is to listen.
    pub(crate) fn listen(&self) -> SocketAddr {
        match self {
            Entrance::Open { port } => loopback(*port),
            Entrance::SignIn { listen, .. } => *listen,
        }
    }

    /// Who may open the panel.
    pub(crate) fn door(&self) -> Door {
        match self {
            Entrance::Open { .. } => Door::Open,
            Entrance::SignIn { public_url, .. } => {
                Door::SignIn { public_url: public_url.as_ref().map(|url| url.origin().ascii_serialization()) }
            }
        }
    }

    /// Where people open it, once it listens at `bound`.
    pub(crate) fn address(&self, bound: SocketAddr) -> String {
        match self {
            Entrance::SignIn { public_url: Some(url), .. } => url.to_string(),
            _ if bound.ip().is_unspecified() => format!("http://{}/", loopback(bound.port())),
            _ => format!("http://{bound}/"),
        }
    }

    /// Why passwords could be read on their way here, if they could.
    pub(crate) fn exposure(&self) -> Option<String> {
        match self {
            Entrance::SignIn { public_url: Some(url), .. } if url.scheme() == "http" && !is_here(url) => {
                Some(format!("people reach the panel at {url} over plain http"))
            }
            Entrance::SignIn { listen, public_url: None } if !listen.ip().is_loopback() => {
                Some(format!("the panel listens at {listen}, for other machines, over plain http"))
            }
            _ => None,
        }
    }
}

/// What to do about an exposure.
pub(crate) const COVER: &str = "passwords can be read on their way; put a proxy with https before it and name that in \
     --public-url, or listen on 127.0.0.1 and come in by `ssh -L`";

/// This machine's own address, which no other machine reaches.
pub(crate) fn loopback(port: u16) -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn public_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok().filter(|url| {
        ["http", "https"].contains(&url.scheme())
            && url.host_str().is_some_and(|host| !host.is_empty())
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none()
    });
    url.ok_or_else(|| {
        "must be the address of the panel's first page, such as `https://fleet.example.org`: http or https, without a \
         path, a name or a password"
            .into()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sign_in(listen: &str, url: Option<&str>) -> Entrance {
        Entrance::SignIn {
            listen: listen.parse().unwrap(),
            public_url: url.map(|url| public_url(url).unwrap()),
        }
    }

    #[test]
    fn an_address_for_people_is_a_plain_one() {
        for text in ["https://fleet.example.org", "http://10.0.0.1:4000/", "https://fleet.example.org:8443"] {
            assert!(public_url(text).is_ok(), "{text}");
        }
        for text in [
            "fleet.example.org",
            "ftp://fleet.example.org",
            "https://fleet.example.org/panel",
            "https://ada:secret@fleet.example.org",
            "https://fleet.example.org?a=b",
            "https://",
            "",
        ] {
            assert!(public_url(text).unwrap_err().contains("such as `https://"), "{text}");
        }
    }

    #[test]
    fn a_panel_without_a_sign_in_is_on_this_machine_alone() {
        let open = Entrance::Open { port: 4000 };
        assert!(open.listen().ip().is_loopback());
        assert_eq!((open.door(), open.exposure()), (Door::Open, None));
    }

    #[test]
    fn people_are_told_an_address_that_they_can_open() {
        let at = |entrance: &Entrance| entrance.address(entrance.listen());
        assert_eq!(at(&sign_in("127.0.0.1:4000", None)), "http://127.0.0.1:4000/");
        assert_eq!(at(&sign_in("0.0.0.0:4000", None)), "http://127.0.0.1:4000/");
        assert_eq!(at(&sign_in("[2001:db8::1]:4000", None)), "http://[2001:db8::1]:4000/");
        assert_eq!(
            at(&sign_in("127.0.0.1:4000", Some("https://fleet.example.org"))),
            "https://fleet.example.org/"
        );
    }

    #[test]
    fn this_machine_reaches_a_panel_for_all_by_its_own_address() {
        let at = |listen: &str, port| {
            ListenOptions { listen: listen.parse().unwrap(), port }.reached_here_at().to_string()
        };
        assert_eq!(at("0.0.0.0:4000", None), "127.0.0.1:4000");
        assert_eq!(at("[::]:4000", Some(5000)), "[::1]:5000");
        assert_eq!(at("192.0.2.7:4000", None), "192.0.2.7:4000");
    }

    #[test]
    fn what_could_be_read_on_its_way_is_told() {
        assert!(sign_in("0.0.0.0:4000", None).exposure().is_some());
        assert!(sign_in("127.0.0.1:4000", Some("http://fleet.example.org")).exposure().is_some());
        for (listen, url) in [
            ("127.0.0.1:4000", None),
            ("[::1]:4000", None),
            ("0.0.0.0:4000", Some("https://fleet.example.org")),
            ("127.0.0.1:4000", Some("http://localhost:4000")),
        ] {
            assert_eq!(sign_in(listen, url).exposure(), None, "{listen} {url:?}");
        }
    }

    proptest! {
        #[test]
        fn an_address_for_people_is_one_that_they_can_open_or_is_told_of(
            typed in prop_oneof!["\\PC{0,30}", "https?://[a-z0-9.:@/?#%\\[\\]-]{0,30}"],
        ) {
            match public_url(&typed) {
                Ok(url) => {
                    let door = sign_in("127.0.0.1:4000", Some(url.as_str())).door();
                    let is_open = matches!(&door, Door::SignIn { public_url: Some(origin) } if origin != "null");
                    prop_assert!(is_open, "{door:?}");
                }
                Err(told) => prop_assert!(told.starts_with("must be ")),
            }
        }
    }
}
