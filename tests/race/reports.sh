#!/bin/bash
# reports.sh -- races as a learner reads them: NAME.txt holds what is said of NAME.lua or NAME.c, up to
# the first empty line.  Compilers differ in nothing a learner sees.
. "$(dirname "$0")/../cli/lib.bash"
cp -r "$root/tests/race/reports" . && cd reports || exit 1

report() { # PROGRAM NAME
    local name=${1%.*}
    "$BRAID" check --plain "$1" | sed '/^$/,$d' >"$work/said"
    if [ ! -s "$name.txt" ]; then fail "$2" "no $name.txt"
    elif ! diff "$name.txt" "$work/said" >"$work/diff"; then fail "$2" "$(tr '\n' '|' <"$work/diff")"
    elif [ "$(wc -L <"$work/said")" -gt 80 ]; then fail "$2" "wider than 80 columns"
    else ok "$2"; fi
}

for file in *.lua *.c; do
    report "$file" "$file"
done
for compiler in clang gcc; do
    command -v $compiler >/dev/null || continue
    for file in *.c; do
        BRAID_CC=$compiler report "$file" "$file by $compiler"
    done
done

check "the story tells both accesses" 1 '^ +[0-9]+\. hit 1 writes 1 to count \(counter.lua:6\)' \
    "$BRAID" check --plain --story counter.lua
grep -Eq '^ +[0-9]+\. hit 2 reads 1 from count \(counter.lua:6\)' "$work/out" && ok "the second, too" ||
    fail "the second, too" "not in the story"
check "JSON has them" 1 '"accesses":\[\{"file":"path.lua","line":6,"goroutine":"careless","operation":"write","atomic":false,"variable":"stats.hits\[\\"get\\"\]","value":"1","locks":\[\],"stack":\[\{"function":"bump","file":"path.lua","line":6\},\{"function":"careless","file":"path.lua","line":17\}\],"started":\{"file":"path.lua","line":23,"goroutine":"main"\}\},.*"locks":\[\{"lock":"mu","reading":false\}\]' \
    "$BRAID" check --json path.lua
check "a run tells them, too" 1 '^  hit 1 writes 1 to count at counter.lua:6$' "$BRAID" run --plain counter.lua
check "and a replay" 1 '^  hit 1 writes 1 to count at counter.lua:6$' "$BRAID" replay --plain counter.lua rr
