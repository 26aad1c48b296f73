//! How lively the visitors are over time, and when newcomers join: a script of steps, read once and checked whole.
//!
//! It is a JSON list, its times counted from when visitors are first let in:
//!
//! ```json
//! [ {"after": "0h", "rate": 1.0, "join": 5},
//!   {"after": "2h", "rate": 4.0, "join": 30} ]
//! ```
//!
//! A step lasts until the next one begins, and the last one for ever. It knows nobody, draws nothing, and reads no file.

use std::time::Duration;

use serde_json::Value;

/// What a step's `rate` may be at most.
const FASTEST: f64 = 100.0;
/// How long the newcomers of a last step, which has no end, take to come.
const LAST_ARRIVALS: Duration = Duration::from_secs(2 * 3600);

const STEADY: &str = r#"[{"after": "0h", "rate": 1}]"#;

/// Word gets round in the third hour; a day later, most of it is over.
const LAUNCH_DAY: &str = r#"[
    {"after": "0h", "rate": 0.5, "join": 4},
    {"after": "2h", "rate": 4, "join": 40},
    {"after": "4h", "rate": 3, "join": 25},
    {"after": "8h", "rate": 2, "join": 15},
    {"after": "16h", "rate": 1, "join": 8},
    {"after": "1d", "rate": 0.8, "join": 8},
    {"after": "2d", "rate": 0.6}
]"#;

const DYING_WEEK: &str = r#"[
    {"after": "0h", "rate": 1},
    {"after": "1d", "rate": 0.7},
    {"after": "2d", "rate": 0.45},
    {"after": "3d", "rate": 0.25},
    {"after": "4d", "rate": 0.12},
    {"after": "5d", "rate": 0.05},
    {"after": "6d", "rate": 0}
]"#;

/// A rate over time, and arrivals.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitorScript {
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq)]
struct Step {
    after: Duration,
    rate: f64,
    join: usize,
}

/// A script that cannot be followed, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScriptError {
    /// It is not JSON.
    #[error(
        "line {line} is not JSON ({cause}); a script looks like [{{\"after\": \"0h\", \"rate\": 1.0, \"join\": 5}}]"
    )]
    Syntax {
        /// Which line, from 1.
        line: usize,
        /// What the reader said.
        cause: String,
    },
    /// It is JSON, but not a list of steps.
    #[error(
        "a script is a list of steps such as [{{\"after\": \"0h\", \"rate\": 1.0, \"join\": 5}}], and this is {found}"
    )]
    NotSteps {
        /// What it is.
        found: String,
    },
    /// An entry of the list is not a step.
    #[error("step {step} must be an object such as {{\"after\": \"0h\", \"rate\": 1.0}}, and is {found}")]
    NotAStep {
        /// Which step, from 1.
        step: usize,
        /// What it is.
        found: String,
    },
    /// A field of a step is not as it should be.
    #[error("`{field}` of step {step} {rule}; {mend}")]
    Field {
        /// Which step, from 1.
        step: usize,
        /// Its field.
        field: String,
        /// What it breaks.
        rule: String,
        /// What to write instead.
        mend: String,
    },
    /// More people than a sandbox takes.
    #[error("the script lets {joining} people join, and a sandbox takes {most}; lower `join`")]
    Crowded {
        /// How many the script has.
        joining: usize,
        /// How many there may be.
        most: usize,
    },
}

impl VisitorScript {
    /// The names that [`VisitorScript::built_in`] knows.
    pub const BUILT_IN: [&str; 3] = ["steady", "launch-day", "dying-week"];

    /// The same rate for ever, and nobody joins.
    #[must_use]
    pub fn steady() -> Self {
        Self::built_in("steady").expect("`steady` is built in")
    }

