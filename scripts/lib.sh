# shellcheck shell=bash
# What every script here shares; sourced, never run.

shopt -s inherit_errexit

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Caches live outside the checkout, so that a fresh clone finds them warm. No name here begins with LANDLORD_: the program
# takes those for its settings.
cache=${BUILD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/landlord}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/target}
export PATH="$PATH:$HOME/.cargo/bin"

# say LINE...: lines for the person at the terminal, apart from the output of tools.
say() { printf "%s\n" "$@" >&2; }

# die TEXT...: says why and stops.
die() {
    say "error: $*"
    exit 1
}

# step TITLE CMD...: runs CMD under a heading, says how long it took, and fails as it does. Never call it before || or in an if:
# the shell would then let a function run on after a failure.
step() {
    local title=$1 begun=$SECONDS status
    shift
    say "" "== $title"
    set +e
    (
        set -e
        "$@"
    )
    status=$?
    set -e
    say "== $title: $( ((status)) && printf 'FAILED' || printf 'passed') after $((SECONDS - begun)) s"
    return "$status"
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
chromium_bin() { type -P "${CHROMIUM:-chromium}"; }

# npm_packages DIR: installs the packages of DIR's lockfile, unless just these are there.
npm_packages() {
    local stamp=$1/node_modules/.installed-from want
    want=$(sha256sum <"$1/package-lock.json")$(node --version)
    [[ ! -f $stamp || $(<"$stamp") != "$want" ]] || return 0
    (cd "$1" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --cache "$cache/npm" --prefer-offline --no-audit --no-fund --loglevel=error)
    printf '%s' "$want" >"$stamp"
}

# web_assets: builds web/dist, unless it was built from just these sources. The style sheet is made from the classes that the
# templates and the code name, so those are sources too.
web_assets() {
    local stamp=$root/web/node_modules/.built-from want
    npm_packages "$root/web"
    want=$(cd "$root" && find web crates/app/src -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' -print0 |
        sort -z | xargs -0 sha256sum | sha256sum)
    [[ ! -f $stamp || ! -d $root/web/dist || $(<"$stamp") != "$want" ]] || return 0
    (cd "$root/web" && npm run --silent build)
    printf '%s' "$want" >"$stamp"
}

# landlord_bin: builds the program with its assets and optimised libraries, and says where it is.
landlord_bin() {
    web_assets >&2
    (cd "$root" && cargo build --quiet --locked --profile e2e --bin landlord) >&2
    printf '%s\n' "$CARGO_TARGET_DIR/e2e/landlord"
}
