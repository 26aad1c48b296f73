//! What opens the panel without a password: the word a browser keeps, and the one in a link. Owns its making and its form;
//! the store is only ever given its hash.

use std::fmt;

use sha2::{Digest, Sha256};

/// 32 bytes that nobody can guess. Prints as `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// A new one, from the system. It is no decision that anybody would want to replay, so no dice are handed in.
    pub(crate) fn generate() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("a system without randomness cannot keep anything secret");
        Self(bytes)
    }

    /// Reads one as [`Token::reveal`] writes it; none when it is something else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        let mut bytes = [0; 32];
        if digits.len() != 2 * bytes.len() {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let digit =
                |at: usize| char::from(pair[at]).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            *byte = digit(0)? << 4 | digit(1)?;
        }
        Some(Self(bytes))
    }

    /// The token itself, for the one who is to have it: 64 characters of `0-9a-f`.
    #[must_use]
    pub fn reveal(&self) -> String {
        hex(&self.0)
    }

    /// What the store knows it by. It needs no salt: nobody can try all tokens there could be.
    #[must_use]
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_is_written_and_never_printed() {
        let token = Token::generate();
        assert_eq!(Token::read(&token.reveal()), Some(token.clone()));
        assert_ne!(token, Token::generate());
        assert_ne!(token.hash(), token.reveal());
        assert_eq!(format!("{token:?}"), "***");
        let long = "a".repeat(65);
        let strange = "é".repeat(32);
        for text in ["", "abc", &long, &long[2..], &strange, &"g".repeat(64)] {
            assert_eq!(Token::read(text), None, "{text}");
        }
    }
}
