//! Who visits the sandbox gallery, as the command line asks for it: a number of people, and a script of their days.

use std::path::Path;

use clap::Args;
use fleet_gallery::sandbox::{VisitorScript, Visitors};

use crate::failure::Misuse;

/// How lively visitors are over time.
#[derive(Args, Clone, Debug)]
pub(crate) struct VisitorOptions {
    /// How lively they are over time and who joins later: `steady`, `launch-day`, `dying-week`, or a file
    ///
    /// A file is a JSON list of steps such as
    /// [{"after": "0h", "rate": 1.0, "join": 5}, {"after": "2h", "rate": 4.0, "join": 30}]:
    /// from `after` on, people look in `rate` times as often as on an ordinary day (0 to 100), and `join` newcomers come
    /// before the next step. `launch-day` brings a hundred of them; `dying-week` falls silent after its sixth day.
    #[arg(long, value_name = "NAME|FILE", default_value = "steady")]
    visitor_script: String,
}

impl VisitorOptions {
    /// So many people, and what the script says of them.
    ///
    /// # Errors
    /// When the script cannot be read or followed, with its place and its mend.
    pub(crate) fn visitors(&self, count: u16, seed: u64, speed: f64) -> anyhow::Result<Visitors> {
        Ok(Visitors { count: usize::from(count), seed, script: self.script()?, speed })
    }

    fn script(&self) -> Result<VisitorScript, Misuse> {
        let name = self.visitor_script.as_str();
        if let Some(script) = VisitorScript::built_in(name) {
            return Ok(script);
        }
        let text = std::fs::read_to_string(Path::new(name)).map_err(|error| {
            let known = VisitorScript::BUILT_IN.join("`, `");
            Misuse(format!(
                "--visitor-script: `{name}` is none of `{known}`, and as a file it cannot be read: {error}"
            ))
        })?;
        VisitorScript::parse(&text).map_err(|error| Misuse(format!("--visitor-script: {name}: {error}")))
    }
}
