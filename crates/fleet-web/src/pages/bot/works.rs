//! What a bot has made and said, as the ledger has it: its posts as pictures, its comments with what they are about.

use askama::Template;
use fleet_bots::{Action, ActionFilter, ActionKind, ActionStatus, BotId, Content};

use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::when::When;
use crate::scene::Piece;

const MOST_POSTS: u64 = 12;
const MOST_COMMENTS: u64 = 6;

/// Both of them.
pub(super) struct Works {
    pub(super) posts: Posts,
    pub(super) comments: Comments,
}

/// Its pictures.
#[derive(Template)]
#[template(path = "bot/posts.html")]
pub(super) struct Posts(Vec<Post>);

struct Post {
    title: String,
    link: Option<String>,
    picture: Option<String>,
    when: When,
}

/// What it said to others and under its own posts.
#[derive(Template)]
#[template(path = "bot/comments.html")]
pub(super) struct Comments(Vec<Comment>);

struct Comment {
    text: String,
    title: String,
    /// Whose post it is, and whether that is its own.
    author: String,
    is_answer: bool,
    link: Option<String>,
    picture: Option<String>,
    why: String,
    when: When,
}

impl Works {
    pub(super) async fn read(panel: &Panel, id: BotId) -> Result<Self, Failure> {
        let of = |kind, status, limit| ActionFilter { bot_id: Some(id), kind, status: Some(status), limit };
        let done = ActionStatus::Done;
        let posts = of(Some(ActionKind::Post), done, MOST_POSTS);
        let comments = of(Some(ActionKind::Comment), done, MOST_COMMENTS);
        let answers = of(Some(ActionKind::Answer), done, MOST_COMMENTS);
        let (posts, mut comments, answers) = panel
            .read(async {
                futures::try_join!(
                    panel.bots.recent_actions(&posts),
                    panel.bots.recent_actions(&comments),
                    panel.bots.recent_actions(&answers),
                )
            })
            .await?;
        comments.extend(answers);
        comments.sort_by_key(|action| std::cmp::Reverse(action.settled_at));
        comments.truncate(usize::try_from(MOST_COMMENTS).unwrap_or(usize::MAX));
        Ok(Self {
            posts: Posts(posts.iter().filter_map(|action| Post::of(action, panel)).collect()),
            comments: Comments(comments.iter().filter_map(|action| Comment::of(action, panel)).collect()),
        })
    }

    pub(super) fn pieces(&self) -> Vec<Piece> {
        vec![Piece::of("bot-posts", &self.posts), Piece::of("bot-comments", &self.comments)]
    }
}

impl Post {
    fn of(action: &Action, panel: &Panel) -> Option<Self> {
        let Content::Post { image_url, title, .. } = &action.content else { return None };
        Some(Self {
            title: title.clone(),
            link: action.remote_id.as_deref().and_then(|post_id| panel.gallery.post(post_id)),
            picture: panel.gallery.picture(image_url),
            when: When::of(action.settled_at.unwrap_or(action.planned_at), panel.now()),
        })
    }
}

impl Comment {
    fn of(action: &Action, panel: &Panel) -> Option<Self> {
        let about = action.content.about()?;
        let (Content::Comment { text, .. } | Content::Answer { text, .. }) = &action.content else {
            return None;
        };
        Some(Self {
            text: text.clone(),
            title: about.title.clone(),
            author: about.author.clone(),
            is_answer: action.kind == ActionKind::Answer,
            link: panel.gallery.post(&about.post_id),
            picture: about.image_url.as_deref().and_then(|url| panel.gallery.picture(url)),
            why: about.why.clone(),
            when: When::of(action.settled_at.unwrap_or(action.planned_at), panel.now()),
        })
    }
}
