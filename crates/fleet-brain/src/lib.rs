//! Words: who speaks, and what they say.
