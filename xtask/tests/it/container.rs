//! What the image and the compose file owe whoever builds them: that all they name is there, that nothing secret comes in,
//! and that every setting gets through. No container engine is needed for it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::tree;

/// One instruction of the Dockerfile, its lines joined.
struct Instruction {
    word: String,
    rest: String,
}

#[test]
fn all_that_is_copied_is_there_and_comes_through_the_ignore_file() {
    let ignore = tree::file(".dockerignore");
    let rules = rules(&ignore.text);
    let mut offenders = Vec::new();
    for copy in dockerfile().iter().filter(|instruction| instruction.word == "COPY") {
        let words: Vec<&str> = copy.rest.split_whitespace().collect();
        if words[0].starts_with("--from=") {
            continue;
        }
        for source in &words[..words.len() - 1] {
            let is_there = tree::root().join(source).exists();
            let is_let_in = is_let_in(&rules, source);
            if !is_there || !is_let_in {
                offenders.push(format!("{source}: there {is_there}, let in {is_let_in}"));
            }
        }
    }
    tree::assert_none(&offenders, "mend the Dockerfile or .dockerignore:");
    for kept_out in [
        ".env",
        "crates/.env",
        ".git/config",
        "crates/fleet-web/assets/node_modules/x",
        "fleet.db",
        "target/x",
    ] {
        assert!(!is_let_in(&rules, kept_out), "{kept_out} must not come into a build");
    }
}

#[test]
fn a_stage_copies_only_from_stages_before_it_and_its_files_are_made_there() {
    let mut stages = Vec::new();
    for instruction in dockerfile() {
        if instruction.word == "FROM" {
            let name = instruction.rest.split_once(" AS ").map(|(_, name)| name.to_owned());
            stages.push(name.unwrap_or_default());
        }
        if let Some(from) = instruction.rest.strip_prefix("--from=") {
            let stage = from.split_whitespace().next().unwrap_or_default();
            assert!(
                stages[..stages.len() - 1].iter().any(|before| before == stage),
                "no stage before has the name `{stage}`"
            );
        }
    }
    assert_eq!(stages, ["assets", "build", ""]);
    let made = one("RUN", "cargo build");
    assert!(made.contains("--locked") && made.contains("--bin fleet"), "{made}");
    let manifest = tree::file("crates/floimg-fleet/Cargo.toml");
    assert!(manifest.text.contains("[[bin]]\nname = \"fleet\""), "the image's program is `fleet`");
    assert!(made.contains("target/release/fleet /out/fleet"), "{made}");
    assert_eq!(one("COPY", "--from=build"), "--from=build /out/fleet /usr/local/bin/fleet");
}

#[test]
fn the_image_is_built_with_the_versions_that_the_project_asks_for() {
    let workspace = tree::file("Cargo.toml").text;
    let wanted = workspace.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap_or_default();
    let rust = one("FROM", "rust:");
    assert!(rust.starts_with(&format!("rust:{}-", wanted.trim_matches('"'))), "{rust} and {wanted}");
    let system = rust.split([' ', '-']).nth(1).expect("the tag names a system");
    let runtime = dockerfile().into_iter().rfind(|instruction| instruction.word == "FROM");
    let runtime = runtime.expect("there is a last stage").rest;
    assert_eq!(runtime, format!("debian:{system}-slim"), "built and run with the same C library");
    let scripts: Value =
        serde_json::from_str(&tree::file("crates/fleet-web/assets/package.json").text).expect("it is JSON");
    assert!(scripts["scripts"]["build"].is_string(), "`npm run build` is what makes the assets");
    assert_eq!(one("RUN", "npm run"), "npm run build");
}

#[test]
fn the_image_runs_as_nobody_in_particular_and_holds_no_secret() {
    let user = one("USER", "");
    let (user, group) = user.split_once(':').expect("user and group");
    assert!(user.parse::<u32>().is_ok_and(|id| id > 0) && group.parse::<u32>().is_ok_and(|id| id > 0));
    let data = one("VOLUME", "");
    let settings = one("ENV", "");
    assert!(settings.contains(&format!("FLEET_DATA={data}")), "{settings}");
    let made = one("RUN", "install --directory");
    assert!(made.contains(&format!("--owner={user} --group={group}")) && made.ends_with(&data), "{made}");
    for instruction in dockerfile() {
        let secret = ["TOKEN", "PASSWORD", "SECRET", "DATABASE_URL"]
            .iter()
            .find(|word| instruction.word != "HEALTHCHECK" && instruction.rest.contains(**word));
        assert_eq!(secret, None, "{} {}", instruction.word, instruction.rest);
        assert_ne!(instruction.word, "ARG", "what is given to a build stays in its layers");
    }
    let port = settings.rsplit_once(':').map(|(_, port)| port).expect("it says where to listen");
    assert_eq!(one("EXPOSE", ""), port);
}

