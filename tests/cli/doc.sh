#!/bin/bash
# doc.sh -- braid doc by any spelling, the files for editors, the man page against the commands.
. "$(dirname "$0")/lib.bash"

check "doc lists all" 0 "^  sync.Mutex.lock +mu.Lock\(\)" "$BRAID" doc
check "doc by a name" 0 "^chan.send" "$BRAID" doc chan.send
check "doc by its end" 0 "^chan.send" "$BRAID" doc send
check "doc names the others" 0 "braid doc select.send" "$BRAID" doc send
check "doc by the name in C" 0 "^chan.send" "$BRAID" doc go_send
check "doc by the name in Lua" 0 "^sync.WaitGroup.add" "$BRAID" doc wg:add
check "doc by the name in Go" 0 "^context.with_cancel" "$BRAID" doc context.WithCancel
check "doc by a Go expression" 0 "^chan.send" "$BRAID" doc 'ch <- v'
check "doc by the same with other names" 0 "^chan.send" "$BRAID" doc 'jobs <- 3'
check "doc of a name that is not" 2 "no entry 'chan.sned': did you mean 'chan.send'" "$BRAID" doc chan.sned
check "doc of nonsense" 2 "no entry 'zzzzzzzz': 'braid doc' lists all" "$BRAID" doc zzzzzzzz
check "doc of two" 2 "one name at a time" "$BRAID" doc chan send
check "doc in one language" 0 "go_send" "$BRAID" doc --lang c send
"$BRAID" doc --lang c send | grep -q 'letters:send' && fail "doc in C shows no Lua" "it does" || ok "doc in C shows no Lua"
check "doc is wide where there is room" 0 "^Lua {5,}C$" env COLUMNS=120 "$BRAID" doc send
check "doc is narrow elsewhere" 0 "^C$" env COLUMNS=80 "$BRAID" doc send
LC_ALL=C "$BRAID" doc send | LC_ALL=C grep -q '[^ -~]' && fail "doc is ASCII in the C locale" "it is not" || ok "doc is ASCII in the C locale"
"$BRAID" doc send | grep -q $'\033' && fail "doc in a pipe has no colour" "it has" || ok "doc in a pipe has no colour"
script -qec "stty cols 110; TERM=xterm '$BRAID' doc send" /dev/null </dev/null >tty 2>&1
grep -q $'\033\[' tty && ok "doc on a terminal has colour" || fail "doc on a terminal has colour" "$(head -c 200 tty)"
script -qec "stty cols 110; NO_COLOR=1 TERM=xterm '$BRAID' doc send" /dev/null </dev/null >tty 2>&1
grep -q $'\033\[' tty && fail "doc with NO_COLOR has none" "it has" || ok "doc with NO_COLOR has none"
check "doc of a program in Lua" 0 "ch <- v +.* c:send\\(value\\)" "$BRAID" doc "$root/lessons/03-channels/handoff.lua"
check "doc of a program in C" 0 "ch <- v +.* go_send\\(c, value\\)" "$BRAID" doc "$root/lessons/03-channels/handoff.c"
echo 'print(1)' >one.lua
check "doc of a program without them" 0 "one.lua uses no word" "$BRAID" doc one.lua
check "doc of a program that is not" 2 "nowhere.lua" "$BRAID" doc nowhere.lua
check "a broken installation" 3 "set BRAID_ROOT" env BRAID_ROOT="$work" "$BRAID" doc

check "annotations" 0 "^---@meta braid" "$BRAID" doc --luacats
check "init" 0 "^braid.lua, .luarc.json and compile_flags.txt" "$BRAID" init ws
"$BRAID" doc --luacats | cmp -s - ws/braid.lua && ok "init writes the annotations" || fail "init writes the annotations" differ
printf '#include "go.h"\nint main(void) { go_send(go_chan(int, 1), &(int){1}); }\n' >ws/one.c
# shellcheck disable=SC2046
gcc $(cat ws/compile_flags.txt) -fsyntax-only ws/one.c 2>err && ok "compile_flags.txt finds go.h" || fail "compile_flags.txt finds go.h" "$(cat err)"
python=$(command -v python3) && { "$python" -m json.tool ws/.luarc.json >/dev/null 2>err && ok ".luarc.json is JSON" || fail ".luarc.json is JSON" "$(cat err)"; }

# The man page says what help says: every command with its arguments, every option with its value.
man=$root/engine/reference/braid.1
page=$(sed 's/\\-/-/g; s/\\f[BIRP]//g; s/\\(aq/'"'"'/g; s/\\&//g' "$man")
"$BRAID" help >help
sed -n '/^Options:/,$!p' help | sed -n 's/^  \(braid[^ ]*\( [^ ]\+\)*\)  .*/\1/p' | while read -r line; do
    grep -qFx -- "$line" <<<"$page" && ok "man: $line" || fail "man: $line" "not a line of braid.1"
done
sed -n '/^Options:/,/^$/s/^  \(-[^ ]*\( [^ ]\+\)*\)  .*/\1/p' help | while read -r line; do
    grep -qFx -- "$line" <<<"$page" && ok "man: $line" || fail "man: $line" "not a line of braid.1"
done
sed -n '/^\.TP/{n;p}' "$man" | sed 's/^\.B[IR]* //; s/\\-/-/g; s/\\f[BIRP]//g; s/\\&//g' | grep -E '^(braid|-)' | while read -r line; do
    grep -qF -- "  $line " help && ok "help: $line" || fail "help: $line" "in braid.1, not in 'braid help'"
done
if command -v groff >/dev/null; then
    groff -man -Tascii -ww -z "$man" >err 2>&1
    [ -s err ] && fail "groff reads the man page" "$(head -n 3 err)" || ok "groff reads the man page"
fi
