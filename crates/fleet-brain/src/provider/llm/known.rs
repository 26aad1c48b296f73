//! The providers that are known by name. Owns their addresses and dialects, and what is checked of an endpoint before it
//! is used; refuses to look anything up in the environment, as the library would.

use genai::adapter::AdapterKind;
use genai::resolver::{AuthData, Endpoint as Address};
use genai::{ModelIden, ServiceTarget};
use url::{Host, Url};

use crate::mistake::Mistake;
use crate::models::Endpoint;
use crate::prices::{Prices, TextPrice};

/// A provider.
struct Known {
    name: &'static str,
    kind: AdapterKind,
    url: &'static str,
    /// Whether it answers without a key at its own address.
    keyless: bool,
}

const fn known(name: &'static str, kind: AdapterKind, url: &'static str) -> Known {
    Known { name, kind, url, keyless: false }
}

/// In the order of the alphabet. Two are asked in OpenAI's language although the library has another way: by Ollama's own
/// interface, schemas would be dropped, and Z.ai's would go past the address that was asked for.
static KNOWN: &[Known] = &[
    known("aihubmix", AdapterKind::Aihubmix, "https://aihubmix.com/v1/"),
    known("aliyun", AdapterKind::Aliyun, "https://dashscope.aliyuncs.com/compatible-mode/v1/"),
    known("anthropic", AdapterKind::Anthropic, "https://api.anthropic.com/v1/"),
    known("atlascloud", AdapterKind::AtlasCloud, "https://api.atlascloud.ai/v1/"),
    known("bigmodel", AdapterKind::BigModel, "https://open.bigmodel.cn/api/paas/v4/"),
    known("deepseek", AdapterKind::DeepSeek, "https://api.deepseek.com/v1/"),
    known("fireworks", AdapterKind::Fireworks, "https://api.fireworks.ai/inference/v1/"),
    known("gemini", AdapterKind::Gemini, "https://generativelanguage.googleapis.com/v1beta/"),
    known("groq", AdapterKind::Groq, "https://api.groq.com/openai/v1/"),
    known("kimi", AdapterKind::Kimi, "https://api.moonshot.ai/v1/"),
    known("minimax", AdapterKind::MiniMax, "https://api.minimax.io/anthropic/v1/"),
    known("mistral", AdapterKind::Mistral, "https://api.mistral.ai/v1/"),
    known("moonshot", AdapterKind::Moonshot, "https://api.moonshot.cn/v1/"),
    known("nebius", AdapterKind::Nebius, "https://api.studio.nebius.ai/v1/"),
    Known { name: "ollama", kind: AdapterKind::OpenAI, url: "http://localhost:11434/v1/", keyless: true },
    known("open_router", AdapterKind::OpenRouter, "https://openrouter.ai/api/v1/"),
    known("openai", AdapterKind::OpenAI, "https://api.openai.com/v1/"),
    known("qwen_cloud", AdapterKind::QwenCloud, "https://dashscope-intl.aliyuncs.com/compatible-mode/v1/"),
    known("requesty", AdapterKind::Requesty, "https://router.requesty.ai/v1/"),
    known("together", AdapterKind::Together, "https://api.together.xyz/v1/"),
    known("xai", AdapterKind::Xai, "https://api.x.ai/v1/"),
    known("zai", AdapterKind::OpenAI, "https://api.z.ai/api/paas/v4/"),
];

/// Their names.
pub(crate) fn known_names() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|known| known.name)
}

/// An endpoint that was checked.
pub(super) struct Checked {
    pub(super) target: ServiceTarget,
    pub(super) price: TextPrice,
    /// Whether it is in this house: no proxy stands before it.
    pub(super) at_home: bool,
}

