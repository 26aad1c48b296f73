//! `fleet serve`: the fleet against a gallery, with its panel.

use anyhow::Context;
use clap::Args;
use fleet_bots::Bots;
use fleet_brain::Brain;
use fleet_runtime::{FleetClock, NodeConfig};

use crate::config::{CatalogueOptions, GalleryOptions, StoreOptions};
use crate::entrance::{COVER, EntranceOptions};
use crate::failure::Misuse;
use crate::wiring::{Fleet, Panel};
use crate::{characters, lifecycle, output};

/// Run the fleet against a gallery that gave you a service token
#[derive(Args, Debug)]
pub(crate) struct ServeOptions {
    #[command(flatten)]
    gallery: GalleryOptions,
    #[command(flatten)]
    catalogue: CatalogueOptions,
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
    bots.bind_gallery(gallery.base_url().as_str()).await?;
    let clock = FleetClock::wall();
    let brain = Brain::offline(catalogue);
    let panel = match options.headless {
        true => None,
        false => {
            let panel = Panel::bind(options.entrance.entrance(), clock, &gallery, None).await?;
            let panel = panel.knowing(characters::of(&brain, options.catalogue.origin()));
            welcome(&bots, &options.entrance, &panel.address()?).await?;
            Some(panel)
        }
    };
    output::say(format!("gallery  {}", gallery.base_url()))?;
    let node = NodeConfig {
        name: options.node.unwrap_or_else(|| format!("fleet-{}", std::process::id())),
        request_timeout: options.gallery.request_timeout(),
        seed: options.seed.unwrap_or_else(rand::random),
        ..NodeConfig::default()
    };
    Ok((Fleet { bots, gallery, brain, clock, node }, panel))
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
