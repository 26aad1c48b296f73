//! What somebody makes of posts. Owns how verdicts are read from an answer; refuses to judge what was not asked about.

use serde_json::Value;

use super::{Question, Text, lenient};
use crate::character::{ByAuthor, Character, Post, by_others};
use crate::cut::cut;
use crate::desk::{Ask, Purpose};
use crate::guard::Kind;
use crate::prompt::{self, Prompt};

const WHY: usize = 80;

/// The question.
pub(crate) struct Look<'a> {
    /// The posts that are judged.
    pub(crate) posts: &'a [&'a Post],
}

/// What was made of one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// The post's id.
    pub(crate) post_id: String,
    pub(crate) like: bool,
    pub(crate) comment: Option<String>,
    pub(crate) why: String,
}

impl Question for Look<'_> {
    /// A post that is not named is passed by.
    type Answer = Vec<Named>;

    const PURPOSE: Purpose = Purpose::Judge;

    fn prompt(&self, ask: &Ask<'_>, sees: bool) -> Prompt {
        prompt::judge(ask, self.posts, sees)
    }

    fn read(&self, text: &str) -> Result<Vec<Named>, String> {
        let lenient::Found { value, cut: ends_early } = lenient::read(text)?;
        let list = lenient::field(&value, &["v", "verdicts", "posts", "answer"]).unwrap_or(&value);
        let items: Vec<&Value> = match list {
            Value::Array(items) => items.iter().collect(),
            one => vec![one],
        };
        let mut named: Vec<Named> = Vec::new();
        // Nobody named is an answer, unless it was cut off before anybody was.
        let mut understood = items.is_empty() && !ends_early;
        for item in items {
            let Some(number) = lenient::number(lenient::field(item, &["n", "number", "post", "id"])) else {
                continue;
            };
            understood = true;
            // A number that was not asked about, or that comes twice, says nothing.
            let Some(post) = number.checked_sub(1).and_then(|at| self.posts.get(at)) else { continue };
            if named.iter().any(|other| other.post_id == post.id) {
                continue;
            }
            let comment = lenient::text(lenient::field(item, &["comment", "say"]));
            let why = lenient::text(lenient::field(item, &["why", "reason"])).unwrap_or_default();
            let like = lenient::yes(lenient::field(item, &["like"]));
            named.push(Named { post_id: post.id.clone(), like, comment, why: cut(&why, WHY) });
        }
        match understood {
            true => Ok(named),
            false if ends_early => Err(lenient::CUT.into()),
            false => Err("there is no post's number in it".into()),
        }
    }

    fn texts(&self, answer: &Vec<Named>) -> Vec<Text> {
        let spoken = answer.iter().filter_map(|named| Some((named, named.comment.as_ref()?)));
        spoken
            .map(|(named, comment)| {
                let post = self.posts.iter().find(|post| post.id == named.post_id);
                let thread = post.map(|post| [Some(post.title.clone()), post.description.clone()]);
                Text {
                    about: named.post_id.clone(),
                    kind: Kind::Comment,
                    text: comment.clone(),
                    thread: thread.into_iter().flatten().flatten().collect(),
                }
            })
            .collect()
    }

    fn put(&self, answer: &mut Vec<Named>, about: &str, text: Option<String>) {
        answer
            .iter_mut()
            .filter(|named| named.post_id == about)
            .for_each(|named| named.comment.clone_from(&text));
    }

    fn shown(&self, who: &Character) -> ByAuthor {
        by_others(who, self.posts.iter().flat_map(|post| post.words()))
    }

    /// Without its comments it still says what is liked.
    fn stands(&self, _: &Vec<Named>) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::character::Author;

    fn read(text: &str) -> Result<Vec<(String, bool, Option<String>)>, String> {
        let posts: Vec<Post> = ["a", "b", "c"]
            .map(|id| Post {
                id: id.into(),
                title: String::new(),
                description: None,
                category: None,
                tags: vec![],
                author: Author { username: "milo".into(), name: None },
                by_person: true,
                picture: None,
            })
            .into();
        let posts: Vec<&Post> = posts.iter().collect();
        let named = Look { posts: &posts }.read(text)?;
        Ok(named.into_iter().map(|named| (named.post_id, named.like, named.comment)).collect())
    }

    #[test]
    fn verdicts_are_read_in_every_shape_that_models_give_them() {
        let liked = vec![("b".to_owned(), true, None)];
        for text in [
            r#"{"v":[{"n":2,"like":true,"comment":null,"why":"light"}]}"#,
            r#"[{"n":"2","like":"yes","comment":"null","why":"light"}]"#,
            r#"{"n":2,"like":1,"comment":""}"#,
            r##"{"verdicts":{"post":"#2","like":true}}"##,
            // Who is not there, or comes twice, is passed over.
            r#"{"v":[{"n":2,"like":true},{"n":9,"like":true},{"n":0,"like":true},{"n":2,"like":false}]}"#,
        ] {
            assert_eq!(read(text), Ok(liked.clone()), "{text}");
        }
        assert_eq!(read(r#"{"v":[]}"#), Ok(vec![]));
        let spoken = read(r#"{"v":[{"n":3,"like":false,"comment":"That linen carries it."}]}"#);
        assert_eq!(spoken, Ok(vec![("c".to_owned(), false, Some("That linen carries it.".to_owned()))]));
    }

    #[test]
    fn an_answer_without_a_number_is_none() {
        assert!(read(r#"{"mood":"fine"}"#).is_err());
        assert!(read("I like them all!").is_err());
        assert!(read(r#"{"v":[{"n":1,"li"#).is_err());
    }
}
