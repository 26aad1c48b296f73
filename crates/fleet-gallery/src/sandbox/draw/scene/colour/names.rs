//! The dictionary of colours: what they are called, and five tones of each from dark to light.

/// A colour by its names, with its tones.
pub(super) struct Colour {
    /// All lower case; some of two words.
    pub(super) words: &'static [&'static str],
    /// From dark to light, `#rrggbb`.
    pub(super) tones: [&'static str; 5],
    /// Which of the tones is the colour that one means by its name.
    pub(super) own: usize,
}

impl Colour {
    /// The colour that one means by its name.
    pub(super) fn tone(&self) -> &'static str {
        self.tones[self.own]
    }

    /// The tone to use where the colour must be seen against shades and tints: very dark and very light ones give way.
    pub(super) fn standing_out(&self) -> &'static str {
        self.tones[self.own.clamp(1, 3)]
    }

    /// How bright it is by itself, from 0 to 1000.
    pub(super) fn brightness(&self) -> u32 {
        let [r, g, b] = channels(self.tone());
        (r * 299 + g * 587 + b * 114) / 255
    }

    /// How far it is from grey, from 0 to 255.
    pub(super) fn vividness(&self) -> u32 {
        vividness(self.tone())
    }
}

/// How far a colour is from grey, from 0 to 255.
pub(super) fn vividness(colour: &str) -> u32 {
    let channels = channels(colour);
    channels.iter().max().unwrap_or(&0) - channels.iter().min().unwrap_or(&0)
}

/// How different two colours are: the sum of their channels' differences, from 0 to 765.
pub(super) fn distance(one: &str, other: &str) -> u32 {
    channels(one).into_iter().zip(channels(other)).map(|(one, other)| one.abs_diff(other)).sum()
}

/// Red, green and blue of `#rrggbb`, 0 to 255 each.
pub(super) fn channels(colour: &str) -> [u32; 3] {
    let channel = |at: usize| {
        colour.get(at..at + 2).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0)
    };
    [channel(1), channel(3), channel(5)]
}

