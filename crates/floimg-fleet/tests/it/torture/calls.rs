//! The calls of the contract as they pass by: what each is, and what came of it.

use std::collections::HashMap;
use std::time::Instant;

use serde_json::Value;

/// What a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum What {
    Invite,
    Execute,
    Publish,
    Like,
    Comment,
    Answer,
    Feed,
    Item,
    Showcase,
    Comments,
    Other,
}

impl What {
    /// The calls that do something, in the order in which a bot comes to them.
    pub(super) const WRITES: [What; 6] =
        [What::Invite, What::Execute, What::Publish, What::Like, What::Comment, What::Answer];

    pub(super) fn is_write(self) -> bool {
        Self::WRITES.contains(&self)
    }
}

/// One request.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) what: What,
    /// In whose name.
    pub(super) agent: String,
    /// The post it is about; empty where there is none.
    pub(super) post: String,
    pub(super) body: Value,
    /// When it came by.
    pub(super) begun: Instant,
    /// What the gallery answered, whoever heard it; none if it never did.
    pub(super) answered: Option<u16>,
    /// Whether it reached the gallery after its sender had looked for it.
    pub(super) is_too_late: bool,
}

/// Whose the posts are, learnt from the answers: a comment under one's own post is an answer.
#[derive(Debug, Default)]
pub(super) struct Authors(HashMap<String, String>);

impl Authors {
    /// The call that a request is.
    pub(super) fn call(&self, method: &str, path: &str, agent: &str, body: &[u8]) -> Call {
        let path = path.split('?').next().unwrap_or_default();
        let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
        let (what, post) = match (method, segments.as_slice()) {
            ("POST", ["api", "admin", "users", "invite"]) => (What::Invite, ""),
            ("POST", ["api", "execute", "sync"]) => (What::Execute, ""),
            ("POST", ["api", "showcase"]) => (What::Publish, ""),
            ("POST", ["api", "showcase", post, "like"]) => (What::Like, *post),
            ("POST", ["api", "showcase", post, "comments"]) => match self.0.get(*post) {
                Some(author) if author == agent => (What::Answer, *post),
                _ => (What::Comment, *post),
            },
            ("GET", ["api", "showcase"]) => (What::Feed, ""),
            ("GET", ["api", "showcase", post]) => (What::Item, *post),
            ("GET", ["api", "showcase", post, "comments"]) => (What::Comments, *post),
            ("GET", ["api", "users", _, "showcase"]) => (What::Showcase, ""),
            _ => (What::Other, ""),
        };
        Call {
            what,
            agent: agent.to_owned(),
            post: post.to_owned(),
            body: serde_json::from_slice(body).unwrap_or_default(),
            begun: Instant::now(),
            answered: None,
            is_too_late: false,
        }
    }

    /// Takes note of a post that was published.
    pub(super) fn learn(&mut self, call: &Call, answer: &[u8]) {
        if call.what != What::Publish {
            return;
        }
        let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
        if let Some(id) = answer["showcaseItem"]["id"].as_str() {
            self.0.insert(id.to_owned(), call.agent.clone());
        }
    }
}
