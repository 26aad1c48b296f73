//! The context: what bots are, what was asked of them and what they did.
