//! Glass: the operator's panel.
