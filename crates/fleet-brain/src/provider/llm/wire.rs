//! One request to one endpoint through the library. Owns what is sent and how an answer, or the lack of one, is understood;
//! refuses to try twice, and to know money.

use std::time::Duration;

use base64::Engine;
use genai::adapter::AdapterKind;
use genai::chat::{
    ChatMessage, ChatOptions, ChatRequest, ChatResponse, ContentPart, JsonSpec, MessageContent,
    ReasoningEffort, StopReason, Usage,
};
use serde_json::{Value, json};

use super::dialect::{Format, names_the_form};
use super::seat::Seat;
use crate::cut::cut;
use crate::desk::Tokens;
use crate::prompt::{Form, Prompt};

/// The most of an answer that is read and kept, in bytes: some servers heed no limit.
const LONGEST: usize = 32_000;
/// The longest cause that is told, in characters.
const CAUSE: usize = 200;

/// What is asked.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) prompt: &'a Prompt,
    /// What it answered before, and what is said to that.
    pub(super) after: Option<(&'a str, &'a str)>,
    pub(super) form: &'a Form,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Heard {
    /// Empty when nothing was said.
    pub(super) text: String,
    /// Whether it ended at its limit, or in the middle.
    pub(super) cut: bool,
    /// Why nothing was said.
    pub(super) silent: Option<Silence>,
    /// How long it was; none when the provider does not say.
    pub(super) tokens: Option<Tokens>,
}

/// Why an answer says nothing.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum Silence {
    /// It spent its limit before it came to an answer.
    #[error("it came to no answer within its limit")]
    RanOut,
    /// Its provider took it for something that must not be said.
    #[error("its provider held the answer back")]
    HeldBack,
    /// The endpoint is in trouble, whatever its status says.
    #[error("{0}")]
    Broken(String),
}

/// Why nothing came back.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    /// In words for people.
    pub(super) why: String,
    pub(super) status: Option<u16>,
    /// Whether it is certain that nothing was done, and nothing is owed.
    pub(super) not_begun: bool,
    /// Whether it says that the form it was asked in is to blame.
    pub(super) names_the_form: bool,
    /// When it may be asked again, if it said so.
    pub(super) after: Option<Duration>,
}

impl Trouble {
    /// Whether another try would fail as this one did: it is about the key, the address or the model.
    pub(super) fn lasts(&self) -> bool {
        matches!(self.status, Some(401..=404))
    }
}

/// Sends one request, and waits for its answer as long as the endpoint may take.
pub(super) async fn send(
    seat: &Seat,
    asked: &Asked<'_>,
    format: Format,
    most: u32,
) -> Result<Heard, Trouble> {
    let options = options(seat, asked.form, format, most);
    let call = seat.client.exec_chat(seat.target.clone(), request(asked), Some(&options));
    match tokio::time::timeout(seat.timeout, call).await {
        Ok(Ok(answer)) => Ok(heard(seat, asked, answer)),
        Ok(Err(error)) if blocks(&error) => {
            Ok(Heard { text: String::new(), cut: false, silent: Some(Silence::HeldBack), tokens: None })
        }
        Ok(Err(error)) => Err(trouble(seat, &error)),
        Err(_) => Err(Trouble {
            why: format!("it did not answer within {} s", seat.timeout.as_secs_f32()),
            status: None,
            not_begun: false,
            names_the_form: false,
            after: None,
        }),
    }
}

fn request(asked: &Asked<'_>) -> ChatRequest {
    let mut user = asked.prompt.user.clone();
    // Some servers refuse two messages of one side in a row.
    if let Some(("", ask)) = asked.after {
        user.push_str("\n\n");
        user.push_str(ask);
    }
    let mut parts = vec![ContentPart::from_text(user)];
    for picture in &asked.prompt.pictures {
        let bytes = base64::engine::general_purpose::STANDARD.encode(&picture.bytes);
        parts.push(ContentPart::from_binary_base64(picture.media_type.clone(), bytes, None));
    }
    let mut request = ChatRequest::from_system(asked.prompt.system.clone())
        .append_message(ChatMessage::user(MessageContent::from_parts(parts)));
    if let Some((answer, ask)) = asked.after.filter(|(answer, _)| !answer.is_empty()) {
        request = request
            .append_message(ChatMessage::assistant(answer.to_owned()))
            .append_message(ChatMessage::user(ask.to_owned()));
    }
    request
}

