//! The engine: what it lists it can do, what it does is what was asked, and refusals are in its words.

use resvg::tiny_skia::PremultipliedColorU8;
use serde_json::json;

use super::*;

fn ran(steps: &[Step]) -> Result<Vec<Drawn>, Failure> {
    run(steps, &canvas::options())
}

/// The pixels of a finished picture: width, height, and RGBA without premultiplication.
fn read(drawn: &Drawn) -> (usize, usize, Vec<[u8; 4]>) {
    let picture = Pixmap::decode_png(&drawn.png).unwrap();
    let plain = |pixel: &PremultipliedColorU8| {
        let pixel = pixel.demultiply();
        [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
    };
    (picture.width() as usize, picture.height() as usize, picture.pixels().iter().map(plain).collect())
}

fn generated(generator: &str, params: Value) -> Drawn {
    ran(&[Step::generate(generator, params, "a")]).unwrap().remove(0)
}

fn square(colour: &str, side: u32) -> Step {
    Step::generate("shapes", json!({ "width": side, "height": side, "fillColor": colour }), "a")
}

/// What a transform makes of a plain square.
fn made(colour: &str, op: &str, params: Value) -> (usize, usize, Vec<[u8; 4]>) {
    read(&ran(&[square(colour, 20), Step::transform(op, "a", params, "b")]).unwrap()[1])
}

fn refusal(steps: &[Step]) -> Failure {
    ran(steps).unwrap_err()
}

fn near(one: [u8; 4], other: [u8; 4]) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) <= 3)
}

/// Parameters that every transform can be called with.
fn plenty() -> Value {
    json!({
        "width": 12, "height": 9, "brightness": 1.4, "left": 2, "top": 1, "text": "a <b> & c\nd", "name": "sepia", "radius": 4,
        "color": "teal", "to": "image/png", "overlays": [{ "in": "small", "left": 3, "top": -2 }],
    })
}

#[test]
fn everything_that_is_listed_can_be_done() {
    let small = Step::generate("shapes", json!({ "width": 8, "height": 8 }), "small");
    for node in transforms() {
        let graded =
            json!({ "fillType": "gradient", "gradientColor2": "#604020", "width": 64, "height": 40 });
        let graded = Step::generate("shapes", graded, "a");
        let steps = [small.clone(), graded, Step::transform(node.name, "a", plenty(), "b")];
        let drawn = ran(&steps).unwrap_or_else(|failure| panic!("{}: {failure:?}", node.name));
        assert_eq!(drawn.len(), 3);
        let same = node.name == "convert";
        assert_eq!(drawn[2].sha256 == drawn[1].sha256, same, "{}", node.name);
    }
    for node in generators() {
        let params = json!({
            "prompt": "a door", "text": "https://floimg.com", "type": "bar",
            "data": { "labels": ["a", "b"], "datasets": [{ "label": "c", "data": [1, 2.5] }] },
        });
        assert!(generated(node.name, params).png.len() > 200, "{}", node.name);
    }
}

#[test]
fn a_list_tells_the_parameters_as_a_schema() {
    let shapes = generators().find(|node| node.name == "shapes").unwrap().listed("generator");
    assert_eq!(shapes["id"], "generator:shapes");
    assert_eq!(shapes["params"]["properties"]["points"]["maximum"], 20);
    assert_eq!(shapes["params"]["properties"]["width"]["default"], 1200);
    let caption = transforms().find(|node| node.name == "addCaption").unwrap().listed("transform");
    assert_eq!(caption["params"]["required"], json!(["text"]));
    assert_eq!(caption["params"]["properties"]["position"]["enum"], json!(["top", "bottom"]));
}

