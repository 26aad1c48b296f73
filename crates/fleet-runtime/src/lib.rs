//! Life: the node, its agents, and what they decide and do.
