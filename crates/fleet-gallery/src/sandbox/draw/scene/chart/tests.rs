//! Charts: every form of every study can be drawn and read, and the figures are what they claim.

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::super::sheet::contrast;
use super::super::tests::asked;
use super::*;

const SIZES: [(u32, u32); 3] = [(1024, 1024), (1024, 1792), (1792, 1024)];

fn brief(prompt: &str) -> Brief {
    Brief::new(prompt, (1792, 1024))
}

fn study(prompt: &str) -> Study {
    Study::of(&mut brief(prompt))
}

#[test]
fn every_form_of_every_study_keeps_to_the_page_and_can_be_read() {
    for entry in studies::ENTRIES {
        for form in FORMS {
            for size in SIZES {
                let prompt = format!("{} of {}", form.called[0], entry.title.to_lowercase());
                let mut brief = Brief::new(&prompt, size);
                let study = Study::of(&mut brief);
                let look = Look::of(&mut brief, study.series.len());
                let mut sheet = Sheet::default();
                let area = Area::new(80.0, 200.0, brief.width - 160.0, brief.height - 330.0);
                (form.plot)(&mut sheet, &look, &study, area);
                assert!(!sheet.svg.contains("NaN") && !sheet.svg.contains("inf"), "{prompt}");
                assert!(
                    !sheet.svg.contains(r#"width="-"#) && !sheet.svg.contains(r#"height="-"#),
                    "{prompt}"
                );
                for (ink, ground) in &sheet.written {
                    assert!(contrast(ink, ground) >= 4.45, "{prompt}: {ink} on {ground}");
                }
            }
        }
    }
}

#[test]
fn every_resident_s_subject_has_figures_of_its_own() {
    for asked in asked("data_viz", 1) {
        let study = study(&asked.prompt);
        assert_eq!(study.title.to_lowercase(), asked.subject.trim_start_matches("the ").to_lowercase());
        assert_ne!(study.series[0].name, "This year", "{} is unknown", asked.subject);
    }
}

#[test]
fn figures_have_the_shape_of_what_they_tell_of() {
    let daylight = study("line chart of hours of daylight by latitude");
    let of = |name: &str| &daylight.series.iter().find(|series| series.name == name).unwrap().values;
    assert!((of("Equator")[0] - 12.0).abs() < 0.1);
    assert!(of("60° north")[5] > 18.0 && of("60° north")[11] < 6.5 && of("35° south")[5] < 10.5);
    let tides = study("line chart of the height of tides");
    let high = |values: &[f64]| {
        (1..values.len() - 1)
            .filter(|at| values[*at] > values[at - 1] && values[*at] >= values[at + 1])
            .count()
    };
    assert!(tides.series.iter().all(|series| high(&series.values) == 2), "two high waters a day");
    let rumour = study("line chart of the spread of a rumour");
    assert!(rumour.series.iter().all(|series| series.most() <= 100.0));
    let moon = study("chart of moon phases and cloud cover");
    assert!(moon.most() <= 100.0);
}

#[test]
fn what_is_pointed_out_is_true() {
    for asked in asked("data_viz", 1) {
        let study = study(&asked.prompt);
        let (of, at, told) = study.finding();
        let values = &study.series[of].values;
        if told.starts_with("Most") {
            assert!(values.iter().all(|value| *value <= values[at]), "{told}");
        } else {
            let other = &study.series[1 - of].values;
            assert!(values[at] > other[at] && values[at - 1] <= other[at - 1], "{told}");
        }
    }
}

#[test]
fn free_prompts_get_a_chart_of_what_they_are_about() {
    let paper = study("a bar chart showing paper recycled by quarter, teal");
    assert_eq!((paper.title.as_str(), paper.labels.len()), ("Paper recycled by quarter", 4));
    let rents = study("line chart of rent in mill towns over decades");
    assert!(rents.unit.contains("coins") && rents.labels[0] == "1950");
    let nothing = study("chart");
    assert!(!nothing.title.is_empty());
}

#[test]
fn lines_are_not_drawn_between_things_without_an_order() {
    for entry in studies::ENTRIES.iter().filter(|entry| matches!(entry.axis, studies::Axis::Kinds(_))) {
        let mut brief = brief(&format!("line chart of {}", entry.title.to_lowercase()));
        let study = Study::of(&mut brief);
        assert!(chosen(&mut brief, &study).unordered, "{}", entry.title);
    }
}

#[test]
fn labels_that_would_overlap_are_moved_apart_in_their_order() {
    let mut dice = StdRng::seed_from_u64(3);
    for _ in 0..100 {
        let wished: Vec<f64> = (0..6).map(|_| rand::RngExt::random_range(&mut dice, 0.0..400.0)).collect();
        let mut places: Vec<(f64, f64)> =
            wished.iter().copied().zip(axes::apart(&wished, 30.0, (0.0, 400.0))).collect();
        places.sort_by(|one, other| one.1.total_cmp(&other.1));
        for pair in places.windows(2) {
            assert!(pair[1].1 - pair[0].1 > 29.9 && pair[0].0 <= pair[1].0);
        }
    }
}

#[test]
fn a_scale_ends_at_a_round_number_above_the_most() {
    for most in [0.3, 1.0, 7.2, 99.0, 100.0, 1960.0] {
        let scale = axes::Scale::new(Area::new(0.0, 0.0, 100.0, 100.0), most, 5.0);
        assert!(scale.most >= most && scale.most < most * 1.6, "{most}: {}", scale.most);
        assert!((scale.y(0.0) - 100.0).abs() < 1e-9);
    }
}
