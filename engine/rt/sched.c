/* sched.c -- who runs next.
 *
 * There is no scheduler stack: whoever gives way looks for the next goroutine and
 * switches straight to it.  Order of looking: goroutines with work to do before
 * their next operation (the ready queue), then, in explored mode, those waiting
 * at an operation that can take effect, then those that want a processor, then the clock.
 */
#include "rt/sched.h"
#include "rt/free.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Rounds of nothing but polls, or timers nobody notices, that count as for ever. */
enum { VAIN_MAX = 1000 };

static void follow(struct run *run, struct goroutine *g, uint32_t pick)
{
    if (g->nfollows == g->follows_cap) {
        uint32_t cap = g->follows_cap ? 2 * g->follows_cap : 4;
        uint32_t *follows = region_alloc(&run->objects, cap * sizeof *follows);

        if (!follows)
            run_stop(run, RUN_MEMORY);
        if (g->nfollows)
            memcpy(follows, g->follows, g->nfollows * sizeof *follows);
        g->follows = follows;
        g->follows_cap = cap;
    }
    g->follows[g->nfollows++] = g->since = pick;
    if (run->advanced)
        g->since_clock = pick;
}

void sched_follow(struct run *run, uint32_t pick)
{
    if (run->explored)
        follow(run, run->self, pick);
}

void sched_push(struct run *run, struct goroutine *g)
{
    g->state = G_READY;
    if (run->explored)
        follow(run, g, run->picks);
    g->next_ready = NULL;
    if (run->ready_last)
        run->ready_last->next_ready = g;
    else
        run->ready_first = g;
    run->ready_last = g;
}

static struct goroutine *pop(struct run *run)
{
    struct goroutine *g = run->ready_first, *after;

    if (g) {
        run->ready_first = after = g->next_ready;
        if (after)
            __builtin_prefetch(after->fiber.sp); /* nobody has been there for long */
        else
            run->ready_last = NULL;
    }
    return g;
}

void sched_tell(struct run *run, struct goroutine *g)
{
    struct event *event = event_open(run, EVENT_BLOCK, g, g->wait_obj);

    g->told = true;
    event->extra = g->wait;
    event_close_fact(run, event);
    if (g->tell)
        g->tell(run, g);
}

/* Fires every timer due at the next deadline.  False when there is none left that
 * anybody could be waiting for. */
static bool advance(struct run *run)
{
    struct timer *timer;
    int64_t when;

    processor_set_timers(run);
    timer = timer_first(&run->timers);
    if (!timer)
        return false;
    if (run->main_done) {
        bool any = false;

        /* tickers alone never come to rest */
        for (size_t i = 0; i < run->timers.count && !any; i++)
            any = !run->timers.at[i]->periodic;
        if (!any)
            return false;
    }
    if (++run->vain > VAIN_MAX)
        return false;
    run->advanced = true;
    run->processors.offered = false;
    run->lulls++;
    when = timer->when;
    if (when > run->now) {
        struct event event;

        run->now = when;
        event = event_make(run, EVENT_TIME, NULL, 0);
        event_emit(run, &event);
    }
    while ((timer = timer_first(&run->timers)) && timer->when <= run->now) {
        timer_disarm(&run->timers, timer);
        timer->fire(run, timer);
    }
    return true;
}

static bool over(struct run *run)
{
    if (__builtin_expect(run->steps < run->last_step_allowed, 1))
        return false;
    /* after main returned, whoever still goes on is the fault, not the budget */
    run->end = run->main_done ? RUN_DONE : RUN_STEPS;
    return true;
}

static bool room_for_options(struct run *run)
{
    uint32_t cap = run->nlive < 16 ? 16 : 2 * run->nlive;
    struct goroutine **candidates;
    uint32_t *options;

    if (run->nlive <= run->options_cap)
        return true;
    candidates = memory_resize(run->candidates, cap * sizeof *candidates);
    if (!candidates)
        return false;
    run->candidates = candidates;
    options = memory_resize(run->options, cap * sizeof *options);
    if (!options)
        return false;
    run->options = options;
    run->options_cap = cap;
    return true;
}

/* Explored mode, all goroutines at an operation: those that can take effect.  Those
 * that polled in vain are left out; *polling counts them. */
static uint32_t collect(struct run *run, uint32_t *polling)
{
    struct goroutine **candidates = run->candidates;
    uint32_t *options = run->options, n = 0, vain = 0;

    for (struct goroutine *g = run->live; g; g = g->next) {
        enum ready ready = g->ready ? g->ready(g) : READY_YES;

        if (ready != READY_YES) {
            if (ready == READY_NO && !g->told)
                sched_tell(run, g);
        } else if (g->polled && g->at_poll) {
            vain++;
        } else {
            candidates[n] = g;
            options[n++] = g->id;
        }
    }
    *polling = vain;
    return n;
}

/* The same when nobody else can take a step: those that want a processor.  What came before
 * the first of them came before all. */
