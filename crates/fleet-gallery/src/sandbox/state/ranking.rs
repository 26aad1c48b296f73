//! The orders of the feed, kept up as things happen, so that reading a page costs what the page holds.
//!
//! It knows posts by their index and what they weigh; which posts are shown is the state's to say.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use crate::wire::Sort;

/// A tenfold of reactions outweighs this much age, in seconds: the constant of Reddit's published "hot" ranking. Such a
/// score never changes by waiting, so the order can be kept instead of being worked out for every reader.
const TENFOLD: f64 = 45_000.0;

/// How much a post weighs in the orders that are not by age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Weight {
    likes: u64,
    heat: i64,
}

impl Weight {
    pub(super) fn of(likes: usize, comments: usize, created_at: Timestamp) -> Self {
        let (likes, comments) = (likes as u64, comments as u64);
        let points = (1 + 2 * likes + comments) as f64;
        // Whole microseconds: a total order, and fine enough for posts of one burst.
        let earned = (points.log10() * TENFOLD * 1e6) as i64;
        Self { likes, heat: created_at.as_microsecond().saturating_add(earned) }
    }
}

/// All shown posts in each order, and those of each category.
#[derive(Debug, Default)]
pub(super) struct Ranking {
    all: Orders,
    categories: HashMap<String, Orders>,
}

#[derive(Debug, Default)]
struct Orders {
    /// Sorted; nearly every post comes last, and a page far down is found at once.
    recent: Vec<usize>,
    popular: BTreeSet<(u64, usize)>,
    trending: BTreeSet<(i64, usize)>,
}

impl Ranking {
    /// Ranks many posts at once: each with its category and its weight.
    pub(super) fn of<'a>(posts: impl Iterator<Item = (usize, Option<&'a str>, Weight)>) -> Self {
        let mut all = Vec::new();
        let mut categories = HashMap::<&str, Vec<(usize, Weight)>>::new();
        for (post, category, weight) in posts {
            all.push((post, weight));
            if let Some(category) = category {
                categories.entry(category).or_default().push((post, weight));
            }
        }
        let categories = categories.into_iter();
        Self {
            all: Orders::of(&all),
            categories: categories
                .map(|(category, posts)| (category.to_owned(), Orders::of(&posts)))
                .collect(),
        }
    }

    pub(super) fn add(&mut self, post: usize, category: Option<&str>, weight: Weight) {
        self.all.add(post, weight);
        if let Some(category) = category {
            self.categories.entry(category.to_owned()).or_default().add(post, weight);
        }
    }

    pub(super) fn reweigh(&mut self, post: usize, category: Option<&str>, before: Weight, after: Weight) {
        self.all.reweigh(post, before, after);
        if let Some(orders) = category.and_then(|category| self.categories.get_mut(category)) {
            orders.reweigh(post, before, after);
        }
    }

    pub(super) fn count(&self, category: Option<&str>) -> usize {
        self.orders(category).map_or(0, |orders| orders.recent.len())
    }

    /// The first of an order leads.
    pub(super) fn listed(
        &self,
        sort: Sort,
        category: Option<&str>,
    ) -> Box<dyn Iterator<Item = usize> + Send + '_> {
        let Some(orders) = self.orders(category) else { return Box::new(std::iter::empty()) };
        match sort {
            Sort::Recent => Box::new(orders.recent.iter().rev().copied()),
            Sort::Popular => Box::new(orders.popular.iter().rev().map(|(_, post)| *post)),
            Sort::Trending => Box::new(orders.trending.iter().rev().map(|(_, post)| *post)),
        }
    }

    /// The posts below this one in the order of time, newest first.
    pub(super) fn before(
        &self,
        before: usize,
        category: Option<&str>,
    ) -> impl Iterator<Item = usize> + Send + '_ {
        let recent = self.orders(category).map_or(&[][..], |orders| &orders.recent);
        let end = recent.partition_point(|post| *post < before);
        recent[..end].iter().rev().copied()
    }

    fn orders(&self, category: Option<&str>) -> Option<&Orders> {
        match category {
            None => Some(&self.all),
            Some(category) => self.categories.get(category),
        }
    }
}

impl Orders {
    fn of(posts: &[(usize, Weight)]) -> Self {
        let mut recent: Vec<usize> = posts.iter().map(|(post, _)| *post).collect();
        recent.sort_unstable();
        Self {
            recent,
            popular: posts.iter().map(|(post, weight)| (weight.likes, *post)).collect(),
            trending: posts.iter().map(|(post, weight)| (weight.heat, *post)).collect(),
        }
    }

    fn add(&mut self, post: usize, weight: Weight) {
        if let Err(place) = self.recent.binary_search(&post) {
            self.recent.insert(place, post);
        }
        self.popular.insert((weight.likes, post));
        self.trending.insert((weight.heat, post));
    }

    fn reweigh(&mut self, post: usize, before: Weight, after: Weight) {
        if before.likes != after.likes {
            self.popular.remove(&(before.likes, post));
            self.popular.insert((after.likes, post));
        }
        if before.heat != after.heat {
            self.trending.remove(&(before.heat, post));
            self.trending.insert((after.heat, post));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_love_yields_to_new_love_and_never_in_the_popular_order() {
        let morning: Timestamp = "2026-05-04T08:00:00Z".parse().unwrap();
        let next_week: Timestamp = "2026-05-11T08:00:00Z".parse().unwrap();
        let mut ranking = Ranking::default();
        ranking.add(0, Some("marketing"), Weight::of(40, 10, morning));
        ranking.add(1, None, Weight::of(0, 0, next_week));
        ranking.add(2, Some("marketing"), Weight::of(0, 0, next_week));
        let listed = |sort, category| ranking.listed(sort, category).collect::<Vec<_>>();
        assert_eq!(listed(Sort::Recent, None), [2, 1, 0]);
        assert_eq!(listed(Sort::Popular, None), [0, 2, 1]);
        assert_eq!(listed(Sort::Trending, None), [2, 1, 0]);
        assert_eq!(listed(Sort::Popular, Some("marketing")), [0, 2]);
        assert_eq!(listed(Sort::Popular, Some("no such")), [] as [usize; 0]);
        ranking.reweigh(1, None, Weight::of(0, 0, next_week), Weight::of(41, 0, next_week));
        let listed = |sort| ranking.listed(sort, None).collect::<Vec<_>>();
        assert_eq!((listed(Sort::Popular), listed(Sort::Trending)), (vec![1, 0, 2], vec![1, 2, 0]));
        let before = |post, category| ranking.before(post, category).collect::<Vec<_>>();
        assert_eq!((before(2, None), before(2, Some("marketing"))), (vec![1, 0], vec![0]));
        assert_eq!((before(9, None), before(0, None)), (vec![2, 1, 0], vec![]));
        assert_eq!((ranking.count(None), ranking.count(Some("marketing"))), (3, 2));
    }
}
