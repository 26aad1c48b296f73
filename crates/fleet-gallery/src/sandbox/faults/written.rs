//! Faults as people and programs write them: `like:cut-after:3` on a command line, JSON for the control.

use std::str::FromStr;
use std::time::Duration;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};
use serde_json::Value;

use super::{Fault, Route, Trouble};

const FORM: &str = "a fault is written ROUTE:TROUBLE or ROUTE:TROUBLE:TIMES, such as `like:cut-after:3`, \
                    `execute:delay=2.5` or `any:status=503:always`";
const TROUBLES: &str = "status=CODE, delay=SECONDS, hang, cut, cut-after, garbage, html, empty, huge, wrong-type, \
                        lands-late=SECONDS, hidden-from-showcase";

impl FromStr for Fault {
    type Err = String;

    /// # Errors
    /// With the part that is wrong and what may stand there.
    fn from_str(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split(':').collect();
        let (route, trouble, times) = match parts.as_slice() {
            [route, trouble] => (*route, *trouble, None),
            [route, trouble, times] => (*route, *trouble, Some(*times)),
            _ => return Err(FORM.to_owned()),
        };
        let trouble = trouble_of(trouble)?;
        let fault = match route {
            "any" => Self::anywhere(trouble),
            route => {
                let names = || Route::ALL.map(Route::name).join(", ");
                let known = Route::ALL.into_iter().find(|known| known.name() == route);
                Self::new(
                    known.ok_or_else(|| {
                        format!("there is no route `{route}`; it is any or one of {}", names())
                    })?,
                    trouble,
                )
            }
        };
        match times {
            None => Ok(fault),
            Some("always") => Ok(fault.always()),
            Some(times) => match times.parse() {
                Ok(times) if times > 0 => Ok(fault.times(times)),
                _ => Err(format!("`{times}` is no number of times; write 1 or more, or always")),
            },
        }
    }
}

fn trouble_of(text: &str) -> Result<Trouble, String> {
    let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
    let seconds = || {
        let seconds = value.and_then(|value| value.parse().ok());
        let span = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        span.ok_or_else(|| format!("`{name}` needs seconds, as in `{name}=2.5`"))
    };
    let plain = match name {
        "status" => {
            let status = value.and_then(|value| value.parse().ok()).filter(|code| (400..600).contains(code));
            let status =
                status.ok_or("`status` needs a status from 400 to 599, as in `status=503`".to_owned())?;
            return Ok(Trouble::status(status));
        }
        "delay" => return seconds().map(Trouble::Delay),
        "lands-late" => return seconds().map(Trouble::LandsLate),
        "hang" => Trouble::Hang,
        "cut" => Trouble::Cut,
        "cut-after" => Trouble::CutAfter,
        "garbage" => Trouble::Garbage,
        "html" => Trouble::Html,
        "empty" => Trouble::Empty,
        "huge" => Trouble::Huge,
        "wrong-type" => Trouble::WrongType,
        "hidden-from-showcase" => Trouble::HiddenFromShowcase,
        _ => return Err(format!("there is no trouble `{name}`; it is one of {TROUBLES}")),
    };
    match value {
        None => Ok(plain),
        Some(_) => Err(format!("`{name}` takes no value")),
    }
}

/// Reads a trouble in either form.
pub(super) fn trouble<'de, D: Deserializer<'de>>(from: D) -> Result<Trouble, D::Error> {
    let written = Value::deserialize(from)?;
    let plain = serde_json::from_value(written.clone());
    match (plain, &written) {
        (Ok(trouble), _) => Ok(trouble),
        (Err(_), Value::String(text)) => trouble_of(text).map_err(D::Error::custom),
        (Err(error), _) => Err(D::Error::custom(error)),
    }
}

/// A span of real time as seconds, which may have a fraction.
pub(super) mod seconds {
    use super::{Deserialize, Deserializer, Duration, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(span: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(span.as_secs_f64())
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        let seconds = f64::deserialize(from)?;
        Duration::try_from_secs_f64(seconds).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_read_as_they_are_written() {
        let read = |text: &str| text.parse::<Fault>().unwrap();
        assert_eq!(read("like:cut-after:3"), Fault::new(Route::Like, Trouble::CutAfter).times(3));
        assert_eq!(
            read("execute:delay=2.5"),
            Fault::new(Route::Execute, Trouble::Delay(Duration::from_millis(2500)))
        );
        let down = Trouble::status(503);
        assert_eq!(read("any:status=503:always"), Fault::anywhere(down).always());
        let refused = |text: &str| text.parse::<Fault>().unwrap_err();
        insta::assert_snapshot!(refused("like"), @"a fault is written ROUTE:TROUBLE or ROUTE:TROUBLE:TIMES, such as `like:cut-after:3`, `execute:delay=2.5` or `any:status=503:always`");
        insta::assert_snapshot!(refused("likes:cut"), @"there is no route `likes`; it is any or one of feed, item, publish, like, comments, comment, profile, showcase, me, image, execute, generators, transforms, invite, remove, other");
        insta::assert_snapshot!(refused("like:cuts"), @"there is no trouble `cuts`; it is one of status=CODE, delay=SECONDS, hang, cut, cut-after, garbage, html, empty, huge, wrong-type, lands-late=SECONDS, hidden-from-showcase");
        insta::assert_snapshot!(refused("like:delay"), @"`delay` needs seconds, as in `delay=2.5`");
        insta::assert_snapshot!(refused("like:delay=-1"), @"`delay` needs seconds, as in `delay=2.5`");
        insta::assert_snapshot!(refused("like:status=200"), @"`status` needs a status from 400 to 599, as in `status=503`");
        insta::assert_snapshot!(refused("like:cut=1"), @"`cut` takes no value");
        insta::assert_snapshot!(refused("like:cut:0"), @"`0` is no number of times; write 1 or more, or always");
    }

    #[test]
    fn faults_are_the_same_after_they_were_written_as_json() {
        for text in ["like:cut-after:3", "any:delay=2.5:always", "image:status=404", "publish:lands-late=30"]
        {
            let fault: Fault = text.parse().unwrap();
            let written = serde_json::to_string(&fault).unwrap();
            assert_eq!(serde_json::from_str::<Fault>(&written).unwrap(), fault, "{written}");
        }
        let short: Fault = serde_json::from_str(r#"{"route":"like","trouble":"cutAfter"}"#).unwrap();
        assert_eq!(short, Fault::new(Route::Like, Trouble::CutAfter));
        let plain: Fault = serde_json::from_str(r#"{"route":"like","trouble":"lands-late=30"}"#).unwrap();
        assert_eq!(plain, "like:lands-late=30".parse().unwrap());
        let wrong = serde_json::from_str::<Fault>(r#"{"route":"like","trouble":"cuts"}"#).unwrap_err();
        assert!(
            wrong.to_string().contains("there is no trouble `cuts`; it is one of status=CODE"),
            "{wrong}"
        );
        let wrong = serde_json::from_str::<Fault>(r#"{"rout":"like","trouble":"cut"}"#).unwrap_err();
        assert!(wrong.to_string().contains("unknown field `rout`"), "{wrong}");
    }
}