fn options(seat: &Seat, form: &Form, format: Format, most: u32) -> ChatOptions {
    let options = ChatOptions::default()
        .with_max_tokens(most)
        .with_normalize_reasoning_content(true)
        // The reason why an answer holds no text stands in its body alone.
        .with_capture_raw_body(true);
    let options = match effort(seat) {
        Some(effort) => options.with_reasoning_effort(effort),
        None => options,
    };
    match format {
        Format::Schema => options.with_response_format(JsonSpec::new(form.name, form.schema.clone())),
        Format::ObjectWithSchema => options
            .with_extra_body(json!({"response_format": {"type": "json_object", "schema": form.schema}})),
        Format::Object => options.with_extra_body(json!({"response_format": {"type": "json_object"}})),
        Format::Words => options,
    }
}

/// How much an endpoint is to think: as little as it takes, for these are small questions.
fn effort(seat: &Seat) -> Option<ReasoningEffort> {
    let model: &str = &seat.model;
    match seat.target.model.adapter_kind {
        AdapterKind::Anthropic | AdapterKind::MiniMax => None,
        AdapterKind::Gemini if model.contains("2.5-flash") => Some(ReasoningEffort::Budget(0)),
        AdapterKind::Gemini if seat.thinks() => Some(ReasoningEffort::Low),
        AdapterKind::Gemini => None,
        AdapterKind::DeepSeek => Some(ReasoningEffort::Zero),
        AdapterKind::OpenAI if seat.thinks() => Some(ReasoningEffort::Low),
        // Without a word, the library takes the end of a name like `mistral-medium` for one, and cuts it off. This one
        // sends nothing.
        _ => Some(ReasoningEffort::Budget(0)),
    }
}

fn heard(seat: &Seat, asked: &Asked<'_>, answer: ChatResponse) -> Heard {
    let text = seat.struck(answer.first_text().map(str::trim).unwrap_or_default());
    let text = text[..text.floor_char_boundary(LONGEST)].to_owned();
    let silent = text.is_empty().then(|| match (&answer.stop_reason, &answer.captured_raw_body) {
        (Some(StopReason::MaxTokens(_)), _) => Silence::RanOut,
        (Some(StopReason::ContentFilter(_)), _) => Silence::HeldBack,
        (_, Some(body)) if declines(body) => Silence::HeldBack,
        (_, body) => {
            let cause = body.as_ref().and_then(cause).map(|cause| seat.told(&cause));
            Silence::Broken(cause.unwrap_or_else(|| "it answered without a text".to_owned()))
        }
    });
    let cut = matches!(answer.stop_reason, Some(StopReason::MaxTokens(_)));
    let tokens = counted(seat, asked, &answer.usage, !text.is_empty(), cut);
    Heard { text, cut, silent, tokens }
}

/// How long a call was; none where one of the two counts is missing, since the other half is not what it cost.
fn counted(seat: &Seat, asked: &Asked<'_>, usage: &Usage, has_text: bool, cut: bool) -> Option<Tokens> {
    // Of what is there a count of none is a count that was not told.
    let input = count(usage.prompt_tokens).filter(|tokens| *tokens > 0)?;
    let output = written(usage, has_text, cut)?;
    // Providers count words and pictures together; what the pictures were is known only within bounds.
    let shown = u32::try_from(asked.prompt.pictures.len()).unwrap_or(u32::MAX);
    let pictures = input.min(shown.saturating_mul(seat.price.picture_tokens));
    let words = u32::try_from(asked.prompt.system.len() + asked.prompt.user.len()).unwrap_or(u32::MAX) / 4;
    let pictures = pictures.min(input.saturating_sub(words));
    Some(Tokens { input: input - pictures, output, pictures })
}

/// How much it wrote. Whoever spent its whole limit on thinking may count nothing but that; whoever wrote something, or to
/// its limit, did not write nothing.
fn written(usage: &Usage, has_text: bool, cut: bool) -> Option<u32> {
    let thought = || usage.completion_tokens_details.as_ref().and_then(|details| details.reasoning_tokens);
    let output = count(usage.completion_tokens).or_else(|| count(thought().filter(|_| !has_text)));
    output.filter(|tokens| *tokens > 0 || !(has_text || cut))
}

fn count(tokens: Option<i32>) -> Option<u32> {
    tokens.and_then(|tokens| u32::try_from(tokens).ok())
}

/// Whether a model that was held to a form declined to answer at all, which stands beside the text in its body.
fn declines(body: &Value) -> bool {
    body.pointer("/choices/0/message/refusal")
        .and_then(Value::as_str)
        .is_some_and(|refusal| !refusal.is_empty())
}

/// Whether Gemini blocked what it was asked: its answer then has no candidates, which the library takes for an error.
fn blocks(error: &genai::Error) -> bool {
    let genai::Error::ChatResponseGeneration { response_body, .. } = error else { return false };
    response_body.pointer("/promptFeedback/blockReason").is_some()
}