#[test]
fn a_star_has_the_points_that_were_asked_for() {
    // Along a ring between notch and tip, each point is crossed once.
    for points in [3, 5, 9, 20] {
        let params = json!({ "shapeType": "star", "points": points, "width": 400, "height": 400, "fillColor": "#000" });
        let (wide, _, pixels) = read(&generated("shapes", params));
        let mut inside = false;
        let mut crossings = 0;
        for step in 0..3600 {
            let (sin, cos) = (std::f64::consts::TAU * f64::from(step) / 3600.0).sin_cos();
            let (x, y) = (200.0 + 150.0 * cos, 200.0 + 150.0 * sin);
            // Neither yes nor no on the soft edge itself.
            match pixels[y as usize * wide + x as usize][3] {
                250.. if !inside => inside = true,
                0..5 if inside => (inside, crossings) = (false, crossings + 1),
                _ => {}
            }
        }
        assert_eq!(crossings, points);
    }
}

#[test]
fn a_gradient_runs_the_way_its_angle_says() {
    let ends = |angle: u32| {
        let (wide, high, pixels) = read(&generated(
            "shapes",
            json!({ "width": 60, "height": 60, "fillType": "gradient", "gradientColor1": "black",
                "gradientColor2": "white", "gradientAngle": angle }),
        ));
        let at = |x: usize, y: usize| pixels[y * wide + x][0];
        (at(1, high / 2), at(wide - 2, high / 2), at(wide / 2, 1), at(wide / 2, high - 2))
    };
    let (left, right, top, bottom) = ends(0);
    assert!(left < 20 && right > 235 && top.abs_diff(bottom) < 3);
    let (left, right, top, bottom) = ends(90);
    assert!(top < 20 && bottom > 235 && left.abs_diff(right) < 3);
}

#[test]
fn patterns_fills_and_strokes_differ_from_each_other() {
    let mut seen = std::collections::HashSet::new();
    let mut draw =
        |params: Value| assert!(seen.insert(generated("shapes", params.clone()).sha256), "{params}");
    for shape in ["rectangle", "circle", "ellipse", "triangle", "polygon", "star"] {
        draw(json!({ "shapeType": shape, "width": 90, "height": 60 }));
        draw(
            json!({ "shapeType": shape, "width": 90, "height": 60, "strokeWidth": 6, "strokeColor": "red" }),
        );
    }
    for pattern in ["dots", "stripes", "grid", "checkerboard"] {
        draw(json!({ "fillType": "pattern", "patternType": pattern, "width": 90, "height": 60 }));
        draw(
            json!({ "fillType": "pattern", "patternType": pattern, "width": 90, "height": 60, "patternScale": 9 }),
        );
    }
    draw(json!({ "fillType": "gradient", "gradientType": "radial", "width": 90, "height": 60 }));
    draw(json!({ "fillType": "none", "strokeWidth": 6, "width": 90, "height": 60 }));
    draw(json!({ "shapeType": "triangle", "rotation": 40, "width": 90, "height": 60 }));
    draw(json!({ "cornerRadius": 20, "width": 90, "height": 60 }));
}

#[test]
fn a_code_is_as_wide_as_asked_with_its_margin_and_colours() {
    let params = json!({ "text": "hello", "width": 290, "margin": 4, "color": { "dark": "#102030", "light": "#fff0e0" } });
    let (wide, high, pixels) = read(&generated("qr", params));
    assert_eq!((wide, high), (290, 290));
    // 21 modules and 8 of margin are 29: ten pixels each.
    assert_eq!(pixels[35 * wide + 35], [0xff, 0xf0, 0xe0, 255]);
    assert_eq!(pixels[45 * wide + 45], [0x10, 0x20, 0x30, 255]);
    let plain = json!({ "text": "hello", "width": 210, "margin": 0 });
    let (wide, _, pixels) = read(&generated("qr", plain));
    assert_eq!(pixels[5 * wide + 5], [0, 0, 0, 255]);
    let levels = ["L", "M", "Q", "H"].map(|level| {
        generated("qr", json!({ "text": "hello, hello, hello", "errorCorrectionLevel": level })).sha256
    });
    assert_eq!(std::collections::HashSet::from(levels).len(), 4);
}

