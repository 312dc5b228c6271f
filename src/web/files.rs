//! Files in and out. Nothing is uploaded: the browser hands them over.

use std::time::Duration;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, DragEvent, File, HtmlAnchorElement, HtmlInputElement, TextDecoder, Url, window};

use super::{
    clock,
    error::{WebError, words_of},
};

/// Safari is still reading the object after the click; a minute is enough for a disk.
const REVOKE_AFTER: Duration = Duration::from_secs(60);

/// Names that Windows keeps for itself, whatever the ending.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Saves `text` as a file named `name` (see [`safe_file_name`]) where the reader's browser saves files.
///
/// # Errors
/// [`WebError::Download`] if the browser makes no file of it. Whether the reader then cancels is not known.
pub fn download(name: &str, mime: &str, text: &str) -> Result<(), WebError> {
    let url = object_url(mime, text).map_err(|refusal| not_handed_out(name, &refusal))?;
    let clicked = click_link(&url, name).map_err(|refusal| not_handed_out(name, &refusal));
    clock::after(REVOKE_AFTER, move || {
        // Only memory is at stake, and the page's end frees it too.
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    clicked
}

fn object_url(mime: &str, text: &str) -> Result<String, JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(mime);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)?;
    Url::create_object_url_with_blob(&blob)
}

fn click_link(url: &str, name: &str) -> Result<(), JsValue> {
    let document = window().and_then(|window| window.document()).ok_or("no document")?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(url);
    link.set_download(name);
    link.click();
    Ok(())
}

fn not_handed_out(name: &str, refusal: &JsValue) -> WebError {
    WebError::Download { name: name.to_owned(), reason: words_of(refusal) }
}

/// The text of a file, without a byte order mark.
///
/// # Errors
/// [`WebError::FileTooLarge`] beyond `max_bytes`, before anything is read; [`WebError::FileUnreadable`] if the browser
/// cannot read it; [`WebError::FilePacked`] and [`WebError::FileNotText`] if it is not UTF-8.
pub async fn read_text(file: File, max_bytes: usize) -> Result<String, WebError> {
    let name = file.name();
    decode(read_bytes(file, max_bytes).await?, name)
}

/// The text of a file from another program.
#[derive(Debug, PartialEq, Eq)]
pub enum ForeignText {
    /// As its byte order mark or its bytes tell.
    Certain(String),
    /// Nothing tells: read as Western European (Windows-1252), which may be wrong.
    Western(String),
}

/// The text of a file from another program, in whatever way it is encoded: a byte order mark decides, then whether it is
/// UTF-8, or UTF-16 by its zeros.
///
/// # Errors
/// As [`read_text`], without [`WebError::FileNotText`] where the browser knows the encodings.
pub async fn read_foreign_text(file: File, max_bytes: usize) -> Result<ForeignText, WebError> {
    let name = file.name();
    let bytes = read_bytes(file, max_bytes).await?;
    match (utf_16_of(&bytes), std::str::from_utf8(&bytes)) {
        (Some(label), _) => decode_as(label, &bytes, name).map(ForeignText::Certain),
        (None, Ok(_)) => decode(bytes, name).map(ForeignText::Certain),
        (None, Err(_)) => decode_as("windows-1252", &bytes, name).map(ForeignText::Western),
    }
}

/// Which UTF-16 it is, if it is that: by its mark, or since every other byte of the first ones is zero.
fn utf_16_of(bytes: &[u8]) -> Option<&'static str> {
    let start = bytes.get(..bytes.len().min(400)).unwrap_or_default();
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    match start {
        [0xff, 0xfe, ..] => Some("utf-16le"),
        [0xfe, 0xff, ..] => Some("utf-16be"),
        _ if 3 * zeros(1) > start.len() => Some("utf-16le"),
        _ if 3 * zeros(0) > start.len() => Some("utf-16be"),
        _ => None,
    }
}

fn decode_as(label: &str, bytes: &[u8], name: String) -> Result<String, WebError> {
    let text = TextDecoder::new_with_label(label).and_then(|decoder| decoder.decode_with_u8_array(bytes));
    text.map_err(|_| WebError::FileNotText { name, at: 0 })
}

async fn read_bytes(file: File, max_bytes: usize) -> Result<Vec<u8>, WebError> {
    let name = file.name();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size in bytes, exact to 2^53")]
    let bytes = file.size() as u64;
    if usize::try_from(bytes).map_or(true, |bytes| bytes > max_bytes) {
        return Err(WebError::FileTooLarge { name, bytes, max: max_bytes });
    }
    // Not `text()`: it replaces in silence what it cannot decode.
    match JsFuture::from(file.array_buffer()).await {
        Ok(buffer) => Ok(Uint8Array::new(&buffer).to_vec()),
        Err(refusal) => Err(WebError::FileUnreadable { name, reason: words_of(&refusal) }),
    }
}

