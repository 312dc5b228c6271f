//! What a list of plans says of each, without opening them.
//!
//! A label lies beside each plan that was listed. It is derived: where it is missing, damaged or older than the plan,
//! the plan is opened once and labelled anew.

use serde_json::{Map, Value};

use super::{
    OpenError, SaveError, Store,
    keys::{about_key, keys_of, stamp_in},
    open, seal,
};
use crate::{
    Name, Plan, PlanId, Stamp,
    json::{self, Node, Problems},
};

/// What a plan is called, and how much is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What it is called.
    pub name: Name,
    /// How many objectives there are.
    pub objectives: u32,
    /// How many KPIs there are.
    pub kpis: u32,
}

impl From<&Plan> for About {
    fn from(plan: &Plan) -> Self {
        let count = |n| u32::try_from(n).unwrap_or(u32::MAX);
        let name = Name::clone(&plan.frame.name);
        Self { name, objectives: count(plan.objectives.len()), kpis: count(plan.kpis.len()) }
    }
}

impl About {
    fn write(&self, as_of: Option<Stamp>) -> Value {
        let mut map = Map::new();
        json::put(&mut map, "name", &self.name);
        json::put(&mut map, "objectives", &self.objectives);
        json::put(&mut map, "kpis", &self.kpis);
        json::put(&mut map, "as_of", &as_of);
        map.into()
    }

    /// With the latest stamp of the plan when the label was written.
    fn read(text: &str) -> Option<(Self, Option<Stamp>)> {
        let value = seal::unsealed(text)?;
        let mut problems = Problems::default();
        let root = Node::root(&value);
        let fields = root.object(&mut problems)?;
        let (name, as_of) = (fields.read("name", &mut problems)?, fields.read("as_of", &mut problems)?);
        let (objectives, kpis) = (fields.read("objectives", &mut problems)?, fields.read("kpis", &mut problems)?);
        Some((Self { name, objectives, kpis }, as_of))
    }
}

/// When a plan was last written to, by the latest stamp in its keys; none where no key carries one.
///
/// # Errors
/// The store cannot be read.
pub fn changed<S: Store>(store: &S, plan: PlanId) -> Result<Option<Stamp>, S::Error> {
    Ok(keys_of(store, plan)?.iter().filter_map(|key| stamp_in(key)).max())
}

/// What a list says of a plan. It is only opened where its label is not up to date.
///
/// # Errors
/// As for [`open`], where it has to be opened.
pub fn about<S: Store>(store: &S, plan: PlanId) -> Result<About, OpenError<S::Error>> {
    let key = about_key(plan);
    let changed = changed(store, plan).map_err(SaveError::Store)?;
    let label = store.get(&key).map_err(SaveError::Store)?;
    if let Some((about, as_of)) = label.as_deref().and_then(About::read)
        && as_of == changed
    {
        return Ok(about);
    }
    let about = About::from(&open(store, plan)?.plan);
    // It only saves time at the next look.
    let _ = seal::write(store, &key, &about.write(changed));
    Ok(about)
}

/// Takes a plan's label away: whoever lists it looks at the plan itself.
///
/// # Errors
/// [`SaveError`]; the label is still there.
pub fn unlabel<S: Store>(store: &S, plan: PlanId) -> Result<(), SaveError<S::Error>> {
    seal::check_version(store)?;
    Ok(store.remove(&about_key(plan))?)
}