#[test]
fn a_chart_draws_the_numbers_it_was_given() {
    let chart = |values: Value| {
        let params = json!({ "type": "bar", "width": 400, "height": 300, "backgroundColor": "white",
            "data": { "labels": ["x", "y"], "datasets": [{ "data": values, "backgroundColor": "#ff0000" }] } });
        let (wide, _, pixels) = read(&generated("quickchart", params));
        let reds = |from: usize, to: usize| {
            let red = |(index, pixel): &(usize, &[u8; 4])| {
                (from..to).contains(&(index % wide)) && pixel[..3] == [255, 0, 0]
            };
            pixels.iter().enumerate().filter(red).count()
        };
        (reds(0, 210), reds(210, 400))
    };
    let (half, whole) = chart(json!([50, 100]));
    assert!(half > 1000 && (2 * half).abs_diff(whole) < whole / 20, "{half} {whole}");
    for kind in ["line", "pie", "doughnut"] {
        let params = json!({ "type": kind, "data": { "labels": ["a"], "datasets": [{ "data": [3] }] } });
        assert!(generated("quickchart", params).png.len() > 500);
    }
}

#[test]
fn each_change_of_colour_is_what_it_says() {
    let colour = |from: &str, op: &str, params: Value| made(from, op, params).2[210];
    let grey = colour("#ff0000", "grayscale", json!({}));
    assert!(grey[0] == grey[1] && grey[1] == grey[2] && grey[0] > 30);
    assert!(near(colour("#204060", "negate", json!({})), [0xdf, 0xbf, 0x9f, 255]));
    assert!(near(colour("#204060", "modulate", json!({ "brightness": 2 })), [0x40, 0x80, 0xc0, 255]));
    assert!(near(colour("#204060", "modulate", json!({ "lightness": 10 })), [0x39, 0x59, 0x79, 255]));
    let turned = colour("#ff0000", "modulate", json!({ "hue": 120 }));
    assert!(turned[1] > 200 && turned[0] < 60);
    let dull = colour("#ff0000", "modulate", json!({ "saturation": 0 }));
    assert!(near(dull, grey));
    assert_eq!(colour("#808080", "threshold", json!({ "value": 100 })), [255, 255, 255, 255]);
    assert_eq!(colour("#808080", "threshold", json!({ "value": 200 })), [0, 0, 0, 255]);
    let blue = colour("#808080", "tint", json!({ "color": "#0000ff" }));
    assert!(blue[2] > blue[0] + 80);
    let looks = ["vintage", "sepia", "cool", "warm", "dramatic", "muted"]
        .map(|name| colour("#c05030", "preset", json!({ "name": name })));
    assert_eq!(std::collections::HashSet::from(looks).len(), 6);
}

#[test]
fn normalizing_stretches_from_black_to_white() {
    let steps = [
        Step::generate(
            "shapes",
            json!({ "width": 60, "height": 60, "fillType": "gradient", "gradientColor1": "#404040",
                "gradientColor2": "#909090", "gradientAngle": 0 }),
            "a",
        ),
        Step::transform("normalize", "a", json!({}), "b"),
    ];
    let (_, _, pixels) = read(&ran(&steps).unwrap()[1]);
    assert!(pixels.iter().any(|pixel| pixel[0] < 8) && pixels.iter().any(|pixel| pixel[0] > 247));
}

