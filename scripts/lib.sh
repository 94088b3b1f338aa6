# shellcheck shell=bash
# What every script here shares; sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export root

# Caches live outside the checkout, so that a fresh clone finds them warm.
cache=${LANDLORD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/landlord}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/target}
export PATH="$PATH:$HOME/.cargo/bin"

# say TEXT...: a line for the person at the terminal, apart from the output of tools.
say() { printf '%s\n' "$*" >&2; }

# die TEXT...: says why and stops.
die() {
    say "error: $*"
    exit 1
}

# postgres_bin: the folder of the newest PostgreSQL server on this machine, 15 or later; fails when there is none.
postgres_bin() {
    local initdb version best='' newest=14
    for initdb in /usr/lib/postgresql/*/bin/initdb $(type -P initdb || true); do
        [[ -x $initdb && -x ${initdb%initdb}postgres ]] || continue
        version=$("$initdb" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
        if ((version > newest)); then
            newest=$version best=${initdb%/initdb}
        fi
    done
    [[ -n $best ]] && printf '%s\n' "$best"
}

# chromium_bin: the browser to test with; fails when there is none.
chromium_bin() { type -P "${LANDLORD_CHROMIUM:-chromium}"; }
