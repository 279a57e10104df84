/* go_signal.c -- the functions of go.h for signals; raise and kill. */
#include "go.h"
#include "c/go_inside.h"
#include "c/wrap.h"
#include "sync/signal.h"

#include <errno.h>
#include <unistd.h>

#define ENTER() c_enter(__builtin_return_address(0))

/* The signals of a list; none: all. */
static uint64_t set_of(struct run *run, const int *signals, size_t n)
{
    uint64_t set = 0;

    for (size_t i = 0; i < n; i++) {
        if (signals[i] < 0 || !signal_words((uint32_t)signals[i]))
            c_panic(run, false, "%d is no signal such as SIGINT", signals[i]);
        set |= SIGNAL_BIT(signals[i]);
    }
    return set ? set : SIGNAL_ALL;
}

static void encode(uint32_t number, void *element)
{
    memcpy(element, &(int){(int)number}, sizeof(int));
}

void sig_notify_at(struct chan *view, const int *signals, size_t n)
{
    struct run *run = ENTER();
    struct chan *chan = go_chan_to_send(run, view, sizeof(int));
    uint64_t set = set_of(run, signals, n);

    if (!chan)
        c_panic(run, false, "os/signal: Notify using nil channel");
    signal_notify(run, chan, set, encode);
}

void sig_stop(struct chan *view)
{
    struct run *run = ENTER();
    struct chan *chan = go_chan_to_send(run, view, sizeof(int));

    if (chan)
        signal_stop(run, chan);
}

struct ctx *sig_notify_context_at(struct ctx *parent, const int *signals, size_t n)
{
    struct run *run = ENTER();
    uint64_t set = set_of(run, signals, n);

    if (!parent)
        c_panic(run, false, "cannot create context from nil parent");
    return go_context_made(run, signal_notify_context(run, go_context_of(run, parent), set));
}

void sig_stop_context(struct ctx *ctx)
{
    struct run *run = ENTER();
    struct context *context = go_context_of(run, ctx);

    if (!context->done || context->source != context)
        c_panic(run, false, "sig_stop_context of a context that sig_notify_context did not make");
    signal_stop_context(run, context);
}

void sig_ignore_at(const int *signals, size_t n)
{
    struct run *run = ENTER();

    signal_ignore(run, set_of(run, signals, n));
}

void sig_reset_at(const int *signals, size_t n)
{
    struct run *run = ENTER();

    signal_reset(run, set_of(run, signals, n));
}

void sig_at(int64_t after, int number)
{
    struct run *run = ENTER();

    set_of(run, &number, 1);
    if (!signal_at(run, after > INT64_MAX - run->now ? INT64_MAX : run->now + after,
                   (uint32_t)number))
        run_stop(run, RUN_MEMORY);
}

const char *sig_string(int number)
{
    const char *words = number < 0 ? NULL : signal_words((uint32_t)number);

    return words ? words : "unknown signal";
}

/* --- C's own ------------------------------------------------------------------ */

static int raise_one(struct run *run, int number)
{
    if (number < 0 || !signal_words((uint32_t)number)) {
        errno = EINVAL;
        return -1;
    }
    c_wipe_stack(); /* it may end the program, and then blocks are looked for */
    go_check_fault(run, signal_raise(run, (uint32_t)number));
    return 0;
}

C_WRAP(int, raise, int number)
{
    return number == SIGABRT ? raise(number) : raise_one(ENTER(), number);
}

/* There is no other process. */
C_WRAP(int, kill, pid_t pid, int number)
{
    struct run *run = ENTER();

    if (pid != 0 && pid != getpid()) {
        errno = ESRCH;
        return -1;
    }
    return number == 0 ? 0 : raise_one(run, number);
}
