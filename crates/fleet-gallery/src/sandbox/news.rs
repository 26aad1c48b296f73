//! What watchers of the gallery are told: that something everyone may see has happened, and to which post.

/// Something that happened to a shown post; its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    Posted(usize),
    Liked(usize),
    Commented(usize),
}
