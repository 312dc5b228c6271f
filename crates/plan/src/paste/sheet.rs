//! Texts as rows of cells: what comes out of a spreadsheet, by the clipboard or as a file.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};

use super::{MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Refused, Separator, separator::ESCAPED_PIPE};

/// A text as rows of cells.
///
/// Cells lie one behind the other in one text: a hundred thousand small ones would take more room than what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    cells: String,
    /// Where each cell ends.
    ends: Vec<usize>,
    rows: Vec<Place>,
    width: usize,
    /// What stands between cells: as told, or as guessed.
    pub separator: Separator,
    /// The row in which a quotation mark opens that is never closed. That row is not read, and in those after it a
    /// quotation mark is a character like any other.
    pub open_quote: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    number: usize,
    /// Its first cell.
    first: usize,
}

/// What is behind the text: a cell of its own, unless a quotation mark is still open.
const END: &str = "\n\u{1}";

impl Sheet {
    /// Reads a text: fields between tabs, commas or semicolons, in quotation marks where they hold those, line breaks
    /// or (doubled) quotation marks. A byte order mark and any kind of line end are fine.
    ///
    /// # Errors
    /// [`Refused`] where there is nothing, or more than [`MAX_BYTES`], [`MAX_ROWS`] or [`MAX_COLUMNS`].
    pub fn read(text: &str, separator: Option<Separator>) -> Result<Self, Refused> {
        if text.len() > MAX_BYTES {
            return Err(Refused::TooLong);
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(Refused::Nothing);
        }
        let mut text =
            if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
        let mut number = 1;
        let mut declared = None;
        if let Some((sign, rest)) = Separator::declared(&text) {
            (declared, number, text) = (Some(sign), 2, rest.to_owned());
        }
        let separator = separator.or(declared).unwrap_or_else(|| Separator::guess(&text));
        if separator == Separator::Pipe {
            text = Separator::unframed(&text);
        }
        text.push_str(END);
        let mut rows = Rows { bytes: Vec::new(), ends: Vec::new(), rows: Vec::new(), number, last: 0 };
        rows.read(&text, true, separator)?;
        let open_quote = rows.take_open_quote();
        if let Some(at) = open_quote {
            let rest = text.get(at.byte..).unwrap_or_default();
            let rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
            rows.number = at.number + 1;
            rows.read(rest, false, separator)?;
            // What stands behind the text is the last row again.
            rows.drop_last();
        }
        let Rows { mut bytes, ends, rows, .. } = rows;
        if separator == Separator::Pipe {
            bytes.iter_mut().filter(|byte| [**byte] == *ESCAPED_PIPE.as_bytes()).for_each(|byte| *byte = b'|');
        }
        // Cut at separators and line ends only, it is the text that it was.
        let cells = String::from_utf8(bytes).map_err(|_| Refused::Nothing)?;
        let next = rows.iter().skip(1).map(|row| row.first).chain([ends.len()]);
        let width = rows.iter().zip(next).map(|(row, next)| next.saturating_sub(row.first)).max().unwrap_or(0);
        Ok(Self { cells, ends, rows, width, separator, open_quote: open_quote.map(|at| at.number) })
    }

    /// How many rows have a cell.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row has a cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many cells the longest row has.
    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// How many cells there are, the blank ones counted.
    pub(super) fn cell_count(&self) -> usize {
        self.ends.len()
    }

    /// Which of all cells this is.
    pub(super) fn index(&self, row: usize, column: usize) -> Option<usize> {
        let place = self.rows.get(row)?;
        let next = self.rows.get(row + 1).map_or(self.ends.len(), |place| place.first);
        (column < next - place.first).then_some(place.first + column)
    }

    /// The number that a row has in the text: 1 for the first one, empty rows count.
    #[must_use]
    pub fn number(&self, row: usize) -> usize {
        self.rows.get(row).map_or(0, |place| place.number)
    }

    /// The cells of a row.
    pub fn cells(&self, row: usize) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator {
        let first = self.rows.get(row).map_or(self.ends.len(), |place| place.first);
        let next = self.rows.get(row + 1).map_or(self.ends.len(), |place| place.first);
        (first..next).map(|cell| self.nth(cell))
    }

