//! The languages of providers. Owns where each of them puts what; refuses to know what is said.

use axum::body::Body;
use axum::http::{HeaderMap, Response};
use serde_json::{Value, json};

use super::fault::{End, response};
use super::{Counts, Seen};
use crate::desk::Tokens;

/// What a picture counts as, in tokens.
const PICTURE: u32 = 250;

/// A language that providers speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// `/v1/chat/completions`.
    OpenAi,
    /// `/v1/messages`.
    Anthropic,
    /// `/v1beta/models/{model}:generateContent`.
    Gemini,
}

impl Language {
    /// What a request asks.
    pub(super) fn understood(self, body: Value) -> Seen {
        let mut heard = Heard::default();
        match self {
            Language::OpenAi => body["messages"].as_array().into_iter().flatten().for_each(|message| {
                heard
                    .take(message["role"] == "system" || message["role"] == "developer", &message["content"]);
            }),
            Language::Anthropic => {
                heard.take(true, &body["system"]);
                let messages = body["messages"].as_array().into_iter().flatten();
                messages.for_each(|message| heard.take(false, &message["content"]));
            }
            Language::Gemini => {
                heard.take(true, &body["systemInstruction"]["parts"]);
                let contents = body["contents"].as_array().into_iter().flatten();
                contents.for_each(|content| heard.take(false, &content["parts"]));
            }
        }
        let Heard { system, user, pictures } = heard;
        let (system, user) = (system.join("\n"), user.join("\n\n"));
        let shown = u32::try_from(pictures).unwrap_or(u32::MAX).saturating_mul(PICTURE);
        let input = u32::try_from((system.len() + user.len()).div_ceil(4)).unwrap_or(u32::MAX);
        let tokens = Tokens { input, output: 0, pictures: shown };
        let model = body["model"].as_str().unwrap_or_default().to_owned();
        Seen { language: self, model, body, system, user, pictures, answer: None, tokens }
    }

    /// The key that came with a request.
    pub(super) fn key(self, headers: &HeaderMap) -> Option<&str> {
        let header = |name: &str| headers.get(name)?.to_str().ok();
        match self {
            Language::OpenAi => header("authorization")?.strip_prefix("Bearer "),
            Language::Anthropic => header("x-api-key"),
            Language::Gemini => header("x-goog-api-key"),
        }
    }

    /// An answer.
    pub(super) fn answer(
        self,
        model: &str,
        text: &str,
        (counts, tokens): (Counts, Tokens),
        end: Option<End>,
    ) -> Response<Body> {
        let (input, output) = (tokens.input + tokens.pictures, tokens.output);
        let reason = |usual: &str, limit: &str| match end {
            None => json!(usual),
            Some(End::Limit) => json!(limit),
            Some(End::Unsaid) => Value::Null,
        };
        let mut body = match self {
            Language::OpenAi => json!({
                "id": "sandbox", "object": "chat.completion", "model": model,
                "choices": [{
                    "index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": reason("stop", "length"),
                }],
            }),
            Language::Anthropic => json!({
                "id": "sandbox", "type": "message", "role": "assistant", "model": model,
                "content": [{"type": "text", "text": text}], "stop_reason": reason("end_turn", "max_tokens"),
            }),
            Language::Gemini => json!({
                "modelVersion": model,
                "candidates": [{
                    "content": {"role": "model", "parts": [{"text": text}]}, "finishReason": reason("STOP", "MAX_TOKENS"),
                }],
            }),
        };
        let (usage, [asked, answered]) = match self {
            Language::OpenAi => ("usage", ["prompt_tokens", "completion_tokens"]),
            Language::Anthropic => ("usage", ["input_tokens", "output_tokens"]),
            Language::Gemini => ("usageMetadata", ["promptTokenCount", "candidatesTokenCount"]),
        };
        match counts {
            Counts::Both => body[usage] = json!({ asked: input, answered: output }),
            Counts::Asked => body[usage] = json!({ asked: input }),
            Counts::Nothing => {}
        }
        response(200, "application/json", &body.to_string())
    }

    /// What stands in place of an answer that its provider holds back.
    pub(super) fn held_back(self) -> Value {
        match self {
            Language::OpenAi => json!({
                "choices": [{
                    "index": 0, "finish_reason": "stop",
                    "message": {"role": "assistant", "content": null, "refusal": "I cannot help with that."},
                }],
                "usage": {"prompt_tokens": 100, "completion_tokens": 8},
            }),
            Language::Anthropic => json!({
                "type": "message", "role": "assistant", "content": [], "stop_reason": "refusal",
                "usage": {"input_tokens": 100, "output_tokens": 0},
            }),
            Language::Gemini => json!({
                "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
                "usageMetadata": {"promptTokenCount": 100, "totalTokenCount": 100},
            }),
        }
    }

    /// An answer of which nothing came but thoughts.
    pub(super) fn only_thinks(self) -> Value {
        match self {
            Language::OpenAi => json!({
                "choices": [{
                    "index": 0, "finish_reason": "length", "message": {"role": "assistant", "content": ""},
                }],
                "usage": {
                    "prompt_tokens": 100, "completion_tokens": 700,
                    "completion_tokens_details": {"reasoning_tokens": 700},
                },
            }),
            Language::Anthropic => json!({
                "type": "message", "role": "assistant", "content": [], "stop_reason": "max_tokens",
                "usage": {"input_tokens": 100, "output_tokens": 700},
            }),
            Language::Gemini => json!({
                "candidates": [{"content": {"role": "model"}, "finishReason": "MAX_TOKENS"}],
                "usageMetadata": {"promptTokenCount": 100, "thoughtsTokenCount": 700, "totalTokenCount": 800},
            }),
        }
    }

    /// A refusal.
    pub(super) fn refusal(self, status: u16, why: &str) -> Response<Body> {
        let body = match self {
            Language::OpenAi => json!({"error": {"message": why, "type": "invalid_request_error"}}),
            Language::Anthropic => {
                json!({"type": "error", "error": {"type": "invalid_request_error", "message": why}})
            }
            Language::Gemini => {
                json!({"error": {"code": status, "message": why, "status": "INVALID_ARGUMENT"}})
            }
        };
        response(status, "application/json", &body.to_string())
    }
}

/// The parts of a request.
#[derive(Default)]
struct Heard {
    system: Vec<String>,
    user: Vec<String>,
    pictures: usize,
}

impl Heard {
    fn take(&mut self, is_system: bool, content: &Value) {
        let texts = if is_system { &mut self.system } else { &mut self.user };
        match content {
            Value::String(text) => texts.push(text.clone()),
            Value::Array(parts) => {
                for part in parts {
                    match part["text"].as_str() {
                        Some(text) => texts.push(text.to_owned()),
                        None => self.pictures += 1,
                    }
                }
            }
            _ => {}
        }
    }
}
