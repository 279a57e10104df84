/* clock.c -- what package time does with virtual time. */
#include "sync/clock.h"

struct sleeper {
    struct timer timer; /* first: a timer's address is its sleeper's */
    struct goroutine *g;
};

static int64_t show_time(struct run *run, const void *element, enum value_kind *kind)
{
    (void)run;
    *kind = VALUE_INT;
    return *(const int64_t *)element;
}

const struct chan_type clock_type = {sizeof(int64_t), show_time};

/* Deadlines saturate: to sleep for ever is no reason to wake in the past. */
static int64_t after(const struct run *run, int64_t duration)
{
    return duration > INT64_MAX - run->now ? INT64_MAX : run->now + duration;
}

static void wake(struct run *run, struct timer *timer)
{
    struct sleeper *sleeper = (struct sleeper *)timer;
    struct event event = event_make(run, EVENT_WAKE, sleeper->g, 0);

    sched_wake(run, sleeper->g);
    event_emit(run, &event);
}

static enum ready never(struct goroutine *g)
{
    (void)g;
    return READY_NO;
}

void clock_sleep(struct run *run, int64_t duration)
{
    struct sleeper sleeper = {.timer = {.fire = wake}, .g = run->self};
    struct event event;

    sched_step(run, TOUCH_NOTHING, TOUCH_CHANGE);
    event = event_make(run, EVENT_SLEEP, run->self, 0);
    event.value = duration < 0 ? 0 : duration;
    event.value_kind = VALUE_INT;
    event_emit(run, &event);
    if (duration <= 0)
        return;
    if (!timer_arm(&run->timers, &sleeper.timer, after(run, duration)))
        run_stop(run, RUN_MEMORY);
    sched_wait(run, WAIT_SLEEP, 0, never, NULL, NULL, (struct touches){0});
}

static void fire(struct run *run, struct timer *timer)
{
    struct clock_timer *t = (struct clock_timer *)((char *)timer - offsetof(struct clock_timer, timer));
    struct event event = event_make(run, EVENT_FIRE, NULL, t->id);
    int64_t now = run->now;

    event_emit(run, &event);
    chan_tick(run, t->chan, &now);
    /* It was just taken from the heap: there is room to put it back. */
    if (t->period)
        timer_arm(&run->timers, timer, after(run, t->period));
}

static struct clock_timer *start(struct run *run, enum object_kind kind, int64_t first, int64_t period)
{
    struct clock_timer *t = region_alloc(&run->objects, sizeof *t);

    if (!t)
        return NULL;
    t->id = run_object(run, kind, 0, period ? period : after(run, first), NULL);
    t->chan = chan_make(run, &clock_type, 1, t->id, NULL);
    t->period = period;
    t->timer.fire = fire;
    t->timer.periodic = period != 0;
    if (!t->chan || !timer_arm(&run->timers, &t->timer, after(run, first)))
        return NULL;
    return t;
}

struct clock_timer *clock_after(struct run *run, int64_t duration)
{
    return start(run, OBJECT_TIMER, duration < 0 ? 0 : duration, 0);
}

struct clock_timer *clock_ticker(struct run *run, int64_t period, enum fault *fault)
{
    struct clock_timer *t;

    *fault = period > 0 ? FAULT_NONE : FAULT_TICKER_PERIOD;
    if (*fault)
        return NULL;
    t = start(run, OBJECT_TICKER, period, period);
    if (!t)
        *fault = FAULT_NO_MEMORY;
    return t;
}

bool clock_stop(struct run *run, struct clock_timer *timer)
{
    struct event event;
    bool was;

    sched_step(run, timer->chan->id, TOUCH_CHANGE);
    was = timer_disarm(&run->timers, &timer->timer);
    event = event_make(run, EVENT_TIMER_STOP, run->self, timer->id);
    event.value = was;
    event.value_kind = VALUE_BOOL;
    event_emit(run, &event);
    return was;
}