#[test]
fn each_change_of_frame_has_the_size_and_place_it_says() {
    let (wide, high, pixels) =
        made("#ff0000", "resize", json!({ "width": 40, "height": 20, "fit": "contain" }));
    assert_eq!((wide, high, pixels[0], pixels[10 * wide + 20]), (40, 20, [0, 0, 0, 255], [255, 0, 0, 255]));
    let (wide, high, pixels) = made("#ff0000", "resize", json!({ "width": 40, "height": 20 }));
    assert_eq!((wide, high), (40, 20));
    assert!(pixels.iter().all(|pixel| *pixel == [255, 0, 0, 255]), "cover leaves no bars and no soft edge");
    let (wide, high, pixels) = made("#ff0000", "resize", json!({ "width": 7, "height": 31, "fit": "fill" }));
    assert!((wide, high) == (7, 31) && pixels.iter().all(|pixel| *pixel == [255, 0, 0, 255]));
    let (wide, high, pixels) =
        made("#ff0000", "extend", json!({ "left": 5, "top": 3, "background": "lime" }));
    assert_eq!((wide, high, pixels[0], pixels[4 * wide + 6]), (25, 23, [0, 255, 0, 255], [255, 0, 0, 255]));
    let (wide, high, _) = made("red", "extract", json!({ "left": 5, "top": 3, "width": 4, "height": 9 }));
    assert_eq!((wide, high), (4, 9));
    let (wide, _, pixels) = made("red", "roundCorners", json!({ "radius": 8 }));
    assert_eq!((pixels[0][3], pixels[10 * wide + 10]), (0, [255, 0, 0, 255]));
    let (wide, high, pixels) =
        made("red", "addCaption", json!({ "text": "A", "position": "top", "backgroundColor": "blue" }));
    assert!(high > 40 && pixels[0] == [0, 0, 255, 255] && pixels[(high - 1) * wide] == [255, 0, 0, 255]);
    let (wide, high, pixels) =
        made("red", "addText", json!({ "text": "I", "x": 2, "y": 18, "color": "white" }));
    assert!((wide, high) == (20, 20) && pixels.iter().any(|pixel| pixel[1] > 200));
}

#[test]
fn one_picture_is_laid_over_another() {
    let steps = [
        Step::generate("shapes", json!({ "width": 4, "height": 4, "fillColor": "blue" }), "dot"),
        square("red", 20),
        Step::transform(
            "composite",
            "a",
            json!({ "overlays": [{ "in": "dot", "left": 10, "top": 5 }] }),
            "b",
        ),
    ];
    let (wide, _, pixels) = read(&ran(&steps).unwrap()[2]);
    assert_eq!((pixels[6 * wide + 11], pixels[6 * wide + 15]), ([0, 0, 255, 255], [255, 0, 0, 255]));
    let missing = Step::transform("composite", "a", json!({ "overlays": [{ "in": "gone" }] }), "b");
    assert_eq!(
        refusal(&[square("red", 9), missing]).message,
        "Overlay image(s) at index 0 missing or invalid"
    );
}

#[test]
fn a_blur_softens_an_edge_and_sharpening_steepens_it() {
    let edge = |op: Option<&str>| {
        let mut steps = vec![
            Step::generate("shapes", json!({ "width": 40, "height": 40, "fillColor": "#404040" }), "a"),
            Step::transform("extend", "a", json!({ "left": 40, "background": "#c0c0c0" }), "b"),
            Step::transform("blur", "b", json!({ "sigma": 2 }), "c"),
        ];
        steps.extend(op.map(|op| Step::transform(op, "c", json!({ "sigma": 2 }), "d")));
        let (wide, _, pixels) = read(ran(&steps).unwrap().last().unwrap());
        i32::from(pixels[20 * wide + 37][0]) - i32::from(pixels[20 * wide + 42][0])
    };
    let plain = edge(None);
    assert!(edge(Some("blur")) < plain && plain < edge(Some("sharpen")));
}

#[test]
fn a_picture_of_few_colours_stays_crisp_when_it_grows() {
    let steps = [
        Step::generate("qr", json!({ "text": "pixels", "width": 64, "margin": 0 }), "a"),
        Step::transform("resize", "a", json!({ "width": 256 }), "b"),
    ];
    let drawn = ran(&steps).unwrap();
    let colours = |drawn: &Drawn| read(drawn).2.into_iter().collect::<std::collections::HashSet<_>>();
    assert_eq!(colours(&drawn[0]), colours(&drawn[1]));
}