#[rustfmt::skip]
pub(super) const COLOURS: &[Colour] = &[
    Colour { words: &["black", "jet", "onyx"], tones: ["#17181c", "#46474c", "#818388", "#c6c7cb", "#f0f1f2"], own: 0 },
    Colour { words: &["ink"], tones: ["#1c2431", "#404855", "#7a8494", "#c1c8d3", "#eff1f4"], own: 0 },
    Colour { words: &["charcoal"], tones: ["#212326", "#33363c", "#80838a", "#c5c7cc", "#f0f1f2"], own: 1 },
    Colour { words: &["graphite"], tones: ["#212327", "#44474e", "#80838b", "#c5c7cc", "#f0f1f2"], own: 1 },
    Colour { words: &["smoke", "gunmetal"], tones: ["#202328", "#5a5f69", "#7e838e", "#c4c7ce", "#f0f1f3"], own: 1 },
    Colour { words: &["slate", "shale"], tones: ["#1d242a", "#55626f", "#778593", "#bfc8d2", "#eef1f4"], own: 1 },
    Colour { words: &["steel"], tones: ["#1c242b", "#3d4956", "#6b7a89", "#bec9d3", "#eef1f4"], own: 2 },
    Colour { words: &["grey", "gray", "concrete", "stone", "pewter"], tones: ["#212326", "#45484d", "#8d9198", "#c5c7cc", "#f0f1f2"], own: 2 },
    Colour { words: &["warm grey", "taupe", "greige", "mushroom", "mouse"], tones: ["#27221d", "#4e463f", "#9a9087", "#cdc6c0", "#f2f0ef"], own: 2 },
    Colour { words: &["fog", "fog grey", "mist", "haze", "ash"], tones: ["#1f2326", "#43494c", "#959ca1", "#b3b9bd", "#f0f1f2"], own: 3 },
    Colour { words: &["silver", "mercury", "chrome", "pearl grey"], tones: ["#1f2329", "#424850", "#949ca5", "#b9c0c8", "#f0f1f2"], own: 3 },
    Colour { words: &["pearl", "mother of pearl", "moonstone"], tones: ["#252221", "#4b4745", "#878280", "#c9c6c5", "#e6e1df"], own: 4 },
    Colour { words: &["white", "off white", "snow", "frost", "chalk", "plaster", "milk", "porcelain"], tones: ["#242220", "#4a4744", "#85837f", "#c8c7c5", "#f7f6f2"], own: 4 },
    Colour { words: &["bone", "bone white", "eggshell", "alabaster"], tones: ["#2a2118", "#524538", "#8e8170", "#ccc6bc", "#ece3d2"], own: 4 },
    Colour { words: &["ivory", "vanilla"], tones: ["#2c2015", "#534535", "#8f816c", "#ccc7ba", "#f6eed9"], own: 4 },
    Colour { words: &["cream", "custard", "buttermilk"], tones: ["#321e08", "#5b4224", "#987f59", "#d1c6b1", "#f8e9c4"], own: 4 },
    Colour { words: &["oat", "oatmeal", "linen", "wheat", "ecru"], tones: ["#311e0b", "#5a4329", "#b09775", "#e0d0b0", "#f3f0eb"], own: 3 },
    Colour { words: &["sand", "sandstone", "dune", "buff", "biscuit"], tones: ["#371b00", "#633f14", "#bb9361", "#d9bd8f", "#f5f0e8"], own: 3 },
    Colour { words: &["khaki", "camel", "fawn", "tan"], tones: ["#311f03", "#5f4113", "#b99461", "#dbc3a4", "#f6f0e7"], own: 2 },
    Colour { words: &["caramel", "toffee", "butterscotch"], tones: ["#3b1800", "#6d3700", "#b9743a", "#ebbd9a", "#fbeee4"], own: 2 },
    Colour { words: &["honey", "amber", "resin"], tones: ["#351d00", "#643f00", "#d99425", "#ebbf87", "#fbefe0"], own: 2 },
    Colour { words: &["ochre", "ocher"], tones: ["#351d00", "#633f00", "#c4872c", "#e7c08f", "#faefe2"], own: 2 },
    Colour { words: &["gold", "golden", "brass", "tarnished gold"], tones: ["#381a00", "#673d00", "#c79a3c", "#e0c38f", "#f8f0e2"], own: 2 },
    Colour { words: &["mustard"], tones: ["#371a00", "#663d00", "#cd8d1d", "#d6a21e", "#f9f0df"], own: 3 },
    Colour { words: &["saffron", "marigold", "turmeric"], tones: ["#351d00", "#643f00", "#d28a00", "#ee9f13", "#fceede"], own: 3 },
    Colour { words: &["yellow", "sunshine", "sunshine yellow", "lemon", "canary", "lantern yellow", "highlight"], tones: ["#361b00", "#643e00", "#c7900b", "#f7cf33", "#f7f1dc"], own: 3 },
    Colour { words: &["butter", "butter yellow", "soft yellow", "straw", "primrose"], tones: ["#341d02", "#624009", "#a17d33", "#d7c796", "#f5df8b"], own: 4 },
    Colour { words: &["citrine", "chartreuse"], tones: ["#302000", "#5c4300", "#b89900", "#b9c42f", "#f0f3de"], own: 3 },
    Colour { words: &["lime", "electric lime", "acid"], tones: ["#192900", "#385100", "#7dae00", "#a6e22a", "#ecf5e1"], own: 3 },
    Colour { words: &["peach", "melon"], tones: ["#351b0d", "#663b23", "#c98b69", "#f9b48f", "#faeee7"], own: 3 },
    Colour { words: &["apricot", "mango", "papaya"], tones: ["#391900", "#6e3700", "#d58644", "#f5a05a", "#fdeee2"], own: 3 },
    Colour { words: &["tangerine", "orange", "clementine", "sunset orange", "pumpkin", "persimmon", "carrot"], tones: ["#3d1500", "#723300", "#e67a29", "#f5822b", "#ffede2"], own: 3 },
    Colour { words: &["blood orange", "dried blood orange", "vermilion", "ember", "paprika"], tones: ["#401106", "#7f2308", "#d9481f", "#fdb29e", "#feece8"], own: 2 },
    Colour { words: &["copper", "bronze", "ginger"], tones: ["#3d1500", "#723302", "#b5683a", "#efba9e", "#fdede5"], own: 2 },
    Colour { words: &["terracotta", "clay", "adobe", "brick"], tones: ["#3f1203", "#782c0e", "#bd6242", "#f4b7a2", "#feece6"], own: 2 },
    Colour { words: &["rust", "sienna", "cinnamon", "oxide"], tones: ["#3f1202", "#7a2a04", "#a84a25", "#f7b69e", "#fdede7"], own: 2 },
    Colour { words: &["umber", "brown", "walnut", "coffee", "mocha", "earth", "bark"], tones: ["#2e1f15", "#5e4432", "#997c69", "#d7c3b6", "#f5f0ec"], own: 1 },
    Colour { words: &["chocolate", "cocoa", "espresso", "mahogany", "sepia"], tones: ["#2f1e19", "#4a2d24", "#9c7a6f", "#d9c1ba", "#f6efed"], own: 1 },
    Colour { words: &["coral", "shrimp"], tones: ["#40110a", "#7f2216", "#ef6e5a", "#ff7660", "#feece9"], own: 3 },
    Colour { words: &["salmon"], tones: ["#3d140d", "#742f24", "#de7c6a", "#f88e7b", "#fdede9"], own: 3 },
    Colour { words: &["tomato", "tomato red", "poppy", "chili"], tones: ["#40110b", "#7f2117", "#e8412f", "#fdb1a4", "#feece9"], own: 2 },
    Colour { words: &["red", "scarlet", "signal red", "fire"], tones: ["#40100d", "#7f211c", "#d62f2b", "#feb1a7", "#feece9"], own: 2 },
    Colour { words: &["cherry", "crimson", "ruby", "cardinal", "cranberry"], tones: ["#401012", "#b3172f", "#dc4650", "#fdb0ae", "#feeceb"], own: 1 },
    Colour { words: &["burgundy", "wine", "maroon", "oxblood", "claret", "garnet", "bordeaux"], tones: ["#3e1119", "#6b1a2c", "#bd6471", "#f1b5bb", "#feeced"], own: 1 },
    Colour { words: &["raspberry", "cerise"], tones: ["#3f0f1d", "#7d1e3c", "#c2255c", "#feadbd", "#feecee"], own: 2 },
    Colour { words: &["berry", "mulberry", "blackberry"], tones: ["#3b1029", "#87285f", "#bf5c91", "#f3b0d1", "#feebf3"], own: 1 },
    Colour { words: &["pink", "blossom", "flamingo", "bubblegum"], tones: ["#3a1322", "#6f2e46", "#d77a9a", "#f48fb1", "#feebf0"], own: 3 },
    Colour { words: &["hot pink", "neon pink", "shocking pink"], tones: ["#3e0f20", "#7c1f42", "#ff3d8b", "#feacc2", "#fdecf0"], own: 2 },
    Colour { words: &["magenta", "fuchsia"], tones: ["#3c1028", "#772151", "#d6248f", "#ffa9d1", "#feebf3"], own: 2 },
    Colour { words: &["rose", "dusty rose", "blush"], tones: ["#3b151a", "#6f313a", "#d98a92", "#ecb8bc", "#fceded"], own: 2 },
    Colour { words: &["ash rose", "mauve", "old rose"], tones: ["#2f1d21", "#5c3e45", "#b08a93", "#d9c0c5", "#f6eff0"], own: 2 },
    Colour { words: &["plum", "aubergine", "eggplant"], tones: ["#35152f", "#5b2150", "#aa6a9c", "#e3b8d8", "#f9ecf5"], own: 1 },
    Colour { words: &["purple", "muted purple", "grape", "cave purple", "amethyst"], tones: ["#2f163d", "#7a4698", "#9e69be", "#dab8f0", "#f6edfc"], own: 1 },
    Colour { words: &["violet", "iris"], tones: ["#261942", "#4f3485", "#7c4dd1", "#ccbcfd", "#f1eefd"], own: 2 },
    Colour { words: &["lavender", "wisteria"], tones: ["#271d38", "#4e3d6b", "#a58dcf", "#b39ae0", "#f2eefb"], own: 3 },
    Colour { words: &["lilac", "orchid", "heather"], tones: ["#2e173b", "#583869", "#b08ac6", "#c3a3d6", "#f4eef7"], own: 3 },
    Colour { words: &["indigo", "ultraviolet"], tones: ["#1d1d46", "#3a358f", "#7477d7", "#bcc2fe", "#eef0ff"], own: 1 },
    Colour { words: &["midnight", "midnight blue", "space"], tones: ["#171d44", "#3c456b", "#7580b0", "#bdc6e6", "#eef0f9"], own: 0 },
    Colour { words: &["navy", "navy blue"], tones: ["#1d2f5c", "#344670", "#6b82b6", "#b7c7ea", "#ecf1fb"], own: 0 },
    Colour { words: &["ultramarine", "lapis"], tones: ["#141f46", "#2a3fb0", "#5878ee", "#b1c6ff", "#ebf1ff"], own: 1 },
    Colour { words: &["cobalt", "royal blue", "electric blue"], tones: ["#0f2046", "#2357d2", "#427af8", "#abc8ff", "#eaf1ff"], own: 1 },
    Colour { words: &["blue", "azure", "cornflower", "sapphire"], tones: ["#072246", "#0d458c", "#2f73cf", "#a4caff", "#e9f2fe"], own: 2 },
    Colour { words: &["denim", "slate blue", "steel blue", "storm"], tones: ["#152338", "#31486a", "#4e6a92", "#b5c9e5", "#ecf1f9"], own: 2 },
    Colour { words: &["sky blue", "sky", "baby blue", "powder blue"], tones: ["#00263d", "#004d73", "#59a4d4", "#84c1ea", "#e8f2fa"], own: 3 },
    Colour { words: &["ice", "ice blue", "glacier", "arctic"], tones: ["#12262e", "#324c57", "#6a8996", "#bacad2", "#c9e4f0"], own: 4 },
    Colour { words: &["ink blue", "petrol", "deep sea blue", "deep sea", "ocean blue", "navy ink"], tones: ["#102437", "#143a5a", "#6087ac", "#b1cbe3", "#ebf2f9"], own: 1 },
    Colour { words: &["cyan", "aqua", "turquoise", "lagoon"], tones: ["#00292e", "#00525a", "#24b8c8", "#8ed5df", "#e2f5f7"], own: 2 },
    Colour { words: &["teal", "peacock", "lagoon green"], tones: ["#002a29", "#005352", "#188583", "#9dd3d1", "#e6f4f3"], own: 2 },
    Colour { words: &["dusty teal", "verdigris", "patina", "seafoam"], tones: ["#092925", "#20514c", "#6fa7a0", "#add0cb", "#eaf3f2"], own: 2 },
    Colour { words: &["deep teal"], tones: ["#06282c", "#0d4f56", "#538e96", "#abcfd4", "#e9f3f4"], own: 1 },
    Colour { words: &["viridian", "emerald", "jade", "malachite"], tones: ["#002b1b", "#00563c", "#1f8a66", "#9ed6bd", "#e6f5ee"], own: 2 },
    Colour { words: &["mint", "mint green", "pistachio", "spearmint"], tones: ["#002c19", "#025639", "#59af88", "#96dcb9", "#e9f4ee"], own: 3 },
    Colour { words: &["pale mint"], tones: ["#0b291b", "#2b513e", "#638f77", "#b7cec1", "#c5ecd6"], own: 4 },
    Colour { words: &["sage", "eucalyptus", "lichen", "celadon", "sage green"], tones: ["#1a270f", "#3c4e2e", "#8da47d", "#9db08f", "#eff2ec"], own: 3 },
    Colour { words: &["olive", "olive green", "khaki green"], tones: ["#311f00", "#5f4101", "#7a7a35", "#cacba1", "#f1f2e6"], own: 2 },
    Colour { words: &["moss", "moss green", "fern"], tones: ["#2d2200", "#574600", "#6b7f3c", "#c0cea4", "#eef3e7"], own: 2 },
    Colour { words: &["green", "meadow", "meadow green", "grass", "apple green", "leaf"], tones: ["#072b06", "#11570f", "#4f9a4a", "#a8d6a3", "#e8f5e7"], own: 2 },
    Colour { words: &["absinthe", "absinthe green", "handheld", "handheld green", "pear"], tones: ["#2e2100", "#594500", "#b39b00", "#9fb83a", "#eef4e1"], own: 3 },
    Colour { words: &["forest", "forest green", "pine", "bottle green", "racing green", "ivy"], tones: ["#0f291c", "#22513a", "#609076", "#b2d0be", "#ebf3ee"], own: 1 },
];