/// Checks an endpoint, which stands at `place` in the settings.
pub(super) fn check(endpoint: &Endpoint, place: &str, prices: &Prices) -> Result<Checked, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut wrong = |field: &str, rule: String, mend: String| {
        mistakes.push(Mistake::new(format!("{place}.{field}"), rule, mend));
    };
    let known = KNOWN.iter().find(|known| known.name == endpoint.provider);
    if known.is_none() {
        let names: Vec<&str> = known_names().collect();
        wrong(
            "provider",
            "is the name of a known provider".into(),
            format!(
                "`{}` is none; use one of {}; for a server that speaks as OpenAI does, use openai with a base_url",
                endpoint.provider,
                names.join(", ")
            ),
        );
    }
    let model = endpoint.model.trim();
    if model.is_empty() || model != endpoint.model || model.contains("::") || model.contains(char::is_control)
    {
        wrong(
            "model",
            "is a model's name, without spaces around it and without `::`".into(),
            "write it as the provider does".into(),
        );
    }
    if endpoint.timeout.is_zero() {
        wrong("timeout", "is more than nothing".into(), "give an answer some seconds".into());
    }
    if endpoint.key.as_ref().is_some_and(|key| !key.fits_a_header()) {
        wrong(
            "key",
            "is what a header can carry: visible ASCII signs".into(),
            "copy it again, without spaces and line ends".into(),
        );
    }
    if known.is_some_and(|known| !known.keyless) && endpoint.key.is_none() && endpoint.base_url.is_none() {
        wrong(
            "key",
            format!("is needed by {}", endpoint.provider),
            "set it, or a base_url of a server that needs none".into(),
        );
    }
    let url = match (&endpoint.base_url, known) {
        (Some(url), _) => match normalised(url, known.is_some_and(|known| known.kind == AdapterKind::OpenAI))
        {
            Ok(url) => Some(url),
            Err(rule) => {
                wrong("base_url", rule.into(), "write it as `http://localhost:8000/v1/`".into());
                None
            }
        },
        (None, Some(known)) => Some(Url::parse(known.url).expect("a test reads the known addresses")),
        (None, None) => None,
    };
    let at_home = url.as_ref().is_some_and(is_at_home);
    // What a provider takes for a model says nothing of the same model in one's own house.
    let price = match at_home {
        true => Some(prices.own_text(&endpoint.provider, model).unwrap_or(TextPrice::FREE)),
        false => prices.text(&endpoint.provider, model),
    };
    if known.is_some() && price.is_none() && !model.is_empty() {
        let entry = format!(
            r#"{{"text": [{{"provider": "{}", "model": "{model}", "input": 250000, "output": 2000000}}]}}"#,
            endpoint.provider
        );
        wrong(
            "model",
            format!(
                "has a price, so that caps can hold; none is known of `{model}` as of {}",
                prices.as_of()
            ),
            format!("name its millionths of a US dollar for a million tokens in the file of prices: {entry}"),
        );
    }
    match (known, url, price) {
        (Some(known), Some(url), Some(price)) if mistakes.is_empty() => {
            // A server without keys is given a word all the same: the library sends nothing without one.
            let key = endpoint.key.as_ref().map_or("none", |key| key.expose());
            let target = ServiceTarget {
                endpoint: Address::from_owned(url.as_str()),
                auth: AuthData::from_single(key),
                model: ModelIden::new(known.kind, model),
            };
            Ok(Checked { target, price, at_home })
        }
        _ => Err(mistakes),
    }
}

/// The address as the library needs it: its path ends in `/`. Where OpenAI's language is spoken, it begins at `/v1/`
/// unless the address says otherwise.
fn normalised(url: &Url, speaks_as_openai: bool) -> Result<Url, &'static str> {
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err("is an address that begins with http:// or https://");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("holds no user name and no password; a key has its own field");
    }
    if url.fragment().is_some() || url.query().is_some() {
        return Err("ends with its path, without `?` and `#`");
    }
    let mut url = url.clone();
    if url.path() == "/" && speaks_as_openai {
        url.set_path("/v1/");
    } else if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

