//! Sentences about the catalogue.
