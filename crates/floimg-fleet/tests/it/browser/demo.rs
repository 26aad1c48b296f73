//! A running `fleet demo`: where its panel and its gallery are. It is gone with the value.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

/// A demo that has told where it is.
pub(crate) struct Demo {
    child: Child,
    pub(crate) panel: String,
    pub(crate) gallery: String,
}

impl Demo {
    /// Starts what is prepared, and waits until it listens.
    pub(crate) fn start(mut command: Command) -> Result<Self> {
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut demo = Self { child, panel: String::new(), gallery: String::new() };
        let mut lines = BufReader::new(demo.child.stdout.take().context("its output is piped")?).lines();
        while demo.panel.is_empty() || demo.gallery.is_empty() {
            let Some(line) = lines.next() else { bail!("the demo ended before it told where it is") };
            match line?.split_once("  ") {
                Some(("panel", address)) => demo.panel = address.trim().to_owned(),
                Some(("gallery", address)) => demo.gallery = address.trim().to_owned(),
                _ => {}
            }
        }
        // It tells all it does; nobody listening would hold it up.
        thread::spawn(move || lines.for_each(drop));
        Ok(demo)
    }

    /// Ends it without a chance to say goodbye.
    pub(crate) fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended by itself.
        _ = self.kill();
    }
}
