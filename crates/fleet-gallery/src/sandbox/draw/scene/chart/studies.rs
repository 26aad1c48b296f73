//! What charts are about: for each subject its axis, its unit and the shape that its figures plausibly have.
//!
//! The figures are invented; what is not invented is that days are long in June, that tides come twice a day, and
//! that a shrew's heart is faster than a whale's.

/// A subject that charts know.
pub(super) struct Entry {
    /// Words that call for it.
    pub(super) keys: &'static [&'static str],
    /// For prompts that do not say it in their own words.
    pub(super) title: &'static str,
    /// What is counted, in plain words.
    pub(super) unit: &'static str,
    /// What stands behind a number.
    pub(super) short: &'static str,
    pub(super) axis: Axis,
    pub(super) series: &'static [(&'static str, Shape)],
    /// How far figures stray from their shape, as a share.
    pub(super) noise: f64,
}

/// What figures are told for.
pub(super) enum Axis {
    Months,
    Weekdays,
    /// From one hour of the day to another, both told.
    Hours(u32, u32),
    /// First year, step, how many.
    Years(u32, u32, usize),
    /// So many, counted from one, with a word before each number.
    Count(&'static str, usize),
    /// In this order.
    Steps(&'static [&'static str]),
    /// In no order.
    Kinds(&'static [&'static str]),
}

/// How figures run along an axis; places on it are from 0 to 1.
pub(super) enum Shape {
    /// Least, most, and where the most is: once around.
    Wave(f64, f64, f64),
    /// A base, and bumps upon it: where, how wide, how high.
    Bumps(f64, &'static [(f64, f64, f64)]),
    /// From here to there.
    Trend(f64, f64),
    /// An S from nothing to so much: the middle, and how wide the rise is.
    Rise(f64, f64, f64),
    /// A base, a peak's place and height, and how long it takes to fall by half.
    Surge(f64, f64, f64, f64),
    /// From so much down by half in such a span, upon a base.
    Decay(f64, f64, f64),
    /// Hours of daylight at a latitude, in degrees.
    Daylight(f64),
    /// Mean, half the range, and hours by which high water is late.
    Tide(f64, f64, f64),
    /// As they are.
    Each(&'static [f64]),
}

use Axis::*;
use Shape::*;

const fn entry(
    keys: &'static [&'static str],
    title: &'static str,
    (unit, short): (&'static str, &'static str),
    noise: f64,
    axis: Axis,
    series: &'static [(&'static str, Shape)],
) -> Entry {
    Entry { keys, title, unit, short, axis, series, noise }
}

