#!/bin/bash
# learner.sh -- a learner's way through the commands; nothing of theirs is ever lost.
. "$(dirname "$0")/lib.bash"

check "list" 0 "05-worker-pool" "$BRAID" list
check "list --json" 0 '"id":"03-channels"' "$BRAID" list --json
check "lesson as text" 0 "[Ww]orker" "$BRAID" lesson 05 1
check "a lesson by its name" 0 "^A fixed crew" "$BRAID" lesson worker-pool 1
check "a lesson in the words of Go" 0 "for v := range ch +.*c:range" "$BRAID" lesson 05 1
check "a step without code has no table" 0 "." "$BRAID" lesson 01 8
"$BRAID" lesson 01 8 | grep -q "how Go spells" && fail "a step without code has no table" "it has" || ok "a step without code has no table"
check "present as text" 0 "^--- 1 of [0-9]+" "$BRAID" present 05 --plain
check "present as text has notes" 0 "^Notes:" "$BRAID" present 05 --plain
check "present: only the notes" 0 "Make a pool in the room" "$BRAID" present 05 --plain --notes
check "present: checkpoints" 0 ", checkpoint" "$BRAID" present 05 --plain
for id in $(ls "$root/lessons" | grep -oE '^[0-9]{2}'); do
    check "present $id: minutes for each step" 0 "minutes" "$BRAID" present $id --plain
    [ "$(grep -c '^## ' "$root/lessons/$id"-*/lesson.md)" = "$(grep -c '^\[minutes\]' "$root/lessons/$id"-*/lesson.md)" ] &&
        ok "present $id: a time for each step" || fail "present $id: a time for each step" "a step has no [minutes]"
done
long=$(awk 'FNR == 1 {f = 0} /^```/ {f = !f; next} f && length > 74 {print FILENAME ":" FNR}' "$root"/lessons/*/lesson.md)
[ -z "$long" ] && ok "code of lessons fits 80 columns" || fail "code of lessons fits 80 columns" "$long"
check "present what is not" 2 "no lesson '99'" "$BRAID" present 99 --plain
check "present nothing" 2 "present which lesson" "$BRAID" present
check "lesson that is not" 2 "which lesson" "$BRAID" lesson 99
check "init" 0 "copied to" "$BRAID" init ws
check "init again copies nothing" 0 "0 exercise files copied" "$BRAID" init ws
file=ws/05-worker-pool/basic_pool.lua
check "the starter fails" 1 "^deadlock|^leak|^panic|^wrong" "$BRAID" check basic_pool
check "hint" 0 "hint 1 of" "$BRAID" hint basic_pool
check "hint again" 0 "hint 2 of" "$BRAID" hint basic_pool
check "solution asks first" 2 "yes" "$BRAID" solution basic_pool
echo '-- mine' >>$file
check "reset asks first" 2 "yes" "$BRAID" reset basic_pool
grep -q -- '-- mine' $file && ok "reset without a yes keeps the file" || fail "reset without a yes keeps the file" gone
check "reset" 0 "your text is in" "$BRAID" reset --yes basic_pool
grep -qs -- '-- mine' $file.bak && ok "backup holds the text" || fail "backup holds the text" "$(ls ws/05-worker-pool)"
cmp -s $file "$root/exercises/05-worker-pool/basic_pool.lua" && ok "the starter is back" || fail "the starter is back" differs
echo '-- mine 2' >>$file
"$BRAID" reset --yes basic_pool >/dev/null 2>&1
grep -qs -- '-- mine$' $file.bak && grep -qs -- '-- mine 2' $file.bak2 && ok "a second backup spares the first" || fail "a second backup spares the first" "$(ls ws/05-worker-pool)"
cp "$root/solutions/05-worker-pool/basic_pool.lua" $file
check "the solution passes" 0 "^passed" "$BRAID" check basic_pool
check "progress is kept" 0 "passed +. +basic_pool" "$BRAID" list
check "then the solution is shown" 0 "square" "$BRAID" solution basic_pool
"$BRAID" solution basic_pool | cmp -s - "$root/solutions/05-worker-pool/basic_pool.lua" && ok "a pipe gets the solution alone" || fail "a pipe gets the solution alone" "it differs"
check "beside your own they are the same" 0 "are the same" "$BRAID" solution basic_pool --plain
sed -i 's/results:close()/do results:close() end/' $file
check "your own differs" 0 "^< .*do results:close\(\) end" "$BRAID" solution basic_pool --plain
check "side by side where there is room" 0 "do results:close\(\) end +\| .*results:close" env COLUMNS=120 "$BRAID" solution basic_pool --plain
check "the C face of it" 1 "basic_pool.c" "$BRAID" check --lang c basic_pool
cp "$root/exercises/05-worker-pool/who_closes.lua" basic_pool.lua
check "a file's name alone makes it no exercise" 1 "^panic" "$BRAID" check basic_pool.lua
cd ws || exit 1
check "inside the workspace" 0 "^passed" "$BRAID" check 05-worker-pool/basic_pool.lua
cd "$work" || exit 1
chmod a-w "$BRAID_DATA" 2>/dev/null
[ "$(id -u)" = 0 ] || check "progress that cannot be saved" 0 "could not be saved" "$BRAID" check basic_pool
chmod u+w "$BRAID_DATA"
