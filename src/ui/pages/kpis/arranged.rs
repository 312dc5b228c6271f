//! How the board is arranged: said in the address, and remembered by the tab.

use bearings_plan::{Frequency, Grouping, Sorting};

use crate::{
    reactive::{RwSignal, StoredValue},
    state::session,
    ui::{Route, route::Query},
    web::route,
};

/// What the board looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    Cards,
    Table,
}

/// The choices of its toolbar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arranged {
    pub grouping: Grouping,
    pub sorting: Sorting,
    pub view: View,
    /// How long the columns of the table are.
    pub columns: Frequency,
}

const AT_FIRST: Arranged =
    Arranged { grouping: Grouping::None, sorting: Sorting::ByHand, view: View::Cards, columns: Frequency::Monthly };

impl View {
    pub const ALL: [Self; 2] = [Self::Cards, Self::Table];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Cards => "cards",
            Self::Table => "table",
        }
    }
}

impl Arranged {
    /// The lengths of columns that there are to choose from.
    pub const COLUMNS: [Frequency; 3] = [Frequency::Weekly, Frequency::Monthly, Frequency::Quarterly];

    /// As the address says; where it says nothing, as it was last in this tab.
    pub fn follow() -> RwSignal<Self> {
        let arranged = RwSignal::new(Self::of(&route::current()));
        let watch = route::on_change(move |place| {
            if Route::parse(&place) == Route::Kpis {
                arranged.set(Self::of(&place));
            }
        });
        // It ends with the page.
        StoredValue::new(watch);
        arranged
    }

    /// Arranges the board anew. The way back does not lead through all that was tried.
    pub fn arrange(self, now: RwSignal<Self>) {
        let said = self.said().to_string();
        session::keep_board(&said);
        route::rewrite(&format!("{}{said}", Route::Kpis));
        now.set(self);
    }

    fn of(place: &str) -> Self {
        let remembered = session::board().unwrap_or_default();
        let said = Query::of(if place.contains('?') { place } else { &remembered });
        // What is not understood is as it is at first.
        Self {
            grouping: said.get("group").and_then(Grouping::from_word).unwrap_or(AT_FIRST.grouping),
            sorting: said.get("sort").and_then(Sorting::from_word).unwrap_or(AT_FIRST.sorting),
            view: View::ALL.into_iter().find(|it| said.get("view") == Some(it.word())).unwrap_or(AT_FIRST.view),
            columns: said
                .get("columns")
                .and_then(Frequency::from_word)
                .filter(|it| Self::COLUMNS.contains(it))
                .unwrap_or(AT_FIRST.columns),
        }
    }

    /// "?group=pillar&sort=attention&view=table&columns=monthly"
    fn said(self) -> Query {
        let Self { grouping, sorting, view, columns } = self;
        let said =
            [("group", grouping.word()), ("sort", sorting.word()), ("view", view.word()), ("columns", columns.word())];
        said.into_iter().fold(Query::default(), |query, (name, word)| query.with(name, Some(word.to_owned())))
    }
}