    /// The script with this name: `steady`, `launch-day` (a slow morning, a rush of a hundred newcomers, an afterglow)
    /// or `dying-week` (less each day, silent after the sixth).
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let text = match name {
            "steady" => STEADY,
            "launch-day" => LAUNCH_DAY,
            "dying-week" => DYING_WEEK,
            _ => return None,
        };
        Some(Self::parse(text).expect("a test reads every script that is built in"))
    }

    /// Reads a script: a JSON list of steps, each with `after` (a span of time such as `"90m"` or `"1d 12h"` since
    /// visitors were first let in; the first is 0 and each is later than the one before), `rate` (0 to 100; 1 is an
    /// ordinary day) and `join` (how many newcomers come during the step; 0 if left out).
    ///
    /// # Errors
    /// A [`ScriptError`] that names the line or the field, the rule and the mend.
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| ScriptError::Syntax { line: error.line(), cause: reason(&error) })?;
        let Value::Array(entries) = &value else {
            return Err(ScriptError::NotSteps { found: kind(&value).to_owned() });
        };
        let mut steps: Vec<Step> = Vec::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            let step = Entry { number: at + 1, value: entry }.read(steps.last())?;
            steps.push(step);
        }
        if steps.is_empty() {
            return Err(ScriptError::NotSteps { found: "an empty list".to_owned() });
        }
        let script = Self { steps };
        let (joining, most) = (script.joining(), super::Visitors::MOST);
        if joining > most {
            return Err(ScriptError::Crowded { joining, most });
        }
        Ok(script)
    }

    /// How many people it lets join, beside those who are there from the beginning.
    #[must_use]
    pub fn joining(&self) -> usize {
        self.steps.iter().fold(0, |sum, step| sum.saturating_add(step.join))
    }

    /// The rate so long after the beginning, and until when it holds; for ever if none.
    pub(super) fn rate(&self, after: Duration) -> (f64, Option<Duration>) {
        let next = self.steps.partition_point(|step| step.after <= after);
        (self.steps[next.saturating_sub(1)].rate, self.steps.get(next).map(|step| step.after))
    }

    /// When newcomers may come: from, until, and how many.
    pub(super) fn arrivals(&self) -> impl Iterator<Item = (Duration, Duration, usize)> {
        self.steps.iter().enumerate().map(|(at, step)| {
            let until = self.steps.get(at + 1).map_or(step.after + LAST_ARRIVALS, |next| next.after);
            (step.after, until, step.join)
        })
    }
}

impl Default for VisitorScript {
    fn default() -> Self {
        Self::steady()
    }
}

/// One step as it was written.
struct Entry<'a> {
    /// From 1.
    number: usize,
    value: &'a Value,
}

impl Entry<'_> {
    fn read(&self, before: Option<&Step>) -> Result<Step, ScriptError> {
        let Value::Object(fields) = self.value else {
            return Err(ScriptError::NotAStep { step: self.number, found: kind(self.value).to_owned() });
        };
        for name in fields.keys() {
            if !["after", "rate", "join"].contains(&name.as_str()) {
                return Err(self.wrong(name, "is not a field of a step", "use `after`, `rate` and `join`"));
            }
        }
        let after = self.after(fields.get("after"), before)?;
        let rate = match fields.get("rate").and_then(Value::as_f64) {
            Some(rate) if (0.0..=FASTEST).contains(&rate) => rate,
            _ => {
                let rule = format!("must be a number from 0 to 100, and is {}", shown(fields.get("rate")));
                return Err(self.wrong("rate", &rule, "1.0 is an ordinary day, 0 is silence"));
            }
        };
        let join = match fields.get("join") {
            None => 0,
            Some(join) => {
                let count = join.as_u64().and_then(|count| usize::try_from(count).ok());
                count.ok_or_else(|| {
                    let rule = format!("must be a whole number of people, and is {}", shown(Some(join)));
                    self.wrong("join", &rule, "write one, or leave it out for nobody")
                })?
            }
        };
        Ok(Step { after, rate, join })
    }

    fn after(&self, value: Option<&Value>, before: Option<&Step>) -> Result<Duration, ScriptError> {
        const MEND: &str = "write a span such as \"0h\", \"90m\", \"2h\" or \"1d 12h\"";
        let span = value.and_then(Value::as_str).and_then(span).ok_or_else(|| {
            self.wrong("after", &format!("must be a span of time, and is {}", shown(value)), MEND)
        })?;
        match before {
            None if !span.is_zero() => {
                let rule = format!("must be 0, and is {}", shown(value));
                Err(self.wrong("after", &rule, "a first step begins when visitors are let in: write \"0h\""))
            }
            Some(before) if span <= before.after => {
                let rule =
                    format!("must be later than that of step {}, and is {}", self.number - 1, shown(value));
                Err(self.wrong("after", &rule, "put the steps in their order"))
            }
            _ => Ok(span),
        }
    }

    fn wrong(&self, field: &str, rule: &str, mend: &str) -> ScriptError {
        ScriptError::Field {
            step: self.number,
            field: field.to_owned(),
            rule: rule.to_owned(),
            mend: mend.to_owned(),
        }
    }
}

