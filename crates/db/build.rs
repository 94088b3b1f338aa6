//! The migrations are embedded: a changed file is a changed crate.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
