//! Just enough HTTP to hand out the files of a folder: which file a request means,
//! and what is said about it.

use std::fs;
use std::path::{Path, PathBuf};

/// What the page's own policy cannot say from within a `<meta>` element, and good manners.
const HEADERS: &str = "\
Content-Security-Policy: frame-ancestors 'none'\r\n\
X-Content-Type-Options: nosniff\r\n\
Referrer-Policy: no-referrer\r\n";

/// The part of a request that counts here.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    pub target: String,
    pub accepts_brotli: bool,
    pub accepts_gzip: bool,
}

impl Request {
    /// From the lines up to the empty one; none if that is not HTTP.
    pub fn parse(head: &str) -> Option<Self> {
        let mut lines = head.lines();
        let mut words = lines.next()?.split(' ');
        let method = words.next()?.to_owned();
        let target = words.next()?.to_owned();
        words.next()?.starts_with("HTTP/").then_some(())?;

        let accepted = lines
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("accept-encoding"))
            .map_or("", |(_, value)| value);
        let accepts = |wanted: &str| {
            accepted.split(',').any(|offer| {
                let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
                name.trim() == wanted && !matches!(weight.trim(), "q=0" | "q=0.0")
            })
        };
        let (accepts_brotli, accepts_gzip) = (accepts("br"), accepts("gzip"));
        Some(Self { method, target, accepts_brotli, accepts_gzip })
    }
}

/// A whole response, ready to be sent.
pub struct Response {
    pub head: String,
    pub body: Vec<u8>,
}

impl Response {
    /// Answers from `folder`, which is mounted at `base` (such as `/` or `/some/where/`).
    pub fn to(request: &Request, folder: &Path, base: &str) -> Self {
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            return Self::short("405 Method Not Allowed", "Allow: GET, HEAD\r\n");
        }
        let mut response = match resolve(&request.target, folder, base) {
            Meaning::File(file) => Self::file(&file, request),
            Meaning::Folder(address) => Self::short("301 Moved Permanently", &format!("Location: {address}\r\n")),
            Meaning::Nothing => Self::short("404 Not Found", ""),
        };
        if request.method == "HEAD" {
            response.body.clear();
        }
        response
    }

    fn file(file: &Path, request: &Request) -> Self {
        let twins = [(request.accepts_brotli, "br", "br"), (request.accepts_gzip, "gzip", "gz")];
        let compressed = twins.into_iter().filter(|(accepted, ..)| *accepted).find_map(|(_, encoding, ending)| {
            let mut name = file.as_os_str().to_owned();
            name.push(format!(".{ending}"));
            Some((format!("Content-Encoding: {encoding}\r\n"), fs::read(name).ok()?))
        });
        let (encoding, body) = match compressed {
            Some(found) => found,
            None => match fs::read(file) {
                Ok(bytes) => (String::new(), bytes),
                Err(_) => return Self::short("404 Not Found", ""),
            },
        };
        let headers = format!("Content-Type: {}\r\n{encoding}Vary: Accept-Encoding\r\n", content_type(file));
        Self::new("200 OK", &headers, body)
    }

    /// Its only text is its own status.
    fn short(status: &str, headers: &str) -> Self {
        let headers = format!("Content-Type: text/plain; charset=utf-8\r\n{headers}");
        Self::new(status, &headers, format!("{status}\n").into_bytes())
    }

    fn new(status: &str, headers: &str, body: Vec<u8>) -> Self {
        // Always asked for again: the next build is served under the same address.
        let head = format!(
            "HTTP/1.1 {status}\r\n{HEADERS}{headers}Cache-Control: no-cache\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        Self { head, body }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Meaning {
    File(PathBuf),
    /// Without its last slash, relative addresses in the page would go astray.
    Folder(String),
    Nothing,
}

fn resolve(target: &str, folder: &Path, base: &str) -> Meaning {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let Some(inner) = path.strip_prefix(base) else {
        let is_base = path.len() + 1 == base.len() && base.starts_with(path);
        return if is_base { Meaning::Folder(base.to_owned()) } else { Meaning::Nothing };
    };
    if inner.is_empty() {
        return Meaning::File(folder.join("index.html"));
    }
    // Built file names need no escapes. An empty part would lead out of the folder just as `..` does.
    let is_plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
    };
    let name = inner.strip_suffix('/').unwrap_or(inner);
    if !name.split('/').all(is_plain) {
        return Meaning::Nothing;
    }
    let file = folder.join(name);
    match (file.is_dir(), inner.ends_with('/')) {
        (true, true) => Meaning::File(file.join("index.html")),
        (true, false) => Meaning::Folder(format!("{path}/")),
        (false, true) => Meaning::Nothing,
        (false, false) => Meaning::File(file),
    }
}

fn content_type(file: &Path) -> &'static str {
    let ending = file.extension().and_then(|ending| ending.to_str());
    match ending.unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Meaning, Request, resolve};

    fn file(path: &str) -> Meaning {
        Meaning::File(Path::new("site").join(path))
    }

    fn at(base: &str, target: &str) -> Meaning {
        resolve(target, Path::new("site"), base)
    }

    #[test]
    fn a_file_is_found_under_any_base() {
        assert_eq!(at("/", "/assets/a-1.js?v=2"), file("assets/a-1.js"));
        assert_eq!(at("/some/where/", "/some/where/"), file("index.html"));
        assert_eq!(at("/some/where/", "/some/where/sw.js"), file("sw.js"));
        assert_eq!(at("/some/where/", "/sw.js"), Meaning::Nothing);
    }

    #[test]
    fn a_base_without_its_slash_is_sent_to_it() {
        let base = Meaning::Folder(String::from("/some/where/"));
        assert_eq!(at("/some/where/", "/some/where"), base);
    }

    #[test]
    fn nothing_outside_of_the_folder_can_be_named() {
        for target in ["/../secret", "/a/..%2fb", "//etc/passwd", "//", "/a//b", "/.git/config", "/c:\\x", "x"] {
            assert_eq!(at("/", target), Meaning::Nothing, "{target}");
        }
    }

    #[test]
    fn encodings_are_those_that_the_client_names() {
        let parse = |value| {
            let head = format!("GET / HTTP/1.1\r\nHost: x\r\naccept-encoding: {value}\r\n\r\n");
            Request::parse(&head).map(|request| (request.accepts_brotli, request.accepts_gzip))
        };
        assert_eq!(parse("gzip, deflate, br;q=0.9"), Some((true, true)));
        assert_eq!(parse("gzip;q=0, br;q=0"), Some((false, false)));
        assert_eq!(parse("brotli"), Some((false, false)));
        assert_eq!(Request::parse("nonsense"), None);
    }
}
