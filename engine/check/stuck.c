/* stuck.c -- who waits for what nobody can bring about any more, found as it arises.
 *
 * A blocked goroutine can go on only when another touches something it waits at.  So a goroutine
 * lives when it is not blocked, or when an object it waits at can be reached by one that lives,
 * from a global variable, or by the clock or the world; the least such set is found by marking
 * (rt/reach.h) from those that are not blocked, and again from each that turns out to live.  Who
 * is left waits for ever, alone or in a knot.  (Saioc, Lee, Moller & Chabbi, "Dynamic Partial
 * Deadlock Detection and Recovery via Garbage Collection", ASPLOS 2025, who have Go's collector do
 * it; we look at moments when all goroutines stand at an operation, so nothing is on its way.)
 *
 * It errs to one side: who could reach an object and never will, keeps its waiters alive.  And once
 * stuck, a goroutine stays so.  When it is main, the run is over, unless somebody may yet end the
 * program otherwise.
 *
 * Cost: to look takes time by what the program has, so it is done seldom: at first after FIRST
 * steps, then each time the run has become APART times as long, and not before a step was made for
 * each WORTH values that were looked at.  A run that is shown is looked at before each step until
 * MOST values were: so the moment it arose is told (STUCK).  That changes nothing else of the run.
 */
#include "base/memory.h"
#include "check/blocked.h"
#include "check/check.h"
#include "rt/clause.h"
#include "rt/reach.h"
#include "rt/run.h"

#include <stdlib.h>

enum {
    FIRST = 2048,         /* steps, and times the clock went on */
    APART = 4,            /* the next look is so many times as late */
    WORTH = 32,           /* values that may be looked at for each step made */
    MOST = 4 * 1000 * 1000,
    ROUNDS = 100,         /* of marking, in one look */
};

struct stuck {
    struct watcher watcher; /* first: a watcher's address is its stuck's */
    struct findings *findings;
    const enum stuck_when *when;
    struct reach reach;
    struct goroutine **blocked; /* those not known to live; after a look, those that are stuck */
    uint32_t nblocked, cap;
    uint64_t next;              /* effort at which it looks next */
    struct finding found[FINDINGS_MAX]; /* by the last look that was due */
    uint32_t nfound;
};

static bool waits_at_channels(const struct goroutine *g)
{
    switch (g->wait) {
    case WAIT_SEND: case WAIT_RECV: case WAIT_SELECT:
    case WAIT_NIL_SEND: case WAIT_NIL_RECV: case WAIT_EMPTY_SELECT: return true;
    default: return false;
    }
}

/* Whether it is known what could let it go on. */
static bool is_judged(struct goroutine *g)
{
    return goroutine_is_blocked(g) && (waits_at_channels(g) || g->op);
}

static bool is_reached(const struct stuck *self, const struct goroutine *g)
{
    if (!waits_at_channels(g))
        return reach_has(&self->reach, g->op) || (g->also && reach_has(&self->reach, g->also));
    for (uint32_t i = 0; i < g->nclauses; i++)
        if (g->clauses[i].chan && reach_has(&self->reach, g->clauses[i].chan))
            return true;
    return false;
}

/* Who is blocked goes into self->blocked, the others mark what they reach.  False: no memory. */
static bool sort_out(struct stuck *self, struct run *run)
{
    self->nblocked = 0;
    if (run->nlive > self->cap) {
        struct goroutine **more = memory_resize(self->blocked, 2 * run->nlive * sizeof *more);

        if (!more)
            return false;
        self->blocked = more;
        self->cap = 2 * run->nlive;
    }
    for (struct goroutine *g = run->live; g; g = g->next)
        if (is_judged(g))
            self->blocked[self->nblocked++] = g;
    if (self->nblocked == 0)
        return true;
    reach_begin(&self->reach, run);
    for (struct goroutine *g = run->live; g; g = g->next)
        if (!is_judged(g))
            reach_goroutine(&self->reach, g);
    return true;
}

/* Leaves in self->blocked those that are stuck, in order of their ids. */
static void look(struct stuck *self, struct run *run)
{
    bool more = true;

    if (!sort_out(self, run) || self->nblocked == 0) {
        self->nblocked = 0;
        return;
    }
    for (uint32_t round = 0; more && self->nblocked > 0; round++) {
        uint32_t kept = 0;

        more = false;
        for (uint32_t i = 0; i < self->nblocked; i++) {
            struct goroutine *g = self->blocked[i];

            if (is_reached(self, g) || round == ROUNDS) {
                reach_goroutine(&self->reach, g);
                more = true;
            } else {
                self->blocked[kept++] = g;
            }
        }
        self->reach.work += self->nblocked;
        self->nblocked = kept;
    }
    reach_end(&self->reach);
}

