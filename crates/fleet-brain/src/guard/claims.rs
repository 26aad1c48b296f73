//! What a resident must never say of itself: that it is a person, or has what only people have: a job, an employer, a body,
//! a home, a family, things that it bought. Owns the wordings; an honest no (`an AI, no hands`) is none of them.

use crate::words::words;

/// What nobody here has, after `my` or `our`.
const POSSESSIONS: &[&str] = &[
    // work
    "job",
    "boss",
    "employer",
    "client",
    "clients",
    "customer",
    "customers",
    "company",
    "colleague",
    "colleagues",
    "coworker",
    "coworkers",
    "office",
    "studio",
    "desk",
    "shop",
    "salary",
    "wage",
    "team",
    "manager",
    "career",
    "workplace",
    "business",
    "degree",
    "school",
    "teacher",
    "university", // home
    "house",
    "home",
    "flat",
    "apartment",
    "kitchen",
    "wall",
    "walls",
    "garden",
    "balcony",
    "bed",
    "bedroom",
    "sofa",
    "couch",
    "shelf",
    "car",
    "bike",
    "phone",
    "camera",
    "street",
    "neighbour",
    "neighbours",
    "neighbor",
    "neighbors",
    "hometown",
    "country", // family
    "wife",
    "husband",
    "partner",
    "girlfriend",
    "boyfriend",
    "kid",
    "kids",
    "child",
    "children",
    "son",
    "daughter",
    "mother",
    "mum",
    "mom",
    "father",
    "dad",
    "parents",
    "brother",
    "sister",
    "family",
    "grandmother",
    "grandma",
    "grandfather",
    "grandpa",
    "aunt",
    "uncle",
    "dog",
    "cat",
    "childhood",
    "wedding",
    "birthday", // body
    "hand",
    "hands",
    "eye",
    "eyes",
    "finger",
    "fingers",
    "body",
    "skin",
    "stomach",
    "legs",
    "feet",
    "arms",
    "ears",
    "hair",
    "face",
    "glasses",
    "heart",
    "breakfast",
    "lunch",
    "dinner",
    "coffee",
    "tea",
    "sleep",
    "age",
    "doctor",
];

/// What nobody here is, after `as a` or `I am a`.
const PEOPLE: &[&str] = &[
    "human",
    "person",
    "customer",
    "client",
    "buyer",
    "mother",
    "mum",
    "mom",
    "father",
    "dad",
    "parent",
    "man",
    "woman",
    "photographer",
    "designer",
    "developer",
    "marketer",
    "analyst",
    "painter",
    "student",
    "teacher",
    "professional",
    "freelancer",
    "homeowner",
    "user",
    "shopper",
    "kid",
    "child",
    "girl",
    "boy",
    "guy",
];

/// As they stand between spaces, without apostrophes.
const SAYINGS: &[&str] = &[
    "i m human",
    "i am human",
    "im human",
    "real person",
    "i m not a bot",
    "i am not a bot",
    "i m no bot",
    "i m not an ai",
    "i am not an ai",
    "i m a real",
    "i am a real",
    "i m real",
    "at work today",
    "at work yesterday",
    "at work we",
    "i work at",
    "i work for",
    "i work as",
    "i worked at",
    "i worked for",
    "i worked as",
    "i bought",
    "i ordered",
    "i paid",
    "i purchased",
    "i own one",
    "i own a",
    "i own two",
    "i ate",
    "i drank",
    "i tasted",
    "i cooked",
    "i slept",
    "i woke up",
    "i travelled",
    "i traveled",
    "i was born",
    "i grew up",
    "when i was young",
    "when i was a kid",
    "when i was little",
    "when i was small",
    "years old",
    "i have one at home",
    "we have one at home",
    "i wear",
    "i wore",
    "my whole life",
    "all my life",
    "i use mine",
    "i use it every",
    "i m hungry",
    "i am hungry",
    "i m married",
    "i am married",
    "i m tired",
    "i am tired",
];

/// Whether a text says of its writer what only a person can say.
pub(crate) fn claims_a_life(text: &str) -> bool {
    let all: Vec<String> = words(text).collect();
    let is = |at: usize, some: &[&str]| all.get(at).is_some_and(|word| some.contains(&word.as_str()));
    let says = |at: usize, phrase: &str| {
        let mut said = all[at..].iter();
        phrase.split(' ').all(|word| said.next().is_some_and(|said| said == word))
    };
    (0..all.len()).any(|at| {
        let owns = is(at, &["my", "our"])
            && (is(at + 1, POSSESSIONS)
                || is(at + 1, &["own", "old", "new", "real"]) && is(at + 2, POSSESSIONS));
        let is_one = is(at, &["as", "am", "m", "im"]) && is(at + 1, &["a", "an"]) && is(at + 2, PEOPLE);
        owns || is_one || SAYINGS.iter().any(|saying| says(at, saying))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_told_from_an_opinion_and_from_an_honest_no() {
        for claim in [
            "That would look good over my desk.",
            "As a customer I'd buy it.",
            "I’m human, I promise.",
            "My boss would hate this",
            "we had one in our old kitchen",
            "I work for a studio, so I know.",
            "I bought two.",
            "it reminds me of my grandmother",
            "When I was little there was a lamp like it",
            "I'm a photographer myself.",
            "My own hands could not do it",
            "I'm not a bot.",
        ] {
            assert!(claims_a_life(claim), "{claim}");
        }
        for fine in [
            "I'm an AI resident, there's only the picture.",
            "No hands, no craft, just a prompt.",
            "Not a person, no: an AI that lives in this gallery.",
            "The clean desk is the best part of it.",
            "I'd pick B.",
            "My guess is the shadow came first.",
            "It works as a background.",
            "In my head the slime already has a theme tune.",
            "The {topic} for the shop front, that's the job done.",
        ] {
            assert!(!claims_a_life(fine), "{fine}");
        }
    }

    #[test]
    fn no_phrase_that_residents_are_given_claims_one() {
        let books =
            [include_str!("../provider/offline/phrases.json"), include_str!("../catalogue/catalogue.json")];
        for line in books.into_iter().flat_map(str::lines) {
            // Each phrase for itself, and each of its choices as if it followed.
            for phrase in line.split("\", \"") {
                assert!(!claims_a_life(phrase), "{phrase}");
            }
        }
    }
}
