//! The people to leave alone: how their names are kept and compared, and who was taken off the list when. Owns that any name a
//! gallery allows can stand on a list whose names are parted by spaces and commas.

use std::collections::BTreeMap;

use crate::time::FleetTime;

/// No name of a list is longer, in characters.
pub(super) const LONGEST: usize = 200;
/// So many are remembered who were taken off the list; those longest ago are forgotten first.
const MOST_LIFTED: usize = 10_000;

/// A username as it is kept and compared: without the sign that people write before it, whatever its capitals, and with what
/// parts names on a list written as in an address, `%20` for a space.
pub(crate) fn normalised(username: &str) -> String {
    let name = username.trim().trim_start_matches('@').to_lowercase();
    let mut kept = String::with_capacity(name.len());
    for c in name.chars().filter(|c| *c != '\0') {
        if c.is_whitespace() || c.is_control() || matches!(c, ',' | ';') {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| kept.push_str(&format!("%{byte:02x}")));
        } else {
            kept.push(c);
        }
    }
    kept
}

/// A kept username as it is written in the gallery, in small letters.
pub(crate) fn as_written(kept: &str) -> String {
    let mut bytes = Vec::with_capacity(kept.len());
    let mut rest = kept;
    while let Some(at) = rest.find('%') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let byte = rest.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(b'%'));
        rest = &rest[at + if byte.is_some() { 3 } else { 1 }..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap_or_else(|_| kept.to_owned())
}

/// Who was taken off the list, after it changed from `before` to `after` at that moment.
pub(super) fn lifted(
    known: &BTreeMap<String, FleetTime>,
    before: &[String],
    after: &[String],
    at: FleetTime,
) -> BTreeMap<String, FleetTime> {
    let mut lifted = known.clone();
    lifted.extend(before.iter().filter(|name| !after.contains(name)).map(|name| (name.clone(), at)));
    lifted.retain(|name, _| !after.contains(name));
    while lifted.len() > MOST_LIFTED {
        let oldest = lifted.iter().min_by_key(|(_, at)| **at).map(|(name, _)| name.clone());
        oldest.and_then(|name| lifted.remove(&name));
    }
    lifted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_name_is_made_of_it_is_kept_in_one_piece_and_read_back() {
        for (written, kept) in [
            ("@Brook", "brook"),
            ("Ada Lovelace, PhD", "ada%20lovelace%2c%20phd"),
            ("x;y", "x%3by"),
            ("雪\u{3000}女", "雪%e3%80%80女"),
            ("(╯°□°)╯", "(╯°□°)╯"),
        ] {
            assert_eq!(normalised(written), kept);
            assert_eq!(normalised(kept), kept, "what is kept stays as it is");
            assert_eq!(as_written(kept), written.trim_start_matches('@').to_lowercase());
        }
        assert_eq!(as_written("100%"), "100%");
        assert_eq!(normalised(" @ "), "");
    }

    #[test]
    fn who_is_taken_off_is_remembered_until_they_are_on_the_list_again() {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let first = lifted(&BTreeMap::new(), &list(&["ada", "brook"]), &list(&["ada"]), FleetTime(5));
        assert_eq!(first, BTreeMap::from([("brook".to_owned(), FleetTime(5))]));
        assert_eq!(lifted(&first, &list(&["ada"]), &list(&["ada"]), FleetTime(9)), first);
        assert!(lifted(&first, &list(&["ada"]), &list(&["ada", "brook"]), FleetTime(9)).is_empty());
    }
}
