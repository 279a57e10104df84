#!/bin/bash
# world.sh -- what a program made of its processors; exercises that ask for it, and say when the
# world sends a signal.
. "$(dirname "$0")/lib.bash"
program=$root/tests/programs/vocabulary/work.lua

# 2 workers 40 ms, 4 and 8 workers 20 ms each, on 4 processors; then 80 ms on one: 320 ms of work
# in 160 ms, of which there was 80 * 4 + 80.
check "stats" 0 "^160ms of virtual time; 320ms of work in 32 pieces, at most 4 at once of 1 processors: \
utilisation 0.800, speed-up 2.000, 200.0 pieces a second; waited for a processor " \
    "$BRAID" run --stats "$program"
"$BRAID" run --stats "$program" 2>/dev/null >out
cmp -s out "$program.out" && ok "stats are not in the output" || fail "stats are not in the output" "$(head -n 2 out)"
check "stats in JSON" 0 '"stats":\{"elapsed_ns":160000000,"worked_ns":320000000,.*"utilisation":0.8,"speedup":2.0,' \
    "$BRAID" run --json "$program"
printf 'time.sleep(5 * time.ms)\n' >sleeps.lua
check "stats without work" 0 '^5ms of virtual time; slept or worked for 5ms in all, at most 1 goroutine at once, 5ms of it one' "$BRAID" run --stats sleeps.lua
printf 'chan():recv()\n' >stuck.lua
check "no stats without an end" 1 '"stats":null' "$BRAID" run --json stuck.lua

# A course of two exercises.  In the first 4 works of 10 ms are to be done on 2 processors with a
# speed-up of 2; in the second the world sends SIGTERM at 50 ms.
course=$work/course
for folder in exercises solutions; do
    mkdir -p "$course/$folder/01-world"
    for name in size stop; do
        printf 'int main(void) {}\n' >"$course/$folder/01-world/$name.c"
    done
done
mkdir -p "$course/lessons/01-world"
printf '# World\n\n## Step\n\n[exercise](size)\n\n## Other\n\n[exercise](stop)\n' >"$course/lessons/01-world/lesson.md"
cat >"$course/exercises/01-world/topic.lua" <<'LUA'
return { exercises = {
  { name = "size", title = "Size", task = "Size it.", fault = "wrong answer",
    processors = 2, speedup = 2, utilisation = 1, parallel = {min = 2, max = 2}, elapsed = "20ms" },
  { name = "stop", title = "Stop", task = "Stop.", fault = "wrong answer",
    signals = { {at = "50ms", name = "SIGTERM"} }, output = "terminated\n" },
} }
LUA
size() { # workers
    printf 'local wg = sync.WaitGroup()\nwg:add(%d)\nfor _ = 1, %d do go(function() for _ = 1, 4 // %d do work(10 * time.ms) end wg:done() end) end\nwg:wait()\n' "$1" "$1" "$1"
}
size 1 >"$course/exercises/01-world/size.lua"
size 2 >"$course/solutions/01-world/size.lua"
printf 'time.sleep(time.second)\n' >"$course/exercises/01-world/stop.lua"
printf 'local c = chan(1)\nsignal.notify(c, syscall.SIGTERM)\nprint((c:recv()))\n' >"$course/solutions/01-world/stop.lua"
export BRAID_ROOT=$course
check "too slow" 1 'main took 40 ms of virtual time, the exercise allows 20 ms' \
    "$BRAID" check --exercise size "$course/exercises/01-world/size.lua"
check "fast enough" 0 '^passed' "$BRAID" check --exercise size "$course/solutions/01-world/size.lua"
size 4 >four.lua
check "more workers than processors" 0 '^passed' "$BRAID" check --exercise size four.lua
check "ended by a signal" 1 'signal: terminated: the program did not ask for it' \
    "$BRAID" check --exercise stop "$course/exercises/01-world/stop.lua"
check "waits for the signal" 0 '^passed' "$BRAID" check --exercise stop "$course/solutions/01-world/stop.lua"
