#!/bin/bash
# explore.sh -- how a program is explored: strategies and budgets, what is said of their strength, the
# question whether it can, a run made simpler, exports, programs that are not deterministic.
. "$(dirname "$0")/lib.bash"
cp "$root"/tests/programs/*.lua "$root"/tests/programs/*.c "$root"/tests/litmus/*.c .

# --- strategies, budgets, strength
for strategy in portfolio rr random pct pct:2 pos bound:1 sleep dpor exhaustive; do
    check "strategy $strategy" 1 "^leak: " "$BRAID" check --strategy $strategy leak_send.lua
done
check "pct takes a number" 2 "there is no strategy 'pct:x'" "$BRAID" check --strategy pct:x leak_send.lua
check "pct's depth has a bound" 2 "there is no strategy 'pct:17'" "$BRAID" check --strategy pct:17 leak_send.lua
check "random takes none" 2 "there is no strategy 'random:2'" "$BRAID" check --strategy random:2 leak_send.lua
# jobs 1, 2, 3 go to worker a or b, and what counts is the order in which main gets the results, each
# worker's own in order and sent before its next job is taken: aaa 1, aab 2, aba 3, abb 3; twice, for b
check "the whole space is verified" 0 "verified: all 18 interleavings explored" "$BRAID" check pool_ok.lua
check "a budget samples" 0 "sampled: 50 runs, .*\(1 rr, .*seed 1\)" "$BRAID" check --budget 50 -DN=4 ainc.c
check "pct says its probability" 0 "every fault of depth <= 2 found with probability >= 0\.[0-9][0-9]" \
    "$BRAID" check --strategy pct:2 --budget 3000 pool_ok.lua
check "dpor estimates" 0 "sampled: [0-9]+ runs.*there are about [0-9e+]+ interleavings" \
    "$BRAID" check --strategy dpor --budget 100 -DN=4 ainc.c
check "json has them" 0 '"estimate":[0-9.e+]+,"chance":\{.*\},"preemptions":' \
    "$BRAID" check --json --strategy dpor --budget 100 -DN=4 ainc.c
check "a seed is told" 0 "seed 9" "$BRAID" check --strategy random --budget 5 --seed 9 pool_ok.lua
check "keep going counts" 1 "of 7 runs \(all interleavings\), 1 end in a deadlock and 0 fail otherwise" \
    "$BRAID" check --keep-going --strategy dpor -DN=3 philo.c
check "the portfolio counts interleavings, not its samples" 1 \
    "of 7 runs \(all interleavings\), 1 end in a deadlock and 0 fail otherwise" \
    "$BRAID" check --keep-going -DN=3 philo.c

# --- wall: never more than incomplete
long="$BRAID check --strategy exhaustive -DN=13 readers.c"
check "wall" 3 "^incomplete: " $long --wall 300ms
check "wall says so" 3 "the 0.3 s allowed were over" $long --wall 0.3
check "wall keeps what is known" 3 "sampled: [0-9,]+ runs" $long --wall 300ms
check "wall large enough" 0 "verified" "$BRAID" check --wall 1m pool_ok.lua
for bad in 0 -1 2h s 1e99; do
    check "wall $bad" 2 "'--wall' does not take '$bad': 2s" "$BRAID" check --wall "$bad" pool_ok.lua
done

# Ctrl-C: what was explored is told, with its own status
check "Ctrl-C keeps what is known" 3 "sampled: [0-9,]+ runs" \
    bash -c "timeout --foreground --preserve-status -s INT 2 $long"
check "Ctrl-C says so" 3 "stopped before the budget was used up" \
    bash -c "timeout --foreground --preserve-status -s INT 2 $long"

# --- made simpler: the fault needs 2 to come before 1, much else happens
cat >hidden.lua <<'END'
local c, wg = chan(10), sync.WaitGroup()
wg:add(4)
for i = 1, 4 do
  go(function()
    for _ = 1, i do c:send(i) end
    wg:done()
  end)
end
wg:wait()
assert(c:recv() ~= 2, "2 came first")
c:close()
END
check "shrunk" 1 "told by one with [0-9]+ switches? instead of" "$BRAID" check --strategy random hidden.lua
check "to what matters" 1 "replay: braid replay hidden.lua '1 3'" "$BRAID" check --strategy random hidden.lua
check "and is drawn as a braid" 1 '^ +[0-9]+ +[*]-go-+>o' \
    env LC_ALL=C "$BRAID" replay --plain --view braid hidden.lua '1 3'
check "and it replays" 1 "^wrong answer: assertion failed: 2 came first" "$BRAID" replay --plain hidden.lua '1 3'

# --- can it?
cat >two.lua <<'END'
local done = chan()
for i = 1, 2 do
  go(function()
    print(i)
    done:send(i)
  end)
end
if done:recv() == 2 then go.mark("two first") end
done:recv()
END
cat >two.c <<'END'
#include "go.h"
static struct chan *done;
static void say(void *arg)
{
    int i = (int)(long)arg;
    printf("%d\n", i);
    go_send(done, &i);
}
int main(void)
{
    int v;
    done = go_chan(int, 0);
    go(say, (void *)1L);
    go(say, (void *)2L);
    go_recv(done, &v);
    if (v == 2)
        MARK("two first");
    go_recv(done, &v);
    return 0;
}
END
# Who prints first and who is received from first: 4; a hand-off and the other's print commute.  2 is
# printed first in two of them, and received first in one of those.
for ending in lua c; do
    check "can print ($ending)" 0 "^yes: two.$ending prints '2 1' in 2 of all 4 interleavings" \
        "$BRAID" can two.$ending --output '2 1'
    check "its witness ($ending)" 0 "replay: braid replay two.$ending '3 2" "$BRAID" can two.$ending --output '2 1'
    check "cannot print ($ending)" 1 "^no: two.$ending prints '1 1' in none of all 4 interleavings" \
        "$BRAID" can two.$ending --output '1 1'
    check "can reach ($ending)" 0 "^yes: two.$ending prints .2 1. and passes the marker .two first. in 1 of all 4" \
        "$BRAID" can two.$ending --reach 'two first' --output '1
2' --output '2 1' --strategy dpor
    check "cannot reach ($ending)" 1 "passes the marker 'nowhere' in none of all" "$BRAID" can two.$ending --reach nowhere
    check "json ($ending)" 0 '^\{"answer":"yes","file":"two.'$ending'","output":"2 1","mark":null,"reached":2,"of":4,"complete":true,"strength":"verified","runs":[0-9]+,"schedule":"3 2' \
        "$BRAID" can two.$ending --json --output '2 1'
    check "its story ($ending)" 0 "1\. .*\(two.$ending:[0-9]+\)" "$BRAID" can two.$ending --story --output '2 1'
done
check "in none of those sampled" 1 "not every interleaving was tried: sampled: 20 runs" \
    "$BRAID" can pool_ok.lua --output nothing --budget 20
check "can what?" 2 "can it do what" "$BRAID" can two.lua
check "can which?" 2 "can it do what" "$BRAID" can --output 1
printf 'print(' >broken.lua
check "can, of a file that does not load" 1 "^does not load" "$BRAID" can broken.lua --output 1
check "a fault does not keep it from answering" 0 "^yes" "$BRAID" can race_counter.lua --output 'counter: 3'

# --- exports
for format in perfetto svg cast; do
    "$BRAID" replay leak_send.lua rr --export $format >first
    "$BRAID" replay leak_send.lua rr --export $format >second
    if [ -s first ] && cmp -s first second; then ok "export $format twice"; else fail "export $format twice" "they differ"; fi
done
check "export perfetto" 1 '^\{"displayTimeUnit":"ms","traceEvents":\[\{' "$BRAID" replay leak_send.c rr --export perfetto
check "export svg" 1 '^<svg xmlns=' "$BRAID" replay leak_send.c rr --export svg
check "export cast" 1 '^\{"version": 2,' "$BRAID" replay leak_send.c rr --export cast
check "export of a run that ends well" 0 '^</svg>' "$BRAID" replay pool_ok.lua rr --export svg
check "no such format" 2 "there is no format 'gif': use perfetto, svg or cast" "$BRAID" replay pool_ok.lua rr --export gif
check "export of what does not fit" 2 "the schedule does not fit" "$BRAID" replay pool_ok.lua '7 7' --export svg

# --- schedules that do not fit, programs that are not deterministic
check "a schedule says where it stops fitting" 2 "does not fit this program: its step 2, '7', cannot be taken there" \
    "$BRAID" replay --plain two.lua '2 7 3'
cat >unstable.c <<'END'
#include "go.h"
int main(void)
{
    unsigned long n;
#ifdef __x86_64__
    n = __builtin_ia32_rdtsc();
#else
    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(n));
#endif
    printf("begin\n");
    printf("%lu\n", n);
    return 0;
}
END
check "not deterministic" 1 "^not deterministic: the same schedule made another run \(unstable.c:11\)" "$BRAID" check unstable.c
check "the first event that differs" 1 "The first difference is event [0-9]+: 'main prints" "$BRAID" check unstable.c

# --- several processes: the same bytes as one
same() { # NAME STATUS COMMAND...: with 1, 2 and 5 jobs
    local name=$1 want=$2 jobs status
    shift 2
    for jobs in 1 2 5; do
        timeout 100 "$@" --jobs $jobs --json >jobs$jobs 2>&1
        status=$?
        [ $status -eq "$want" ] || { fail "$name" "status $status with $jobs jobs"; return; }
    done
    if cmp -s jobs1 jobs2 && cmp -s jobs1 jobs5; then ok "$name"; else fail "$name" "$(diff jobs1 jobs2 | head -n 2 | cut -c 1-300)"; fi
}
same "jobs: the whole space" 0 "$BRAID" check --strategy dpor -DP=3 -DC=3 buffer.c
same "jobs: steps that commute a lot" 0 "$BRAID" check --strategy dpor -DN=11 readers.c
same "jobs: counting deadlocks" 1 "$BRAID" check --strategy dpor --keep-going -DN=10 philo.c
same "jobs: a rare fault" 1 "$BRAID" check --strategy dpor -DBUG=2 -DP=3 -DC=3 buffer.c
same "jobs: a budget that is too small" 0 "$BRAID" check --strategy dpor --budget 3000 -DP=3 -DC=3 buffer.c
same "jobs: the portfolio" 0 "$BRAID" check -DN=6 counter.c
same "jobs: in Lua" 0 "$BRAID" check pool_ok.lua
cat >crash.c <<'END'
#include <pthread.h>
#include <stdlib.h>
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int order[7], n;
static void *take(void *arg)
{
    pthread_mutex_lock(&m);
    order[n++] = (int)(long)arg;
    if (n == 7 && order[0] == 5 && order[1] == 3 && order[2] == 6)
        abort();
    pthread_mutex_unlock(&m);
    return NULL;
}
int main(void)
{
    pthread_t t[7];
    for (long i = 0; i < 7; i++)
        pthread_create(&t[i], NULL, take, (void *)i);
    for (int i = 0; i < 7; i++)
        pthread_join(t[i], NULL);
    return 0;
}
END
same "jobs: one that dies of it" 1 "$BRAID" check --strategy dpor crash.c
same "jobs: one of a sampler's runs dies" 1 "$BRAID" check --strategy random --budget 5000 crash.c
# Now and then a run is larger than all before it.
cat >grows.lua <<'END'
local mu, wg, order = sync.Mutex(), sync.WaitGroup(), {}
for i = 1, 5 do
  wg:add(1)
  go(function()
    mu:lock()
    order[#order + 1] = i
    if #order > 2 and order[#order] == 5 and order[#order - 1] == 2 and order[#order - 2] == 3 then
      wg:add(1)
      go(function() mu:lock() mu:unlock() wg:done() end)
    end
    mu:unlock()
    wg:done()
  end)
end
wg:wait()
local text = table.concat(order)
if text == "14325" then error("a rare order") end
END
for strategy in random pos pct:2 pct:3; do
    same "jobs: $strategy, a fault" 1 "$BRAID" check --strategy $strategy --budget 20000 grows.lua
    same "jobs: $strategy, all faults" 1 "$BRAID" check --strategy $strategy --keep-going --budget 2999 grows.lua
    same "jobs: $strategy, no fault" 0 "$BRAID" check --strategy $strategy --budget 3000 -DN=6 readers.c
done
check "jobs: wall" 3 "^incomplete" "$BRAID" check --jobs 3 --wall 500ms --strategy dpor -DN=30 readers.c
check "jobs: how many" 2 "'--jobs' does not take '0': N" "$BRAID" check --jobs 0 two.lua

# --- a run that kills its process is made simpler as others are
cat >dies.c <<'END'
#include <stdlib.h>
#include "go.h"

static struct mu mu;
static struct wg wg;
static int turns;

static void take(void *arg)
{
    int me = (int)(long)arg;

    for (int i = 0; i < 4; i++) {
        mu_lock(&mu);
        if (++turns == 12 && me == 1)
            abort();
        mu_unlock(&mu);
    }
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, 3);
    for (long i = 1; i <= 3; i++)
        go(take, (void *)i);
    wg_wait(&wg);
    return 0;
}
END
printf '#include <stdlib.h>\nint main(void) { abort(); }\n' >rr_dies.c
# The first comes last when the others take all their turns before it: main, 2, 3, 1.
check "a death, simpler" 1 "told by one with 3 switches instead of" "$BRAID" check --strategy random --seed 2 dies.c
check "a death, told" 1 "take 2 locks mu" "$BRAID" check --strategy random --seed 2 --story dies.c
"$BRAID" check --json --strategy random --seed 2 dies.c >dies.json 2>&1
schedule=$(sed 's/.*"schedule":"\([^"]*\)".*/\1/' dies.json)
check "a death, replayed" 1 "^crash: aborted \(dies.c:15\)" "$BRAID" replay --plain dies.c "$schedule"
check "a death by round robin" 1 "replay rr_dies.c 'rr'" "$BRAID" check rr_dies.c

