//! How the board is arranged: said in the address, and remembered by the tab.

use bearings_plan::{Frequency, Grouping, Sorting};

use crate::{
    reactive::{RwSignal, StoredValue},
    state::session,
    ui::Route,
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
        let said = self.said();
        session::keep_board(&said);
        route::go_instead(&format!("{}?{said}", Route::Kpis));
        now.set(self);
    }

    fn of(place: &str) -> Self {
        let remembered = session::board().unwrap_or_default();
        let said = place.split_once('?').map_or(remembered.as_str(), |(_, said)| said);
        let mut arranged = AT_FIRST;
        // What is not understood is as it is at first.
        for (what, word) in said.split('&').filter_map(|part| part.split_once('=')) {
            match what {
                "group" => arranged.grouping = Grouping::from_word(word).unwrap_or(arranged.grouping),
                "sort" => arranged.sorting = Sorting::from_word(word).unwrap_or(arranged.sorting),
                "view" => arranged.view = View::ALL.into_iter().find(|it| it.word() == word).unwrap_or(arranged.view),
                "columns" => {
                    let columns = Self::COLUMNS.into_iter().find(|it| it.word() == word);
                    arranged.columns = columns.unwrap_or(arranged.columns);
                }
                _ => {}
            }
        }
        arranged
    }

    /// "group=pillar&sort=attention&view=table&columns=monthly"
    fn said(self) -> String {
        let Self { grouping, sorting, view, columns } = self;
        let (group, sort, view, columns) = (grouping.word(), sorting.word(), view.word(), columns.word());
        format!("group={group}&sort={sort}&view={view}&columns={columns}")
    }
}