static uint32_t collect_workers(struct run *run)
{
    uint32_t n = processor_candidates(run, run->candidates);

    for (uint32_t i = 0; i < n; i++)
        run->options[i] = run->candidates[i]->id;
    run->advanced |= n > 0 && !run->processors.offered;
    run->processors.offered = n > 0;
    return n;
}

/* Who could take the next step, for who schedules by hand. */
static void tell_options(struct run *run, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct goroutine *g = run->candidates[i];
        struct event event = event_make(run, EVENT_OPTION, g, g->wait_obj);

        event.extra = g->wait;
        event_emit(run, &event);
    }
}

/* Where it is among the candidates; n: it is none of them. */
static uint32_t place_of(const struct goroutine *g, struct goroutine *const *candidates, uint32_t n)
{
    uint32_t i = 0;

    while (i < n && candidates[i] != g)
        i++;
    return i;
}

static uint32_t choose_goroutine(struct run *run, uint32_t n)
{
    struct choice choice = {
        .kind = CHOICE_GOROUTINE, .n = n, .options = run->options, .goroutines = run->candidates,
        .gave_way = run->npolled, .advanced = run->advanced,
        .touched = {run->touched, run->ntouched}};
    uint32_t answer = 0;

    if (run->strategy && (n > 1 || run->strategy->always)) {
        choice.current = place_of(run->last_step, run->candidates, n);
        answer = run->strategy->choose(run->strategy, &choice);
    }
    run->ntouched = 0;
    run->advanced = false;
    run->picks++;
    return answer;
}

uint32_t run_choose(struct run *run, enum choice_kind kind, uint32_t n, const uint32_t *options)
{
    struct choice choice = {.kind = kind, .n = n, .options = options, .current = n};

    return run->strategy && (n > 1 || run->strategy->always)
               ? run->strategy->choose(run->strategy, &choice) : 0;
}

/* Whether who watches lets it go on. */
static bool goes_on(struct run *run)
{
    for (struct watcher *w = run->rest_watchers; w; w = w->next_rest)
        if (!w->rest(w, run)) {
            run->end = RUN_STUCK;
            return false;
        }
    return true;
}

/* The goroutine that takes the next step; NULL when there is none (run->end may be set). */
static struct goroutine *pick(struct run *run)
{
    uint32_t n, polling, chosen;
    struct goroutine *g;

    if (over(run))
        return NULL;
    if (!room_for_options(run)) {
        run->end = RUN_MEMORY;
        return NULL;
    }
    n = collect(run, &polling);
    if (!goes_on(run))
        return NULL;
    if (n > 0)
        run->processors.offered = false;
    else
        n = collect_workers(run);
    if (n == 0 && polling > 0) {
        if (!advance(run) && ++run->vain > VAIN_MAX) {
            run->end = run->main_done ? RUN_DONE : RUN_LIVELOCK;
            return NULL;
        }
        run->advanced = true;
        run->lulls++;
        for (g = run->live; g; g = g->next)
            g->polled = false;
        run->npolled = 0;
        if (run->ready_first)
            return pop(run);
        n = collect(run, &polling);
    }
    if (n == 0)
        return NULL;
    if (run->tell_options)
        tell_options(run, n);
    chosen = choose_goroutine(run, n);
    if (chosen == CHOICE_STOP) {
        run->end = RUN_REDUNDANT;
        return NULL;
    }
    g = run->candidates[chosen];
    g->nfollows = g->since_clock = 0;
    run->last_step = g;
    return g;
}

/* The goroutine to run now, or NULL with run->end set. */
static struct goroutine *next(struct run *run)
{
    for (;;) {
        struct goroutine *g = pop(run);

        if (!g)
            g = run->explored ? pick(run) : processor_next(run);
        if (g)
            return g;
        if (!run->explored && !goes_on(run))
            return NULL;
        if (run->end == RUN_NONE && !advance(run))
            run->end = run->main_done ? RUN_DONE : RUN_DEADLOCK;
        if (run->end != RUN_NONE)
            return NULL;
    }
}

/* The running goroutine has put itself where it belongs and gives way. */
void sched_give_way(struct run *run)
{
    struct goroutine *self = run->self, *g = next(run);

    if (!g)
        run_stop(run, run->end);
    g->state = G_RUNNING;
    if (g == self)
        return;
    run->self = g;
    fiber_switch(&self->fiber, &g->fiber);
}

_Noreturn void sched_leave(struct run *run)
{
    struct goroutine *self = run->self, *g = next(run);

    if (!g)
        run_stop(run, run->end);
    g->state = G_RUNNING;
    run->self = g;
    fiber_leave(&self->fiber, &g->fiber);
    __builtin_unreachable();
}

