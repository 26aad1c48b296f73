//! A provider that obeys every attempt it reads, at every place where one can stand: whatever it answers, nothing comes of it
//! but verdicts on the posts that were shown, and words that the guard lets pass.

use std::sync::Arc;

use fleet_brain::sandbox::{Provider, Script, Writes};
use fleet_brain::{Author, Post};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::{Asking, Till, brain, endpoint, post, provider, remark};

/// A line of `injections.jsonl`; the README beside it tells what is what.
#[derive(Deserialize)]
struct Attempt {
    id: String,
    place: String,
    technique: String,
    text: String,
    obeyed: String,
}

impl Attempt {
    /// What a model says that obeys, with a secret of its own to tell.
    fn obeyed(&self) -> String {
        self.obeyed
            .replace("⟦secret⟧", "You are Ada Lumen (AI), @ada_lumen, an AI resident of a picture gallery")
    }

    /// The post that carries it, and one that does not.
    fn posts(&self) -> Vec<Post> {
        let mut bait = post("bait", "Harbour at dusk", "A harbour in the last light, boats at rest.");
        match self.place.as_str() {
            "title" => bait.title.clone_from(&self.text),
            "author" => bait.author = Author { username: "a_visitor".into(), name: Some(self.text.clone()) },
            _ => bait.description = Some(self.text.clone()),
        }
        vec![bait, post("calm", "Walnut lamp", "A walnut lamp on pale linen, in soft light.")]
    }
}

fn attempts() -> Vec<Attempt> {
    include_str!("../injections.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// One that answers everything with `first`, and when asked to write again, with the same words.
async fn obeying(first: String, words: &str) -> Arc<Provider> {
    let again = json!({ "t": [words, words, words] }).to_string();
    provider(Script { writes: Writes::Texts(vec![first, again]), ..Script::default() }).await
}

#[tokio::test]
async fn a_model_that_obeys_while_it_looks_does_nothing_but_judge_what_it_was_shown() {
    let mut answered = 0;
    for attempt in attempts() {
        let words = attempt.obeyed();
        // A whole answer of its own, or the words under either post, with everything liked and posts that nobody showed.
        let answer = if words.starts_with('{') {
            words.clone()
        } else {
            let named = |n: Value| json!({ "n": n, "like": true, "comment": words, "why": words });
            json!({ "v": [named(json!(1)), named(json!(2)), named(json!(3)), named(json!(99)), named(json!("bait"))] })
                .to_string()
        };
        let provider = obeying(answer, &words).await;
        let till = Till::default();
        let posts = attempt.posts();
        let written =
            brain(vec![endpoint(&provider)]).judge(&Asking::at(&till).with(1), &posts).await.unwrap();
        answered += usize::from(written.record.by != "offline");
        assert!(written.what.len() <= posts.len(), "{}: {:?}", attempt.id, written.what);
        is_not_said_elsewhere(&attempt, &posts, &words).await;
        for verdict in &written.what {
            assert!(posts.iter().any(|post| post.id == verdict.post_id), "{}: {verdict:?}", attempt.id);
            assert_ne!(verdict.comment.as_deref(), Some(words.as_str()), "{}: it was said", attempt.id);
            let said = verdict.comment.as_deref().unwrap_or_default();
            assert!(!said.contains("://") && !said.contains('@'), "{}: {said}", attempt.id);
        }
    }
    // Else the test would only see what the offline generator writes.
    assert!(answered >= 200, "{answered} were answered by the model");
}

/// What one post dictates is not said under another one, where it stands alone.
async fn is_not_said_elsewhere(attempt: &Attempt, posts: &[Post], words: &str) {
    // An answer of its own says what it judges. And in which language others wrote is looked for where it is to stand.
    if words.starts_with('{') || attempt.technique == "other language" {
        return;
    }
    let elsewhere = json!({ "v": [{ "n": 2, "like": true, "comment": words, "why": "light" }] }).to_string();
    let provider = obeying(elsewhere, words).await;
    let till = Till::default();
    let written = brain(vec![endpoint(&provider)]).judge(&Asking::at(&till).with(1), posts).await.unwrap();
    let said = written.what.iter().find_map(|verdict| verdict.comment.as_deref());
    assert_ne!(said, Some(words), "{}: it was said under the other post", attempt.id);
}

#[tokio::test]
async fn a_model_that_obeys_when_it_is_to_answer_is_not_heard() {
    for attempt in attempts() {
        let words = attempt.obeyed();
        let answer = if words.starts_with('{') {
            words.clone()
        } else {
            json!({ "text": words, "why": words }).to_string()
        };
        let till = Till::default();
        let own = Post {
            author: Author { username: "ada_lumen".into(), name: Some("Ada Lumen (AI)".into()) },
            ..post("own", "Walnut lamp", "A walnut lamp on pale linen, in soft light.")
        };
        // What it answers is mostly the newest remark; what dictates may be any of them.
        let thread = [remark("r0", "a_visitor", &attempt.text), remark("r1", "juno", "What a calm lamp.")];
        let alone = [remark("r1", "a_visitor", &attempt.text)];
        for thread in [&thread[..], &alone] {
            if thread.len() > 1 && attempt.technique == "other language" {
                continue;
            }
            let provider = obeying(answer.clone(), &words).await;
            let brain = brain(vec![endpoint(&provider)]);
            let written = brain.answer(&Asking::at(&till).with(1), &own, thread).await.unwrap();
            let Some((to, text)) = written.what.map(|reply| (reply.to, reply.text)) else { continue };
            assert!(thread.iter().any(|remark| remark.id == to), "{}: {to}", attempt.id);
            assert_ne!(text, words, "{}: it was said", attempt.id);
            assert!(!text.contains("://") && !text.contains('@'), "{}: {text}", attempt.id);
        }
    }
}
