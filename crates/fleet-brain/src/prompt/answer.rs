//! Asking for an answer to a remark. Owns how a thread is told; refuses to choose the remark.

use serde_json::json;

use super::judge::told;
use super::{Form, Prompt, fence_of, object, remembered, system};
use crate::character::{Post, Remark};
use crate::cut::cut;
use crate::desk::Ask;

/// How much of a thread is told: its newest remarks, and so many characters of each.
const REMARKS: usize = 6;
const REMARK: usize = 220;
const AUTHOR: usize = 24;
const TOKENS: u32 = 160;

/// What `ask` would be asked to say to `to`, a remark of `thread`.
pub(crate) fn answer(ask: &Ask<'_>, post: &Post, thread: &[Remark], to: &Remark, sees: bool) -> Prompt {
    let mut fence = fence_of(ask, "answer");
    remembered(&mut fence, ask.memory);
    let own = post.author.username == ask.who.username;
    let picture = post.picture.clone().filter(|_| sees);
    fence.line(&format!("{} {}", if own { "your post" } else { "the post" }, told(post)));
    for remark in &thread[thread.len().saturating_sub(REMARKS)..] {
        let name = match remark.author.username == ask.who.username {
            true => "you",
            false => remark.author.name.as_deref().unwrap_or(&remark.author.username),
        };
        let mark = if remark.id == to.id { "(answer this) " } else { "" };
        fence.line(&format!("{mark}{}: {}", cut(name, AUTHOR), cut(&remark.text, REMARK)));
    }
    let user = format!(
        "Somebody spoke under a post. Answer the remark marked (answer this), to what it says, \
         in one or two sentences, and nothing you said before. \
         What neither the post nor the thread tells you, you do not know. why: at most 6 words.\n\
         {}\n\
         Answer with JSON alone: {{\"text\":\"\",\"why\":\"\"}}",
        fence.closed(),
    );
    let schema = object(json!({"text": {"type": "string"}, "why": {"type": "string"}}));
    Prompt {
        system: system(ask.who),
        user,
        pictures: picture.into_iter().collect(),
        form: Form { name: "answer", schema, most: TOKENS },
    }
}