void sched_touched(struct run *run, const struct touch *touch)
{
    if (!run->explored)
        return;
    if (run->ntouched == run->touched_cap) {
        uint32_t cap = run->touched_cap ? 2 * run->touched_cap : 32;
        struct touch *touched = memory_resize(run->touched, cap * sizeof *touched);

        if (!touched)
            run_stop(run, RUN_MEMORY);
        run->touched = touched;
        run->touched_cap = cap;
    }
    run->touched[run->ntouched++] = *touch;
}

void sched_touch(struct run *run, uint32_t obj, enum touch_mode mode)
{
    sched_touched(run, &(struct touch){.obj = obj, .mode = mode});
}

void sched_published(struct run *run)
{
    for (uint32_t i = 0; i < run->self->touches.n; i++)
        sched_touched(run, &run->self->touches.at[i]);
}

static void touches_one(struct goroutine *g, uint32_t obj, enum touch_mode mode)
{
    g->touch = (struct touch){.obj = obj, .mode = mode};
    g->touches = (struct touches){&g->touch, obj != TOUCH_NOTHING};
}

/* Explored mode: publishes a step that is always possible. */
static void step(struct run *run, uint32_t obj, enum touch_mode mode)
{
    struct goroutine *g = run->self;

    g->state = G_WAITING;
    g->wait = WAIT_NONE;
    g->wait_obj = 0;
    g->ready = NULL;
    touches_one(g, obj, mode);
    sched_give_way(run);
}

_Noreturn void sched_over(struct run *run)
{
    over(run);
    run_stop(run, run->end);
}

void sched_publish(struct run *run, uint32_t obj, enum touch_mode mode)
{
    run->self->at_poll = false;
    step(run, obj, mode);
}

void sched_wait(struct run *run, enum wait_kind wait, uint32_t obj,
                enum ready (*ready)(struct goroutine *g),
                void (*tell_more)(struct run *run, struct goroutine *g), void *op,
                struct touches touches)
{
    struct goroutine *g = run->self;

    g->state = G_WAITING;
    g->at_poll = false;
    g->came = run->lulls;
    g->wait = wait;
    g->wait_obj = obj;
    g->ready = ready;
    g->tell = tell_more;
    g->op = op;
    g->touches = touches;
    g->told = false;
    if (!run->explored) {
        free_step(run);
        if (!run->quiet && !(wait == WAIT_PROCESSOR && ready(g) != READY_NO))
            sched_tell(run, g);
    }
    sched_give_way(run);
}

void sched_wake(struct run *run, struct goroutine *g)
{
    sched_push(run, g);
}

void sched_polled(struct run *run)
{
    struct goroutine *g = run->self;

    if (!g->polled)
        run->npolled++;
    g->polled = true;
    /* who may go next depends on who polled: fairness does not commute */
    sched_touch(run, TOUCH_ALL, TOUCH_CHANGE);
}

void sched_let_others(struct run *run)
{
    if (run->explored || !run->ready_first)
        return;
    sched_push(run, run->self);
    sched_give_way(run);
}

/* Free mode: the running goroutine polls again though nothing has changed.  Others first; with
 * nobody else to run, time. */
static void wait_for_change(struct run *run)
{
    if (!run->ready_first) {
        struct goroutine *worker = processor_next(run);

        if (worker)
            sched_push(run, worker);
        else if (!advance(run) && ++run->vain > VAIN_MAX)
            run_stop(run, run->main_done ? RUN_DONE : RUN_LIVELOCK);
    }
    sched_let_others(run);
}

void sched_poll(struct run *run, uint32_t obj, enum touch_mode mode)
{
    struct goroutine *g = run->self;

    if (!run->explored) {
        if (g->polled)
            wait_for_change(run);
        sched_step(run, obj, mode);
        return;
    }
    g->at_poll = true;
    step(run, obj, mode);
}

/* The places looked from are a sequence; that it came round is found by keeping one of them,
 * moved at the 1st, 2nd, 4th, 8th ... look (Brent, "An Improved Monte Carlo Factorization
 * Algorithm", 1980). */
bool sched_looked(struct run *run, uint32_t obj, uint32_t patience)
{
    struct goroutine *g = run->self;
    uint64_t changes = run->steps - run->looks;

    if (g->look.change != changes || g->look.limit == 0) {
        g->look.change = changes;
        g->look.count = g->look.rounds = 0;
        g->look.limit = 1;
    } else if (g->look.obj == obj && g->look.line == g->line && g->look.pc == g->pc) {
        return ++g->look.rounds >= patience;
    }
    if (++g->look.count == g->look.limit) {
        g->look.limit *= 2;
        g->look.obj = obj;
        g->look.line = g->line;
        g->look.pc = g->pc;
    }
    return false;
}

uint32_t *run_scratch(struct run *run, uint32_t n)
{
    if (n > run->scratch_cap) {
        uint32_t cap = n < 16 ? 16 : 2 * n;
        uint32_t *scratch = memory_resize(run->scratch, cap * sizeof *scratch);

        if (!scratch)
            run_stop(run, RUN_MEMORY);
        run->scratch = scratch;
        run->scratch_cap = cap;
    }
    return run->scratch;
}
