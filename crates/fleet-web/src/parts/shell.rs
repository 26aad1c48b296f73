//! What every page has around it: the head with the fleet's name and the stop button, and the files it loads.

use crate::assets;
use crate::panel::Panel;
use crate::parts::stop::{StopBanner, StopControl};

/// The frame of a page.
#[derive(Clone, Debug)]
pub(crate) struct Shell<'a> {
    pub(crate) notice: Option<&'a str>,
    pub(crate) style_sheet: Option<String>,
    pub(crate) scripts: Vec<String>,
    pub(crate) banner: StopBanner,
    pub(crate) control: StopControl,
}

impl<'a> Shell<'a> {
    /// Without a banner read from the store, it says what this process knows.
    pub(crate) fn of(panel: &'a Panel, banner: Option<StopBanner>) -> Self {
        let banner = banner.unwrap_or_else(|| StopBanner::known_here(panel));
        Self {
            notice: panel.notice(),
            style_sheet: assets::style_sheet(),
            scripts: assets::scripts(),
            control: StopControl::of(&banner),
            banner,
        }
    }
}