#[test]
fn the_compose_file_passes_every_setting_on() {
    let sample = tree::file(".env.sample");
    let settings: BTreeSet<&str> = sample
        .text
        .lines()
        .filter_map(|line| line.strip_prefix('#')?.split_once('='))
        .map(|(name, _)| name)
        .filter(|name| !name.contains(' '))
        .collect();
    let compose = tree::file("compose.yaml").text;
    let fleet = service(&compose, "fleet");
    let passed = entries(&fleet, "environment");
    let names: BTreeSet<&str> = passed.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, settings, "left: compose.yaml; right: .env.sample");
    for (name, value) in &passed {
        let is_own = value.contains(&format!("${{{name}:"));
        let is_composed = name == "DATABASE_URL" && value.contains("${POSTGRES_PASSWORD}@postgres:5432/");
        assert!(is_own || is_composed, "{name} is set to {value}, whatever the operator says");
    }
}

#[test]
fn the_database_is_waited_for_and_not_published() {
    let compose = tree::file("compose.yaml").text;
    let (fleet, postgres) = (service(&compose, "fleet"), service(&compose, "postgres"));
    assert!(fleet.contains("condition: service_healthy"));
    assert!(postgres.contains("pg_isready") && !postgres.contains("ports:"));
    assert!(postgres.contains("POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?"), "there is no password by default");
    for (name, service) in [("fleet", &fleet), ("postgres", &postgres)] {
        for wanted in ["restart: unless-stopped", "mem_limit: ", "stop_grace_period: "] {
            assert!(service.contains(wanted), "{name} lacks `{wanted}`");
        }
    }
    let grace = fleet.split("stop_grace_period: ").nth(1).and_then(|rest| rest.split('s').next());
    assert!(grace.and_then(|seconds| seconds.parse::<u32>().ok()).is_some_and(|seconds| seconds > 5));
    assert!(fleet.contains("- 127.0.0.1:${FLEET_PORT:-4000}:${FLEET_PORT:-4000}"), "not for other machines");
    let data = one("VOLUME", "");
    assert!(fleet.contains(&format!("- fleet:{data}")), "what is kept is kept in a volume");
}

fn dockerfile() -> Vec<Instruction> {
    let text = tree::file("Dockerfile").text;
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut found: Vec<Instruction> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        let piece = line.trim().trim_end_matches('\\').trim();
        if goes_on {
            let last = found.last_mut().expect("a line goes on from another");
            last.rest = format!("{} {piece}", last.rest);
        } else {
            let (word, rest) = piece.split_once(' ').expect("an instruction has a word and more");
            found.push(Instruction { word: word.to_owned(), rest: rest.to_owned() });
        }
        goes_on = line.ends_with('\\');
    }
    found
}

/// The rest of the only instruction of this kind with these words in it.
#[track_caller]
fn one(word: &str, with: &str) -> String {
    let all = dockerfile();
    let mut found =
        all.iter().filter(|instruction| instruction.word == word && instruction.rest.contains(with));
    match (found.next(), found.next()) {
        (Some(only), None) => only.rest.clone(),
        _ => panic!("there is not exactly one {word} with `{with}`"),
    }
}

/// The rules of an ignore file: a pattern, and whether it lets in.
fn rules(text: &str) -> Vec<(String, bool)> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| (line.trim_start_matches('!').to_owned(), line.starts_with('!'))).collect()
}

/// Whether a path comes into a build. The last rule that matches the path, or a folder above it, decides.
fn is_let_in(rules: &[(String, bool)], path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let mut let_in = true;
    for (pattern, lets_in) in rules {
        let hit = (1..=parts.len()).any(|count| matches(pattern, &parts[..count]));
        if hit {
            let_in = *lets_in;
        }
    }
    let_in
}

/// Patterns as we write them: a path, `*`, or `**/` before a name that may begin or end with `*`.
fn matches(pattern: &str, parts: &[&str]) -> bool {
    match pattern.strip_prefix("**/") {
        Some(name) => parts.last().is_some_and(|part| named(name, part)),
        None if pattern == "*" => parts.len() == 1,
        None => pattern == parts.join("/"),
    }
}

fn named(name: &str, part: &str) -> bool {
    match (name.strip_prefix('*'), name.strip_suffix('*')) {
        (Some(end), _) => part.ends_with(end),
        (_, Some(begin)) => part.starts_with(begin),
        _ => name == part,
    }
}

/// The lines of one service, without its name.
fn service(compose: &str, name: &str) -> String {
    let lines = compose.lines().skip_while(|line| *line != format!("  {name}:")).skip(1);
    lines.take_while(|line| line.is_empty() || line.starts_with("    ")).collect::<Vec<_>>().join("\n")
}

/// The entries of a mapping in a service.
fn entries(service: &str, name: &str) -> Vec<(String, String)> {
    let lines = service.lines().skip_while(|line| *line != format!("    {name}:")).skip(1);
    let lines = lines.take_while(|line| line.starts_with("      "));
    let entries = lines.map(str::trim).filter(|line| !line.starts_with('#'));
    entries
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
