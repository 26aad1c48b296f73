//! `fleet serve`: the fleet against a gallery, with its panel.

use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use fleet_bots::{Bots, FleetTime};
use fleet_brain::Brain;
use fleet_gallery::Gallery;
use fleet_runtime::{FleetClock, NodeConfig};

use crate::config::{CatalogueOptions, GalleryOptions, StoreOptions};
use crate::entrance::{COVER, EntranceOptions};
use crate::failure::Misuse;
use crate::models::ModelOptions;
use crate::wiring::{Fleet, Panel};
use crate::{characters, lifecycle, models, output};

/// Run the fleet against a gallery that gave you a service token
#[derive(Args, Debug)]
pub(crate) struct ServeOptions {
    #[command(flatten)]
    gallery: GalleryOptions,
    #[command(flatten)]
    catalogue: CatalogueOptions,
    #[command(flatten)]
    models: ModelOptions,
    #[command(flatten)]
    entrance: EntranceOptions,
    /// Without the panel
    #[arg(long)]
    headless: bool,
    /// What operators call this node
    #[arg(long, env = "FLEET_NODE", value_name = "NAME")]
    node: Option<String>,
    /// What all chance is drawn from; without it every start is different
    #[arg(long)]
    seed: Option<u64>,
    /// How many seconds of the residents' time pass in one of yours; only a sandbox bears anything but 1
    #[arg(long, default_value_t = 1.0, value_parser = crate::config::speed)]
    speed: f64,
}

pub(crate) async fn run(store: &StoreOptions, options: ServeOptions) -> anyhow::Result<()> {
    let shutdown = lifecycle::until_asked_to_end()?;
    match lifecycle::before_life(&shutdown, Box::pin(prepare(store, options))).await? {
        Some((fleet, panel)) => Box::pin(fleet.live(panel, &shutdown)).await.context("the fleet ended"),
        None => Ok(()),
    }
}

/// Tells where things are once nothing but the node's own start can go wrong.
async fn prepare(store: &StoreOptions, options: ServeOptions) -> anyhow::Result<(Fleet, Option<Panel>)> {
    let gallery = options.gallery.connect()?.ok_or_else(|| {
        Misuse("the gallery's service token is missing; set FLOIMG_SERVICE_TOKEN, or try `fleet demo`".into())
    })?;
    let catalogue = options.catalogue.load()?;
    let bots = store.open().await?;
    bots.reserve()?;
    let clock = clock(&bots, &gallery, options.speed).await?;
    bots.bind_gallery(gallery.base_url().as_str()).await?;
    let brain = options.models.brain(Arc::clone(&catalogue))?;
    models::refuse_fast_money(&brain, options.speed)?;
    let panel = match options.headless {
        true => None,
        false => {
            let panel = Panel::bind(options.entrance.entrance(), clock, &gallery, None).await?;
            let panel = panel.knowing(characters::of(&Brain::offline(catalogue), options.catalogue.origin()));
            welcome(&bots, &options.entrance, &panel.address()?).await?;
            Some(panel)
        }
    };
    output::say(format!("gallery  {}", gallery.base_url()))?;
    let node = NodeConfig {
        name: options.node.unwrap_or_else(|| format!("fleet-{}", std::process::id())),
        request_timeout: options.gallery.request_timeout(),
        late_landing: options.gallery.request_timeout() / 2,
        seed: options.seed.unwrap_or_else(rand::random),
        ..NodeConfig::default()
    };
    Ok((Fleet { bots, gallery, brain, clock, node }, panel))
}

/// The wall clock, or one that runs fast and goes on from the later of what the sandbox shows and what the fleet kept.
async fn clock(bots: &Bots, gallery: &Gallery, speed: f64) -> anyhow::Result<FleetClock> {
    #[expect(clippy::float_cmp, reason = "it is 1 unless somebody asked for something else")]
    if speed == 1.0 {
        return Ok(FleetClock::wall());
    }
    let Some(there) = gallery.sandbox_time().await? else {
        let real = gallery.base_url();
        let told = format!("{real} is no sandbox: its time cannot run fast, so `--speed` must be 1 there");
        return Err(Misuse(told).into());
    };
    let kept = bots.read_clock().await?.map_or(FleetTime::default(), |kept| kept.fleet);
    Ok(FleetClock::fast(kept.max(there.into()), speed))
}

/// Tells where the panel is, and how the first operator comes in.
async fn welcome(bots: &Bots, entrance: &EntranceOptions, address: &str) -> anyhow::Result<()> {
    output::say(format!("panel    {address}"))?;
    if let Some(exposure) = entrance.entrance().exposure() {
        eprintln!("fleet: {exposure}; {COVER}");
    }
    if let Some(link) = bots.invite_operator().await? {
        output::say(format!("welcome  {address}welcome/{}", link.reveal()))?;
        output::say(
            "         nobody can sign in yet: open this link within an hour to become the first operator",
        )?;
    }
    Ok(())
}