/// What packed files begin with.
const PACKED: [(&[u8], &str); 2] = [(b"\x1f\x8b", "gzip"), (b"PK\x03\x04", "zip")];

fn decode(bytes: Vec<u8>, name: String) -> Result<String, WebError> {
    if let Some((_, kind)) = PACKED.into_iter().find(|(begin, _)| bytes.starts_with(begin)) {
        return Err(WebError::FilePacked { name, kind });
    }
    let mut text = String::from_utf8(bytes)
        .map_err(|error| WebError::FileNotText { name, at: error.utf8_error().valid_up_to() })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

/// The file that the reader chose. The input is emptied, so that choosing the same file again is a change again.
#[must_use]
pub fn picked(input: &HtmlInputElement) -> Option<File> {
    let file = input.files()?.get(0);
    input.set_value("");
    file
}

/// The (first) file that was dropped. The event's default, which is to leave the page for the file, is for the caller
/// to prevent, on `dragover` as well as on `drop`.
#[must_use]
pub fn dropped(event: &DragEvent) -> Option<File> {
    event.data_transfer()?.files()?.get(0)
}

/// Whether a file is being dragged, rather than a text or a link.
#[must_use]
pub fn carries_file(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

/// A title as the stem of a file's name on any system: `Q4: grow/keep` becomes `Q4 grow keep`. Never empty.
#[must_use]
pub fn safe_file_name(title: &str) -> String {
    let spaced: String = title.chars().map(|c| if is_safe(c) { c } else { ' ' }).collect();
    let mut stem = String::new();
    for word in spaced.split_whitespace() {
        // File systems allow 255 bytes; an ending and " (2)" need room too.
        if stem.len() + word.len() >= 100 {
            break;
        }
        if !stem.is_empty() {
            stem.push(' ');
        }
        stem.push_str(word);
    }
    let stem = stem.trim_matches(['.', ' ']);
    let device = stem.trim_end_matches(|c: char| c.is_ascii_digit()).to_ascii_lowercase();
    if stem.is_empty() || RESERVED.contains(&device.as_str()) {
        format!("bearings {stem}").trim_end().to_owned()
    } else {
        stem.to_owned()
    }
}

fn is_safe(c: char) -> bool {
    c.is_alphanumeric() || "-_.,+&()' ".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_safe_everywhere_and_still_readable() {
        for (title, stem) in [
            ("Grow", "Grow"),
            ("Q4: grow/keep", "Q4 grow keep"),
            ("../../etc/passwd", "etc passwd"),
            ("Übergröße 目标", "Übergröße 目标"),
            ("", "bearings"),
            ("…?*", "bearings"),
            ("CON", "bearings CON"),
            ("com1", "bearings com1"),
            ("Company", "Company"),
            ("line\nbreak\u{202e}", "line break"),
        ] {
            assert_eq!(safe_file_name(title), stem, "{title}");
        }
    }

    #[test]
    fn long_titles_end_at_a_word() {
        let name = safe_file_name(&"objective ".repeat(30));
        assert!(name.len() <= 100 && name.ends_with("objective"), "{name}");
        assert_eq!(safe_file_name(&"é".repeat(300)), "bearings");
    }

    #[test]
    fn text_is_utf8_without_its_mark() {
        let named = || "a.csv".to_owned();
        assert_eq!(decode(b"\xef\xbb\xbfa,b".to_vec(), named()), Ok("a,b".to_owned()));
        let error = WebError::FileNotText { name: named(), at: 3 };
        assert_eq!(decode(b"caf\xe9".to_vec(), named()), Err(error));
        let utf16 = WebError::FileNotText { name: named(), at: 0 };
        assert_eq!(decode(b"\xff\xfea\0".to_vec(), named()), Err(utf16));
        for (begin, kind) in PACKED {
            assert_eq!(decode(begin.to_vec(), named()), Err(WebError::FilePacked { name: named(), kind }));
        }
    }

    #[test]
    fn utf_16_is_told_by_its_mark_or_its_zeros() {
        let bytes = |text: &str, little: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
        };
        assert_eq!(utf_16_of(&bytes("\u{feff}日付,値", true)), Some("utf-16le"));
        assert_eq!(utf_16_of(&bytes("\u{feff}日付,値", false)), Some("utf-16be"));
        assert_eq!(utf_16_of(&bytes("Date,Value", true)), Some("utf-16le"));
        assert_eq!(utf_16_of(&bytes("Date,Value", false)), Some("utf-16be"));
        assert_eq!(utf_16_of("Datum;Wert;für alle".as_bytes()), None);
        assert_eq!(utf_16_of(b"f\xfcr alle"), None);
        assert_eq!(utf_16_of(b""), None);
    }
}
