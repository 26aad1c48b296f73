//! What screens show: for each subject a name and the blocks that such a screen is made of, with words and figures
//! that belong there.

/// A part of a screen.
#[derive(Clone, Copy, Debug)]
pub(super) enum Block {
    /// A heading within the screen.
    Heading(&'static str),
    /// A paragraph.
    Note(&'static str),
    /// What is searched for.
    Search(&'static str),
    /// Lines of a list: title, what stands below it, what stands at its end.
    Rows(Lead, &'static [(&'static str, &'static str, &'static str)]),
    /// Label, value, and what is wrong with it or nothing.
    Fields(&'static [(&'static str, &'static str, &'static str)]),
    Toggles(&'static [(&'static str, bool)]),
    /// Label, place from 0 to 1, value.
    Slider(&'static str, f64, &'static str),
    /// Value, what it is, how full.
    Dial(&'static str, &'static str, f64),
    /// Label and height from 0 to 1; which one is now.
    Bars(&'static [(&'static str, f64)], usize),
    /// High and low water through a day.
    Tide(&'static [(&'static str, &'static str)]),
    /// Name of the month, weekday of its first day, number of days, chosen day.
    Month(&'static str, usize, usize, usize),
    /// A field of colours to choose from.
    Colours,
    /// A code to be scanned, and what it stands for.
    Code(&'static str),
    /// A large word and a small one.
    Card(&'static str, &'static str),
    /// What one reads where there is nothing.
    Empty(&'static str, &'static str),
    /// What went wrong, and what to do.
    Alert(&'static str, &'static str),
    /// Label and how far, from 0 to 1.
    Progress(&'static [(&'static str, f64)]),
    /// Choices, and which one is taken.
    Chips(&'static [&'static str], usize),
    /// A path across hills.
    Route(&'static str),
    /// What is being played, and by whom.
    Player(&'static str, &'static str),
    Photos,
    /// A number and what it counts.
    Stats(&'static [(&'static str, &'static str)]),
    /// Label and value between less and more.
    Stepper(&'static str, &'static str),
    /// A sentence in three sizes.
    Sizes(&'static str),
    /// The one thing to press.
    Action(&'static str),
    /// The other thing to press.
    Other(&'static str),
}

/// What stands at the beginning of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    Nothing,
    /// A box, ticked if the end says so.
    Check,
    /// A small picture.
    Cover,
    /// The first words of the title in their own column: a time, a number.
    Column,
}

/// A subject that screens know.
pub(super) struct Entry {
    pub(super) keys: &'static [&'static str],
    pub(super) name: &'static str,
    pub(super) blocks: &'static [Block],
    /// Other places that the navigation leads to, the present one first.
    pub(super) places: [&'static str; 4],
}

use Block::*;
use Lead::{Check, Column, Cover, Nothing};

const fn entry(
    keys: &'static [&'static str],
    name: &'static str,
    places: [&'static str; 4],
    blocks: &'static [Block],
) -> Entry {
    Entry { keys, name, blocks, places }
}

#[rustfmt::skip]
pub(super) const ENTRIES: &[Entry] = &[
    entry(&["reading list", "reading app", "reader", "book app"], "Reading list", ["Reading", "Finished", "Shelves", "Me"],
        &[Chips(&["Now", "Next", "Done"], 0), Rows(Cover, &[("The Salt Road", "Ida Marsh · page 112 of 240", "47 %"), ("Far Meadows", "T. Okoye · page 31 of 198", "16 %"), ("A Winter Tenant", "R. Velde · not begun", "New")]), Action("Continue reading"), Heading("This week"), Bars(&[("M", 0.4), ("T", 0.7), ("W", 0.2), ("T", 0.9), ("F", 0.5), ("S", 1.0), ("S", 0.3)], 3), Note("3 h 20 min, a little more than last week.")]),
    entry(&["sleep diary", "sleep"], "Sleep diary", ["Today", "Weeks", "Notes", "Me"],
        &[Dial("7:40", "hours asleep", 0.82), Stats(&[("23:10", "to bed"), ("6:50", "up")]), Heading("This week"), Bars(&[("M", 0.8), ("T", 0.7), ("W", 0.92), ("T", 0.6), ("F", 0.74), ("S", 1.0), ("S", 0.86)], 6), Slider("How rested?", 0.72, "Quite"), Action("Save last night")]),
    entry(&["allotment planner", "allotment", "garden planner"], "Allotment planner", ["Beds", "Calendar", "Seeds", "Notes"],
        &[Chips(&["March", "April", "May", "June"], 1), Rows(Check, &[("Sow carrots", "Bed 2 · two rows", "done"), ("Plant out onions", "Bed 1 · 40 sets", "done"), ("Turn the compost", "By the shed", ""), ("Net the peas", "Bed 4", "")]), Action("Add a job"), Heading("Beds in use"), Progress(&[("Roots", 0.75), ("Greens", 0.5), ("Beans", 0.25)])]),
    entry(&["bus timetable", "timetable", "bus", "departures"], "Bus timetable", ["Times", "Map", "Stops", "Alerts"],
        &[Search("Harbour Square"), Rows(Column, &[("14:02", "Line 7 · Old Quay", "2 min"), ("14:09", "Line 12 · Hospital", "9 min"), ("14:15", "Line 7 · Old Quay", "15 min"), ("14:22", "Line 3 · North End", "late 4"), ("14:30", "Line 12 · Hospital", "30 min")]), Action("Remind me at 14:09"), Alert("Line 3 runs late", "Road works at the bridge until Friday.")]),
    entry(&["recipe scaler", "recipe app", "recipe", "cooking"], "Recipe scaler", ["Recipe", "Shopping", "Saved", "Me"],
        &[Card("Barley soup", "40 minutes · one pot"), Stepper("Servings", "6"), Rows(Nothing, &[("Barley", "", "240 g"), ("Carrots", "", "3"), ("Stock", "", "1.5 l"), ("Thyme", "", "6 sprigs")]), Action("Start cooking"), Heading("Step 1 of 5"), Note("Rinse the barley until the water runs clear, then soak it while you chop.")]),
    entry(&["museum audio guide", "audio guide", "museum"], "Audio guide", ["Listen", "Map", "Rooms", "Saved"],
        &[Player("The blue room", "Stop 4 of 18 · 2:40"), Rows(Column, &[("5", "The long gallery", "3:10"), ("6", "Portrait with a dog", "1:55"), ("7", "Harbour at noon", "2:20")]), Action("Next stop"), Chips(&["Short", "Full", "Easy words"], 0), Note("Two rooms ahead are quiet now.")]),
    entry(&["water intake log", "water log", "water intake"], "Water log", ["Today", "Weeks", "Remind", "Me"],
        &[Dial("5 of 8", "glasses", 0.625), Other("Undo last glass"), Action("Add a glass"), Heading("This week"), Bars(&[("M", 0.9), ("T", 0.7), ("W", 1.0), ("T", 0.6), ("F", 0.62), ("S", 0.0), ("S", 0.0)], 4), Toggles(&[("Remind me every two hours", true)])]),
    entry(&["shared shopping list", "shopping list", "shopping", "groceries"], "Shopping list", ["List", "Usual", "People", "Me"],
        &[Rows(Check, &[("Oats", "1 kg", "done"), ("Pears", "six, ripe", ""), ("Rye bread", "Lena adds: sliced", ""), ("Lamp oil", "", ""), ("Soap", "", "done")]), Fields(&[("Add something", "Lemons", "")]), Action("Add to the list"), Heading("Shared with"), Rows(Cover, &[("Lena", "added 2 things today", ""), ("Tomasz", "is at the market", "now")])]),
    entry(&["tide calendar", "tide"], "Tide calendar", ["Today", "Month", "Places", "Alerts"],
        &[Tide(&[("04:12", "0.6 m"), ("10:21", "5.4 m"), ("16:38", "0.8 m"), ("22:47", "5.1 m")]), Rows(Column, &[("10:21", "High water", "5.4 m"), ("16:38", "Low water", "0.8 m"), ("22:47", "High water", "5.1 m")]), Month("September", 1, 30, 14), Action("Warn me before high water")]),
    entry(&["plant care reminder", "plant reminder", "plant care", "houseplant"], "Plant care", ["Today", "Plants", "Light", "Me"],
        &[Heading("Today"), Rows(Check, &[("Water the fern", "Kitchen · a cup", ""), ("Turn the fig", "Window", "done"), ("Mist the orchid", "Bathroom", "")]), Action("Done for today"), Heading("Soon"), Progress(&[("Cactus, 9 days", 0.3), ("Ivy, tomorrow", 0.9), ("Aloe, 5 days", 0.5)])]),
    entry(&["podcast queue", "podcast", "queue"], "Podcast queue", ["Queue", "Shows", "Saved", "Me"],
        &[Player("Rooms with echoes", "Slow Radio · 34 min left"), Heading("Up next"), Rows(Cover, &[("The ferry strike", "Harbour Hour", "28 min"), ("On moss", "Small Things", "41 min"), ("Letters, part 3", "Night Post", "52 min")]), Action("Play all"), Toggles(&[("Skip silences", true), ("Stop after this one", false)])]),
    entry(&["packing checklist", "checklist", "packing"], "Packing checklist", ["List", "Trips", "Ideas", "Me"],
        &[Progress(&[("9 of 14 packed", 0.64)]), Rows(Check, &[("Passport", "Top pocket", "done"), ("Rain jacket", "", "done"), ("Chargers", "Two plugs", ""), ("Walking shoes", "", ""), ("Toothbrush", "On the morning", "")]), Action("Add an item"), Heading("Three days in Brask"), Note("Rain on Friday, 14 degrees, wind from the west.")]),
    entry(&["quiet timer", "timer", "stopwatch", "focus"], "Quiet timer", ["Timer", "Rounds", "Sounds", "Me"],
        &[Dial("18:24", "minutes left", 0.6), Action("Pause"), Other("Start again"), Chips(&["10", "25", "45", "60"], 1), Toggles(&[("End with a bell", false), ("End with a light", true)])]),
    entry(&["language flashcards", "flashcards", "flashcard", "vocabulary"], "Flashcards", ["Learn", "Decks", "Days", "Me"],
        &[Progress(&[("12 of 30", 0.4)]), Card("la bruine", "a fine, light rain"), Other("Not yet"), Action("I knew it"), Heading("Decks"), Rows(Cover, &[("Weather", "18 cards left", ""), ("At the market", "42 cards", ""), ("Small talk", "30 cards", "new")])]),
    entry(&["photo journal", "journal", "diary"], "Photo journal", ["Days", "Places", "Search", "Me"],
        &[Heading("12 September"), Photos, Note("First fog of the autumn. The ferry left without a sound."), Action("Write about today"), Rows(Cover, &[("11 September", "Market, then soup", "4"), ("9 September", "The long way home", "7")])]),
    entry(&["ferry ticket", "ticket", "boarding pass", "boarding"], "Ferry ticket", ["Ticket", "Times", "Trips", "Help"],
        &[Rows(Column, &[("09:40", "Aun, pier 2", "departs"), ("11:05", "Brask, old quay", "arrives")]), Code("1 adult · 1 bicycle"), Stats(&[("A 14", "seat"), ("€ 12.50", "paid")]), Action("Show to the crew"), Note("Be at the pier ten minutes early. Bicycles board first.")]),
    entry(&["home energy overview", "home energy", "energy overview", "energy", "electricity"], "Home energy", ["Today", "Month", "Rooms", "Costs"],
        &[Stats(&[("6.4 kWh", "used today"), ("2.1 kWh", "from the roof")]), Bars(&[("0", 0.2), ("3", 0.15), ("6", 0.45), ("9", 0.6), ("12", 0.35), ("15", 0.4), ("18", 1.0), ("21", 0.75)], 6), Heading("What uses most"), Progress(&[("Heating", 0.7), ("Kitchen", 0.42), ("Laundry", 0.25), ("Lights", 0.12)]), Action("Plan tomorrow")]),
    entry(&["library search"], "Library search", ["Search", "Loans", "Holds", "Card"],
        &[Search("islands, maps"), Chips(&["All", "Books", "Maps", "Sound"], 0), Rows(Cover, &[("Atlas of small islands", "2 copies · shelf G 14", "in"), ("Drawing coastlines", "due back 3 Oct", "out"), ("The map keeper", "1 copy · shelf F 2", "in"), ("Tides and charts", "e-book", "in")]), Action("Reserve")]),
    entry(&["choir rehearsal planner", "choir", "rehearsal", "rehearsal planner"], "Rehearsal planner", ["Next", "Pieces", "People", "Files"],
        &[Card("Tuesday, 19:30", "St Anne’s hall · 24 of 31 coming"), Rows(Column, &[("19:30", "Warm-up", "15 min"), ("19:45", "Evening hymn, bars 1–40", "40 min"), ("20:25", "Break", "10 min"), ("20:35", "Sea shanty, all parts", "45 min")]), Action("I will come"), Other("I cannot"), Progress(&[("Sopranos", 0.9), ("Altos", 0.75), ("Tenors", 0.4), ("Basses", 0.6)])]),
    entry(&["hiking route finder", "route finder", "hiking", "route", "trail"], "Route finder", ["Routes", "Map", "Saved", "Me"],
        &[Route("Cliff path · 11.4 km"), Stats(&[("3 h 10", "walking"), ("420 m", "up")]), Chips(&["Easy", "Medium", "Hard"], 1), Action("Start the route"), Rows(Nothing, &[("Lighthouse loop", "6.2 km · easy", "1 h 40"), ("Moor crossing", "14 km · hard", "4 h 30")])]),
    entry(&["settings page", "settings screen", "settings", "preferences"], "Settings", ["General", "Privacy", "Display", "Help"],
        &[Heading("Display"), Toggles(&[("Larger text", true), ("Reduce motion", true), ("High contrast", false)]), Heading("Notices"), Toggles(&[("Replies", true), ("Weekly summary", false)]), Rows(Nothing, &[("Language", "", "English"), ("Time zone", "", "Oslo")]), Action("Save changes"), Other("Sign out")]),
    entry(&["empty inbox", "inbox", "empty state"], "Inbox", ["Inbox", "Later", "Sent", "Me"],
        &[Empty("All read", "Nothing needs you. New messages will be here."), Action("Write a message"), Other("See archive")]),
    entry(&["error message", "error", "404"], "Something went wrong", ["Home", "Search", "Help", "Me"],
        &[Alert("We could not save this", "The connection was lost. Your text is safe on this device."), Fields(&[("Your note", "Meet at the pier at nine", "Not saved yet")]), Action("Try again"), Other("Save for later"), Note("Nothing you wrote has been lost.")]),
    entry(&["sign up form", "sign-up form", "sign up", "registration", "login", "sign in"], "Sign up", ["Sign up", "Sign in", "Help", "About"],
        &[Fields(&[("Name", "Ida Marsh", ""), ("E-mail", "ida@harbour", "An address needs a dot: ida@harbour.org"), ("Password", "• • • • • • • •", "")]), Toggles(&[("Send me the monthly letter", false)]), Action("Create account"), Other("I have one already")]),
    entry(&["font size control", "font control", "font size", "text size"], "Text size", ["Display", "Sound", "Touch", "Help"],
        &[Sizes("The tide comes in at nine."), Slider("Text size", 0.62, "118 %"), Toggles(&[("Bold text", false), ("Wider lines", true)]), Action("Use this size"), Other("Back to normal")]),
    entry(&["colour picker", "color picker", "swatches"], "Colour picker", ["Pick", "Saved", "Check", "Export"],
        &[Colours, Slider("Hue", 0.55, "198°"), Slider("Lightness", 0.42, "42 %"), Fields(&[("Hex", "#2F6F86", "")]), Stats(&[("5.6 : 1", "on white"), ("AA", "for text")]), Action("Copy colour")]),
    entry(&["date picker", "calendar"], "Choose a date", ["Days", "Weeks", "Months", "Year"],
        &[Month("October", 4, 31, 17), Stats(&[("Sat 17", "arrive"), ("3 nights", "stay")]), Action("Choose 17 October"), Other("Any date")]),
    entry(&["notification panel", "notifications", "notification"], "Notifications", ["New", "All", "Muted", "Rules"],
        &[Chips(&["New 3", "All", "Muted"], 0), Rows(Cover, &[("Lena replied", "“Could it lose one more line?”", "4 min"), ("Rehearsal moved", "Tuesday, 19:30", "1 h"), ("Parcel at the kiosk", "Code 4417", "today")]), Action("Mark all as read"), Toggles(&[("Quiet from 22 to 7", true)])]),
    entry(&["onboarding tour", "onboarding", "tour", "welcome"], "Welcome", ["Start", "Tour", "Help", "Skip"],
        &[Empty("Everything in one list", "Write it down once. We keep it on all your devices."), Progress(&[("Step 2 of 4", 0.5)]), Action("Next"), Other("Skip the tour")]),
    entry(&["search results", "results"], "Search results", ["Results", "Saved", "Recent", "Help"],
        &[Search("harbour walks"), Note("38 results, sorted by distance"), Rows(Cover, &[("Old Quay to the light", "2.4 km · flat", "near"), ("Salt path", "6.1 km · some steps", "3 km"), ("Fort and back", "4.8 km · windy", "5 km"), ("Mill pond round", "1.9 km · pram", "6 km")]), Action("Show on a map"), Chips(&["Short", "Flat", "Quiet"], 1)]),
    entry(&["progress tracker", "tracker", "habit"], "Progress tracker", ["Goals", "Weeks", "Notes", "Me"],
        &[Dial("68 %", "of September", 0.68), Progress(&[("Walk 100 km", 0.74), ("Read 3 books", 0.66), ("Call home weekly", 1.0), ("No phone after ten", 0.35)]), Action("Log today"), Bars(&[("W1", 0.5), ("W2", 0.8), ("W3", 0.65), ("W4", 0.3)], 3)]),
    entry(&["bookmark manager", "bookmarks", "bookmark"], "Bookmarks", ["All", "Folders", "Unread", "Bin"],
        &[Search("typography"), Rows(Cover, &[("On line length", "reading.example · 6 min", "unread"), ("Grids that forgive", "layout.example · 11 min", ""), ("A history of the full stop", "press.example · 9 min", ""), ("Colour for all eyes", "access.example · 4 min", "unread")]), Action("Save this page"), Chips(&["Design", "Cooking", "Later"], 0)]),
    entry(&["booking form", "booking", "reservation"], "Book a room", ["Book", "Trips", "Offers", "Help"],
        &[Fields(&[("Arrive", "Sat 17 October", ""), ("Leave", "Tue 20 October", ""), ("Guests", "2 adults", "")]), Toggles(&[("Step-free room", true)]), Stats(&[("€ 288", "3 nights"), ("Free", "to cancel")]), Action("Book for € 288"), Other("Ask a question"), Month("October", 4, 31, 17)]),
    entry(&["travel dashboard", "travel", "trip", "itinerary"], "Your trip to Brask", ["Trip", "Tickets", "Places", "Help"],
        &[Stats(&[("4 days", "to go"), ("14°", "rain Friday")]), Rows(Column, &[("09:40", "Ferry to Brask, pier 2", "on time"), ("13:00", "Room at the old mill", "booked"), ("18:30", "Table for two", "asked")]), Route("Pier to the mill · 1.8 km"), Progress(&[("Packed, 9 of 14", 0.64)]), Action("Open tickets")]),
    entry(&["checkout card", "checkout", "payment", "basket", "cart"], "Checkout", ["Basket", "Orders", "Saved", "Help"],
        &[Rows(Cover, &[("Stoneware mug", "Oat, 300 ml", "€ 24"), ("Linen cloth", "Two pieces", "€ 18")]), Stats(&[("€ 42", "in all"), ("€ 0", "delivery")]), Fields(&[("Card", "•••• •••• •••• 4417", ""), ("Name on card", "Ida Marsh", "")]), Action("Pay € 42"), Other("Pay another way")]),
    entry(&["chat", "messages", "messaging", "message"], "Messages", ["Chats", "Calls", "People", "Me"],
        &[Search("Search messages"), Rows(Cover, &[("Lena", "See you at the pier", "9:12"), ("Choir", "Tomasz: basses at seven", "8:40"), ("Mum", "The parcel came, thank you", "Tue"), ("Harbour office", "Your berth is confirmed", "Mon")]), Action("New message")]),
    entry(&["weather", "forecast"], "Weather", ["Now", "Hours", "Days", "Map"],
        &[Dial("14°", "light rain", 0.45), Bars(&[("9", 0.3), ("11", 0.5), ("13", 0.8), ("15", 1.0), ("17", 0.6), ("19", 0.2)], 3), Rows(Column, &[("Fri", "Rain until noon", "12°"), ("Sat", "Bright, windy", "15°"), ("Sun", "Fog, then sun", "16°")]), Action("Warn me of rain")]),
];