#[test]
fn mistakes_are_refused_in_the_engines_words() {
    let shapes = |params: Value| refusal(&[Step::generate("shapes", params, "a")]);
    let on_square =
        |op: &str, params: Value| refusal(&[square("red", 20), Step::transform(op, "a", params, "b")]);
    let imagined = |params: Value| refusal(&[Step::generate("openai", params, "a")]);
    let cases = [
        (
            shapes(json!({ "width": 4_000_000 })),
            "GENERATION_ERROR",
            "Expected integer between 1 and 2048 for width",
        ),
        (shapes(json!({ "width": "wide" })), "GENERATION_ERROR", "received wide of type string"),
        (shapes(json!({ "height": -1 })), "GENERATION_ERROR", "received -1 of type number"),
        (shapes(json!({ "points": 5.5 })), "GENERATION_ERROR", "for points"),
        (shapes(json!({ "shapeType": "blob" })), "GENERATION_ERROR", "Expected one of: rectangle"),
        (shapes(json!({ "fillColor": "no colour" })), "GENERATION_ERROR", "for fillColor"),
        (shapes(json!({ "fillColor": "url(#f)\"/><script>" })), "GENERATION_ERROR", "for fillColor"),
        (on_square("adjust", json!({})), "TRANSFORM_ERROR", "Unknown operation: adjust"),
        (on_square("tint", json!({})), "TRANSFORM_ERROR", "tint requires 'color' parameter"),
        (on_square("resize", json!({})), "TRANSFORM_ERROR", "resize requires"),
        (on_square("resize", json!({ "width": 0 })), "TRANSFORM_ERROR", "received 0 of type number"),
        (
            on_square("extract", json!({ "left": 15, "top": 0, "width": 9, "height": 9 })),
            "TRANSFORM_ERROR",
            "bad extract area",
        ),
        (
            on_square("convert", json!({ "to": "image/avif" })),
            "TRANSFORM_ERROR",
            "Unsupported target format: image/avif",
        ),
        (on_square("preset", json!({ "name": "nostalgia" })), "TRANSFORM_ERROR", "Expected one of: vintage"),
        (
            on_square("addText", json!({ "text": "x".repeat(1001) })),
            "TRANSFORM_ERROR",
            "at most 1000 characters",
        ),
        (on_square("extend", json!({ "top": 2048 })), "TRANSFORM_ERROR", "too large"),
        (
            refusal(&[Step::transform("blur", "nothing", json!({}), "b")]),
            "TRANSFORM_ERROR",
            "Unknown variable: nothing",
        ),
        (
            refusal(&[Step::Save { input: "b".into(), destination: "x".into() }]),
            "TRANSFORM_ERROR",
            "Unknown variable: b",
        ),
        (
            refusal(&[Step::generate("midjourney", json!({}), "a")]),
            "PROVIDER_NOT_FOUND",
            "\"midjourney\" not found",
        ),
        (refusal(&[Step::generate("qr", json!({}), "a")]), "GENERATION_ERROR", "qr requires 'text'"),
        (
            refusal(&[Step::generate("qr", json!({ "text": "ü".repeat(2000) }), "a")]),
            "GENERATION_ERROR",
            "too big",
        ),
        (
            refusal(&[Step::generate("quickchart", json!({ "type": "radar", "data": {} }), "a")]),
            "GENERATION_ERROR",
            "bar, line",
        ),
        (imagined(json!({})), "GENERATION_ERROR", "400 "),
        (imagined(json!({ "prompt": "x".repeat(4001) })), "GENERATION_ERROR", "400 "),
        (imagined(json!({ "prompt": "a door", "size": "9x9" })), "GENERATION_ERROR", "400 "),
        (imagined(json!({ "prompt": "forbidden content" })), "GENERATION_ERROR", "Content policy violation"),
    ];
    for (failure, code, part) in cases {
        assert_eq!(failure.code, code, "{failure:?}");
        assert!(failure.message.contains(part), "{failure:?} should say {part}");
        assert!(failure.message.chars().count() < 300, "{failure:?}");
    }
}

#[test]
fn a_workflow_of_too_many_pixels_is_refused() {
    let large = |out: &str| Step::generate("shapes", json!({ "width": 2048, "height": 2048 }), out);
    let steps: Vec<Step> = (0..10).map(|step| large(&format!("s{step}"))).collect();
    assert_eq!(refusal(&steps).message, "Input image exceeds pixel limit");
}
