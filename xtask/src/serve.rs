//! A small server for dist/, on this machine only.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::http::{Request, Response};

const USUAL_PORT: u16 = 8080;
const LONGEST_HEAD: u64 = 32_768;
/// A browser opens connections ahead of need and may leave them silent.
const PATIENCE: Duration = Duration::from_secs(20);

/// A folder under one path of one port.
pub struct Site {
    listener: TcpListener,
    folder: PathBuf,
    base: &'static str,
}

impl Site {
    /// On the usual port or any free one; on exactly the port that was asked for.
    pub fn open(folder: PathBuf, asked: Option<u16>) -> Result<Self> {
        let port = asked.unwrap_or(USUAL_PORT);
        let listener = match listen(port) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                if asked.is_some() {
                    bail!("port {port} is taken: leave out --port, or name another one");
                }
                println!("Port {port} is taken; using another one.");
                listen(0)
            }
            other => other,
        };
        Self::new(listener, folder, "/")
    }

    /// On any free port, under the given path and nowhere else.
    pub fn at_free_port(folder: PathBuf, base: &'static str) -> Result<Self> {
        Self::new(listen(0), folder, base)
    }

    fn new(listener: std::io::Result<TcpListener>, folder: PathBuf, base: &'static str) -> Result<Self> {
        let listener = listener.context("cannot listen on 127.0.0.1")?;
        Ok(Self { listener, folder, base })
    }

    pub fn address(&self) -> Result<String> {
        let port = self.listener.local_addr()?.port();
        Ok(format!("http://127.0.0.1:{port}{}", self.base))
    }

    /// Answers until the program ends.
    pub fn serve(self) {
        thread::scope(|scope| {
            for connection in self.listener.incoming().flatten() {
                // A connection that breaks is the client's own affair.
                scope.spawn(|| answer(connection, &self.folder, self.base).ok());
            }
        });
    }

    pub fn serve_in_background(self) {
        thread::spawn(|| self.serve());
    }
}

fn listen(port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

fn answer(mut connection: TcpStream, folder: &Path, base: &str) -> std::io::Result<()> {
    connection.set_read_timeout(Some(PATIENCE))?;
    connection.set_write_timeout(Some(PATIENCE))?;
    let mut head = String::new();
    let mut reader = BufReader::new((&connection).take(LONGEST_HEAD));
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    let Some(request) = Request::parse(&head) else {
        return Ok(());
    };
    let response = Response::to(&request, folder, base);
    connection.write_all(response.head.as_bytes())?;
    connection.write_all(&response.body)
}
