//! A small web server for one folder: what `serve` shows and what the end-to-end tests open.
//!
//! It answers GET and HEAD on the loopback address, below a chosen path, never from outside its folder, and
//! remembers what was asked for.
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// A running server; it stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    folder: PathBuf,
    prefix: String,
    requests: Mutex<Vec<String>>,
    stopped: AtomicBool,
}

impl Server {
    /// Serves `folder` on the loopback address below `prefix`, which begins and ends with a slash.
    /// Port 0 takes any free port.
    ///
    /// # Errors
    /// If the port is in use.
    pub fn start(folder: &Path, prefix: &str, port: u16) -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            folder: folder.to_path_buf(),
            prefix: prefix.to_owned(),
            requests: Mutex::default(),
            stopped: AtomicBool::new(false),
        });
        let accepting = Arc::clone(&shared);
        thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                if accepting.stopped.load(Ordering::Relaxed) {
                    break;
                }
                let shared = Arc::clone(&accepting);
                // A visitor who hangs up early is no concern of the server.
                thread::spawn(move || shared.converse(&connection).unwrap_or_default());
            }
        });
        Ok(Server { address, shared })
    }

    /// The address of the page.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.shared.prefix)
    }

    /// Every path that was asked for so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.shared
            .requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Server {
    /// Answers nothing any more, as a host that cannot be reached.
    pub fn stop(&self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
        // Wakes the accepting thread up, so that it sees the flag.
        drop(TcpStream::connect(self.address));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What goes back to the browser.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    status: &'static str,
    kind: &'static str,
    location: Option<String>,
    body: Vec<u8>,
}

impl Answer {
    fn text(status: &'static str, text: &str) -> Answer {
        Answer {
            status,
            kind: "text/plain; charset=utf-8",
            location: None,
            body: text.as_bytes().to_vec(),
        }
    }
}

impl Shared {
    /// Reads one request and answers it.
    fn converse(&self, mut connection: &TcpStream) -> io::Result<()> {
        connection.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut lines = BufReader::new(connection).lines();
        let Some(request) = lines.next().transpose()? else {
            return Ok(());
        };
        for line in lines {
            if line?.is_empty() {
                break;
            }
        }
        let mut words = request.split(' ');
        let method = words.next().unwrap_or_default();
        let path = words
            .next()
            .unwrap_or_default()
            .split(['?', '#'])
            .next()
            .unwrap_or_default();
        let answer = if matches!(method, "GET" | "HEAD") {
            self.requests
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(path.to_owned());
            self.answer(path)
        } else {
            Answer::text("405 Method Not Allowed", "only GET and HEAD are answered")
        };
        let location = answer
            .location
            .map(|to| format!("Location: {to}\r\n"))
            .unwrap_or_default();
        write!(
            connection,
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             X-Content-Type-Options: nosniff\r\nConnection: close\r\n{location}\r\n",
            answer.status,
            answer.kind,
            answer.body.len(),
        )?;
        if method == "GET" {
            connection.write_all(&answer.body)?;
        }
        connection.flush()
    }

    fn answer(&self, path: &str) -> Answer {
        if self.prefix.strip_suffix('/') == Some(path) && !path.is_empty() {
            let location = Some(self.prefix.clone());
            return Answer {
                location,
                ..Answer::text("301 Moved Permanently", "")
            };
        }
        let missing = || Answer::text("404 Not Found", "no such file");
        let Some(inside) = path.strip_prefix(&self.prefix) else {
            return missing();
        };
        let name = if inside.is_empty() {
            "index.html"
        } else {
            inside
        };
        let relative = Path::new(name);
        if !relative
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
        {
            return missing();
        }
        let Ok(body) = fs::read(self.folder.join(relative)) else {
            return missing();
        };
        Answer {
            status: "200 OK",
            kind: media_type(name),
            location: None,
            body,
        }
    }
}

/// The media type that browsers insist on for modules and WebAssembly.
fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" | "ts" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn site() -> Shared {
        Shared {
            folder: PathBuf::from(env!("CARGO_MANIFEST_DIR")),
            prefix: "/docs/tool/".to_owned(),
            requests: Mutex::default(),
            stopped: AtomicBool::new(false),
        }
    }

    #[test]
    fn files_below_the_prefix_are_served_with_their_type() {
        let answer = site().answer("/docs/tool/src/http.rs");
        assert_eq!(
            (answer.status, answer.kind),
            ("200 OK", "application/octet-stream")
        );
        assert!(answer.body.starts_with(b"//! A small web server"));
        assert_eq!(media_type("interspoke_bg.wasm"), "application/wasm");
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        for path in [
            "/docs/tool/../Cargo.toml",
            "/docs/tool//etc/passwd",
            "/Cargo.toml",
            "/docs/tool/none",
            "/docs/tool/src",
        ] {
            assert_eq!(site().answer(path).status, "404 Not Found", "{path}");
        }
    }

    #[test]
    fn the_prefix_without_its_slash_leads_to_the_page() {
        assert_eq!(
            site().answer("/docs/tool").location.as_deref(),
            Some("/docs/tool/")
        );
    }

    #[test]
    fn a_conversation_over_the_wire_is_remembered() {
        let server = Server::start(Path::new(env!("CARGO_MANIFEST_DIR")), "/x/", 0).unwrap();
        let mut connection = TcpStream::connect(server.address).unwrap();
        connection
            .write_all(b"GET /x/Cargo.toml?v=1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .unwrap();
        let mut text = String::new();
        connection.read_to_string(&mut text).unwrap();
        assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
        assert!(
            text.contains("Cache-Control: no-store\r\n") && text.contains("[package]"),
            "{text}"
        );
        assert_eq!(server.requests(), ["/x/Cargo.toml"]);
    }
}
