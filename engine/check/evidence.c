/* evidence.c -- the two accesses of a race, told by a run that is made again. */
#include "check/evidence.h"

#include "base/memory.h"
#include "rt/run.h"

#include <stdlib.h>

/* A race, and which accesses of the run it is between, counted from 1; 0: not seen. */
struct sought {
    struct finding race;
    uint64_t first, second;
    uint64_t latest;              /* looking: of those that may turn out to be the first */
    uint32_t first_told, second_told; /* telling: their events; UINT32_MAX: not yet */
};

struct evidence {
    struct watcher watcher;       /* first: a watcher's address is its own */
    struct findings *found;
    bool telling;
    uint64_t accesses;            /* of this run so far */
    uint32_t compared;            /* of `found` in this run */
    uint32_t pending;             /* the ACCESS whose value is yet to be seen; UINT32_MAX: none */
    uint32_t count;
    struct sought at[FINDINGS_MAX];
};

static void evidence_begin(struct watcher *watcher, struct run *run)
{
    struct evidence *self = (struct evidence *)watcher;

    run->every_access = true;
    self->accesses = 0;
    self->compared = 0;
    self->pending = UINT32_MAX;
}

/* --- the first run ------------------------------------------------------- */

static bool may_be(const struct finding *race, const struct access *access)
{
    const struct finding_place *first = &race->other;
    uintptr_t where = (uintptr_t)race->value;

    return access->g == first->g && access->pc == first->pc &&
           (access->pc != 0 || access->line == first->line) && access->write == first->write &&
           access->atomic == first->atomic && where - access->where < access->size;
}

static void look(struct evidence *self, const struct access *access)
{
    for (; self->compared < self->found->count; self->compared++)
        for (uint32_t i = 0; i < self->count; i++)
            if (!self->at[i].second &&
                finding_same(&self->at[i].race, &self->found->at[self->compared])) {
                self->at[i].first = self->at[i].latest;
                self->at[i].second = self->accesses;
            }
    for (uint32_t i = 0; i < self->count; i++)
        if (!self->at[i].second && may_be(&self->at[i].race, access))
            self->at[i].latest = self->accesses;
}

/* --- the second ---------------------------------------------------------- */

/* What a write left, before anybody else can change it. */
static void settle(struct evidence *self, struct run *run)
{
    struct event *event;

    if (self->pending >= run->trace->count)
        return;
    event = &run->trace->events[self->pending];
    event->value_kind = (uint8_t)run->witness->held(run, &event->value);
    self->pending = UINT32_MAX;
}

static uint32_t tell(struct evidence *self, struct run *run, const struct access *access,
                     uintptr_t where)
{
    struct event event;
    uint32_t at;

    run->witness->stack(run);
    event = event_make(run, EVENT_ACCESS, run->self, 0);
    event.text = run->witness->hold(run, access, where);
    if (!event.text)
        event.text = access->name;
    if (access->line)
        event.line = access->line;
    event.extra = (access->write ? ACCESS_WRITE : 0) | (access->atomic ? ACCESS_ATOMIC : 0);
    event.seq = access->size < UINT32_MAX ? (uint32_t)access->size : UINT32_MAX;
    if (!access->write)
        event.value_kind = (uint8_t)run->witness->held(run, &event.value);
    at = run->trace->count;
    event_emit(run, &event);
    if (access->write)
        self->pending = at;
    return at;
}

/* The owner of a variable may be the only one who knows what it is. */
static void meet(const struct evidence *self, struct run *run, const struct access *access)
{
    for (uint32_t i = 0; i < self->count; i++)
        if ((uintptr_t)self->at[i].race.value - access->where < access->size)
            run->witness->met(run, (uintptr_t)self->at[i].race.value);
}

static void tell_all(struct evidence *self, struct run *run, const struct access *access)
{
    uint32_t told = UINT32_MAX; /* an access of two races is told once */

    for (uint32_t i = 0; i < self->count; i++) {
        struct sought *s = &self->at[i];

        if (s->first != self->accesses && s->second != self->accesses)
            continue;
        if (told == UINT32_MAX)
            told = tell(self, run, access, (uintptr_t)s->race.value);
        *(s->first == self->accesses ? &s->first_told : &s->second_told) = told;
    }
}

/* --- both ---------------------------------------------------------------- */

static void evidence_access(struct watcher *watcher, struct run *run, const struct access *access)
{
    struct evidence *self = (struct evidence *)watcher;

    self->accesses++;
    if (!self->telling) {
        look(self, access);
    } else {
        settle(self, run);
        meet(self, run, access);
        tell_all(self, run, access);
    }
}

static void evidence_event(struct watcher *watcher, struct run *run, const struct event *event)
{
    (void)event;
    settle((struct evidence *)watcher, run);
}

static void evidence_end(struct watcher *watcher, struct run *run)
{
    settle((struct evidence *)watcher, run);
    run->every_access = false;
}

struct watcher *evidence_new(const struct findings *wanted, struct findings *found)
{
    struct evidence *self = memory_zeroed(1, sizeof *self);

    if (!self)
        return NULL;
    self->watcher.begin = evidence_begin;
    self->watcher.access = evidence_access;
    self->watcher.event = evidence_event;
    self->watcher.end = evidence_end;
    self->found = found;
    for (uint32_t i = 0; i < wanted->count; i++)
        if (wanted->at[i].kind == FINDING_RACE)
            self->at[self->count++] = (struct sought){.race = wanted->at[i],
                                                      .first_told = UINT32_MAX,
                                                      .second_told = UINT32_MAX};
    return &self->watcher;
}

void evidence_free(struct watcher *watcher)
{
    free(watcher);
}

void evidence_tell(struct watcher *watcher)
{
    ((struct evidence *)watcher)->telling = true;
}

bool evidence_point(const struct watcher *watcher, const struct trace *trace,
                    struct findings *findings)
{
    const struct evidence *self = (const struct evidence *)watcher;
    uint32_t pointed = 0;

    for (uint32_t i = 0; i < findings->count; i++)
        for (uint32_t k = 0; k < self->count; k++) {
            struct finding *race = &findings->at[i];
            const struct sought *s = &self->at[k];

            if (s->first_told == UINT32_MAX || s->second_told == UINT32_MAX ||
                !finding_same(race, &s->race))
                continue;
            race->other.event = s->first_told;
            race->at.event = race->event = s->second_told;
            race->text = trace->events[s->second_told].text;
            pointed++;
        }
    return pointed == self->count;
}
