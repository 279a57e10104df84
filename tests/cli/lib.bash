# lib.bash -- what the command line tests share.
#
#   check NAME STATUS 'PATTERN' COMMAND...   runs the command; its status must be STATUS and its output
#                                            (both streams) must contain a line that matches PATTERN
set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/braid-cli-XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
export BRAID_DATA=$work/data HOME=$work/home
mkdir -p "$BRAID_DATA" "$HOME"
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$work" || exit 1

ok() { echo "ok $1"; }
fail() { echo "FAIL $1: $2"; }

check() {
    local name=$1 want=$2 pattern=$3 got
    shift 3
    timeout 100 "$@" >"$work/out" 2>&1 </dev/null
    got=$?
    if [ "$got" -ne "$want" ]; then
        fail "$name" "status $got, not $want: $(head -c 300 "$work/out" | tr '\n' '|')"
    elif ! grep -Eq -- "$pattern" "$work/out"; then
        fail "$name" "no '$pattern' in: $(head -c 300 "$work/out" | tr '\n' '|')"
    else
        ok "$name"
    fi
}
