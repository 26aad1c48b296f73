//! How long a picture of each kind takes, as a bot waits for it.

use std::sync::Arc;
use std::time::Instant;

use fleet_gallery::{Gallery, GalleryConfig, Invite, Sandbox, SandboxConfig, Secret, Step, Workflow};
use serde_json::json;
use tokio::runtime::Builder;

use crate::fill;

/// What a picture at 1024 px may take, in seconds.
const WANTED: f64 = 0.3;

/// A prompt of each kind, without the number that makes it another picture each time.
const PROMPTS: [(&str, &str); 6] = [
    (
        "product",
        "product packshot of a copper watering can on pale linen, low morning sun, a long soft shadow",
    ),
    (
        "graphic",
        "campaign poster for a soup festival as a square post, a giant paper moon, coral and navy colours",
    ),
    ("pixels", "pixel art sprite of a lighthouse keeper fox, sixteen colours, dithered shading, retro game"),
    ("chart", "bar chart of rainfall in harbour towns, direct labels, colours: slate blue and honey"),
    ("landscape", "surreal dream of a glass whale drifting over a quiet sea, ink and gold, wide horizon"),
    ("mock-up", "app screen of a bus timetable, two columns, generous margins, clean typography"),
];

const SIZES: [&str; 2] = ["1024x1024", "1792x1024"];
const TIMES: usize = 7;

pub(crate) fn measure() {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let token = Secret::new("fst_bench_0123456789abcdef");
        let config = SandboxConfig { drawing: 1, ..SandboxConfig::new(token.clone(), Arc::new(fill::end)) };
        let sandbox = Sandbox::start(config).await.expect("a sandbox");
        let gallery = Gallery::new(GalleryConfig::new(sandbox.url().clone(), token)).expect("a client");
        let invite = Invite {
            agent_id: "1".into(),
            name: "Ada (AI)".into(),
            username: "ada".into(),
            is_agent: true,
            agent_persona_id: "ai_artist".into(),
        };
        gallery.invite(&invite).await.expect("an account");
        println!("  {:<12} {:>14} {:>14}", "", SIZES[0], SIZES[1]);
        for (kind, prompt) in PROMPTS {
            let mut row = format!("  {kind:<12}");
            for size in SIZES {
                let mut spans = Vec::new();
                for time in 0..TIMES {
                    let prompt = format!("{prompt}, take {time}");
                    let params = json!({ "prompt": prompt, "size": size });
                    let steps = vec![Step::generate("openai", params, "picture")];
                    let begun = Instant::now();
                    let workflow = Workflow { name: "bench".into(), steps };
                    gallery.execute("ada", &workflow).await.expect("a picture");
                    spans.push(begun.elapsed().as_secs_f64());
                }
                let worst = spans.iter().copied().fold(0.0, f64::max);
                let missed = if size == SIZES[0] && worst > WANTED { " MISSED" } else { "" };
                let cell = format!("{:.0} ms{missed}", 1_000.0 * crate::median(spans));
                row += &format!(" {cell:>14}");
            }
            println!("{row}");
        }
        sandbox.stop().await;
    });
}
