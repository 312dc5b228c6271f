//! What stands between the cells of a text.

use super::{dates::Dates, numbers};

/// What stands between the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// A tab: what spreadsheets put on the clipboard.
    Tab,
    /// `;`: files of spreadsheets where the comma is the decimal sign.
    Semicolon,
    /// `|`: Markdown, wikis and terminals.
    Pipe,
    /// `,`: files of all others.
    Comma,
}

impl Separator {
    /// In the order in which they are looked for.
    const ALL: [Self; 4] = [Self::Tab, Self::Semicolon, Self::Pipe, Self::Comma];
    /// How many rows are looked at for a guess.
    const LOOKED_AT: usize = 50;

    /// The character.
    #[must_use]
    pub const fn char(self) -> char {
        match self {
            Self::Tab => '\t',
            Self::Semicolon => ';',
            Self::Pipe => '|',
            Self::Comma => ',',
        }
    }

    /// The separator that a first line `sep=;` names, as some spreadsheets write it, and the text behind that line.
    pub(super) fn declared(text: &str) -> Option<(Self, &str)> {
        let (line, rest) = text.split_once('\n')?;
        let name = line.trim_matches(['"', ' ', '\r']);
        let sign = name.strip_prefix("sep=").or_else(|| name.strip_prefix("SEP="));
        // A tab was trimmed.
        let sign = sign.map(|sign| sign.chars().next().unwrap_or('\t'))?;
        Self::ALL.into_iter().find(|separator| separator.char() == sign).map(|separator| (separator, rest))
    }

    /// The first that most rows have outside of quotation marks. A comma within numbers separates nothing.
    pub(super) fn guess(text: &str) -> Self {
        let lines = || text.lines().filter(|line| !line.trim().is_empty()).take(Self::LOOKED_AT);
        if Self::is_framed(text) {
            return Self::Pipe;
        }
        let (rows, having) = Self::counted(text);
        // A pipe may stand within cells: it separates them where no row has other separators only.
        let has = |line: &str, separator: Self| line.contains(separator.char());
        let is_even =
            lines().all(|line| has(line, Self::Pipe) || Self::ALL.into_iter().all(|separator| !has(line, separator)));
        let may = |place: usize| Self::ALL.get(place) != Some(&Self::Pipe) || is_even;
        let most = (0..having.len()).find(|place| may(*place) && 2 * having.get(*place).unwrap_or(&0) > rows);
        let most = most
            .or_else(|| (0..having.len()).find(|place| may(*place) && having.get(*place).is_some_and(|it| *it > 0)));
        // A number with a comma in its head is text: the first row does not count.
        let only_numbers = || lines().skip(usize::from(rows > 1)).all(numbers::is_number);
        match most.and_then(|place| Self::ALL.get(place)) {
            Some(Self::Comma) if only_numbers() && !Self::parts_dates(lines()) => Self::Tab,
            Some(separator) => *separator,
            None => Self::Tab,
        }
    }

    /// Whether each line has one comma and a date before it, and each date is another one: `2024,310`.
    fn parts_dates<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
        let mut seen: Vec<&str> = Vec::new();
        for line in lines {
            let Some((date, rest)) = line.split_once(',') else { return false };
            let date = date.trim();
            let is_date = || Dates { own: &[] }.read(date).is_some();
            if rest.contains(',') || seen.contains(&date) || !is_date() {
                return false;
            }
            seen.push(date);
        }
        true
    }

    /// How many of the first rows there are, and how many of them have each of the separators.
    fn counted(text: &str) -> (usize, [usize; 4]) {
        let (mut rows, mut having) = (0, [0; 4]);
        let (mut found, mut filled, mut quoted, mut begins) = ([false; 4], false, false, true);
        // The end of what is looked at ends a row.
        for c in text.chars().take(Self::LOOKED_AT * 1_000).chain(['\n']) {
            let place = Self::ALL.iter().position(|separator| separator.char() == c);
            let marks = c == '"' && (quoted || begins);
            match c {
                // A doubled one closes and opens again.
                '"' if marks => quoted = !quoted,
                '\n' if !quoted && filled => {
                    rows += 1;
                    having.iter_mut().zip(found).for_each(|(having, found)| *having += usize::from(found));
                    (found, filled) = ([false; 4], false);
                    if rows == Self::LOOKED_AT {
                        break;
                    }
                }
                _ => {}
            }
            if !quoted {
                filled |= !c.is_whitespace() || place.is_some();
                if let Some(found) = place.and_then(|place| found.get_mut(place)) {
                    *found = true;
                }
            }
            begins = c == '\n' || place.is_some() || marks;
            filled &= c != '\n' || quoted;
        }
        (rows, having)
    }

    /// Whether rows stand between pipes, as in Markdown: each line begins with one, or a line of dashes does.
    fn is_framed(text: &str) -> bool {
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty()).take(Self::LOOKED_AT);
        let begins = |line: &str| line.starts_with(Self::Pipe.char());
        lines().next().is_some() && (lines().all(begins) || lines().any(|line| begins(line) && is_rule(line)))
    }

    /// A table between pipes without its frame: pipes around rows, and lines of dashes.
    pub(super) fn unframed(text: &str) -> String {
        let framed = Self::is_framed(text);
        let bare = |line: &str| {
            let line = line.trim();
            if is_rule(line) {
                return String::new();
            }
            let inner = line
                .strip_prefix('|')
                .filter(|_| framed)
                .map_or(line, |inner| inner.strip_suffix('|').unwrap_or(inner));
            inner.replace("\\|", ESCAPED_PIPE)
        };
        text.lines().map(bare).collect::<Vec<_>>().join("\n")
    }
}

/// A line of dashes below a heading, or around a table.
fn is_rule(line: &str) -> bool {
    line.contains("--") && line.chars().all(|c| " +-=:|".contains(c))
}

/// What stands for a pipe within a cell while pipes separate them.
pub(super) const ESCAPED_PIPE: &str = "\u{2}";
