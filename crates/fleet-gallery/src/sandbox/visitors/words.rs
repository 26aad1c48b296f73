//! Who the visitors are and what they say. Nobody here exists; every sentence is put together by dice.

use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

/// A simulated person.
pub(super) struct Person {
    pub(super) username: &'static str,
    pub(super) name: &'static str,
    pub(super) bio: &'static str,
    /// What they make pictures of; an index into [`GENRES`].
    genre: usize,
}

/// A post to be.
pub(super) struct Idea {
    pub(super) prompt: String,
    pub(super) title: String,
    pub(super) description: String,
}

#[rustfmt::skip]
pub(super) const PEOPLE: &[Person] = &[
    Person { username: "marta.velde", name: "Marta Velde", bio: "Ceramics, kilns and too many mugs.", genre: 0 },
    Person { username: "oskar_lind", name: "Oskar Lind", bio: "Prints posters on Saturdays.", genre: 1 },
    Person { username: "priya.n", name: "Priya Nair", bio: "Making a tiny game about a lighthouse.", genre: 2 },
    Person { username: "tomasz_w", name: "Tomasz Wrona", bio: "Charts for a city library.", genre: 3 },
    Person { username: "ines.duarte", name: "Inês Duarte", bio: "Paints places that are not there.", genre: 4 },
    Person { username: "kofi_mensah", name: "Kofi Mensah", bio: "Interfaces for people in a hurry.", genre: 5 },
    Person { username: "lena-b", name: "Lena Brandt", bio: "Small-batch candles, big photo backlog.", genre: 0 },
    Person { username: "yuki.h", name: "Yuki Hara", bio: "Sprites by night.", genre: 2 },
    Person { username: "samir.q", name: "Samir Qadir", bio: "Runs the socials of a bakery.", genre: 1 },
    Person { username: "hannah_roe", name: "Hannah Roe", bio: "Skies, mostly.", genre: 4 },
    Person { username: "diego.fm", name: "Diego Fuentes", bio: "Numbers with manners.", genre: 3 },
    Person { username: "noor.elz", name: "Noor El-Zein", bio: "Design systems, quietly.", genre: 5 },
];

/// How a kind of picture is asked for and spoken of; `{s}` is its subject, `{m}` its mood.
struct Genre {
    subjects: &'static [&'static str],
    moods: &'static [&'static str],
    prompt: &'static str,
    titles: &'static [&'static str],
    notes: &'static [&'static str],
}

#[rustfmt::skip]
const GENRES: &[Genre] = &[
    Genre {
        subjects: &["stoneware mug", "honey jar", "reading lamp", "linen box", "scented candle", "garden vase", "glass bottle"],
        moods: &["morning", "clay", "mint", "winter", "golden", "berry", "forest"],
        prompt: "Product shot of a {s} on a plinth, {m} light, soft shadow",
        titles: &["{S}, {m} light", "The {s} again", "A {s} for the shop page", "{S}, take four"],
        notes: &["Moved the lamp a hand's width and it finally worked.", "Kept the shadow long on purpose.", "For the listing. Too warm?", "The label still wants work."],
    },
    Genre {
        subjects: &["harvest market", "open studio", "street concert", "bread week", "night run", "book swap"],
        moods: &["summer", "neon", "citrus", "mint", "retro", "berry"],
        prompt: "Bold {m} campaign poster: {s}",
        titles: &["{S}, first poster", "Poster for the {s}", "{S} in {m}", "Which {s} would you stop for?"],
        notes: &["Three words, then stop.", "Printed it at A3 and it holds.", "The sticker is the part I like.", "Second colourway tomorrow."],
    },
    Genre {
        subjects: &["lighthouse level", "mushroom cave", "castle gate", "harbour town", "slime dungeon", "sky platformer"],
        moods: &["night", "ember", "ice", "forest", "dusk"],
        prompt: "Pixel art of a {s}, {m} palette, retro game",
        titles: &["{S}, {m} palette", "New screen: {s}", "{S}, seven colours", "Work in progress: {s}"],
        notes: &["Seven colours and not one more.", "The creature has no name yet.", "Dithering by hand is a hobby of its own.", "Collision boxes come next."],
    },
    Genre {
        subjects: &["library visits", "bicycle traffic", "rainfall", "tram delays", "bakery sales", "museum tickets"],
        moods: &["month by month", "over a year", "by season"],
        prompt: "Bar chart of {s} {m}, data report",
        titles: &["{S}, {m}", "What {s} looked like {m}", "{S}: one chart", "Redrew {s} from zero"],
        notes: &["Axis from zero, labels on the bars.", "Fewer gridlines than last time.", "Sample figures until the real ones are cleared.", "One highlight is plenty."],
    },
    Genre {
        subjects: &["floating island", "staircase", "door in the desert", "whale above the sea", "quiet moon", "sea of mist"],
        moods: &["dusk", "golden", "night", "ocean", "rose", "winter"],
        prompt: "Surreal {m} landscape with a {s}, dreamlike sky",
        titles: &["{S} at the edge of {m}", "I dreamt of a {s}", "{S}, {m}", "Study of a {s}"],
        notes: &["No plan, just a horizon.", "I could look at that light all day.", "Part of a series about leaving.", "It wanted to be bluer. I let it."],
    },
    Genre {
        subjects: &["booking form", "reading app", "travel dashboard", "settings screen", "checkout card", "recipe app"],
        moods: &["clean", "mint", "ice", "mono", "indigo"],
        prompt: "UI mock-up of a {s}, {m} interface, accessible contrast",
        titles: &["{S}, {m} version", "Rethinking the {s}", "{S} on one screen", "A calmer {s}"],
        notes: &["Took out half of it. Nobody missed anything.", "Contrast checked, twice.", "The button is where the thumb is.", "Feedback on spacing welcome."],
    },
];

