//! Times of day beside dates: a reading is of a day, so they are taken off.

/// The words of a date without its time of day, and whether a time zone was with it.
pub(super) fn without_time(text: &str) -> (Vec<&str>, bool) {
    let text = text.split_once('(').map_or(text, |(before, _)| before);
    let mut words: Vec<&str> = Vec::new();
    let (mut timed, mut zoned) = (false, false);
    for word in text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
        let (date, time) = split_t(word);
        if let Some(date) = date {
            words.push(date);
        }
        let Some(time) = time else { continue };
        match time_of_day(time, date.is_some()) {
            Some(zone) => (timed, zoned) = (true, zoned | zone),
            None if timed && is_half_of_day(time) => {}
            None if timed && is_zone(time) => zoned = true,
            None => words.push(time),
        }
    }
    // "28.11.2026 09.30": what a full date needs no more.
    if let Some((last, date)) = words.split_last()
        && !timed
        && is_dotted(last)
        && date.iter().any(|word| has_year(word))
        && date.concat().chars().filter(char::is_ascii_alphanumeric).count() > 5
    {
        words.pop();
    }
    (words, zoned)
}

/// `2026-11-28T09:30` is a date and a time; any other word is one thing.
fn split_t(word: &str) -> (Option<&str>, Option<&str>) {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = word.as_bytes();
    let t = bytes.iter().enumerate().position(|(at, byte)| {
        *byte == b'T' && digit(at.checked_sub(1).and_then(|at| bytes.get(at))) && digit(bytes.get(at + 1))
    });
    match t {
        Some(at) if at >= 8 => (word.get(..at), word.get(at + 1..)),
        _ => (None, Some(word)),
    }
}

/// Whether a word is a time of day: none if it is not, else whether a zone stands behind it.
fn time_of_day(word: &str, after_t: bool) -> Option<bool> {
    let (hour, rest) = digits(word)?;
    if hour.len() == 1 || hour.len() == 2 {
        let rest = rest.strip_prefix([':', 'h', 'H'])?;
        let (_, mut rest) = digits(rest).unwrap_or(("", rest));
        while let Some((_, after)) = rest.strip_prefix([':', '.']).and_then(digits) {
            rest = after;
        }
        return (rest.is_empty() || is_half_of_day(rest)).then_some(false).or_else(|| is_zone(rest).then_some(true));
    }
    // 20261128T0930Z
    (after_t && (hour.len() == 4 || hour.len() == 6) && (rest.is_empty() || is_zone(rest))).then_some(!rest.is_empty())
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if end == 0 { None } else { text.split_at_checked(end) }
}

fn is_half_of_day(word: &str) -> bool {
    let letters: String = word.chars().filter(|c| *c != '.').flat_map(char::to_lowercase).collect();
    ["am", "pm", "a", "p", "m", "上午", "下午", "午前", "午後", "ص", "م"].contains(&letters.as_str())
}

fn is_zone(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit() || "+-:".contains(c));
    let is_offset = word.len() > 1 && letters.is_empty() && word.starts_with(['+', '-']);
    let is_name = (1..=5).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    is_offset || is_name
}

/// `9.30`, `09.30.15`
fn is_dotted(word: &str) -> bool {
    let mut parts = word.split('.');
    let hour = parts.next().is_some_and(|hour| (1..=2).contains(&hour.len()) && digits(hour).is_some());
    let rest: Vec<&str> = parts.collect();
    hour && (1..=2).contains(&rest.len()) && rest.iter().all(|part| part.len() == 2 && digits(part).is_some())
}

fn has_year(word: &str) -> bool {
    word.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4)
}
