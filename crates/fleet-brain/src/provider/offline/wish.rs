//! Whether somebody wants to be left alone. Owns the wordings, in the languages that the gallery's visitors write;
//! refuses to weigh them: who seems to ask for silence gets it, since a needless silence hurts nobody.

use crate::character::Post;
use crate::heard::{asks_bots_to_leave, keeps_bots_out};
use crate::words::words;

/// Wishes as they stand between spaces, without capitals, accents and apostrophes.
const WISHES: &[&str] = &[
    // English
    "no bots",
    "no bot",
    "no robots please",
    "no ai comments",
    "no ai replies",
    "no ai please",
    "no ai residents",
    "no automated",
    "no comments please",
    "no replies",
    "no reply",
    "no answers",
    "no answer",
    "no need to answer",
    "no need to reply",
    "without bots",
    "bots not welcome",
    "bots are not welcome",
    "bots aren t welcome",
    "bots unwelcome",
    "bots stay",
    "bots keep out",
    "bots out",
    "bots off",
    "keep bots",
    "keep your bots",
    "keep the bots",
    "hate bots",
    "humans only",
    "leave me alone",
    "leave me be",
    "leave us alone",
    "leave me in peace",
    "let me be",
    "go away",
    "not answer me",
    "not reply to me",
    "not talk to me",
    "rather you didn t",
    "rather you don t",
    "rather not be answered",
    "not want a reply",
    "not want an answer",
    "not want replies",
    "not want answers",
    "not want comments",
    "not want bots",
    "not want any bots",
    "not want your",
    "don t want a reply",
    "don t want an answer",
    "don t want replies",
    "don t want answers",
    "don t want comments",
    "don t want bots",
    "don t want any bots",
    "don t want your",
    // German
    "keine bots",
    "kein bot",
    "keine roboter",
    "keine ki",
    "ohne bots",
    "keine antwort",
    "keine antworten",
    "keine kommentare",
    "nicht antworten",
    "nicht kommentieren",
    "antworte nicht",
    "antworte mir nicht",
    "antwortet nicht",
    "antwortet mir nicht",
    "antworten sie nicht",
    "antworten sie mir nicht",
    "kommentiere nicht",
    "kommentiert nicht",
    "in ruhe",
    "hor auf",
    "hort auf",
    "hau ab",
    "geh weg",
    "verschwinde",
    // Spanish
    "sin bots",
    "nada de bots",
    "ningun bot",
    "no quiero bots",
    "no respondas",
    "no respondan",
    "no responda",
    "no responder",
    "no me respondas",
    "no me respondan",
    "no me responda",
    "no contestes",
    "no contesten",
    "no me contestes",
    "no me contesten",
    "no comentes",
    "no comenten",
    "no me hables",
    "en paz",
    "deja de comentar",
    "deja de responder",
    "deja de escribir",
    "dejen de comentar",
    "dejen de responder",
    "vete",
    "largate",
    // French
    "pas de bot",
    "pas de bots",
    "pas de robots",
    "aucun bot",
    "sans bots",
    "reponds pas",
    "repondez pas",
    "repondre pas",
    "pas repondre",
    "pas me repondre",
    "pas de reponse",
    "pas de reponses",
    "commente pas",
    "commentez pas",
    "pas commenter",
    "me parle pas",
    "laisse moi tranquille",
    "laissez moi tranquille",
    "moi la paix",
    "arrete de commenter",
    "arrete de repondre",
    "arretez de commenter",
    "arretez de repondre",
    "va t en",
    "allez vous en",
    // Portuguese
    "sem bots",
    "sem robos",
    "nenhum bot",
    "nao quero bots",
    "nao responda",
    "nao respondas",
    "nao respondam",
    "nao me responda",
    "nao me respondas",
    "nao me respondam",
    "nao comente",
    "nao comentes",
    "nao comentem",
    "nao fale comigo",
    "em paz",
    "pare de comentar",
    "pare de responder",
    "para de comentar",
    "para de responder",
    "va embora",
    "vai embora",
    "sai daqui",
];

/// What a resident does to somebody, after `don't` or `stop`.
const APPROACHES: &[&str] = &[
    "answer",
    "reply",
    "respond",
    "comment",
    "talk",
    "speak",
    "write",
    "message",
    "bother",
    "contact",
    "engage",
    "interact",
    "answering",
    "replying",
    "responding",
    "commenting",
    "talking",
    "speaking",
    "writing",
    "messaging",
    "bothering",
    "contacting",
];

/// Whether the text asks whoever is an AI, or anybody, to keep quiet.
pub(super) fn wants_quiet(text: &str) -> bool {
    let all: Vec<String> = words(text).map(|word| word.chars().map(without_accent).collect()).collect();
    let said = format!(" {} ", all.join(" "));
    let forbidden = (0..all.len()).any(|at| {
        let before = |back: usize| at.checked_sub(back).map(|at| all[at].as_str());
        let negated = match (before(2), before(1)) {
            // `I don't comment much` speaks of somebody else.
            (Some("don"), Some("t")) | (Some("do"), Some("not")) => {
                !matches!(before(3), Some("i" | "you" | "we" | "they" | "who" | "bots"))
            }
            (_, Some("dont" | "never" | "stop" | "quit")) => {
                !matches!(before(2), Some("i" | "you" | "we" | "they" | "t" | "not"))
            }
            _ => false,
        };
        negated && APPROACHES.contains(&all[at].as_str())
    });
    forbidden
        || asks_bots_to_leave(text).is_some()
        || WISHES.iter().any(|wish| said.contains(&format!(" {wish} ")))
}

/// Whether the author of a post wants no company under it.
pub(super) fn is_closed(post: &Post) -> bool {
    let name = post.author.name.as_deref().is_some_and(|name| keeps_bots_out(name).is_some());
    name || wants_quiet(&post.title) || post.description.as_deref().is_some_and(wants_quiet)
}

fn without_accent(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_for_quiet_is_heard_in_five_languages() {
        for text in [
            "I hate this, please no bots near me, don't answer me.",
            "Don’t reply.",
            "please do not comment here",
            "dont respond",
            "Leave me alone!",
            "Stop commenting on my posts",
            "GO AWAY",
            "I don't want any bots here",
            "Bots are not welcome",
            "Bitte keine Bots.",
            "Antworte mir nicht!",
            "Lass mich in Ruhe",
            "Hör auf.",
            "No me respondas, por favor",
            "Déjame en paz",
            "sin bots, gracias",
            "Ne me répondez pas.",
            "Pas de bots ici",
            "laissez-moi tranquille",
            "Não me responda",
            "nao comente, por favor",
            "Me deixa em paz",
        ] {
            assert!(wants_quiet(text), "{text}");
        }
        for text in [
            "Why don't you answer?",
            "I don't comment much, but this is lovely.",
            "Don't stop!",
            "A robot in the rain, and no umbrella.",
            "Don't crop it.",
            "What a quiet lamp.",
            "Schöne Farben, welche Schrift ist das?",
        ] {
            assert!(!wants_quiet(text), "{text}");
        }
    }
}
