#!/bin/bash
# panics.sh -- a panic as it is printed: what followed from it, the stack, who started it; replayed.
. "$(dirname "$0")/lib.bash"
cat >nested.lua <<'END'
local function rescue()
  panic("again: " .. recover())
end
local function inner(n)
  error("boom")
end
local function worker()
  local _ <close> = defer(rescue)
  inner(3)
end
go(worker)
chan():recv()
END
cat >nested.c <<'END'
#include "go.h"
static void rescue(void *arg) { (void)arg; go_panic("again: %s", go_recover()); }
static void inner(void)
{
    go_panic("boom");
}
static void worker(void *arg)
{
    (void)arg;
    go_defer(rescue, NULL);
    inner();
}
int main(void)
{
    go(worker, NULL);
    go_recv_any(go_chan(int, 0));
}
END
check "C: the first panic" 1 '^panic: boom \[recovered\] \(nested.c:2\)$' "$BRAID" run nested.c
check "C: what followed from it" 1 '^      panic: again: boom$' "$BRAID" run nested.c
check "C: the goroutine" 1 '^  goroutine 2 \[running\]:$' "$BRAID" run nested.c
check "C: a function" 1 '^  inner\(\.\.\.\)$' "$BRAID" run nested.c
check "C: its place" 1 '^      nested.c:5$' "$BRAID" run nested.c
check "C: who started it" 1 '^  created by main$' "$BRAID" run nested.c
check "C: in a sentence" 1 'inner at nested.c:5' "$BRAID" check nested.c
check "C: JSON" 1 '"stack":\[\{"function":"rescue","file":"nested.c","line":2\},\{"function":"inner"' \
    "$BRAID" check --json nested.c
check "Lua: the first panic" 1 '^panic: boom \[recovered\] \(nested.lua:2\)$' "$BRAID" run nested.lua
check "Lua: what followed from it" 1 '^      panic: again: nested.lua:5: boom$' "$BRAID" run nested.lua
check "Lua: a function" 1 '^  worker\(\.\.\.\)$' "$BRAID" run nested.lua
check "Lua: who started it" 1 '^  created by main$' "$BRAID" run nested.lua
sed -i 's/  local _ <close> = defer(rescue)/  inner(1)/' nested.lua
check "Lua: where it was raised" 1 '^  inner\(\.\.\.\)$' "$BRAID" run nested.lua
check "Lua: in a sentence" 1 'inner was called by worker at' "$BRAID" check nested.lua

# a select that failed and was recovered from is a turn of the schedule
cat >recovered.lua <<'END'
local c, d, done = chan(), chan(), chan(2)
local function try(n)
  local _ <close> = defer(function()
    recover()
    done:send(n)
  end)
  select { s = send(c, n), r = recv(d) }
end
go(try, 1)
go(try, 2)
c:close()
assert(done:recv() == 1)
done:recv()
END
check "found behind a recovered panic" 1 '^wrong answer: assertion failed' "$BRAID" check recovered.lua
schedule=$("$BRAID" check --plain recovered.lua | sed -n "s/^  replay: braid replay [^ ]* '\(.*\)'$/\1/p")
check "and replayed" 1 '^wrong answer: assertion failed' "$BRAID" replay recovered.lua "$schedule"
check "the story says so" 1 'recovers from the panic: send on closed channel' \
    "$BRAID" check --story recovered.lua

printf 'go(function() print("other") end)\ngo.exit()\n' >exit.lua
check "nobody left" 1 '^deadlock: no goroutines \(main called runtime.Goexit\) \(exit.lua:2\)$' \
    "$BRAID" check exit.lua
