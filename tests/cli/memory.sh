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
cat >late.c <<'C'
#include <go.h>
#include <stdlib.h>
static struct mu mu;
static struct wg wg;
static int *cell;
static void set(void *arg)
{
    mu_lock(&mu);
    *cell = (arg != NULL);
    mu_unlock(&mu);
    wg_done(&wg);
}
static void look(void *sum)
{
    mu_lock(&mu);
    *(int *)sum += *cell;
    mu_unlock(&mu);
    wg_done(&wg);
}
int main(void)
{
    int sum = 0;

    cell = malloc(sizeof *cell);
    wg_add(&wg, 2);
    go(set, NULL);
    go(look, &sum);
    wg_wait(&wg);
    free(cell);
}
C
check "advice of another run than the first" 0 \
    "advice: reads 4 bytes that nobody has written, of the block allocated at late.c:24 \(late.c:16\)" \
    "$BRAID" check --plain late.c
check "advice is the same with workers" 0 '"goroutine":"",.*"allocated":\{"file":"late.c","line":24' \
    "$BRAID" check --json --jobs 2 late.c
