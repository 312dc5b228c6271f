//! Which page is shown: the part of the address behind `#`.

use std::fmt;

use bearings_plan::{CycleId, KpiId, ObjectiveId};

use crate::{
    reactive::{RwSignal, Signal},
    web::route,
};

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    Today,
    /// Everything that is due, one by one.
    CheckIn,
    Objectives,
    Objective(ObjectiveId),
    /// Closing a cycle, and looking back at it.
    Review(CycleId),
    Kpis,
    Kpi(KpiId),
    /// Readings from a spreadsheet, for one KPI or for whichever the table names.
    Paste(Option<KpiId>),
    Plans,
    Settings,
    /// An address that names no page.
    Unknown,
}

impl Route {
    /// The page of an address. What follows `?` is the page's own: see [`Query`].
    pub fn parse(place: &str) -> Self {
        let place = place.split('?').next().unwrap_or_default();
        let mut parts = place.split('/').filter(|part| !part.is_empty());
        match (parts.next(), parts.next(), parts.next()) {
            (None, _, _) => Self::Today,
            (Some("check-in"), None, _) => Self::CheckIn,
            (Some("objectives"), None, _) => Self::Objectives,
            (Some("objectives"), Some(id), None) => id.parse().map_or(Self::Unknown, Self::Objective),
            (Some("review"), Some(id), None) => id.parse().map_or(Self::Unknown, Self::Review),
            (Some("kpis"), None, _) => Self::Kpis,
            (Some("kpis"), Some("paste"), None) => Self::Paste(None),
            (Some("kpis"), Some(id), Some("paste")) => id.parse().map_or(Self::Unknown, |id| Self::Paste(Some(id))),
            (Some("kpis"), Some(id), None) => id.parse().map_or(Self::Unknown, Self::Kpi),
            (Some("plans"), None, _) => Self::Plans,
            (Some("settings"), None, _) => Self::Settings,
            _ => Self::Unknown,
        }
    }

    /// What a link to it says.
    pub fn href(self) -> String {
        format!("#{self}")
    }

    /// Goes there.
    pub fn go(self) {
        route::go(&self.to_string());
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today | Self::Unknown => f.write_str("/"),
            Self::CheckIn => f.write_str("/check-in"),
            Self::Objectives => f.write_str("/objectives"),
            Self::Objective(id) => write!(f, "/objectives/{id}"),
            Self::Review(id) => write!(f, "/review/{id}"),
            Self::Kpis => f.write_str("/kpis"),
            Self::Kpi(id) => write!(f, "/kpis/{id}"),
            Self::Paste(None) => f.write_str("/kpis/paste"),
            Self::Paste(Some(id)) => write!(f, "/kpis/{id}/paste"),
            Self::Plans => f.write_str("/plans"),
            Self::Settings => f.write_str("/settings"),
        }
    }
}

/// How a page shows what it shows: the part of the address behind `?`. What a page does not know is passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Of an address; empty where it says nothing.
    pub fn of(place: &str) -> Self {
        let pairs = place.split_once('?').map(|(_, query)| query).unwrap_or_default().split('&');
        let pairs = pairs.filter_map(|pair| pair.split_once('='));
        Self(pairs.filter_map(|(name, text)| Some((name.to_owned(), route::decoded(text)?))).collect())
    }

    /// What it says under a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(it, _)| it == name).map(|(_, text)| text.as_str())
    }

    /// With a text under a name, where there is one.
    pub fn with(mut self, name: &str, text: Option<String>) -> Self {
        self.0.extend(text.filter(|text| !text.is_empty()).map(|text| (name.to_owned(), text)));
        self
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (name, text)) in self.0.iter().enumerate() {
            write!(f, "{}{name}={}", if at == 0 { '?' } else { '&' }, route::encoded(text))?;
        }
        Ok(())
    }
}

/// The route of now and of later.
pub fn follow() -> Signal<Route> {
    let route = RwSignal::new(Route::parse(&route::current()));
    route::on_change(move |place| route.set(Route::parse(&place))).forget();
    route.into()
}
