//! Rebuilds the crate when the built front end or the texts change: they are embedded in optimised builds.

fn main() {
    // An absent folder would count as changed at each build.
    let _ = std::fs::create_dir_all("../../web/dist");
    println!("cargo::rerun-if-changed=../../web/dist");
    println!("cargo::rerun-if-changed=../../locales");
    println!("cargo::rerun-if-changed=build.rs");
}
