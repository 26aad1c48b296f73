//! The panel against a fresh store: what it shows, what its buttons do, and what it pushes.

mod glass;
mod live;
mod orders;
mod page;
mod stop;
