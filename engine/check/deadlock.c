/* deadlock.c -- goroutines that wait in a circle for each other's locks while others go on.
 *
 * A goroutine waits for one lock at a time and a lock has one holder, so from a wait there is one
 * way to go: a circle is found when its last wait begins (Coffman, Elphick & Shoshani, "System
 * deadlocks", 1971, for resources of one unit).  Go lets anybody unlock a Mutex; so a circle is
 * a finding only when it still stands as the run ends.
 */
#include "base/memory.h"
#include "check/blocked.h"
#include "check/check.h"

#include <stdlib.h>

struct circle_wait {
    uint32_t obj;   /* the lock it waits for; 0: none */
    uint32_t event; /* trace index of its BLOCK */
};

struct deadlock {
    struct watcher watcher; /* first: a watcher's address is its deadlock's */
    struct findings *findings;
    struct circle_wait *waits; /* by goroutine */
    uint32_t *holders;         /* by lock: who holds it; 0: nobody */
    uint32_t ngoroutines, nobjects;
    uint32_t last_goroutine, last_object;
    uint32_t closed_by;        /* whose wait closed the first circle of this run; 0: none did */
};

static struct circle_wait *wait_of(struct deadlock *self, uint32_t g)
{
    if (g >= self->ngoroutines) {
        uint32_t room = 2 * g + 16;
        struct circle_wait *more = memory_resize(self->waits, room * sizeof *more);

        if (!more)
            return NULL;
        for (uint32_t i = self->ngoroutines; i < room; i++)
            more[i] = (struct circle_wait){0, 0};
        self->waits = more;
        self->ngoroutines = room;
    }
    if (g > self->last_goroutine)
        self->last_goroutine = g;
    return &self->waits[g];
}

static uint32_t *holder_of(struct deadlock *self, uint32_t obj)
{
    if (obj >= self->nobjects) {
        uint32_t room = 2 * obj + 16;
        uint32_t *more = memory_resize(self->holders, room * sizeof *more);

        if (!more)
            return NULL;
        for (uint32_t i = self->nobjects; i < room; i++)
            more[i] = 0;
        self->holders = more;
        self->nobjects = room;
    }
    if (obj > self->last_object)
        self->last_object = obj;
    return &self->holders[obj];
}

static void deadlock_begin(struct watcher *watcher, struct run *run)
{
    struct deadlock *self = (struct deadlock *)watcher;

    (void)run;
    for (uint32_t i = 0; i <= self->last_goroutine && i < self->ngoroutines; i++)
        self->waits[i] = (struct circle_wait){0, 0};
    for (uint32_t i = 0; i <= self->last_object && i < self->nobjects; i++)
        self->holders[i] = 0;
    self->last_goroutine = self->last_object = self->closed_by = 0;
}

/* Who holds what g waits for; 0: it waits for no lock, or nobody holds it. */
static uint32_t next(const struct deadlock *self, uint32_t g)
{
    uint32_t obj = g < self->ngoroutines ? self->waits[g].obj : 0;

    return obj && obj < self->nobjects ? self->holders[obj] : 0;
}

static bool in_circle(const struct deadlock *self, uint32_t g)
{
    uint32_t at = next(self, g);

    for (uint32_t i = 0; at && at != g && i <= self->last_goroutine; i++)
        at = next(self, at);
    return at == g;
}

static void waits(struct deadlock *self, const struct run *run, const struct event *event)
{
    struct circle_wait *wait = wait_of(self, event->g);

    if (!wait || event->extra != WAIT_LOCK)
        return;
    *wait = (struct circle_wait){event->obj, run->trace ? run->trace->count - 1 : UINT32_MAX};
    if (!self->closed_by && in_circle(self, event->g))
        self->closed_by = event->g;
}

static const uint8_t wanted[] = {EVENT_BLOCK, EVENT_LOCK, EVENT_UNLOCK, EVENT_NONE};

static void deadlock_event(struct watcher *watcher, struct run *run, const struct event *event)
{
    struct deadlock *self = (struct deadlock *)watcher;
    uint32_t *holder;

    switch (event->kind) {
    case EVENT_BLOCK:
        waits(self, run, event);
        break;
    case EVENT_LOCK:
        if (event->g < self->ngoroutines)
            self->waits[event->g].obj = 0;
        if ((holder = holder_of(self, event->obj)))
            *holder = event->g;
        break;
    case EVENT_UNLOCK:
        if ((holder = holder_of(self, event->obj)))
            *holder = 0;
        break;
    default:
        break;
    }
}

static bool still_stands(const struct deadlock *self, const struct run *run)
{
    uint32_t members = 0, standing = 0, at = self->closed_by;

    if (!in_circle(self, at))
        return false;
    do {
        members++;
        at = next(self, at);
    } while (at != self->closed_by);
    for (struct goroutine *g = run->live; g; g = g->next)
        standing += in_circle(self, g->id) && g->wait == WAIT_LOCK && goroutine_is_blocked(g);
    return standing >= members;
}

/* Its members are no leaks besides, and it is told why main is stuck. */
static void drop_members(const struct deadlock *self, struct findings *findings)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < findings->count; i++)
        if ((findings->at[i].kind != FINDING_LEAK && findings->at[i].kind != FINDING_DEADLOCK) ||
            !in_circle(self, findings->at[i].at.g))
            findings->at[kept++] = findings->at[i];
    findings->count = kept;
}

static void deadlock_end(struct watcher *watcher, struct run *run)
{
    struct deadlock *self = (struct deadlock *)watcher;
    struct finding finding = {.kind = FINDING_DEADLOCK, .value = 1};

    if (!self->closed_by || run->end == RUN_DEADLOCK || !still_stands(self, run))
        return;
    for (const struct goroutine *g = run->live; g; g = g->next)
        if (g->id == self->closed_by)
            finding.at = (struct finding_place){.g = g->id, .line = g->line, .file = g->file,
                                                .pc = g->pc};
    finding.obj = self->waits[self->closed_by].obj;
    finding.event = finding.at.event = self->waits[self->closed_by].event;
    finding.other.event = UINT32_MAX;
    drop_members(self, self->findings);
    finding_add(self->findings, &finding);
}

struct watcher *deadlock_new(struct findings *findings)
{
    struct deadlock *self = memory_zeroed(1, sizeof *self);

    if (!self)
        return NULL;
    self->watcher = (struct watcher){
        .begin = deadlock_begin, .event = deadlock_event, .wants = wanted,
        .end = deadlock_end};
    self->findings = findings;
    return &self->watcher;
}

void deadlock_free(struct watcher *watcher)
{
    struct deadlock *self = (struct deadlock *)watcher;

    if (self) {
        free(self->waits);
        free(self->holders);
    }
    free(self);
}
