//! A brain that asks models, held against providers that behave and providers that do not.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod chain;
mod dialects;
mod injections;
mod money;
mod support;
mod words;
