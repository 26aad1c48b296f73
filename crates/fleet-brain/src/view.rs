//! What a brain was asked, as it can be kept and asked again. Owns the form; a picture that a model was shown is not kept.

use serde::{Deserialize, Serialize};

use crate::brain::{Brain, Error};
use crate::character::{Character, Post, Remark};
use crate::desk::{Ask, Desk, Memory};
use crate::offer::Offer;
use crate::record::{Record, Written};

/// A question with all that it was asked with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Who was asked.
    pub who: Character,
    /// What they remembered.
    #[serde(default)]
    pub memory: Memory,
    /// What they were asked.
    #[serde(flatten)]
    pub question: Question,
}

/// What a brain can be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "question", rename_all = "snake_case")]
pub enum Question {
    /// What they think of posts.
    Judge {
        /// The posts, in the order in which they were shown.
        posts: Vec<Post>,
    },
    /// What they would make next.
    Compose {
        /// What the platform offered.
        offer: Offer,
    },
    /// What they would say under a post of their own.
    Answer {
        /// The post.
        post: Post,
        /// What was said there, in its order.
        thread: Vec<Remark>,
    },
}

impl Brain {
    /// Asks once more what was asked, with the same chance; another brain, or another model, may say something else. The
    /// answer is told as it would have been kept.
    ///
    /// # Errors
    ///
    /// As the question itself.
    pub async fn ask_again(
        &self,
        view: &View,
        desk: &dyn Desk,
        seed: u64,
    ) -> Result<Written<serde_json::Value>, Error> {
        fn told<T: Serialize>(Written { what, record }: Written<T>) -> (serde_json::Value, Record) {
            (serde_json::json!(what), record)
        }
        let ask = Ask { who: &view.who, memory: &view.memory, desk, seed };
        let (what, record) = match &view.question {
            Question::Judge { posts } => told(self.judge(&ask, posts).await?),
            Question::Compose { offer } => told(self.compose(&ask, offer).await?),
            Question::Answer { post, thread } => told(self.answer(&ask, post, thread).await?),
        };
        Ok(Written { what, record })
    }
}
