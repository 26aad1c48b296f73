//! A Chromium of one's own, steered through its driver: what can be asked of a page, and how long one waits for it.
//!
//! It starts on a free port with an empty profile and is gone with the value, windows and all. It knows nothing of our
//! pages and asserts nothing.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::{Instant, sleep};
use url::Url;

/// How long a page may take to come to a state; generous, since a test that fails is slow only once.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often it is looked at meanwhile.
const GLANCE: Duration = Duration::from_millis(40);

/// What to start.
#[derive(Clone, Debug)]
pub(crate) struct Programs {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
}

/// What a page is seen through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// A phone gives a page the width of its screen, however narrow.
    pub(crate) is_phone: bool,
    pub(crate) is_dark: bool,
}

/// A browser with one page open.
pub(crate) struct Chromium {
    /// What nobody else here needs is asked of it directly.
    pub(crate) page: Client,
    // In this order: the browser ends before its profile goes.
    _driver: Driver,
    _profile: TempDir,
}

impl Chromium {
    pub(crate) async fn start(programs: &Programs) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        let driver = Driver::start(programs)?;
        let capabilities = json!({
            "goog:chromeOptions": {
                "binary": programs.chromium,
                "args": [
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-quic",
                    "--no-first-run",
                    "--hide-scrollbars",
                    format!("--user-data-dir={}", profile.path().display()),
                ],
            },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("it is written as an object") };
        let page = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://{}", driver.address))
            .await
            .context("Chromium did not start")?;
        Ok(Self { page, _driver: driver, _profile: profile })
    }

    /// Holds for every page from now on.
    pub(crate) async fn look_through(&self, window: Window) -> Result<()> {
        let Window { width, height, is_phone, is_dark } = window;
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await?;
        let scheme = if is_dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await
    }

    /// Forbids every page from now on to run scripts of its own.
    pub(crate) async fn forbid_scripts(&self) -> Result<()> {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await
    }

    pub(crate) async fn open(&self, address: &str) -> Result<()> {
        self.page.goto(address).await.with_context(|| format!("{address} cannot be opened"))
    }

    pub(crate) async fn address(&self) -> Result<Url> {
        Ok(self.page.current_url().await?)
    }

    /// Presses what people would press, as soon as it is there and in sight.
    pub(crate) async fn press(&self, selector: &str) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // What is just being exchanged for its next state cannot be pressed; the next one can.
            let pressed = async { self.page.find(Locator::Css(selector)).await?.click().await }.await;
            match pressed {
                Err(error) if Instant::now() > deadline => {
                    return Err(error).with_context(|| format!("`{selector}` cannot be pressed"));
                }
                Err(_) => sleep(GLANCE).await,
                Ok(()) => return Ok(()),
            }
        }
    }

    /// Sends keys to whatever has the focus.
    pub(crate) async fn type_keys(&self, keys: &str) -> Result<()> {
        Ok(self.page.active_element().await?.send_keys(keys).await?)
    }

    /// What an expression comes to on the page.
    pub(crate) async fn ask(&self, expression: &str) -> Result<Value> {
        let asked = self.page.execute(&format!("return ({expression});"), Vec::new()).await;
        asked.with_context(|| format!("the page cannot answer `{expression}`"))
    }

    /// Runs a script that calls `done` with its outcome.
    pub(crate) async fn run(&self, script: &str) -> Result<Value> {
        let script = format!("const done = arguments[arguments.length - 1];\n{script}");
        Ok(self.page.execute_async(&script, Vec::new()).await?)
    }

    /// Waits until an expression holds on the page.
    pub(crate) async fn until(&self, expression: &str) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // A page that is just being left cannot answer; the next one can.
            let answer = self.page.execute(&format!("return !!({expression});"), Vec::new()).await;
            if matches!(answer, Ok(Value::Bool(true))) {
                return Ok(());
            }
            if Instant::now() > deadline {
                let shown = self.ask("document.body.innerText").await.unwrap_or_default();
                let shown = shown.as_str().unwrap_or_default();
                let told = self.complaints().await.unwrap_or_default();
                bail!(
                    "not within {PATIENCE:?}: `{expression}` (last answer: {answer:?}; console: {told:?}) on\n{shown}"
                );
            }
            sleep(GLANCE).await;
        }
    }

    /// What the console complained of since it was last read.
    pub(crate) async fn complaints(&self) -> Result<Vec<String>> {
        let entries = self.page.issue_cmd(Extension::new("se/log", json!({ "type": "browser" }))).await?;
        let entries = entries.as_array().cloned().unwrap_or_default();
        let told = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        Ok(told.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect())
    }

    async fn devtools(&self, command: &str, parameters: Value) -> Result<()> {
        let body = json!({ "cmd": command, "params": parameters });
        self.page.issue_cmd(Extension::new("goog/cdp/execute", body)).await?;
        Ok(())
    }
}

/// A running chromedriver.
struct Driver {
    child: Child,
    address: SocketAddr,
    /// Its output: it must be able to write as long as it lives.
    _output: BufReader<ChildStdout>,
}

impl Driver {
    fn start(programs: &Programs) -> Result<Self> {
        let mut command = Command::new(&programs.chromedriver);
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().context("chromedriver did not start")?;
        let output = child.stdout.take().context("its output is piped")?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let mut driver = Self { child, address, _output: BufReader::new(output) };
        let mut line = String::new();
        while driver._output.read_line(&mut line)? > 0 {
            let port = line.trim_end().trim_end_matches('.').rsplit_once("started successfully on port ");
            if let Some((_, port)) = port {
                driver.address.set_port(port.parse()?);
                return Ok(driver);
            }
            line.clear();
        }
        bail!("chromedriver ended before it listened")
    }

    /// Asks it to end with all its browsers; killed, it would leave them behind.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut connection = TcpStream::connect(self.address)?;
        connection.set_read_timeout(Some(Duration::from_secs(10)))?;
        let host = self.address;
        write!(connection, "GET /shutdown HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
        connection.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Whatever it answers, it is to be gone.
        _ = self.shut_down();
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// A command of this driver beyond the standard: its path within the session, and its body.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl Extension {
    fn new(path: &'static str, body: Value) -> Self {
        Self { path, body }
    }
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