pub(super) fn idea(person: &Person, dice: &mut StdRng) -> Idea {
    let genre = &GENRES[person.genre];
    let (subject, mood) = (choose(genre.subjects, dice), choose(genre.moods, dice));
    let fill =
        |text: &str| text.replace("{s}", subject).replace("{S}", &capital(subject)).replace("{m}", mood);
    // A number no one sees keeps two posts about the same thing from being the same picture.
    let prompt = format!("{} {}", fill(genre.prompt), dice.random_range(100..1000));
    Idea {
        prompt,
        title: fill(choose(genre.titles, dice)),
        description: choose(genre.notes, dice).to_owned(),
    }
}

pub(super) fn comment(title: &str, dice: &mut StdRng) -> String {
    const OPENINGS: &[&str] = &[
        "Oh, this one.",
        "Lovely.",
        "Saved this.",
        "Hm!",
        "Came back to look again.",
        "Good morning to this.",
        "Nice.",
        "Yes.",
    ];
    const BODIES: &[&str] = &[
        "“{t}” has a good quiet to it",
        "the colours in “{t}” hold together so well",
        "the light does most of the work here",
        "I like how little “{t}” needs",
        "that accent colour is doing a lot",
        "the shapes read even at thumbnail size",
        "“{t}” would print well",
        "the composition leans just enough",
        "I keep looking at the lower left corner",
        "you left the right things out",
    ];
    const CLOSINGS: &[&str] = &[
        ".",
        "!",
        ". How long did it take?",
        ". More of these, please.",
        ". Is there a series?",
        ", honestly.",
        ". Did you start from the palette?",
        ". Which step made the difference?",
    ];
    let title: String = title.chars().take(60).collect();
    let body = choose(BODIES, dice).replace("{t}", &title);
    let closing = choose(CLOSINGS, dice);
    if dice.random_bool(0.45) {
        return format!("{} {}{closing}", choose(OPENINGS, dice), capital(&body));
    }
    format!("{}{closing}", capital(&body))
}

pub(super) fn reply(to: &str, said: &str, dice: &mut StdRng) -> String {
    const ANSWERS: &[&str] = &[
        "that is kind, thank you",
        "it took most of an evening",
        "yes, from the palette first",
        "there will be a second one",
        "I nearly cropped that out",
        "happy to share the steps",
        "your last one got me started",
        "still not sure about the left side",
    ];
    const NODS: &[&str] =
        &["same here", "I thought so too", "well seen", "that is exactly it", "I would have said the same"];
    let first = to.split_whitespace().next().unwrap_or("you");
    let answers = if said.contains('?') { ANSWERS } else { NODS };
    let more = if dice.random_bool(0.5) { format!(", {}", choose(ANSWERS, dice)) } else { String::new() };
    format!("{first}, {}{more}.", choose(answers, dice))
}

fn choose(from: &'static [&'static str], dice: &mut StdRng) -> &'static str {
    from.choose(dice).copied().unwrap_or_default()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use rand::SeedableRng;

    use super::*;

    #[test]
    fn what_visitors_say_is_varied_and_within_the_rules() {
        let mut dice = StdRng::seed_from_u64(7);
        let mut said = HashSet::new();
        for _ in 0..200 {
            let comment = comment(&"a very long title ".repeat(12), &mut dice);
            assert!((1..=1000).contains(&comment.chars().count()));
            said.insert(comment);
        }
        assert!(said.len() > 90, "{}", said.len());
        for person in PEOPLE {
            let idea = idea(person, &mut dice);
            assert!(idea.title.chars().count() <= 200 && !idea.title.contains('{'), "{}", idea.title);
        }
    }
}
