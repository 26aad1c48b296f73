//! One request over a connection of its own, and what came back over the wire.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::Instant;

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Head and body, as they came.
    pub(crate) bytes: usize,
    /// From the request to the last byte.
    pub(crate) took: Duration,
}

pub(crate) async fn get(address: SocketAddr, path: &str) -> Result<Answer> {
    let mut connection = TcpStream::connect(address).await?;
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
    );
    let begun = Instant::now();
    connection.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await?;
    let took = begun.elapsed();
    let status = answer.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
    Ok(Answer { status: status.context("that is no answer")?, bytes: answer.len(), took })
}