    /// One cell, without blanks around it; empty where there is none.
    pub(super) fn cell(&self, row: usize, column: usize) -> &str {
        self.index(row, column).map_or("", |cell| self.nth(cell))
    }

    fn nth(&self, cell: usize) -> &str {
        let from = cell.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let to = self.ends.get(cell).copied().unwrap_or(from);
        self.cells.get(from..to).unwrap_or_default().trim()
    }
}

/// Rows that are being read.
struct Rows {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    rows: Vec<Place>,
    /// The number of the next row.
    number: usize,
    /// Where in the text the last row begins.
    last: usize,
}

/// Where a quotation mark was opened and not closed.
#[derive(Debug, Clone, Copy)]
struct Open {
    number: usize,
    byte: usize,
}

impl Rows {
    /// Adds the rows of a text that ends with [`END`].
    fn read(&mut self, text: &str, quoting: bool, separator: Separator) -> Result<(), Refused> {
        let mut reader = ReaderBuilder::new();
        reader.delimiter(separator.char() as u8).quoting(quoting).terminator(Terminator::Any(b'\n'));
        let mut reader = reader.build();
        let input = text.as_bytes();
        let mut at = 0;
        let mut places = vec![0; MAX_COLUMNS + 1];
        let mut filled = self.ends.last().copied().unwrap_or(0);
        // No output is longer than its input; one byte more, so that the reader never waits for room.
        self.bytes.resize(filled + input.len() + 1, 0);
        loop {
            // The reader passes over empty rows without a word, and they count.
            let blank = input.get(at..).unwrap_or_default().iter().take_while(|byte| **byte == b'\n').count();
            at += blank;
            self.number += blank;
            let begun = at;
            let Some((read, cells)) =
                self.record(&mut reader, input.get(at..).unwrap_or_default(), filled, &mut places)?
            else {
                break;
            };
            at += read;
            if cells > MAX_COLUMNS {
                return Err(Refused::TooManyColumns { row: self.number });
            }
            if self.rows.len() > MAX_ROWS {
                return Err(Refused::TooManyRows);
            }
            self.rows.push(Place { number: self.number, first: self.ends.len() });
            self.last = begun;
            self.ends.extend(places.iter().take(cells).map(|end| filled + end));
            filled = self.ends.last().copied().unwrap_or(filled);
            // A row is what a spreadsheet shows as one, however many lines its cells have.
            self.number += 1;
        }
        self.bytes.truncate(filled);
        Ok(())
    }

    /// One row: how much of the input it takes, and how many cells it has. None at the end.
    fn record(
        &mut self,
        reader: &mut Reader,
        input: &[u8],
        filled: usize,
        places: &mut [usize],
    ) -> Result<Option<(usize, usize)>, Refused> {
        let (mut read, mut written, mut cells) = (0, 0, 0);
        loop {
            let output = self.bytes.get_mut(filled + written..).unwrap_or_default();
            let ends = places.get_mut(cells..).unwrap_or_default();
            let (result, took, gave, ended) = reader.read_record(input.get(read..).unwrap_or_default(), output, ends);
            read += took;
            written += gave;
            cells += ended;
            match result {
                ReadRecordResult::Record => return Ok(Some((read, cells))),
                ReadRecordResult::End | ReadRecordResult::OutputFull => return Ok(None),
                ReadRecordResult::OutputEndsFull => return Err(Refused::TooManyColumns { row: self.number }),
                // Without input the reader comes to its end.
                ReadRecordResult::InputEmpty => {}
            }
        }
    }

    /// Takes away what stands behind the text; gives where the last row began if a quotation mark is open there.
    fn take_open_quote(&mut self) -> Option<Open> {
        let last = *self.rows.last()?;
        let closed = self.ends.len() == last.first + 1 && self.text_from(last.first) == END.trim_start().as_bytes();
        self.drop_last();
        (!closed).then_some(Open { number: last.number, byte: self.last })
    }

    fn text_from(&self, cell: usize) -> &[u8] {
        let from = cell.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.bytes.get(from..).unwrap_or_default()
    }

    fn drop_last(&mut self) {
        if let Some(last) = self.rows.pop() {
            self.ends.truncate(last.first);
            self.bytes.truncate(self.ends.last().copied().unwrap_or(0));
        }
    }
}
