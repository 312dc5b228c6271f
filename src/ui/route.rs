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
    Plans,
    Settings,
    /// An address that names no page.
    Unknown,
}

impl Route {
    /// The page of an address. What stands behind `?` is the page's own affair.
    pub fn parse(place: &str) -> Self {
        let path = place.split('?').next().unwrap_or_default();
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        match (parts.next(), parts.next(), parts.next()) {
            (None, _, _) => Self::Today,
            (Some("check-in"), None, _) => Self::CheckIn,
            (Some("objectives"), None, _) => Self::Objectives,
            (Some("objectives"), Some(id), None) => id.parse().map_or(Self::Unknown, Self::Objective),
            (Some("review"), Some(id), None) => id.parse().map_or(Self::Unknown, Self::Review),
            (Some("kpis"), None, _) => Self::Kpis,
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
            Self::Plans => f.write_str("/plans"),
            Self::Settings => f.write_str("/settings"),
        }
    }
}

/// The route of now and of later.
pub fn follow() -> Signal<Route> {
    let route = RwSignal::new(Route::parse(&route::current()));
    route::on_change(move |place| route.set(Route::parse(&place))).forget();
    route.into()
}