# --- accesses as steps: what a race leads to
cat >lost.lua <<'END'
local n, wg = 0, sync.WaitGroup()
wg:add(2)
for _ = 1, 2 do
  go(function()
    n = n + 1
    wg:done()
  end)
end
wg:wait()
assert(n == 2, "an update was lost")
END
cat >lost.c <<'END'
#include <assert.h>
#include "go.h"
static int n;
static struct wg wg;
static void add(void *arg)
{
    (void)arg;
    n++;
    wg_done(&wg);
}
int main(void)
{
    wg_add(&wg, 2);
    go(add, NULL);
    go(add, NULL);
    wg_wait(&wg);
    assert(n == 2);
    return 0;
}
END
# Each reads, then writes.  The reads commute, so: one before the other, 2; or both read first, and the
# writes come in either order, 2: then an update is lost.
for ending in lua c; do
    check "a race ($ending)" 1 "^What it leads to: it fails its check: an update was lost|^What it leads to: assertion failed" \
        "$BRAID" check lost.$ending
    check "told ($ending)" 1 "goroutine 3 writes n|add 2 writes n" "$BRAID" check --story lost.$ending
    check "for machines ($ending)" 1 '"leads_to":.*"verdict":"wrong answer".*"accesses":true' \
        "$BRAID" check --json lost.$ending
    check "and what it leads to ($ending)" 1 "^wrong answer: assertion failed" "$BRAID" check --accesses lost.$ending
    check "step by step ($ending)" 1 "goroutine 3 writes n|add 2 writes n" "$BRAID" check --accesses --story lost.$ending
    check "in how many ($ending)" 1 "of 4 runs \(all interleavings\), 0 end in a deadlock and 2 fail otherwise" \
        "$BRAID" check --accesses --keep-going --strategy dpor lost.$ending
    check "and replayed ($ending)" 1 "^wrong answer: assertion failed" \
        "$BRAID" replay --plain lost.$ending '1 2 3' --accesses
done
# what is not shared makes no steps
check "nothing to race about" 0 "verified: all 18 interleavings" "$BRAID" check --accesses pool_ok.lua
