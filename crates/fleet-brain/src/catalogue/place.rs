//! Where in the text of a catalogue a field stands, so that a mistake can be shown in its place. Owns walking through
//! JSON by a path; refuses to read values, which is serde's work, and expects a text that serde has read.

/// The offsets at which the entries of the list `key` begin.
pub(super) fn entries(text: &str, key: &str) -> Vec<usize> {
    let mut walk = Walk { text: text.as_bytes(), at: 0 };
    let mut entries = Vec::new();
    if walk.enter(b'{') && walk.go_to_key(key) && walk.enter(b'[') {
        while walk.is_at_entry() {
            entries.push(walk.at);
            walk.skip();
        }
    }
    entries
}

/// The line, from 1, of the field `path`, like `busy.hours[0].from`, of the value that begins at `start`; or of as much of
/// the path as is there.
pub(super) fn line(text: &str, start: usize, path: &str) -> usize {
    let mut walk = Walk { text: text.as_bytes(), at: start };
    let mut found = start;
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        let goes_on = match step.strip_suffix(']').and_then(|index| index.parse().ok()) {
            Some(index) => walk.enter(b'[') && walk.go_to_entry(index),
            None => walk.enter(b'{') && walk.go_to_key(step),
        };
        if !goes_on {
            break;
        }
        found = walk.at;
    }
    let before = text.as_bytes().get(..found).unwrap_or_default();
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}

struct Walk<'t> {
    text: &'t [u8],
    /// Stands on the first byte of a value, or where there is none.
    at: usize,
}

impl Walk<'_> {
    fn here(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn over_space(&mut self) {
        while self.here().is_some_and(|byte| byte.is_ascii_whitespace() || byte == b',' || byte == b':') {
            self.at += 1;
        }
    }

    /// Goes into an object or a list, if one begins here.
    fn enter(&mut self, opening: u8) -> bool {
        self.over_space();
        let is_one = self.here() == Some(opening);
        if is_one {
            self.at += 1;
        }
        is_one
    }

    fn is_at_entry(&mut self) -> bool {
        self.over_space();
        self.here().is_some_and(|byte| byte != b']' && byte != b'}')
    }

    /// From the inside of an object to the value of one of its keys.
    fn go_to_key(&mut self, key: &str) -> bool {
        while self.is_at_entry() {
            let start = self.at;
            self.skip();
            let is_it = self.text.get(start + 1..self.at.saturating_sub(1)) == Some(key.as_bytes());
            self.over_space();
            if is_it {
                return true;
            }
            self.skip();
        }
        false
    }

    /// From the inside of a list to one of its entries.
    fn go_to_entry(&mut self, index: usize) -> bool {
        for _ in 0..index {
            if !self.is_at_entry() {
                return false;
            }
            self.skip();
        }
        self.is_at_entry()
    }

    /// Past the value that begins here.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.here() {
            match byte {
                b'"' => self.skip_text(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    self.at += 1;
                }
                _ => self.at += 1,
            }
            let ends = self.here().is_none_or(|next| b",:}] \t\r\n".contains(&next));
            if depth == 0 && (ends || byte == b'"' || byte == b'}' || byte == b']') {
                return;
            }
        }
    }

    fn skip_text(&mut self) {
        self.at += 1;
        while let Some(byte) = self.here() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
  "note": "a \"brace { and [",
  "personas": [
    { "id": "one" },
    {
      "id": "two", "busy": {
        "hours": [{"from": 1, "to": 2},
                  {"from": 3,
                   "to": 4}]
      },
      "share": 2.5
    }, 7
  ]
}"#;

    #[test]
    fn a_field_is_found_by_its_path_and_a_missing_one_by_what_it_is_missing_from() {
        let entries = entries(TEXT, "personas");
        assert_eq!(entries.len(), 3);
        let line = |entry: usize, path: &str| line(TEXT, entries[entry], path);
        assert_eq!(line(0, "id"), 4);
        assert_eq!(line(1, "id"), 6);
        assert_eq!(line(1, "busy.hours[1].to"), 9);
        assert_eq!(line(1, "busy.hours[1]"), 8);
        assert_eq!(line(1, "busy.hours[7].to"), 7, "as far as it is there");
        assert_eq!(line(1, "share"), 11);
        assert_eq!(line(1, "name"), 5, "it is missing from the persona");
        assert_eq!(line(2, "personas"), 12);
    }

    #[test]
    fn a_text_without_the_list_has_no_entries() {
        for text in ["[]", "{}", "7", "", "{\"personas\": 1}", "{\"personas\": [", "{\"personas"] {
            assert!(entries(text, "personas").is_empty(), "{text}");
        }
    }
}