#[rustfmt::skip]
pub(super) const ENTRIES: &[Entry] = &[
    entry(&["rainfall", "rain", "harbour town"], "Rainfall in harbour towns", ("Millimetres of rain a month", "mm"), 0.12, Months,
        &[("Havnes", Wave(58.0, 148.0, 0.86)), ("Port Ellery", Wave(40.0, 92.0, 0.95)), ("Santa Brisa", Wave(6.0, 108.0, 0.93)), ("Quay Loch", Wave(88.0, 186.0, 0.9)), ("Marsk", Wave(34.0, 70.0, 0.55)), ("Tern Bay", Wave(22.0, 120.0, 0.5))]),
    entry(&["daylight", "latitude", "hours of daylight"], "Hours of daylight by latitude", ("Hours of daylight, in the middle of each month", "h"), 0.0, Months,
        &[("60° north", Daylight(60.0)), ("50° north", Daylight(50.0)), ("40° north", Daylight(40.0)), ("25° north", Daylight(25.0)), ("Equator", Daylight(0.0)), ("35° south", Daylight(-35.0))]),
    entry(&["bicycle", "bike", "cycling", "bicycle trip", "bicycle traffic"], "Bicycle trips by weekday", ("Trips a day past one counter", ""), 0.07, Weekdays,
        &[("To work", Each(&[1840.0, 1960.0, 1925.0, 1880.0, 1510.0, 240.0, 170.0])), ("To school", Each(&[760.0, 780.0, 770.0, 765.0, 720.0, 40.0, 25.0])), ("Errands", Each(&[420.0, 410.0, 450.0, 470.0, 610.0, 880.0, 310.0])), ("For pleasure", Each(&[180.0, 170.0, 210.0, 230.0, 360.0, 990.0, 1240.0]))]),
    entry(&["novel", "chapter", "word count", "words per chapter"], "Words per chapter in old novels", ("Thousand words in a chapter", "k"), 0.2, Count("Ch.", 14),
        &[("The Salt Road", Trend(2.6, 4.4)), ("Mrs Harrow", Wave(3.4, 6.8, 0.45)), ("A Winter Tenant", Trend(5.6, 3.1)), ("The Lamplighter", Wave(1.6, 3.0, 0.8)), ("Far Meadows", Bumps(3.8, &[(0.72, 0.1, 4.2)]))]),
    entry(&["bird", "arrival", "bird arrival"], "Bird arrivals in spring", ("First sightings a week", ""), 0.1, Steps(&["1 Mar", "8 Mar", "15 Mar", "22 Mar", "29 Mar", "5 Apr", "12 Apr", "19 Apr", "26 Apr", "3 May", "10 May", "17 May", "24 May"]),
        &[("Chiffchaff", Bumps(0.0, &[(0.2, 0.1, 46.0)])), ("Blackcap", Bumps(0.0, &[(0.38, 0.1, 40.0)])), ("Swallow", Bumps(0.0, &[(0.52, 0.12, 58.0)])), ("Cuckoo", Bumps(0.0, &[(0.62, 0.08, 27.0)])), ("House martin", Bumps(0.0, &[(0.66, 0.1, 38.0)])), ("Swift", Bumps(0.0, &[(0.82, 0.07, 64.0)]))]),
    entry(&["tea", "coffee", "tea against coffee"], "Tea against coffee by the hour", ("Cups an hour in an office of a hundred", ""), 0.07, Hours(6, 20),
        &[("Coffee", Bumps(3.0, &[(0.19, 0.09, 62.0), (0.5, 0.07, 34.0)])), ("Tea", Bumps(6.0, &[(0.3, 0.1, 18.0), (0.66, 0.11, 48.0), (0.95, 0.08, 20.0)]))]),
    entry(&["tide", "height of tides", "tidal"], "The height of tides", ("Metres above the lowest tide", "m"), 0.0, Hours(0, 24),
        &[("New moon", Tide(3.1, 2.7, 1.4)), ("Two days on", Tide(3.0, 2.3, 3.0)), ("Four days on", Tide(2.9, 1.7, 4.6)), ("Half moon", Tide(2.8, 1.1, 6.4))]),
    entry(&["train", "tram", "train delay", "tram delay", "delay", "railway"], "Train delays by season", ("Minutes late, on average", "min"), 0.14, Months,
        &[("Coast line", Wave(2.4, 9.6, 0.9)), ("Hill line", Wave(3.0, 12.8, 0.04)), ("City ring", Wave(2.0, 4.1, 0.95)), ("Night mail", Wave(4.2, 7.4, 0.55))]),
    entry(&["tree ring", "oak", "tree"], "Tree rings of one oak", ("Millimetres of growth a year", "mm"), 0.24, Years(1900, 5, 25),
        &[("South side", Trend(3.6, 1.7)), ("North side", Trend(2.5, 1.3)), ("East side", Trend(3.1, 1.5)), ("West side", Trend(2.8, 1.6))]),
    entry(&["library", "loan", "library loan", "library visit"], "Library loans by month", ("Loans a month", ""), 0.06, Months,
        &[("Novels", Wave(1480.0, 2260.0, 0.03)), ("Children’s books", Wave(1180.0, 2380.0, 0.58)), ("Non-fiction", Wave(760.0, 1240.0, 0.1)), ("Films", Wave(310.0, 720.0, 0.98))]),
    entry(&["noise", "street noise", "city street", "sound"], "Noise on a city street", ("Decibels, hour by hour", "dB"), 0.02, Hours(0, 23),
        &[("Weekdays", Bumps(42.0, &[(0.36, 0.11, 29.0), (0.74, 0.13, 30.0), (0.55, 0.16, 14.0)])), ("Saturday", Bumps(45.0, &[(0.55, 0.2, 23.0), (0.93, 0.08, 18.0)])), ("Sunday", Bumps(40.0, &[(0.52, 0.2, 19.0), (0.8, 0.12, 8.0)]))]),
    entry(&["song", "music", "length of songs", "album"], "The length of songs over decades", ("Minutes to a song", "min"), 0.03, Steps(&["1950s", "1960s", "1970s", "1980s", "1990s", "2000s", "2010s", "2020s"]),
        &[("Pop", Each(&[2.5, 2.7, 3.5, 4.0, 4.2, 3.9, 3.6, 3.1])), ("Rock", Each(&[2.4, 2.9, 4.6, 4.4, 4.3, 4.0, 3.9, 3.6])), ("Folk", Each(&[2.8, 3.1, 3.6, 3.7, 3.8, 3.8, 3.7, 3.6])), ("Dance", Each(&[2.6, 2.8, 4.1, 5.4, 5.8, 5.0, 4.1, 3.3])), ("Jazz", Each(&[4.9, 6.2, 7.4, 6.3, 5.9, 5.8, 5.6, 5.5]))]),
    entry(&["bread", "bread price", "toy economy", "price"], "Bread prices in a toy economy", ("Coins for a loaf, round by round", "coins"), 0.06, Count("Round", 14),
        &[("Mill village", Bumps(4.0, &[(0.4, 0.1, 5.2)])), ("Ford", Trend(4.6, 6.2)), ("Quay", Bumps(5.2, &[(0.52, 0.12, 3.8)])), ("Hill farm", Trend(3.4, 4.4))]),
    entry(&["earthquake", "seismic"], "Earthquakes by depth", ("Tremors a year", ""), 0.1, Steps(&["0–10 km", "10–20", "20–30", "30–40", "40–50", "50–60", "60–70", "70–80"]),
        &[("Outer arc", Decay(420.0, 0.18, 14.0)), ("Inner arc", Bumps(18.0, &[(0.4, 0.2, 210.0)])), ("Rift", Decay(260.0, 0.12, 6.0)), ("Shelf", Decay(120.0, 0.3, 9.0))]),
    entry(&["cat", "cat hour"], "How cats spend a day", ("Minutes of each hour", "min"), 0.05, Hours(0, 23),
        &[("Asleep", Bumps(26.0, &[(0.05, 0.1, 16.0), (0.55, 0.13, 26.0)])), ("Washing", Bumps(6.0, &[(0.33, 0.06, 8.0), (0.78, 0.06, 7.0)])), ("Hunting", Bumps(2.0, &[(0.23, 0.06, 26.0), (0.86, 0.06, 28.0)])), ("Eating", Bumps(1.0, &[(0.3, 0.03, 11.0), (0.75, 0.03, 12.0)])), ("Staring", Bumps(8.0, &[(0.95, 0.1, 8.0)]))]),
    entry(&["rumour", "rumor", "spread"], "The spread of a rumour", ("Percent who have heard it", "%"), 0.02, Count("Day", 14),
        &[("School", Rise(0.26, 0.09, 97.0)), ("Market", Rise(0.42, 0.12, 88.0)), ("Office", Rise(0.55, 0.1, 76.0)), ("Village", Rise(0.7, 0.16, 92.0))]),
    entry(&["stair", "lift", "elevator"], "Steps on stairs against lifts", ("People an hour", ""), 0.07, Hours(7, 19),
        &[("Lifts", Bumps(30.0, &[(0.14, 0.08, 260.0), (0.45, 0.07, 190.0), (0.85, 0.08, 240.0)])), ("Stairs", Bumps(40.0, &[(0.2, 0.1, 70.0), (0.5, 0.12, 150.0), (0.8, 0.12, 90.0)]))]),
    entry(&["river", "river level", "storm", "flood"], "River levels after storms", ("Metres above the usual level", "m"), 0.03, Steps(&["0 h", "6 h", "12 h", "18 h", "24 h", "30 h", "36 h", "42 h", "48 h", "54 h", "60 h", "66 h", "72 h"]),
        &[("Upper ford", Surge(0.2, 0.1, 2.9, 0.16)), ("Mill weir", Surge(0.2, 0.24, 2.3, 0.24)), ("Old bridge", Surge(0.3, 0.38, 1.8, 0.3)), ("Estuary", Surge(0.4, 0.55, 1.0, 0.4))]),
    entry(&["poem", "poetry", "colours named"], "Colours named in poems", ("Mentions in a thousand lines", ""), 0.08, Kinds(&["Green", "White", "Black", "Gold", "Red", "Blue", "Grey", "Silver", "Purple"]),
        &[("Ballads", Each(&[31.0, 27.0, 22.0, 24.0, 29.0, 9.0, 12.0, 14.0, 3.0])), ("Sonnets", Each(&[14.0, 22.0, 19.0, 21.0, 17.0, 10.0, 9.0, 11.0, 8.0])), ("Modern verse", Each(&[22.0, 30.0, 26.0, 8.0, 19.0, 28.0, 17.0, 9.0, 6.0]))]),
    entry(&["moon", "moon phase", "cloud cover", "cloud"], "Moon phases and cloud cover", ("Percent of the moon lit, percent of the sky covered", "%"), 0.05, Count("Night", 29),
        &[("Moon lit", Wave(0.0, 100.0, 0.5)), ("Cloud cover", Bumps(34.0, &[(0.12, 0.08, 42.0), (0.44, 0.06, 50.0), (0.8, 0.1, 38.0)]))]),
    entry(&["bee", "bee visit", "flower"], "Bee visits per flower", ("Visits an hour", ""), 0.08, Kinds(&["Borage", "Lavender", "Thyme", "Clover", "Foxglove", "Sunflower", "Dahlia", "Rose"]),
        &[("Morning", Each(&[34.0, 26.0, 19.0, 24.0, 18.0, 12.0, 6.0, 3.0])), ("Noon", Each(&[46.0, 41.0, 33.0, 29.0, 14.0, 22.0, 9.0, 4.0])), ("Evening", Each(&[21.0, 24.0, 11.0, 9.0, 6.0, 7.0, 4.0, 2.0]))]),
    entry(&["snow", "snow day", "winter"], "Snow days per winter", ("Days with snow on the ground", "days"), 0.16, Years(1984, 2, 20),
        &[("Ridge", Trend(118.0, 84.0)), ("Valley", Trend(61.0, 27.0)), ("Town", Trend(33.0, 9.0))]),
    entry(&["typing", "typing error", "keyboard", "error"], "Typing errors by hour", ("Errors in a thousand keys", ""), 0.07, Hours(7, 23),
        &[("Messages", Bumps(9.0, &[(0.05, 0.08, 7.0), (0.46, 0.07, 6.0), (1.0, 0.16, 16.0)])), ("Code", Bumps(14.0, &[(0.46, 0.08, 7.0), (1.0, 0.2, 15.0)])), ("Letters", Bumps(5.0, &[(0.5, 0.1, 3.0), (1.0, 0.2, 8.0)]))]),
    entry(&["island", "distance", "ferry"], "Distances between islands", ("Kilometres by boat", "km"), 0.0, Kinds(&["Aun", "Brask", "Corra", "Dunlin", "Eyrie", "Fend", "Gull"]),
        &[("Aun", Each(&[0.0, 14.0, 31.0, 47.0, 62.0, 38.0, 71.0])), ("Brask", Each(&[14.0, 0.0, 19.0, 35.0, 51.0, 29.0, 60.0])), ("Corra", Each(&[31.0, 19.0, 0.0, 17.0, 33.0, 24.0, 43.0])), ("Dunlin", Each(&[47.0, 35.0, 17.0, 0.0, 16.0, 30.0, 27.0])), ("Eyrie", Each(&[62.0, 51.0, 33.0, 16.0, 0.0, 41.0, 12.0])), ("Fend", Each(&[38.0, 29.0, 24.0, 30.0, 41.0, 0.0, 46.0])), ("Gull", Each(&[71.0, 60.0, 43.0, 27.0, 12.0, 46.0, 0.0]))]),
    entry(&["font", "shop sign", "typeface", "sign"], "Fonts on shop signs", ("Signs counted on a walk", "signs"), 0.08, Kinds(&["Sans serif", "Serif", "Script", "Slab", "Hand-painted", "Blackletter", "Stencil"]),
        &[("High Street", Each(&[38.0, 21.0, 11.0, 9.0, 6.0, 2.0, 1.0])), ("Market Row", Each(&[17.0, 19.0, 15.0, 6.0, 18.0, 4.0, 2.0])), ("Station Road", Each(&[29.0, 9.0, 5.0, 8.0, 4.0, 1.0, 6.0])), ("Old Quay", Each(&[8.0, 14.0, 9.0, 4.0, 16.0, 5.0, 7.0]))]),
    entry(&["window", "window light", "midnight"], "Window lights after midnight", ("Windows lit in each block", ""), 0.07, Steps(&["0:00", "0:30", "1:00", "1:30", "2:00", "2:30", "3:00", "3:30", "4:00", "4:30", "5:00", "5:30", "6:00"]),
        &[("Canal block", Bumps(7.0, &[(0.0, 0.2, 62.0), (1.0, 0.13, 34.0)])), ("Student house", Bumps(12.0, &[(0.1, 0.3, 68.0)])), ("Bakers’ row", Bumps(4.0, &[(0.0, 0.12, 24.0), (0.72, 0.16, 40.0)])), ("Park side", Bumps(3.0, &[(0.0, 0.14, 38.0), (1.0, 0.1, 26.0)]))]),
    entry(&["recipe", "cuisine", "recipe step"], "Recipe steps by cuisine", ("Steps in a recipe", "steps"), 0.06, Kinds(&["French", "Thai", "Mexican", "Georgian", "Japanese", "Italian", "Ethiopian", "Danish"]),
        &[("Mains", Each(&[14.0, 12.0, 13.0, 11.0, 9.0, 8.0, 12.0, 6.0])), ("Starters", Each(&[8.0, 7.0, 6.0, 7.0, 6.0, 4.0, 5.0, 3.0])), ("Sweets", Each(&[17.0, 6.0, 7.0, 8.0, 10.0, 9.0, 4.0, 7.0]))]),
    entry(&["goose", "geese", "migrating", "migration"], "The paths of migrating geese", ("Degrees north, week by week", "°"), 0.015, Count("Week", 13),
        &[("Grey flock", Rise(0.5, 0.14, 68.0)), ("White flock", Rise(0.64, 0.1, 74.0)), ("Bar flock", Rise(0.4, 0.18, 61.0)), ("Late flock", Rise(0.78, 0.12, 66.0))]),
    entry(&["wind", "rooftop"], "Wind over one rooftop", ("Metres a second, by direction", "m/s"), 0.08, Steps(&["N", "NE", "E", "SE", "S", "SW", "W", "NW"]),
        &[("Winter", Wave(3.2, 9.6, 0.68)), ("Spring", Wave(3.0, 7.1, 0.6)), ("Summer", Wave(2.2, 4.6, 0.5)), ("Autumn", Wave(2.8, 8.2, 0.72))]),
    entry(&["heartbeat", "heart", "animal size", "animal"], "Heartbeats by animal size", ("Beats a minute", ""), 0.03, Steps(&["Shrew", "Mouse", "Rat", "Cat", "Dog", "Person", "Horse", "Elephant", "Whale"]),
        &[("At rest", Each(&[620.0, 540.0, 340.0, 150.0, 95.0, 66.0, 36.0, 29.0, 11.0])), ("Moving", Each(&[860.0, 720.0, 470.0, 230.0, 180.0, 150.0, 170.0, 56.0, 22.0]))]),
    entry(&["bakery", "bakery sale", "loaves"], "Bakery sales", ("Loaves a day", ""), 0.06, Months,
        &[("Rye", Wave(84.0, 132.0, 0.02)), ("Wheat", Wave(110.0, 150.0, 0.95)), ("Buns", Wave(70.0, 168.0, 0.92)), ("Flatbread", Wave(40.0, 92.0, 0.5))]),
    entry(&["museum", "ticket", "exhibition", "visitor"], "Museum tickets", ("Hundred tickets a month", ""), 0.07, Months,
        &[("Grown-ups", Wave(42.0, 88.0, 0.58)), ("Families", Wave(18.0, 74.0, 0.56)), ("Schools", Bumps(6.0, &[(0.4, 0.1, 38.0), (0.8, 0.07, 30.0)])), ("Late openings", Wave(4.0, 17.0, 0.95))]),
    entry(&["temperature", "weather", "climate", "heat"], "Temperatures", ("Degrees Celsius, monthly mean", "°"), 0.04, Months,
        &[("Coast", Wave(6.0, 18.0, 0.56)), ("Plain", Wave(2.0, 24.0, 0.54)), ("Town", Wave(4.0, 26.0, 0.55))]),
];
