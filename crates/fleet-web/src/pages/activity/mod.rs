//! Everything that happened, newest first, as far as the address asks for it; each event by itself with what it came of; and
//! all of it as a file.

mod asked;

use std::io;

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use fleet_bots::{ActivityExport, ActivityFilter};
use futures::{StreamExt, stream};

use self::asked::{Answer, Asked, Choice};
use super::{Visit, render};
use crate::failure::Failure;
use crate::live::Opening;
use crate::panel::Panel;
use crate::parts::explained::Explained;
use crate::parts::feed::Feed;
use crate::parts::shell::{Section, Shell};
use crate::scene::{Piece, Scene};

#[derive(Template)]
#[template(path = "activity/index.html")]
struct ActivityPage<'a> {
    shell: Shell<'a>,
    asked: &'a Asked,
    answer: &'a Answer,
    feed: Feed,
    personas: Vec<Choice>,
    /// Where the same is as a file.
    export: String,
}

#[derive(Template)]
#[template(path = "activity/show.html")]
struct EventPage<'a> {
    shell: Shell<'a>,
    explained: Explained,
}

/// The page, as far as it moves: its feed.
struct Tail(ActivityFilter);

impl Scene for Tail {
    async fn pieces(&self, _: &Panel) -> Result<Vec<Piece>, Failure> {
        Ok(Vec::new())
    }

    fn feed(&self) -> Option<ActivityFilter> {
        Some(self.0.clone())
    }
}

pub(crate) async fn index(State(panel): State<Panel>, Query(asked): Query<Asked>) -> Response {
    let (answer, summary) = futures::join!(asked.answer(&panel), panel.read(panel.bots.fleet_summary()));
    let page = asked.address("/activity");
    let (code, answer, feed) = match answer {
        Ok(answer) if answer.has_problems() => (StatusCode::UNPROCESSABLE_ENTITY, answer, Feed::none()),
        Ok(answer) => match Feed::read(&panel, &answer.filter, &page).await {
            Ok(feed) => (StatusCode::OK, answer, feed),
            Err(failure) => (failure.status, answer, Feed::unknown()),
        },
        Err(failure) => (failure.status, Answer::default(), Feed::unknown()),
    };
    // Older activity does not grow at its head.
    let is_live = code != StatusCode::UNPROCESSABLE_ENTITY && answer.filter.before.is_none();
    let live = is_live.then(|| asked.with("/activity/live", &format!("after={}", feed.newest())));
    let shell = Shell::read(&panel, Section::Activity, live).await;
    let personas = summary.map(|summary| summary.by_persona.into_keys().collect()).unwrap_or_default();
    let personas = asked.personas(personas, &panel);
    let export = asked.address("/activity.jsonl");
    let page = ActivityPage { shell, asked: &asked, answer: &answer, feed, personas, export };
    (code, render(&page)).into_response()
}

pub(crate) async fn live(
    State(panel): State<Panel>,
    opening: Opening,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let answer = asked.answer(&panel).await?;
    answer.refuse_problems()?;
    Ok(opening.follow(Tail(ActivityFilter { before: None, ..answer.filter })))
}

pub(crate) async fn show(
    State(panel): State<Panel>,
    Path(seq): Path<String>,
    visit: Visit,
) -> Result<Response, Failure> {
    let unknown = || Failure::not_found(format!("There is no event `{seq}`."));
    let number: i64 = seq.parse().map_err(|_| unknown())?;
    let explanation = panel.read(panel.bots.explain_activity(number)).await;
    let explanation = explanation.map_err(|failure| match failure.status {
        StatusCode::NOT_FOUND => unknown(),
        _ => failure,
    })?;
    let explained = Explained::of(&explanation, &panel);
    if visit.is_partial {
        return Ok(render(&explained));
    }
    let shell = Shell::read(&panel, Section::Activity, None).await;
    Ok(render(&EventPage { shell, explained }))
}

/// All that the filter lets pass, a JSON object a line, oldest first. It is read as fast as it is taken.
pub(crate) async fn export(
    State(panel): State<Panel>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let answer = asked.answer(&panel).await?;
    answer.refuse_problems()?;
    let export = panel.read(panel.bots.export_activity(&answer.filter)).await?;
    let pages = stream::unfold(Some(export), |export| async move {
        let mut export = export?;
        match page_of(&mut export).await {
            Ok(lines) if lines.is_empty() => None,
            Ok(lines) => Some((Ok(lines), Some(export))),
            // The connection is cut, so that nobody takes a part for the whole.
            Err(error) => Some((Err(error), None)),
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "application/jsonl; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"activity.jsonl\""),
    ];
    // Whoever packs it asks once more after the end.
    Ok((headers, Body::from_stream(pages.fuse())).into_response())
}

async fn page_of(export: &mut ActivityExport) -> io::Result<Vec<u8>> {
    let page = export.next().await.map_err(|error| {
        tracing::warn!(%error, "an export of the log could not be finished");
        io::Error::other("the store does not answer")
    })?;
    let mut lines = Vec::new();
    for activity in page {
        serde_json::to_writer(&mut lines, &activity)?;
        lines.push(b'\n');
    }
    Ok(lines)
}