/// Whether an address is this machine, this network, or a name that only this network knows.
fn is_at_home(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => !name.trim_end_matches('.').contains('.') || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback() || address.is_private() || address.is_link_local(),
        Some(Host::Ipv6(address)) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(endpoint: &Endpoint) -> String {
        let mistakes = check(endpoint, "chain[0]", &Prices::built_in()).err().unwrap_or_default();
        mistakes.iter().map(Mistake::to_string).collect::<Vec<_>>().join("\n")
    }

    fn at(provider: &str, url: &str) -> Endpoint {
        Endpoint { base_url: Some(Url::parse(url).unwrap()), ..Endpoint::new(provider, "m") }
    }

    #[test]
    fn an_unknown_provider_is_told_the_known_ones() {
        insta::assert_snapshot!(mistakes(&Endpoint::new("opnai", "gpt-5-mini")), @r#"
        `chain[0].provider` is the name of a known provider; `opnai` is none; use one of aihubmix, aliyun, anthropic, atlascloud, bigmodel, deepseek, fireworks, gemini, groq, kimi, minimax, mistral, moonshot, nebius, ollama, open_router, openai, qwen_cloud, requesty, together, xai, zai; for a server that speaks as OpenAI does, use openai with a base_url
        "#);
    }

    #[test]
    fn a_missing_key_a_missing_price_and_a_bad_address_are_told_with_their_mend() {
        insta::assert_snapshot!(mistakes(&Endpoint::new("openai", "gpt-99")), @r#"
        `chain[0].key` is needed by openai; set it, or a base_url of a server that needs none
        `chain[0].model` has a price, so that caps can hold; none is known of `gpt-99` as of 2025-11-01; name its millionths of a US dollar for a million tokens in the file of prices: {"text": [{"provider": "openai", "model": "gpt-99", "input": 250000, "output": 2000000}]}
        "#);
        let strange = Endpoint {
            key: Some("two words".into()),
            timeout: std::time::Duration::ZERO,
            ..at("openai", "https://me:pass@example.org/v1?a=b")
        };
        insta::assert_snapshot!(mistakes(&strange), @r#"
        `chain[0].timeout` is more than nothing; give an answer some seconds
        `chain[0].key` is what a header can carry: visible ASCII signs; copy it again, without spaces and line ends
        `chain[0].base_url` holds no user name and no password; a key has its own field; write it as `http://localhost:8000/v1/`
        `chain[0].model` has a price, so that caps can hold; none is known of `m` as of 2025-11-01; name its millionths of a US dollar for a million tokens in the file of prices: {"text": [{"provider": "openai", "model": "m", "input": 250000, "output": 2000000}]}
        "#);
    }

    #[test]
    fn an_address_ends_in_a_slash_and_begins_where_its_language_does() {
        let url = |provider: &str, url: &str| {
            check(&at(provider, url), "chain[0]", &Prices::built_in())
                .ok()
                .unwrap()
                .target
                .endpoint
                .base_url()
                .to_owned()
        };
        assert_eq!(url("openai", "http://localhost:8000"), "http://localhost:8000/v1/");
        assert_eq!(url("ollama", "http://gpu:11434"), "http://gpu:11434/v1/");
        assert_eq!(url("openai", "http://localhost:8000/api/v3"), "http://localhost:8000/api/v3/");
        assert_eq!(url("anthropic", "http://10.1.2.3/v1"), "http://10.1.2.3/v1/");
    }

    #[test]
    fn what_is_at_home_costs_nothing_and_what_is_not_needs_a_price() {
        let home = [
            "http://127.0.0.1/v1/",
            "http://[::1]/v1/",
            "http://192.168.4.4/v1/",
            "http://gpu/v1/",
            "http://a.localhost/",
        ];
        for url in home {
            assert_eq!(
                check(&at("openai", url), "chain[0]", &Prices::built_in()).ok().unwrap().price,
                TextPrice::FREE,
                "{url}"
            );
        }
        for url in ["https://gpu.example.org/v1/", "http://8.8.8.8/", "http://172.32.0.1/"] {
            assert!(mistakes(&at("openai", url)).contains("has a price"), "{url}");
        }
        assert!(mistakes(&at("ollama", "https://gpu.example.org/v1/")).contains("has a price"));
        assert_eq!(mistakes(&Endpoint::new("ollama", "m")), "");
        // What the provider takes for the same model counts only there; the operator's own word counts at home as well.
        let price = |url: &str, prices: &Prices| {
            let there = Endpoint { model: "gpt-5-mini".into(), ..at("openai", url) };
            check(&there, "chain[0]", prices).ok().unwrap().price.input.0
        };
        let own = r#"{"text": [{"provider": "openai", "model": "gpt-5-mini", "input": 7, "output": 9}]}"#;
        let own = Prices::from_json(own).unwrap();
        let (home, away) = ("http://127.0.0.1/v1/", "https://gpu.example.org/v1/");
        assert_eq!((price(home, &Prices::built_in()), price(home, &own)), (0, 7));
        assert_eq!((price(away, &Prices::built_in()), price(away, &own)), (250_000, 7));
    }

    #[tokio::test]
    async fn the_known_addresses_are_those_that_the_library_knows() {
        let http = super::super::client_builder().build().unwrap();
        let client = genai::Client::builder().with_reqwest(http).build().unwrap();
        for known in KNOWN {
            assert!(Url::parse(known.url).unwrap().path().ends_with('/'), "{}", known.name);
            if known.name == "ollama" {
                continue;
            }
            let kind = AdapterKind::from_lower_str(known.name).unwrap();
            let target = client.resolve_service_target(ModelIden::new(kind, "m")).await.unwrap();
            assert_eq!(target.endpoint.base_url(), known.url, "{}", known.name);
        }
        let mut sorted: Vec<&str> = known_names().collect();
        sorted.sort_unstable();
        assert!(known_names().eq(sorted));
    }
}
