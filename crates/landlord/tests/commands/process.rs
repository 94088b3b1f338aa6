//! A running `landlord`.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

/// Far longer than anything here takes, on however busy a machine.
const LONG: Duration = Duration::from_secs(120);

/// The program with nothing but these arguments: no file and no variable of the caller changes what it does.
pub(crate) fn landlord(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_landlord"));
    command.args(args).current_dir(dir).env_clear().stdout(Stdio::piped());
    command
}

/// A process that goes on until it is told to end; killed when it is dropped.
pub(crate) struct Running {
    child: Child,
    printed: Vec<String>,
    _rest: Receiver<String>,
}

impl Running {
    /// Starts it and waits for the line that begins with this word.
    pub(crate) fn start(dir: &Path, args: &[&str], ready: &str) -> Self {
        let mut child = landlord(dir, args).stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (sender, rest) = mpsc::channel();
        thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut printed = Vec::new();
        let end = Instant::now() + LONG;
        while !printed.iter().any(|line: &String| line.starts_with(ready)) {
            let line = rest.recv_timeout(end.saturating_duration_since(Instant::now()));
            printed.push(line.unwrap_or_else(|_| panic!("it never printed {ready}: {printed:?}")));
        }
        Self { child, printed, _rest: rest }
    }

    /// What it printed after this word, line by line.
    pub(crate) fn lines(&self, word: &str) -> Vec<String> {
        self.printed.iter().filter_map(|line| Some(line.strip_prefix(word)?.trim().to_owned())).collect()
    }

    /// What it printed after this word.
    pub(crate) fn told(&self, word: &str) -> String {
        self.lines(word).pop().unwrap()
    }

    /// Sends a signal; whether the process then ended with code 0.
    pub(crate) fn ends_after(&mut self, signal: &str) -> bool {
        let sent = Command::new("kill").args([&format!("-{signal}"), &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let end = Instant::now() + LONG;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.success();
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("it did not end after SIG{signal}");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