fn trouble(seat: &Seat, error: &genai::Error) -> Trouble {
    use genai::webc::Error as Web;
    let status = error.status().map(|status| status.as_u16());
    let after = error.headers().and_then(|headers| {
        let seconds = headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
        Some(Duration::from_secs(seconds))
    });
    let mut blames_the_form = false;
    let (why, not_begun) = match error {
        genai::Error::WebModelCall { webc_error, .. } | genai::Error::WebAdapterCall { webc_error, .. } => {
            match webc_error {
                Web::ResponseFailedStatus { status, body, .. } => {
                    let said = said(body);
                    blames_the_form = said.as_deref().is_some_and(names_the_form);
                    let code = status.as_u16();
                    (
                        format!(
                            "it answered {code}{}",
                            said.map(|said| format!(": {said}")).unwrap_or_default()
                        ),
                        rejected(code),
                    )
                }
                Web::ResponseFailedNotJson { .. } => ("it answered something that is not JSON".into(), false),
                Web::ResponseFailedInvalidJson { .. } => {
                    ("its answer is broken off, or not JSON".into(), false)
                }
                Web::Reqwest(error) if error.is_connect() => ("it cannot be reached".into(), true),
                Web::Reqwest(error) if error.is_timeout() => ("it did not answer in time".into(), false),
                Web::Reqwest(_) => ("the connection broke off".into(), false),
                Web::JsonValueExt(_) => ("its answer has another form than documented".into(), false),
            }
        }
        genai::Error::ChatResponse { body, .. } => {
            (cause(body).unwrap_or_else(|| "it answered with an error".into()), false)
        }
        genai::Error::ChatResponseGeneration { response_body, .. } => (
            cause(response_body).unwrap_or_else(|| "its answer has another form than documented".into()),
            false,
        ),
        // What is left happens before anything is sent.
        other => (format!("it cannot be asked: {other}"), true),
    };
    Trouble { why: seat.told(&why), status, not_begun, names_the_form: blames_the_form, after }
}

/// Whether a status says that nothing was done.
fn rejected(status: u16) -> bool {
    (400..500).contains(&status) && !matches!(status, 408 | 409 | 499)
}

/// What a body says went wrong.
fn said(body: &str) -> Option<String> {
    let told = match serde_json::from_str::<Value>(body) {
        Ok(body) => cause(&body)?,
        Err(_) if body.trim_start().starts_with('<') => "a page".to_owned(),
        Err(_) => body.trim().to_owned(),
    };
    (!told.is_empty()).then_some(told)
}

/// What a JSON body says went wrong, wherever its server puts that.
fn cause(body: &Value) -> Option<String> {
    let body = body.as_array().and_then(|list| list.first()).unwrap_or(body);
    let found = [&body["error"]["message"], &body["error"], &body["detail"], &body["message"]];
    found.into_iter().find_map(|value| match value {
        Value::String(text) => Some(text.clone()),
        // A list of what is wrong with the request.
        Value::Array(list) => list.iter().find_map(|item| {
            let place = item["loc"].as_array().and_then(|place| place.iter().rev().find_map(Value::as_str));
            let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
            item["msg"].as_str().map(|told| format!("{place}{told}"))
        }),
        Value::Object(fields) => fields.get("message").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    })
}

impl Seat {
    /// What an endpoint said, without the key.
    fn struck(&self, text: &str) -> String {
        match &self.key {
            Some(key) => key.struck_from(text),
            None => text.to_owned(),
        }
    }

    /// The same as it may be told: short, and in one line.
    fn told(&self, text: &str) -> String {
        let struck = self.struck(text);
        let line = struck.split_whitespace().collect::<Vec<_>>().join(" ");
        let line: String = line.chars().filter(|c| !c.is_control()).collect();
        cut(&line, CAUSE)
    }
}

#[cfg(test)]
mod tests {
    use genai::chat::CompletionTokensDetails;

    use super::*;

    #[test]
    fn what_was_written_is_counted_only_where_the_count_can_be_of_it() {
        let usage = |completion_tokens, reasoning_tokens| Usage {
            completion_tokens,
            completion_tokens_details: Some(CompletionTokensDetails {
                reasoning_tokens,
                ..CompletionTokensDetails::default()
            }),
            ..Usage::default()
        };
        assert_eq!(written(&usage(Some(40), Some(700)), true, false), Some(40));
        // Thoughts alone are not what stands beside them.
        assert_eq!(written(&usage(None, Some(700)), true, false), None);
        assert_eq!(written(&usage(None, Some(700)), false, true), Some(700));
        // Nobody writes nothing up to a limit.
        assert_eq!(written(&usage(Some(0), None), false, true), None);
        assert_eq!(written(&usage(Some(0), None), true, false), None);
        assert_eq!(written(&usage(Some(0), None), false, false), Some(0));
        assert_eq!(written(&usage(Some(-1), None), false, false), None);
    }
}
