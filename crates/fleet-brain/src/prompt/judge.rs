//! Asking what somebody makes of posts. Owns how a post is told in a line; refuses to choose posts.

use serde_json::json;

use super::{Form, Prompt, fence_of, object, remembered, system};
use crate::character::Post;
use crate::cut::cut;
use crate::desk::Ask;

const TITLE: usize = 70;
const AUTHOR: usize = 24;
const CAPTION: usize = 140;
/// How many posts an answer may name, and how many tokens it takes for one.
const NAMED: u32 = 3;
const TOKENS_OF_ONE: u32 = 110;

/// What `ask` would be asked of `posts`, which are numbered from 1.
pub(crate) fn judge(ask: &Ask<'_>, posts: &[&Post], sees: bool) -> Prompt {
    let mut fence = fence_of(ask, "judge");
    remembered(&mut fence, ask.memory);
    let mut pictures = Vec::new();
    for (number, post) in (1..).zip(posts) {
        let shown = post.picture.as_ref().filter(|_| sees);
        pictures.extend(shown.cloned());
        let picture = shown.map(|_| format!(" [picture {}]", pictures.len())).unwrap_or_default();
        fence.line(&format!("{number}{picture} {}", told(post)));
    }
    let user = format!(
        "New in the gallery, by number. Which would you like, or speak to? \
         Name at most {NAMED}, comment on one at most, and pass by what leaves you cold. \
         A comment is one or two sentences that fit this post alone, and nothing you said before; else null. \
         why: at most 6 words.\n\
         {}\n\
         Answer with JSON alone: {{\"v\":[{{\"n\":1,\"like\":true,\"comment\":null,\"why\":\"\"}}]}}",
        fence.closed(),
    );
    let verdict = object(json!({
        "n": {"type": "integer"},
        "like": {"type": "boolean"},
        "comment": {"type": ["string", "null"]},
        "why": {"type": "string"},
    }));
    let schema = object(json!({"v": {"type": "array", "items": verdict}}));
    let form = Form { name: "verdicts", schema, most: NAMED * TOKENS_OF_ONE };
    Prompt { system: system(ask.who), user, pictures, form }
}

/// A post in a line.
pub(super) fn told(post: &Post) -> String {
    let author = post.author.name.as_deref().unwrap_or(&post.author.username);
    let caption = post.description.as_deref().filter(|caption| !caption.trim().is_empty());
    let rest = match (caption, post.tags.is_empty()) {
        (Some(caption), _) => format!(": {}", cut(caption, CAPTION)),
        (None, false) => format!(": {}", cut(&post.tags.join(", "), CAPTION)),
        (None, true) => String::new(),
    };
    format!("“{}” by {}{rest}", cut(&post.title, TITLE), cut(author, AUTHOR))
}