/* --- telling --------------------------------------------------------------- */

/* Where all are, the run is about to end, and says so. */
static void tell(struct stuck *self, struct run *run)
{
    if (self->nblocked == run->nlive && !timer_first(&run->timers))
        return;
    for (uint32_t i = 0; i < self->nblocked; i++) {
        struct goroutine *g = self->blocked[i];
        struct event event = event_make(run, EVENT_STUCK, g, g->wait_obj);

        if (g->stuck)
            continue;
        g->stuck = true;
        event.extra = g->wait;
        event_emit(run, &event);
    }
}

/* The index of the last BLOCK of g; UINT32_MAX: none is kept. */
static uint32_t block_of(const struct trace *trace, uint32_t g)
{
    uint32_t i = trace ? trace->count : 0;

    while (i-- > 0)
        if (trace->events[i].kind == EVENT_BLOCK && trace->events[i].g == g)
            return i;
    return UINT32_MAX;
}

static void note(struct stuck *self, const struct run *run)
{
    self->nfound = 0;
    for (uint32_t i = 0; i < self->nblocked && i < FINDINGS_MAX; i++) {
        const struct goroutine *g = self->blocked[i];
        uint32_t block;

        if (g->id == 1 && g->wait == WAIT_EMPTY_SELECT)
            continue; /* it says so: others are to go on for ever */
        block = block_of(run->trace, g->id);

        self->found[self->nfound++] = (struct finding){
            .kind = g->id == 1 ? FINDING_DEADLOCK : FINDING_LEAK, .value = g->id == 1 ? 2 : 0,
            .obj = g->wait_obj, .event = block,
            .at = {.g = g->id, .line = g->line, .file = g->file, .pc = g->pc, .event = block},
            .other.event = UINT32_MAX};
    }
}

/* --- when ------------------------------------------------------------------ */

static uint64_t effort(const struct run *run)
{
    return run->steps + run->lulls;
}

static bool stuck_rest(struct watcher *watcher, struct run *run)
{
    struct stuck *self = (struct stuck *)watcher;
    uint64_t now = effort(run), before = self->reach.work;
    bool tells = *self->when != STUCK_SELDOM && self->reach.work < MOST;
    bool due = now >= self->next;

    run->tidy = now >= self->next / 2 || *self->when != STUCK_SELDOM;

    if (!run->reaches || run->main_returns || (!due && !tells))
        return true;
    look(self, run);
    if (tells)
        tell(self, run);
    if (!due && *self->when != STUCK_STOPS)
        return true;
    self->next = APART * now;
    if (self->next < now + (self->reach.work - before) / WORTH)
        self->next = now + (self->reach.work - before) / WORTH;
    note(self, run);
    return run->may_exit || run->signals || self->nfound == 0 || self->found[0].at.g != 1;
}

static void stuck_begin(struct watcher *watcher, struct run *run)
{
    struct stuck *self = (struct stuck *)watcher;

    run->tidy = *self->when != STUCK_SELDOM;
    self->next = FIRST;
    self->nfound = 0;
    self->reach.work = 0;
}

/* Whether it was broken off, and not because somebody did something wrong. */
static bool goes_on_for_ever(const struct run *run)
{
    return !run->main_done && (run->end == RUN_LIVELOCK || run->end == RUN_STEPS ||
                               run->end == RUN_OUTPUT || run->end == RUN_MEMORY);
}

static void stuck_end(struct watcher *watcher, struct run *run)
{
    struct stuck *self = (struct stuck *)watcher;

    if (run->end == RUN_STUCK)
        finding_add(self->findings, &self->found[0]);
    else if (goes_on_for_ever(run))
        for (uint32_t i = 0; i < self->nfound; i++)
            finding_add(self->findings, &self->found[i]);
}

struct watcher *stuck_new(struct findings *findings, const enum stuck_when *when)
{
    struct stuck *self = memory_zeroed(1, sizeof *self);

    if (!self)
        return NULL;
    self->watcher = (struct watcher){.begin = stuck_begin, .rest = stuck_rest, .end = stuck_end};
    self->findings = findings;
    self->when = when;
    return &self->watcher;
}

void stuck_free(struct watcher *watcher)
{
    struct stuck *self = (struct stuck *)watcher;

    if (self) {
        reach_release(&self->reach);
        free(self->blocked);
    }
    free(self);
}
