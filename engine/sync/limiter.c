/* limiter.c -- rate.Limiter (golang.org/x/time/rate), in whole nanoseconds. */
#include "sync/limiter.h"

#include "sync/waiters.h"

#include <inttypes.h>
#include <stdio.h>

/* credit and times stay far from the ends of int64_t: overflow cannot happen below these */
static const int64_t longest = (int64_t)LIMITER_MAX_DAYS * 24 * 3600 * 1000000000;

struct limiter *limiter_make(struct run *run, int64_t interval, int64_t burst, const char *name)
{
    struct limiter *limiter = region_alloc(&run->objects, sizeof *limiter);

    if (!limiter)
        return NULL;
    if (interval < 0)
        interval = 0;
    if (interval > longest)
        interval = longest;
    if (burst < 0)
        burst = 0;
    if (interval > 0 && burst > longest / interval)
        burst = longest / interval;
    limiter->interval = interval;
    limiter->burst = burst;
    limiter->credit = burst * interval;
    limiter->id = run_object(run, OBJECT_LIMITER, 0, burst, name);
    return limiter;
}

static void fill(struct limiter *limiter, int64_t now)
{
    int64_t full = limiter->burst * limiter->interval, gained = now - limiter->last;

    limiter->last = now;
    limiter->credit = gained >= full - limiter->credit ? full : limiter->credit + gained;
}

/* Takes n tokens if they are there within `patience` ns. */
static struct reservation take(const struct run *run, struct limiter *limiter, int64_t n,
                               int64_t patience)
{
    struct reservation r = {.tokens = n, .when = run->now};
    int64_t left;

    if (limiter->interval == 0) {
        r.ok = true;
        return r;
    }
    if (n > limiter->burst || n < 0)
        return r;
    fill(limiter, run->now);
    left = limiter->credit - n * limiter->interval;
    if (left < 0)
        r.delay = -left;
    r.ok = r.delay <= patience && left > -longest;
    if (!r.ok)
        return r;
    limiter->credit = left;
    r.when += r.delay;
    limiter->latest = r.when;
    return r;
}

static void tell(struct run *run, const struct limiter *limiter, const struct reservation *r)
{
    struct event event = event_make(run, EVENT_TAKE, run->self, limiter->id);
    int64_t us = r->delay / 1000;

    event.value = r->tokens;
    event.value_kind = VALUE_INT;
    event.extra = us > UINT32_MAX ? UINT32_MAX : (uint32_t)us;
    event_emit(run, &event);
}

bool limiter_allow(struct run *run, struct limiter *limiter, int64_t n)
{
    struct reservation r;

    sched_poll(run, limiter->id, TOUCH_CHANGE);
    r = take(run, limiter, n, 0);
    if (r.ok)
        tell(run, limiter, &r);
    else
        waiter_look(run, limiter->id, PATIENCE_CLOCK, 0);
    return r.ok;
}

struct reservation limiter_reserve(struct run *run, struct limiter *limiter, int64_t n)
{
    struct reservation r;

    sched_step(run, limiter->id, TOUCH_CHANGE);
    r = take(run, limiter, n, INT64_MAX);
    if (r.ok)
        tell(run, limiter, &r);
    else
        waiter_look(run, limiter->id, PATIENCE_CLOCK, 0);
    return r;
}

/* How many ns of credit go back: who reserved later has counted on them already. */
static void give_back(const struct run *run, struct limiter *limiter, const struct reservation *r)
{
    int64_t back = r->tokens * limiter->interval - (limiter->latest - r->when);

    if (limiter->interval == 0 || r->when < run->now || back <= 0)
        return;
    fill(limiter, run->now);
    limiter->credit += back;
    if (limiter->credit > limiter->burst * limiter->interval)
        limiter->credit = limiter->burst * limiter->interval;
    if (limiter->latest == r->when && r->when - r->tokens * limiter->interval >= run->now)
        limiter->latest = r->when - r->tokens * limiter->interval;
}

