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

static void start_function(struct run *run, const struct clock_timer *t)
{
    struct goroutine *g;

    if (run->main_done)
        return; /* in Go the program would be gone already */
    g = run_go_by(run, NULL, t->id, t->entry, t->arg, t->name);
    if (!g)
        run_stop(run, RUN_MEMORY);
    g->line = t->line;
    g->file = t->file;
    g->pc = t->pc;
}

static void fire(struct run *run, struct timer *timer)
{
    struct clock_timer *t =
        (struct clock_timer *)((char *)timer - offsetof(struct clock_timer, timer));
    struct event event = event_make(run, EVENT_FIRE, NULL, t->id);
    int64_t now = run->now;

    event_emit(run, &event);
    if (t->entry)
        start_function(run, t);
    else
        chan_tick(run, t->chan, &now);
    /* It was just taken from the heap: there is room to put it back. */
    if (t->period)
        timer_arm(&run->timers, timer, after(run, t->period));
}

/* value: see EVENT_KINDS */
static struct clock_timer *make(struct run *run, enum object_kind kind, int64_t value)
{
    struct clock_timer *t = region_alloc(&run->objects, sizeof *t);

    if (!t)
        return NULL;
    t->id = run_object(run, kind, 0, value, NULL);
    t->timer.fire = fire;
    return t;
}

static struct clock_timer *start(struct run *run, enum object_kind kind, int64_t first,
                                 int64_t period)
{
    struct clock_timer *t = make(run, kind, period ? period : after(run, first));

    if (!t)
        return NULL;
    t->chan = chan_make(run, &clock_type, 1, t->id, NULL);
    t->period = period;
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

struct clock_timer *clock_after_func(struct run *run, int64_t duration, void (*entry)(void *arg),
                                     void *arg, const char *name)
{
    int64_t when = after(run, duration < 0 ? 0 : duration);
    const struct goroutine *self = run->self;
    struct clock_timer *t = make(run, OBJECT_TIMER, when);

    if (!t)
        return NULL;
    t->entry = entry;
    t->arg = arg;
    t->name = name;
    t->line = self->line;
    t->file = self->file;
    t->pc = self->pc;
    return timer_arm(&run->timers, &t->timer, when) ? t : NULL;
}

/* What a step on the timer touches: it does not commute with receiving from it. */
static uint32_t touched(const struct clock_timer *timer)
{
    return timer->chan ? timer->chan->id : timer->id;
}

enum fault clock_reset(struct run *run, struct clock_timer *timer, int64_t duration, bool *was)
{
    struct event event;

    if (timer->timer.periodic && duration <= 0)
        return run_fault(run, FAULT_TICKER_RESET, timer->id);
    if (duration < 0)
        duration = 0;
    sched_step(run, touched(timer), TOUCH_CHANGE);
    *was = timer_disarm(&run->timers, &timer->timer);
    if (timer->timer.periodic)
        timer->period = duration;
    if (!timer_arm(&run->timers, &timer->timer, after(run, duration)))
        run_stop(run, RUN_MEMORY);
    event = event_make(run, EVENT_TIMER_RESET, run->self, timer->id);
    event.value = duration;
    event.value_kind = VALUE_INT;
    event_emit(run, &event);
    return FAULT_NONE;
}

bool clock_stop(struct run *run, struct clock_timer *timer)
{
    struct event event;
    bool was;

    sched_step(run, touched(timer), TOUCH_CHANGE);
    was = timer_disarm(&run->timers, &timer->timer);
    event = event_make(run, EVENT_TIMER_STOP, run->self, timer->id);
    event.value = was;
    event.value_kind = VALUE_BOOL;
    event_emit(run, &event);
    return was;
}
