//! Sentences about what the offline generator writes.
