#!/bin/bash
# verdicts.sh -- the faults the course is about: named, the same twice and by both compilers, and shown
# again by the schedule each verdict prints.
. "$(dirname "$0")/lib.bash"
cp "$root"/tests/programs/*.lua "$root"/tests/programs/*.c .

again() { # FILE...: the same bytes, twice
    local file
    for file; do
        "$BRAID" check --plain --story "$file" >first 2>&1
        "$BRAID" check --plain --story "$file" >second 2>&1
        if cmp -s first second; then ok "$file twice"; else fail "$file twice" "$(diff first second | head -n 4 | tr '\n' '|')"; fi
        "$BRAID" check --json "$file" >first 2>&1
        "$BRAID" check --json "$file" >second 2>&1
        if cmp -s first second; then ok "$file twice, JSON"; else fail "$file twice, JSON" differ; fi
    done
}

compilers() { # FILE...: the same bytes whichever compiler made it
    local file
    for file; do
        BRAID_CC=gcc "$BRAID" check --plain --story "$file" >first 2>&1
        BRAID_CC=clang "$BRAID" check --plain --story "$file" >second 2>&1
        if cmp -s first second; then ok "$file gcc and clang"; else fail "$file gcc and clang" "$(diff first second | head -n 4 | tr '\n' '|')"; fi
    done
}

replays() { # FILE...: the schedule of the verdict shows the same fault
    local file schedule want got
    for file; do
        want=$("$BRAID" check --plain "$file" | head -n 1)
        schedule=$("$BRAID" check --plain "$file" | sed -n "s/^  replay: braid replay [^ ]* '\(.*\)'$/\1/p")
        [ -n "$schedule" ] || { fail "$file replays" "no schedule"; continue; }
        got=$("$BRAID" replay --plain "$file" "$schedule" | grep -Fx -- "$want")
        if [ "$got" = "$want" ]; then ok "$file replays"; else fail "$file replays" "'$want' not shown by '$schedule'"; fi
    done
}

faulty="unreached given_up leak_send forgot_cancel partial_deadlock close_twice race_counter add_inside deadlock"
for name in $faulty; do
    again "$name.lua" "$name.c"
    compilers "$name.c"
    replays "$name.lua" "$name.c"
done
again pool_ok.lua pool_ok.c
compilers pool_ok.c

for ending in lua c; do
    check "leak_send.$ending names the send" 1 "^leak: .*(leak_send.$ending:[0-9]+)" "$BRAID" check --plain leak_send.$ending
    check "leak_send.$ending says where it was started" 1 "was started at leak_send.$ending:[0-9]+" "$BRAID" check --plain leak_send.$ending
    check "leak_send.$ending says who could have received" 1 "main received" "$BRAID" check --plain leak_send.$ending
    check "forgot_cancel.$ending" 1 "^leak: ctx is never cancelled .forgot_cancel.$ending:[0-9]+" "$BRAID" check --plain forgot_cancel.$ending
    check "partial_deadlock.$ending" 1 "^deadlock: .* and .* wait for each other .partial_deadlock.$ending:[0-9]+" "$BRAID" check --plain partial_deadlock.$ending
    check "partial_deadlock.$ending, drawn" 1 "^    .* ──waits for [ab]──▶ .* ──waits for [ab]──▶ " "$BRAID" check partial_deadlock.$ending
    check "deadlock.$ending, drawn plain" 1 "^    main --waits for [a-z]+--> worker 1 --waits for results--> main$" "$BRAID" check --plain deadlock.$ending
    check "deadlock.$ending, drawn in JSON" 1 '"waits":"main --waits for [a-z]+--> worker 1 ' "$BRAID" check --json deadlock.$ending
    check "unreached.$ending: main, though others go on" 1 "^deadlock: main is blocked for ever receiving from answer .unreached.$ending:[0-9]+" "$BRAID" check --plain unreached.$ending
    check "unreached.$ending: nobody holds it" 1 "answer any more|them holds answer" "$BRAID" check --plain unreached.$ending
    check "unreached.$ending, drawn" 1 "^    main --waits for answer--> nobody$" "$BRAID" check --plain unreached.$ending
    check "given_up.$ending" 1 "^leak: .* is blocked for ever sending on answers .given_up.$ending:[0-9]+" "$BRAID" check --plain given_up.$ending
    check "close_twice.$ending" 1 "^panic: close of closed channel" "$BRAID" check --plain close_twice.$ending
    check "race_counter.$ending" 1 "^race: " "$BRAID" check --plain race_counter.$ending
    check "pool_ok.$ending" 0 "verified: all [0-9,]+ interleavings? explored" "$BRAID" check --plain pool_ok.$ending
    check "json pool_ok.$ending" 0 '"verdict":"passed".*"strength":"verified","complete":true,"runs":[0-9]+.*"blocked_runs":[0-9]+,.*"steps":[0-9]+.*"schedule":null.*"findings":\[\]' "$BRAID" check --json pool_ok.$ending
    check "json leak_send.$ending" 1 '"verdict":"leak".*"schedule":"[^"]+".*"findings":\[\{"kind":"leak","file":"leak_send.'$ending'","line":[0-9]+,"goroutine":"[^"]+","message":"[^"]+".*"story":"' "$BRAID" check --json leak_send.$ending
    check "run pool_ok.$ending" 0 "." "$BRAID" run pool_ok.$ending
    check "run --plain leak_send.$ending" 1 "[0-9]+\. .*results" "$BRAID" run --plain leak_send.$ending
done

printf 'local c = chan(2, "c")\nc:send(7)\nprint((c:recv()))\n' >buffered.lua
check "what a plain run takes out of a buffer" 0 "main receives 7 from c" "$BRAID" run --plain buffered.lua
# the step from which on nobody could let it go on: the hand-off of the first answer
check "given_up.lua: since when" 1 "From step 4 on no" "$BRAID" check --plain given_up.lua

# a fault of one interleaving among many is found, and flags reach the compiler
cat >flags.c <<'END'
#include "go.h"
#ifndef WIDE
#error "say -DWIDE=N"
#endif
int main(void) { printf("%d\n", WIDE); return 0; }
END
check "a missing -D is a compile error" 1 "say -DWIDE" "$BRAID" check flags.c
check "-DNAME=V" 0 "^passed" "$BRAID" check -DWIDE=3 flags.c
check "-D NAME=V" 0 "^7$" "$BRAID" run -D WIDE=7 -O1 flags.c

# a copy of a lock: where the first one was used, and where the copy
cp "$root/tests/programs/vocabulary/mutex_copied.c" .
check "a copied Mutex tells its first use" 1 "Its first use was by main at mutex_copied.c:16" \
    "$BRAID" check --plain mutex_copied.c
