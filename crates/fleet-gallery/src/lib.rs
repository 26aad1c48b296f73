//! The gallery's contract, from both sides: a client that speaks it and a sandbox that answers it.