void limiter_cancel(struct run *run, struct limiter *limiter, const struct reservation *r)
{
    struct event event;

    sched_step(run, limiter->id, TOUCH_CHANGE);
    if (r->ok)
        give_back(run, limiter, r);
    event = event_make(run, EVENT_RELEASE, run->self, limiter->id);
    event.value = r->ok ? r->tokens : 0;
    event.value_kind = VALUE_INT;
    event_emit(run, &event);
}

/* --- waiting -------------------------------------------------------------- */

struct sleeper {
    struct timer timer; /* first: a timer's address is its sleeper's */
    struct context_hook hook;
    struct goroutine *g;
    struct limiter *limiter;
    struct context *context;
    struct reservation reservation;
    bool cancelled;
};

static void awake(struct run *run, struct timer *timer)
{
    struct sleeper *sleeper = (struct sleeper *)timer;

    if (sleeper->context)
        context_hook_remove(sleeper->context, &sleeper->hook);
    waiter_wake(run, sleeper->g, sleeper->limiter->id, NULL, 0);
}

static void cancelled(struct run *run, struct context_hook *hook, const struct goroutine *by)
{
    struct sleeper *sleeper = (struct sleeper *)((char *)hook - offsetof(struct sleeper, hook));

    timer_disarm(&run->timers, &sleeper->timer);
    if (by)
        sched_touch(run, sleeper->limiter->id, TOUCH_CHANGE);
    sleeper->cancelled = true;
    give_back(run, sleeper->limiter, &sleeper->reservation);
    waiter_wake(run, sleeper->g, sleeper->context->source->id, by, 0);
}

static enum limiter_error wait(struct run *run, struct limiter *limiter, struct context *context,
                               const struct reservation *r)
{
    struct sleeper sleeper = {
        .timer.fire = awake, .hook.cancelled = cancelled, .g = run->self, .limiter = limiter,
        .context = context, .reservation = *r,
    };

    if (!timer_arm(&run->timers, &sleeper.timer, r->when))
        run_stop(run, RUN_MEMORY);
    if (context)
        context_hook_add(context, &sleeper.hook);
    waiter_block(run, WAIT_SLEEP, limiter->id, NULL, NULL);
    return sleeper.cancelled ? LIMITER_CANCELLED : LIMITER_OK;
}

enum limiter_error limiter_wait(struct run *run, struct limiter *limiter, int64_t n,
                                struct context *context)
{
    int64_t patience = INT64_MAX;
    enum limiter_error error = LIMITER_OK;
    struct reservation r = {0};

    sched_step(run, limiter->id, TOUCH_CHANGE);
    if (context)
        sched_touch(run, context->source->id, TOUCH_LOOK);
    if (n > limiter->burst && limiter->interval > 0)
        error = LIMITER_BURST;
    else if (context && context_error(context) != CONTEXT_LIVE)
        error = LIMITER_CANCELLED;
    if (context && context->deadline >= 0)
        patience = context->deadline - run->now;
    if (!error) {
        r = take(run, limiter, n, patience);
        error = r.ok ? LIMITER_OK : LIMITER_DEADLINE;
    }
    if (error) {
        waiter_look(run, limiter->id, PATIENCE_CLOCK, 0);
        return error;
    }
    tell(run, limiter, &r);
    return r.delay > 0 ? wait(run, limiter, context, &r) : LIMITER_OK;
}

void limiter_error_text(const struct limiter *limiter, enum limiter_error error, int64_t n,
                        char *text, size_t size)
{
    switch (error) {
    case LIMITER_BURST:
        snprintf(text, size, "rate: Wait(n=%" PRId64 ") exceeds limiter's burst %" PRId64, n,
                 limiter->burst);
        return;
    case LIMITER_DEADLINE:
        snprintf(text, size, "rate: Wait(n=%" PRId64 ") would exceed context deadline", n);
        return;
    case LIMITER_OK:
    case LIMITER_CANCELLED:
        break;
    }
    if (size)
        *text = '\0';
}