/// `2h`, `90m`, `1d 12h`: whole numbers, each with its unit.
fn span(text: &str) -> Option<Duration> {
    let (mut seconds, mut digits) = (0_u64, String::new());
    for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        let unit = match letter {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 604_800,
            _ => return None,
        };
        let count: u32 = std::mem::take(&mut digits).parse().ok()?;
        seconds = seconds.checked_add(u64::from(count).checked_mul(unit)?)?;
    }
    // Beyond ten years no timestamp is sure to hold the sum.
    let sound = digits.is_empty() && !text.trim().is_empty() && seconds <= 10 * 366 * 86_400;
    sound.then(|| Duration::from_secs(seconds))
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "missing".to_owned(), |value| value.to_string().chars().take(40).collect())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a single object",
    }
}

/// The reader's words without its place, which the error names itself.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        VisitorScript::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn every_script_that_is_built_in_can_be_read() {
        for name in VisitorScript::BUILT_IN {
            assert!(VisitorScript::built_in(name).is_some(), "{name}");
        }
        assert_eq!(VisitorScript::built_in("launch day"), None);
        assert_eq!(VisitorScript::default().rate(Duration::from_secs(1_000_000)), (1.0, None));
    }

    #[test]
    fn a_step_lasts_until_the_next_and_the_last_for_ever() {
        let script =
            VisitorScript::parse(r#"[{"after":"0h","rate":1.0,"join":5},{"after":"1h 30m","rate":4}]"#)
                .unwrap();
        let minutes = |count: u64| Duration::from_secs(count * 60);
        assert_eq!(script.rate(minutes(0)), (1.0, Some(minutes(90))));
        assert_eq!(script.rate(minutes(89)), (1.0, Some(minutes(90))));
        assert_eq!(script.rate(minutes(90)), (4.0, None));
        let arrivals: Vec<_> = script.arrivals().collect();
        assert_eq!(arrivals, [(minutes(0), minutes(90), 5), (minutes(90), minutes(210), 0)]);
        assert_eq!(script.joining(), 5);
    }

    #[test]
    fn what_is_wrong_with_a_script_is_named_with_its_place_and_its_mend() {
        let lines = [
            "[\n{\"after\": \"0h\" \"rate\": 1}]",
            r#"{"after":"0h","rate":1}"#,
            "[]",
            "[3]",
            r#"[{"after":"0h","rate":1},{"after":"2h","rate":-1}]"#,
            r#"[{"after":"0h"}]"#,
            r#"[{"after":"0h","rate":"fast"}]"#,
            r#"[{"after":"1h","rate":1}]"#,
            r#"[{"after":"0h","rate":1},{"after":"0m","rate":2}]"#,
            r#"[{"after":"soon","rate":1}]"#,
            r#"[{"after":"5","rate":1}]"#,
            r#"[{"after":"0h","rate":1,"join":2.5}]"#,
            r#"[{"after":"0h","rate":1,"joins":2}]"#,
            r#"[{"after":"0h","rate":1,"join":400},{"after":"1h","rate":1,"join":400}]"#,
        ]
        .map(refusal);
        insta::assert_snapshot!(lines.join("\n"), @r#"
        line 2 is not JSON (expected `,` or `}`); a script looks like [{"after": "0h", "rate": 1.0, "join": 5}]
        a script is a list of steps such as [{"after": "0h", "rate": 1.0, "join": 5}], and this is a single object
        a script is a list of steps such as [{"after": "0h", "rate": 1.0, "join": 5}], and this is an empty list
        step 1 must be an object such as {"after": "0h", "rate": 1.0}, and is a number
        `rate` of step 2 must be a number from 0 to 100, and is -1; 1.0 is an ordinary day, 0 is silence
        `rate` of step 1 must be a number from 0 to 100, and is missing; 1.0 is an ordinary day, 0 is silence
        `rate` of step 1 must be a number from 0 to 100, and is "fast"; 1.0 is an ordinary day, 0 is silence
        `after` of step 1 must be 0, and is "1h"; a first step begins when visitors are let in: write "0h"
        `after` of step 2 must be later than that of step 1, and is "0m"; put the steps in their order
        `after` of step 1 must be a span of time, and is "soon"; write a span such as "0h", "90m", "2h" or "1d 12h"
        `after` of step 1 must be a span of time, and is "5"; write a span such as "0h", "90m", "2h" or "1d 12h"
        `join` of step 1 must be a whole number of people, and is 2.5; write one, or leave it out for nobody
        `joins` of step 1 is not a field of a step; use `after`, `rate` and `join`
        the script lets 800 people join, and a sandbox takes 500; lower `join`
        "#);
    }

    #[test]
    fn no_span_of_time_overflows() {
        for text in ["99999999999999999999h", "4294967295w", "9999d", "-1h", "1.5h", "h", ""] {
            assert_eq!(span(text), None, "{text}");
        }
        assert_eq!(span("2w 1d"), Some(Duration::from_secs(15 * 86_400)));
    }
}
