//! Interfaces: every subject on every device can be read, and shows what belongs to it.

use super::super::sheet::contrast;
use super::super::tests::asked;
use super::*;

const SIZES: [(u32, u32); 3] = [(1024, 1024), (1024, 1792), (1792, 1024)];

/// What was written on what, and the drawing.
fn drawn(prompt: &str, size: (u32, u32)) -> Sheet {
    let mut brief = Brief::new(prompt, size);
    let screen = Screen::of(&mut brief);
    let theme = Theme::of(&mut brief);
    let mut sheet = Sheet::default();
    compose(&mut sheet, &mut brief, &theme, &screen);
    sheet
}

#[test]
fn words_of_every_resident_s_screen_can_be_read() {
    for (index, asked) in asked("ux_designer", 1).iter().enumerate() {
        let sheet = drawn(&asked.prompt, SIZES[index % 3]);
        assert!(sheet.written.len() > 3, "{}", asked.prompt);
        for (ink, ground) in &sheet.written {
            assert!(contrast(ink, ground) >= 4.45, "{}: {ink} on {ground}", asked.prompt);
        }
        assert!(!sheet.svg.contains("NaN"), "{}", asked.prompt);
    }
}

#[test]
fn seven_to_one_is_kept_where_it_is_asked_for() {
    for subject in ["settings page", "ferry ticket", "bus timetable", "sign-up form"] {
        let prompt =
            format!("interface mock-up of a {subject}, contrast of at least seven to one, mist and moss");
        for (ink, ground) in &drawn(&prompt, (1024, 1024)).written {
            assert!(contrast(ink, ground) >= 4.45, "{subject}: {ink} on {ground}");
        }
        let theme = Theme::of(&mut Brief::new(&prompt, (1024, 1024)));
        assert!(contrast(&theme.quiet, &theme.raised) >= 7.0);
    }
}

#[test]
fn every_resident_s_subject_has_a_screen_of_its_own() {
    for asked in asked("ux_designer", 1) {
        let mut brief = Brief::new(&asked.prompt, (1024, 1024));
        let screen = Screen::of(&mut brief);
        assert!(
            ENTRIES.iter().any(|entry| entry.name == screen.name),
            "{} shows {}",
            asked.subject,
            screen.name
        );
    }
    for (subject, part) in [
        ("a bus timetable", "14:02"),
        ("a ferry ticket", "Brask, old quay"),
        ("an error message", "Try again"),
        ("a sign-up form", "Create account"),
        ("a checkout card", "Pay € 42"),
        ("a recipe app", "Barley soup"),
        ("a travel dashboard", "Your trip to Brask"),
        ("a booking form", "Arrive"),
    ] {
        let sheet = drawn(&format!("UI mock-up of {subject}, mint interface"), (1024, 1024));
        assert!(sheet.svg.contains(part), "{subject} should show {part}");
    }
}

#[test]
fn a_screen_for_what_is_in_no_list_has_its_name() {
    let sheet = drawn("app screen for a beehive scale, calm greens", (1024, 1024));
    assert!(sheet.svg.contains("Beehive scale"));
}

#[test]
fn rules_of_design_change_the_screen() {
    let plain = drawn("mobile interface mock-up of a settings page, navy on cream", (1024, 1024)).svg;
    for rule in [
        "focus rings that show",
        "one action per screen",
        "states that do not rely on colour",
        "errors next to their fields",
        "the primary button at the bottom",
        "a text size that survives old age",
        "card layout",
        "centred layout",
    ] {
        let prompt = format!("mobile interface mock-up of a settings page, navy on cream, {rule}");
        let ruled = drawn(&prompt, (1024, 1024)).svg;
        assert_ne!(plain, ruled, "{rule}");
    }
    let told =
        drawn("mobile interface of a settings page, states that do not rely on colour", (1024, 1024)).svg;
    assert!(told.contains(">On<") && told.contains(">Off<"));
    let single = drawn("mobile interface of a settings page, one action per screen", (1024, 1024)).svg;
    assert!(!single.contains("Sign out"));
}
