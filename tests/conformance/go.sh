#!/bin/bash
# go.sh -- the cases of this folder by Go itself: what Go does must be an outcome the case allows.
#
# All programs become one, started with the number of a case; each is run RUNS times (Go shows
# some of the interleavings, not all).  Cases that expect a race run in a build with Go's race
# detector.  Without a Go version is only what Go 1.19 or Go's own library does not have.
#
# `make conformance-go` runs this; as one of all tests (BRAID is set) it only checks that no Go
# version is missing.
set -u
cd "$(dirname "$0")" || exit 1
RUNS=${RUNS:-4}
files=()
for file in *.txt; do case $file in known*) ;; *) files+=("$file") ;; esac; done

missing=$(awk '
    function close_case() { if (name != "" && !has && !excused) print name }
    FNR == 1 || /^## / { close_case(); name = "" }
    /^## / { name = substr($0, 4); has = excused = 0 }
    /^source: .*\(Go 1\.2[0-9]\)/ { excused = 1 }
    /^source: package (errgroup|semaphore|singleflight|rate),/ { excused = 1 }
    /^go:$/ { has = 1 }
    END { close_case() }' "${files[@]}")
if [ -n "$missing" ]; then
    echo "FAIL a Go version for each case: none of '${missing//$'\n'/\', \'}'"
    exit 1
fi
if [ -n "${BRAID:-}" ]; then
    echo "ok a Go version for each case"
    exit 0
fi
if ! command -v go >/dev/null; then
    echo "skipped: Go is not installed: 'apt-get install -y golang-go' and run this again"
    exit 0
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/braid-go-XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
export GOCACHE=${GOCACHE:-$work/cache} GO111MODULE=off GOFLAGS= CGO_ENABLED=1 LC_ALL=C.UTF-8

# main.go; the files N.name and N.expect of each case that has a Go version
awk -v work="$work" '
    function close_case() { if (in_go) print "}" >main; in_go = 0 }
    BEGIN {
        main = work "/body.go"
        print "package main\n" >main
    }
    /^## / { close_case(); n++; name = substr($0, 4); expected = ""; next }
    /^expect:/ {
        close_case()
        sub(/^expect: */, "")
        expected = expected $0 "\n"
        next
    }
    /^go:$/ {
        close_case()
        in_go = 1
        cases = cases "\t\tcase \"" n "\": case" n "()\n"
        print "func case" n "() {" >main
        print name >(work "/" n ".name")
        printf "%s", expected >(work "/" n ".expect")
        close(work "/" n ".name"); close(work "/" n ".expect")
        next
    }
    in_go && /^    / { print "\t" substr($0, 5) >main; next }
    in_go && /^$/ { print "" >main; next }
    { close_case() }
    END {
        close_case()
        main = work "/main.go"
        print "package main\n\nimport \"os\"\n\nfunc main() {" >main
        print "\tswitch os.Args[1] {\n" cases "\t}\n}" >main
    }' "${files[@]}"

# the packages that are used
{
    echo "package main"
    for package in context errors fmt os os/signal reflect runtime sync sync/atomic syscall time; do
        grep -Eq "(^|[^a-zA-Z0-9_.])${package##*/}\.[A-Z]" "$work/body.go" &&
            echo "import \"$package\""
    done
    cat support.go.in
    tail -n +2 "$work/body.go"
} >"$work/cases.go"
rm "$work/body.go"
cd "$work" || exit 1
if ! go build -o plain . >build.log 2>&1; then
    echo "FAIL the Go versions do not compile:"
    head -n 20 build.log
    exit 1
fi
go build -race -o race . >race.log 2>&1 || rm -f race

# The outcome of a run, as cases.h says: its lines, then what ended it.
outcome() { # status
    awk -v status="$1" -v errors="$work/errors" '
        function add(line) { all = all (some++ ? " / " : "") line }
        { add($0) }
        END {
            while ((getline line <errors) > 0) {
                if (line ~ /^WARNING: DATA RACE/) { race = 1 }
                else if (!ended && line ~ /^(panic|fatal error): /) {
                    ended = 1
                    add(line)
                } else if (line ~ /^\tpanic: /) {
                    add(substr(line, 2))
                }
            }
            if (race) all = "race"
            else if (!ended && status != 0) add("exit " status)
            print all
        }' "$work/stdout"
}

passed=0 failed=0 skipped=0
for expect in $(printf '%s\n' *.expect | sort -n); do
    number=${expect%.expect}
    name=$(cat "$number.name")
    program=./plain runs=$RUNS bad=
    if grep -qx race "$expect"; then
        program=./race
        if [ ! -x race ]; then
            echo "skipped $name: no race detector: $(head -n 1 race.log)"
            skipped=$((skipped + 1))
            continue
        fi
    fi
    for ((i = 0; i < runs; i++)); do
        timeout 20 "$program" "$number" >stdout 2>errors </dev/null
        got=$(outcome $?)
        grep -Fqx -- "$got" "$expect" || { bad=$got; break; }
    done
    if [ $i -lt "$runs" ]; then
        echo "FAIL $name (go): an outcome that may not be: '$bad'"
        failed=$((failed + 1))
    else
        echo "ok $name (go)"
        passed=$((passed + 1))
    fi
done
echo "$passed passed, $failed failed, $skipped left out"
[ $failed -eq 0 ]
