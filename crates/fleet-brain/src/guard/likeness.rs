//! How alike two texts are. Owns the measure and the limit above which a text was said before; refuses to know who said it.

use super::draft::{Refusal, Rule};

/// Above this likeness a text says again what was said.
const LIMIT: f64 = 0.8;

/// What of a text was said before.
pub(super) fn fault(text: &str, said: &[String]) -> Option<Refusal> {
    let own = trigrams(text);
    said.iter()
        .any(|before| jaccard(&own, &trigrams(before)) > LIMIT)
        .then(|| Refusal { rule: Rule::NearDuplicate, why: "it is nearly what was said before".to_owned() })
}

/// How many of the trigrams of two texts they share, 0 to 1; capitals and punctuation do not count.
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "the measure by which samples of written texts are compared")
)]
pub(crate) fn likeness(one: &str, other: &str) -> f64 {
    jaccard(&trigrams(one), &trigrams(other))
}

/// The trigrams of a text, each once, in order. Three characters of 21 bits fit into one number.
fn trigrams(text: &str) -> Vec<u64> {
    let mut letters = vec![' '];
    for c in super::reading::plain(text).chars().flat_map(char::to_lowercase) {
        match c.is_alphanumeric() {
            true => letters.push(c),
            false if letters.last() != Some(&' ') => letters.push(' '),
            false => {}
        }
    }
    if letters.last() != Some(&' ') {
        letters.push(' ');
    }
    let mut trigrams: Vec<u64> = letters
        .windows(3)
        .map(|three| three.iter().fold(0, |packed, c| packed << 21 | u64::from(u32::from(*c))))
        .collect();
    trigrams.sort_unstable();
    trigrams.dedup();
    trigrams
}

fn jaccard(one: &[u64], other: &[u64]) -> f64 {
    let (mut left, mut right, mut shared) = (0, 0, 0_u32);
    while left < one.len() && right < other.len() {
        match one[left].cmp(&other[right]) {
            std::cmp::Ordering::Less => left += 1,
            std::cmp::Ordering::Greater => right += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                left += 1;
                right += 1;
            }
        }
    }
    let all = one.len() + other.len() - shared as usize;
    if all == 0 { 0.0 } else { f64::from(shared) / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_alike_whatever_their_dress_and_other_words_are_not() {
        assert!((likeness("Soft light!", "soft   LIGHT") - 1.0).abs() < f64::EPSILON);
        assert!(likeness("The soft light on the left rim", "The soft light on the right rim") > 0.6);
        assert!(likeness("The soft light on the rim", "Every contour line keeps its distance") < 0.1);
        assert!(likeness("", "").abs() < f64::EPSILON);
    }
}
