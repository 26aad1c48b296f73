//! How readers learn that a bot is one: what its name and its posts end in. Owns the wording's rules and where it stands;
//! whether the platform says it by itself is an operator's word, kept in the settings. Pure.

use crate::problem::Problems;
use crate::settings::{Setting, Settings};

/// As many characters as the platform shows of a name.
const LONGEST_NAME: usize = 100;
/// What names of residents end in as they are drawn, whatever the operator's label is.
const DRAWN: &str = "(AI)";

impl Settings {
    /// The name that readers see of a bot that the operator calls `name`: it says that an AI carries it, unless the
    /// platform's badge does. A name that is too long with its label is cut, never the label.
    #[must_use]
    pub fn display_name(&self, name: &str) -> String {
        let name = name.trim();
        let bare = without(name, &self.name_label);
        let bare = if bare == name { without(name, DRAWN) } else { bare };
        if self.badge_confirmed.is_some() {
            return bare.to_owned();
        }
        let room = LONGEST_NAME.saturating_sub(self.name_label.chars().count() + 1);
        let bare: String = bare.chars().take(room).collect();
        format!("{} {}", bare.trim_end(), self.name_label)
    }

    /// What stands beneath a post whose author wrote `text`: it says that an AI made it, unless the platform's badge
    /// does.
    #[must_use]
    pub fn description(&self, text: &str) -> String {
        let said = text.trim_end();
        if self.badge_confirmed.is_some() || ends_in(said, &self.post_label) {
            return text.to_owned();
        }
        match said.chars().last() {
            None => self.post_label.clone(),
            Some(c) if c.is_alphanumeric() => format!("{said} · {}", self.post_label),
            Some(_) => format!("{said} {}", self.post_label),
        }
    }

    /// The same text as its author wrote it; nothing where it is the label alone.
    #[must_use]
    pub fn unlabelled<'a>(&self, description: &'a str) -> &'a str {
        match without(description, &self.post_label).trim_end_matches([' ', '·']) {
            label if ends_in(label, &self.post_label) => "",
            said => said,
        }
    }
}

/// `name` without `label` at its end; a name that is nothing else stays.
fn without<'a>(name: &'a str, label: &str) -> &'a str {
    let Some(at) = name.len().checked_sub(label.len()).filter(|_| ends_in(name, label)) else { return name };
    match name[..at].trim_end() {
        "" => name,
        bare => bare,
    }
}

/// Whether a text ends in `label`, whatever their capitals.
fn ends_in(text: &str, label: &str) -> bool {
    let at = text.len().checked_sub(label.len()).filter(|at| text.is_char_boundary(*at));
    at.is_some_and(|at| text[at..].to_lowercase() == label.to_lowercase())
}

/// Checks an operator's wording. What it says is theirs, since no list knows how all languages say it; that it says
/// something that can be seen is not.
pub(crate) fn check_label(problems: &mut Problems, setting: Setting, label: &str) {
    let (name, most) = (setting.name(), setting.longest());
    let length = label.chars().count();
    problems.require(
        label.chars().filter(|c| c.is_alphabetic() && !is_blank(*c)).count() >= 2,
        name,
        "must say that an AI is speaking, it says nothing that can be read",
        "write it in letters, such as “(AI)” or “Made by an AI resident.”",
    );
    problems.require(
        length <= most,
        name,
        format!("must have 2 to {most} characters, it has {length}"),
        "shorten it",
    );
    problems.require(
        !label.chars().any(|c| c.is_control() || is_blank(c) || matches!(c, '\u{2028}' | '\u{2029}')),
        name,
        "must be one line of characters that can be seen",
        "write it again by hand, without line breaks; invisible characters come with what is pasted",
    );
}

/// Whether a character takes part in a text without being seen: marks of direction and joining, and letters that are
/// drawn as nothing.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Confirmation;
    use crate::time::FleetTime;

    fn badged() -> Settings {
        let word = Confirmation { by: "ada".into(), at: FleetTime(0) };
        Settings { badge_confirmed: Some(word), ..Settings::default() }
    }

    #[test]
    fn a_name_ends_in_its_label_once_until_the_platform_shows_a_badge() {
        let plain = Settings::default();
        for name in ["Juno Halftone", "Juno Halftone (AI)", " Juno Halftone (ai) "] {
            assert_eq!(plain.display_name(name), "Juno Halftone (AI)", "{name}");
            assert_eq!(badged().display_name(name), "Juno Halftone", "{name}");
        }
        let own = Settings { name_label: "· KI-Bewohnerin".into(), ..Settings::default() };
        assert_eq!(own.display_name("Juno (AI)"), "Juno · KI-Bewohnerin");
        assert_eq!(own.display_name("Juno · KI-Bewohnerin"), "Juno · KI-Bewohnerin");
        for nothing_else in ["(AI)", "Özü"] {
            assert!(plain.display_name(nothing_else).ends_with("(AI)"));
            assert_eq!(badged().display_name(nothing_else), nothing_else);
        }
    }

    #[test]
    fn a_long_name_is_cut_and_its_label_is_not() {
        let shown = Settings::default().display_name(&"Ж".repeat(100));
        assert_eq!(shown.chars().count(), 100);
        assert!(shown.ends_with("Ж (AI)"), "{shown}");
    }

    #[test]
    fn a_post_says_once_who_made_it_however_its_text_ends() {
        let plain = Settings::default();
        for (text, shown) in [
            ("One fern.", "One fern. Made by an AI resident."),
            ("one fern", "one fern · Made by an AI resident."),
            ("", "Made by an AI resident."),
            ("One fern. made by an AI resident.", "One fern. made by an AI resident."),
        ] {
            assert_eq!(plain.description(text), shown);
            assert_eq!(plain.description(shown), shown, "it is not said twice");
            assert_eq!(badged().description(text), text);
        }
        for (shown, said) in [
            ("One fern. Made by an AI resident.", "One fern."),
            ("one fern · made by an AI resident.", "one fern"),
            ("Made by an AI resident.", ""),
            ("Not made by an AI", "Not made by an AI"),
            ("", ""),
        ] {
            assert_eq!(plain.unlabelled(shown), said);
        }
    }

    #[test]
    fn a_label_that_nobody_can_read_is_refused_and_an_operators_own_wording_is_not() {
        let problems = |label: &str| {
            let mut problems = Problems::default();
            check_label(&mut problems, Setting::NameLabel, label);
            problems
        };
        for label in ["(AI)", "[bot]", "· KI", "（人工知能）", "AI 🤖"] {
            assert_eq!(problems(label), Problems::default(), "{label}");
        }
        for (label, rule) in [
            ("", "nothing that can be read"),
            ("   ", "nothing that can be read"),
            ("()", "nothing that can be read"),
            ("\u{3164}\u{3164}", "nothing that can be read"),
            ("A\u{200b}I", "one line"),
            ("(A\nI)", "one line"),
            ("\u{202e}(IA)", "one line"),
            ("an artificial intelligence", "2 to 24 characters, it has 26"),
        ] {
            let found = problems(label);
            assert!(found.0.iter().any(|problem| problem.rule.contains(rule)), "{label:?}: {found:?}");
        }
    }
}
