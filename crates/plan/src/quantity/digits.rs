//! Digits: scripts, the decimal sign, groups.

use super::Separators;

/// The decimal sign of Arabic script, which most of its keyboards cannot type, and what groups its digits. They mean the
/// same in every locale.
const ARABIC_DECIMAL: char = '\u{66b}';
const ARABIC_GROUP: char = '\u{66c}';

/// The zeros of the digits people type; each script's ten digits follow its zero.
const ZEROS: [char; 4] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}'];

/// The digits of a number, without any grouping.
pub(super) struct Decimal {
    pub(super) whole: String,
    pub(super) fraction: String,
}

/// One way to write for characters of one meaning, so that the rest need know only ASCII signs,
/// digits and blanks. Nothing for invisible marks: numbers pasted from right-to-left text have
/// them.
pub(crate) fn plain_char(c: char) -> Option<char> {
    Some(match c {
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
            return None;
        }
        '\u{2212}' | '\u{2013}' | '\u{fe63}' => '-',
        '\u{2019}' => '\'',
        '\u{66a}' => '%',
        '\u{ffe5}' => '¥',
        _ if c.is_whitespace() => ' ',
        // The full-width forms are ASCII, shifted.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0)?,
        _ => ZEROS
            .iter()
            .filter_map(|&zero| u32::from(c).checked_sub(u32::from(zero)))
            .find_map(|digit| char::from_digit(digit, 10))
            .unwrap_or(c),
    })
}

fn plain_separators(separators: Separators) -> (char, char) {
    let plain = |c| plain_char(c).unwrap_or(c);
    (plain(separators.decimal), plain(separators.group))
}

/// Splits after the digits and all that could separate them; a blank only if a digit follows.
pub(super) fn split_body(text: &str, separators: Separators) -> (&str, &str) {
    let (decimal, group) = plain_separators(separators);
    let marks = [decimal, group, '.', ',', '\'', ARABIC_DECIMAL, ARABIC_GROUP];
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let belongs = match c {
            ' ' => chars.peek().is_some_and(|(_, next)| next.is_ascii_digit()),
            _ => c.is_ascii_digit() || marks.contains(&c),
        };
        if !belongs {
            return text.split_at_checked(at).unwrap_or((text, ""));
        }
    }
    (text, "")
}

/// The digits as the locale means them, if it writes numbers like this.
pub(super) fn read(body: &str, separators: Separators) -> Option<Decimal> {
    let (decimal, group) = plain_separators(separators);
    // Typed on a Latin keyboard, Arabic and Persian numbers have the English signs.
    let latin = || (decimal == ARABIC_DECIMAL).then(|| read_with(body, '.', ','))?;
    let arabic =
        || body.contains([ARABIC_DECIMAL, ARABIC_GROUP]).then(|| read_with(body, ARABIC_DECIMAL, ARABIC_GROUP))?;
    read_with(body, decimal, group).or_else(latin).or_else(arabic)
}

pub(super) fn read_with(body: &str, decimal: char, group: char) -> Option<Decimal> {
    let (whole, fraction) = body.split_once(decimal).unwrap_or((body, ""));
    let grouped = match whole.chars().find(|c| !c.is_ascii_digit()) {
        None => true,
        Some(mark) => [group, '\'', ' '].contains(&mark) && is_well_grouped(whole, mark),
    };
    (grouped && fraction.bytes().all(|b| b.is_ascii_digit()))
        .then(|| Decimal { whole: whole.chars().filter(char::is_ascii_digit).collect(), fraction: fraction.to_owned() })
}

fn is_well_grouped(whole: &str, mark: char) -> bool {
    // "0,001" is no way to write 1: whoever types it means the comma as a decimal sign.
    if whole.starts_with('0') {
        return false;
    }
    let groups: Vec<&str> = whole.split(mark).collect();
    if !groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_digit())) {
        return false;
    }
    match groups.as_slice() {
        [first, middle @ .., last] => {
            let thousands = first.len() <= 3 && middle.iter().all(|group| group.len() == 3);
            let indian = mark == ',' && first.len() <= 2 && middle.iter().all(|g| g.len() == 2);
            !first.is_empty() && last.len() == 3 && (thousands || indian)
        }
        _ => false,
    }
}
