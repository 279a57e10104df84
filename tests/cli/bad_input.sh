#!/bin/bash
# bad_input.sh -- every bad input gets a clear message or a verdict.
. "$(dirname "$0")/lib.bash"

# --- files -----------------------------------------------------------------
check "missing file" 2 "nowhere.lua: No such file" "$BRAID" check nowhere.lua
mkdir folder.lua
check "directory" 2 "folder.lua: is a directory" "$BRAID" check folder.lua
: >empty.c
check "empty file" 2 "empty.c: is empty" "$BRAID" check empty.c
printf 'a\0b' >binary.lua
check "binary" 2 "binary.lua: is a binary" "$BRAID" check binary.lua
echo hello >notes.txt
check "neither Lua nor C" 2 "notes.txt: neither Lua nor C" "$BRAID" check notes.txt
printf 'print(1\nprint(2)\n' >syntax.lua
check "Lua syntax error" 1 "syntax.lua:2: " "$BRAID" check syntax.lua
printf 'int main(void)\n{\n    return x;\n}\n' >syntax.c
check "C compile error" 1 "syntax.c:3:.*error: .*x" "$BRAID" check syntax.c
printf 'int main(void) { return nosuch(); }\nint nosuch(void);\n' >link.c
check "C undefined function" 1 "nosuch" "$BRAID" check -Wno-implicit link.c
printf 'void f(void) {}\n' >nomain.c
check "C without main" 1 "main" "$BRAID" check nomain.c

# --- programs that never end -----------------------------------------------
echo 'while true do end' >spin.lua
check "Lua endless loop" 1 "^over limit" "$BRAID" check spin.lua
echo 'int main(void) { for (;;); }' >spin.c
check "C endless loop" 1 "^over limit" "$BRAID" check spin.c
printf 'int n;\nint main(void) { for (;;) n++; }\n' >spin_access.c
check "C endless loop with accesses" 1 "^over limit" "$BRAID" check spin_access.c
printf 'local c = chan(1)\nwhile true do c:send(1) c:recv() end\n' >steps.lua
check "endless steps" 1 "^over limit" "$BRAID" check steps.lua
printf 'local c = chan()\nwhile true do select { a = recv(c), default = true } end\n' >poll.lua
check "polling for ever" 1 "^livelock" "$BRAID" check poll.lua

# --- programs that take too much -------------------------------------------
printf 'local function f(n) return 1 + f(n + 1) end\nprint(f(1))\n' >deep.lua
check "Lua unbounded recursion" 1 "^(panic|over limit).*overflow" "$BRAID" check deep.lua
printf 'int f(int n) { volatile char a[100]; a[0] = n; return a[0] + f(n + 1); }\nint main(void) { return f(1); }\n' >deep.c
check "C unbounded recursion" 1 "^over limit.*stack" "$BRAID" check deep.c
printf 'local t = {}\nfor i = 1, 1000 do t[i] = string.rep("x", 1048576 + i) end\n' >memory.lua
check "Lua 1 GB" 1 "^over limit.*memory" "$BRAID" check memory.lua
printf '#include <stdlib.h>\n#include <string.h>\nint main(void) { for (int i = 0; i < 1000; i++) { char *p = malloc(1 << 20); memset(p, 1, 1 << 20); } }\n' >memory.c
check "C 1 GB" 1 "^over limit.*memory" "$BRAID" check memory.c
echo 'while true do print("again and again and again") end' >output.lua
check "Lua endless output" 1 "^over limit.*(output|print)" "$BRAID" check output.lua
printf '#include <stdio.h>\nint main(void) { for (;;) puts("again and again and again"); }\n' >output.c
check "C endless output" 1 "^over limit.*(output|print)" "$BRAID" check output.c

# --- programs that break ----------------------------------------------------
printf 'int main(void) { int *p = 0; *p = 1; }\n' >null.c
check "C null pointer" 1 "^wild access.*" "$BRAID" check null.c
printf '#include <stdlib.h>\nint main(void) { abort(); }\n' >abort.c
check "C abort" 1 "^(crash|panic)" "$BRAID" check abort.c
printf '#include <unistd.h>\n#include <sys/syscall.h>\nint main(void) { syscall(SYS_exit_group, 0); }\n' >leave.c
check "C leaves behind the engine's back" 1 "^crash" "$BRAID" check leave.c
printf '#include <signal.h>\n#include <unistd.h>\n#include <sys/syscall.h>\nint main(void) { syscall(SYS_tgkill, getpid(), getpid(), SIGKILL); }\n' >killed.c
check "C kills itself" 1 "^crash" "$BRAID" check killed.c
echo 'os.exit(0)' >exit.lua
check "exit(0) is an end like any other" 0 "^passed" "$BRAID" check exit.lua
echo 'error("boom")' >error.lua
check "Lua error" 1 "^panic.*boom" "$BRAID" check error.lua

printf 'print("a\\0b")\n' >nul.lua
check "a NUL in what is printed" 0 "^a␀b$" "$BRAID" run nul.lua

printf 'int main(void) { __asm__("nosuch"); return 0; }\n' >asm.c
check "wrong inline assembly" 1 "^does not compile" "$BRAID" check asm.c
printf 'int main(void) { return 0; }\n' >fine.c
check "a compiler that is not there is not the learner's fault" 3 "^our failure" \
    env BRAID_CC=/nonexistent "$BRAID" check fine.c
printf '#!/bin/sh\necho "cc: fatal error: No space left on device" >&2\nexit 1\n' >broken-cc
chmod +x broken-cc
check "nor is a compiler that breaks down" 3 "^our failure" env BRAID_CC="$work/broken-cc" "$BRAID" check fine.c

for what in "doc chan.send" "check --json fine.c" "replay --export svg nul.lua rr"; do
    check "a full disk: $what" 3 "cannot be written" bash -c "\"$BRAID\" $what >/dev/full"
done

# --- the command line -------------------------------------------------------
check "unknown command" 2 "no command 'chekc'" "$BRAID" chekc
check "unknown option" 2 "unknown option '--frob'" "$BRAID" check --frob x.lua
check "option without value" 2 "'--seed' needs a value" "$BRAID" check x.lua --seed
check "bad number" 2 "'--budget' does not take 'many'" "$BRAID" check --budget many x.lua
check "unknown strategy" 2 "there is no strategy 'luck'" "$BRAID" check --strategy luck exit.lua
check "no terminal" 2 "--plain" "$BRAID"
check "unknown view" 2 "'--view' does not take 'knot'" "$BRAID" run --plain --view knot exit.lua
check "bad schedule" 2 "schedule: .*'zzz'" "$BRAID" replay --plain exit.lua zzz
check "schedule that does not fit" 2 "does not fit" "$BRAID" replay --plain error.lua '1x3 7 9'
check "unknown exercise" 2 "no exercise 'nosuch'" "$BRAID" hint nosuch
check "no workspace" 2 "braid init" "$BRAID" check basic_pool
