//! The commands as people run them: real processes, and what they print.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod process;

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::Stdio,
};

use process::{Running, landlord};

/// The status of the answer to a GET.
fn status(address: &str, path: &str) -> String {
    let authority = address.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(authority).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap_or_default().to_owned()
}

/// Runs a command to its end: whether it succeeded, what it printed, and what it complained about.
fn outcome(dir: &Path, args: &[&str], input: &str) -> (bool, String, String) {
    let mut child = landlord(dir, args).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_server_becomes_ready_and_ends_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let mut server = Running::start(dir.path(), &["serve", "--listen", "127.0.0.1:0"], "listening:");
    let address = server.told("listening:");
    assert_eq!(status(&address, "/health/live"), "200");
    assert_eq!(status(&address, "/health/ready"), "200");
    assert!(server.ends_after("TERM"), "exit code 0 after SIGTERM");

    // Its own data is up to date, so that the next one may refuse to change it.
    let args = ["serve", "--listen", "127.0.0.1:0", "--no-migrate", "--no-worker"];
    let mut again = Running::start(dir.path(), &args, "listening:");
    assert_eq!(status(&again.told("listening:"), "/health/ready"), "200");
    assert!(again.ends_after("INT"), "exit code 0 after SIGINT");
}

#[test]
fn a_server_told_not_to_migrate_refuses_old_tables() {
    let dir = tempfile::tempdir().unwrap();
    for command in ["serve", "worker"] {
        let (succeeded, printed, complaint) =
            outcome(dir.path(), &[command, "--no-migrate", "--set", "server.listen=127.0.0.1:0"], "");
        assert!(!succeeded && complaint.contains("landlord migrate"), "{printed}{complaint}");
    }
}

#[test]
fn an_address_in_use_is_refused_before_anything_is_touched() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let dir = tempfile::tempdir().unwrap();
    let (succeeded, _, complaint) = outcome(dir.path(), &["serve", "--listen", &listen], "");
    assert!(!succeeded && complaint.contains(&listen), "{complaint}");
    assert!(!dir.path().join("data").exists());
}

#[test]
fn a_worker_ends_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let mut worker = Running::start(dir.path(), &["worker"], "working:");
    assert!(worker.ends_after("TERM"), "exit code 0 after SIGTERM");
}

#[test]
fn an_admin_is_made_with_a_password_from_standard_input() {
    let dir = tempfile::tempdir().unwrap();
    let args = ["user", "create-admin", "--email", "ada@platform.example", "--name", "Ada"];
    let (succeeded, _, complaint) = outcome(dir.path(), &args, "moss-lantern-orbit-92\n");
    assert!(!succeeded && complaint.contains("landlord migrate"), "{complaint}");

    assert!(outcome(dir.path(), &["migrate"], "").0);
    let (succeeded, _, complaint) = outcome(dir.path(), &args, "qz7kx\n");
    assert!(!succeeded && complaint.contains("password"), "{complaint}");
    assert!(!complaint.contains("qz7kx"), "no password is repeated");
    let (succeeded, printed, complaint) = outcome(dir.path(), &args, "moss-lantern-orbit-92\n");
    assert!(succeeded && printed.contains("ada@platform.example"), "{complaint}");
    let (succeeded, _, complaint) = outcome(dir.path(), &args, "moss-lantern-orbit-92\n");
    assert!(!succeeded && complaint.contains("has an account"), "{complaint}");
}

#[test]
fn the_demo_tells_who_may_sign_in_and_reuses_its_data() {
    let dir = tempfile::tempdir().unwrap();
    let args = ["demo", "--listen", "127.0.0.1:0", "--data-dir", "there"];
    let mut first = Running::start(dir.path(), &args, "listening:");
    let signs: Vec<String> = first.lines("sign-in:");
    let roles: Vec<&str> = signs.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(roles, ["manager", "owner", "staff", "admin"]);
    assert!(signs.iter().all(|line| line.split(' ').count() == 3), "{signs:?}");
    assert_eq!(status(&first.told("listening:"), "/health/ready"), "200");
    assert!(first.ends_after("TERM"));

    let mut second = Running::start(dir.path(), &args, "listening:");
    assert_eq!(second.lines("sign-in:"), signs);
    assert!(second.ends_after("TERM"));
}

#[test]
fn the_demo_stays_on_this_machine_and_away_from_other_data() {
    let dir = tempfile::tempdir().unwrap();
    let (succeeded, _, complaint) = outcome(dir.path(), &["demo", "--listen", "0.0.0.0:0"], "");
    assert!(!succeeded && complaint.contains("--allow-remote"), "{complaint}");

    assert!(outcome(dir.path(), &["migrate"], "").0);
    let admin = ["user", "create-admin", "--email", "ada@platform.example", "--name", "Ada"];
    assert!(outcome(dir.path(), &admin, "moss-lantern-orbit-92\n").0);
    let args = ["demo", "--listen", "127.0.0.1:0", "--data-dir", "data"];
    let (succeeded, printed, complaint) = outcome(dir.path(), &args, "");
    assert!(!succeeded && complaint.contains("--data-dir"), "{complaint}");
    assert!(!printed.contains("sign-in:"), "{printed}");
}
