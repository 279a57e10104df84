#!/bin/bash
# memory.sh -- faults of C programs that only some interleavings show, as a learner reads them
# (tests/programs/memory/NAME.txt), by each compiler; shown again by their schedules.
. "$(dirname "$0")/lib.bash"
cp "$root"/tests/programs/memory/* . || exit 1

for compiler in gcc clang; do
    command -v $compiler >/dev/null || continue
    export BRAID_CC=$compiler
    for file in *.c; do
        name=${file%.c}
        "$BRAID" check --plain "$file" >"$work/out" 2>&1
        status=$?
        if [ $status -ne 1 ]; then fail "$compiler $name" "status $status"
        elif ! diff "$name.txt" <(sed '/^$/,$d' "$work/out") >"$work/diff"; then
            fail "$compiler $name" "$(head -c 300 "$work/diff" | tr '\n' '|')"
        else ok "$compiler $name"; fi
        schedule=$(sed -n "s/^  replay: braid replay [^ ]* '\(.*\)'$/\1/p" "$work/out")
        title=$(head -n 1 "$name.txt")
        if [ -n "$schedule" ] && "$BRAID" replay --plain "$file" "$schedule" | grep -qFx -- "$title"
        then ok "$compiler $name replays"
        else fail "$compiler $name replays" "not '$title'"; fi
    done
done
unset BRAID_CC
check "JSON" 1 '"kind":"undefined behaviour"' "$BRAID" check --json index.c
check "JSON: who freed" 1 '"other":\{"file":"use_after_free.c","line":29,"goroutine":"evict"\}' \
    "$BRAID" check --json use_after_free.c
check "JSON: who allocated" 1 '"allocated":\{"file":"use_after_free.c","line":36,"goroutine":"main"\}' \
    "$BRAID" check --json use_after_free.c
