//! A sheet as rows and columns, as it stands or turned, so that dates always go down; and what becomes of each cell.

use super::{Extent, Skipped, Why, sheet::Sheet};

/// What a cell was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It says what its column or row is.
    Heading,
    /// It says whose the values are.
    Name,
    /// It says when they were read, or a part of that.
    Date,
    /// It is a reading.
    Value,
    /// It is the note of a reading.
    Note,
    /// It is the target that the KPI has.
    Target,
    /// It does not come in, and is listed.
    Listed,
}

/// What became of each cell of a sheet that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    uses: Vec<Option<Use>>,
}

/// A sheet whose dates go down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid<'a> {
    pub sheet: &'a Sheet,
    /// Rows of the grid are columns of the sheet.
    pub turned: bool,
    rows: usize,
    columns: usize,
}

/// Which cells something speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cover {
    Cell,
    Row,
    Column,
    /// This row and all that come after it.
    Rest,
}

/// Something that does not come in, by its place in the grid.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub row: usize,
    pub column: usize,
    pub cover: Cover,
    pub text: String,
    pub why: Why,
}

impl<'a> Grid<'a> {
    pub(super) fn new(sheet: &'a Sheet, turned: bool) -> Self {
        let (height, width) = (sheet.len(), sheet.width());
        let (rows, columns) = if turned { (width, height) } else { (height, width) };
        Self { sheet, turned, rows, columns }
    }

    pub(super) const fn rows(self) -> usize {
        self.rows
    }

    pub(super) const fn columns(self) -> usize {
        self.columns
    }

    /// One cell, without blanks around it; empty where there is none.
    pub(super) fn cell(self, row: usize, column: usize) -> &'a str {
        let (row, column) = self.of_sheet(row, column);
        self.sheet.cell(row, column)
    }

    pub(super) const fn of_sheet(self, row: usize, column: usize) -> (usize, usize) {
        if self.turned { (column, row) } else { (row, column) }
    }

    /// The row of the text and the column, as they are shown: from 1.
    pub(super) fn place(self, row: usize, column: usize) -> (usize, usize) {
        let (row, column) = self.of_sheet(row, column);
        (self.sheet.number(row), column + 1)
    }

    /// Where a row stands among all, the empty ones counted.
    pub(super) fn position(self, row: usize) -> usize {
        if self.turned { row } else { self.sheet.number(row) }
    }
}

impl Account {
    pub(super) fn new(sheet: &Sheet) -> Self {
        Self { uses: vec![None; sheet.cell_count()] }
    }

    pub(super) fn take(&mut self, grid: Grid<'_>, (row, column): (usize, usize), of: Use) {
        let (row, column) = grid.of_sheet(row, column);
        if !grid.sheet.cell(row, column).is_empty()
            && let Some(mark) = grid.sheet.index(row, column).and_then(|index| self.uses.get_mut(index))
        {
            *mark = Some(of);
        }
    }

    /// What became of a cell: its row among those of the sheet, and its column. None where it is blank.
    #[must_use]
    pub fn of(&self, sheet: &Sheet, row: usize, column: usize) -> Option<Use> {
        sheet.index(row, column).and_then(|index| self.uses.get(index)).copied().flatten()
    }

    /// How many cells were taken for something.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.uses.iter().flatten().filter(|it| **it != Use::Listed).count()
    }

    /// How many cells do not come in.
    #[must_use]
    pub fn listed(&self) -> usize {
        self.uses.iter().flatten().filter(|it| **it == Use::Listed).count()
    }

    /// Lists what does not come in, and each cell that was taken for nothing under one of these items: its own, that of
    /// its column, its row or the rest of the sheet; where there is none, it stands apart from the table.
    pub(super) fn list(&mut self, grid: Grid<'_>, items: Vec<Item>) -> Vec<Skipped> {
        let mut list: Vec<(Item, usize)> = items.into_iter().map(|item| (item, 0)).collect();
        let rest = list.iter().position(|(item, _)| item.cover == Cover::Rest);
        let (mut of_row, mut of_column) = (vec![None; grid.rows()], vec![None; grid.columns()]);
        let mut of_cell: Vec<((usize, usize), usize)> = Vec::new();
        for (place, (item, _)) in list.iter().enumerate() {
            match item.cover {
                Cover::Row => _ = of_row.get_mut(item.row).map(|slot: &mut Option<usize>| slot.get_or_insert(place)),
                Cover::Column => {
                    _ = of_column.get_mut(item.column).map(|slot: &mut Option<usize>| slot.get_or_insert(place))
                }
                Cover::Cell => of_cell.push(((item.row, item.column), place)),
                Cover::Rest => {}
            }
        }
        let of_cell = crate::in_order(of_cell, |a, b| a.0.cmp(&b.0));
        for row in 0..grid.sheet.len() {
            let width = grid.sheet.cells(row).len();
            for column in 0..width {
                let Some(index) = grid.sheet.index(row, column) else { continue };
                if grid.sheet.cell(row, column).is_empty() || self.uses.get(index).copied().flatten().is_some() {
                    continue;
                }
                if let Some(mark) = self.uses.get_mut(index) {
                    *mark = Some(Use::Listed);
                }
                let at = grid.of_sheet(row, column);
                let own = of_cell.binary_search_by(|(place, _)| place.cmp(&at)).ok();
                let own = own.and_then(|found| of_cell.get(found)).map(|(_, place)| *place);
                let line = |lines: &[Option<usize>], at: usize| lines.get(at).copied().flatten();
                let behind = rest.filter(|rest| list.get(*rest).is_some_and(|(item, _)| item.row <= at.0));
                let found = own.or(behind).or_else(|| line(&of_column, at.1)).or_else(|| line(&of_row, at.0));
                // What stands beside a value that is not taken is not taken with it.
                let beside = || of_cell.partition_point(|((row, _), _)| *row < at.0);
                let beside = || of_cell.get(beside()).filter(|((row, _), _)| *row == at.0).map(|(_, place)| *place);
                let found = found.or_else(beside);
                let place = found.unwrap_or_else(|| {
                    let text = grid.sheet.cell(row, column).to_owned();
                    list.push((Item { row: at.0, column: at.1, cover: Cover::Row, text, why: Why::Apart }, 0));
                    if let Some(slot) = of_row.get_mut(at.0) {
                        *slot = Some(list.len() - 1);
                    }
                    list.len() - 1
                });
                if let Some((_, cells)) = list.get_mut(place) {
                    *cells += 1;
                }
            }
        }
        let skipped = list.into_iter().map(|(item, cells)| {
            let (row, column) = grid.place(item.row, item.column);
            let extent = match (item.cover, grid.turned) {
                (Cover::Cell, _) => Extent::Cell,
                (Cover::Row, false) | (Cover::Column, true) => Extent::Row,
                (Cover::Column, false) | (Cover::Row, true) => Extent::Column,
                (Cover::Rest, _) => Extent::Rest,
            };
            Skipped::new((row, column), extent, cells, &item.text, item.why)
        });
        crate::in_order(skipped.collect(), |a: &Skipped, b| (a.row, a.column).cmp(&(b.row, b.column)))
    }
}
