/* race.h -- the inside of the race detector, for who tells it of very many accesses.
 *
 * An access is a call of the watcher's `access`.  Most of them are one more of what the goroutine
 * did before, where nobody else has been: those race_again knows in a few instructions.
 */
#ifndef BRAID_CHECK_RACE_H
#define BRAID_CHECK_RACE_H

#include "check/check.h"
#include "check/order.h"
#include "check/shadow.h"
#include "rt/run.h"

/* Pairs of places told of in one run; a program with more is told enough. */
enum { PAIRS_MAX = 128 };

struct race {
    struct watcher watcher; /* first: a watcher's address is its race's */
    struct findings *findings;
    struct order order;
    struct shadow shadow;
    struct { uint32_t low, high; } pairs[PAIRS_MAX]; /* spots, told in this run */
    uint32_t npairs;
    bool broken; /* memory ran out in this run: it says nothing more */
};

/* The detector at the run when it is all that looks at accesses, else NULL. */
struct race *race_alone(const struct run *run);

static inline bool race_same_kind(const struct shadow_mark *a, const struct shadow_mark *b)
{
    return !((a->kind ^ b->kind) & (SHADOW_WRITE | SHADOW_ATOMIC));
}

/* Whether the two are a race if there is no order between them. */
static inline bool race_possible(const struct shadow_mark *a, const struct shadow_mark *b)
{
    return (a->kind | b->kind) & SHADOW_WRITE && !(a->kind & b->kind & SHADOW_ATOMIC);
}

/* Whether the first leaves nothing for the second to tell, made by one goroutine in one tick. */
static inline bool race_covers(const struct shadow_mark *first, const struct shadow_mark *second)
{
    return !(second->mask & ~first->mask) && !((first->kind ^ second->kind) & SHADOW_ATOMIC) &&
           !(second->kind & ~first->kind & SHADOW_WRITE);
}

/* The common cases, without looking for order.  True when nothing is left to do: the goroutine
 * did it before in this tick; or it did it at an earlier tick, raced with nothing, and nobody
 * whom it might race with has been there since, for what happened before that access happens
 * before this one. */
static inline bool race_touch_again(struct shadow_cell *cell, const struct shadow_mark *now)
{
    struct shadow_mark *own = NULL;
    uint32_t since = 0; /* when the last of them was there, plus 1 */

    for (struct shadow_mark *m = shadow_marks(cell), *end = m + cell->count; m < end; m++) {
        if (m->g == now->g) {
            if (m->mask == now->mask && m->kind == (now->kind | SHADOW_CLEAN))
                own = m;
            else if (m->tick == now->tick && race_covers(m, now))
                return true;
        } else if (race_possible(m, now) && m->mask & now->mask && m->seen >= since) {
            since = m->seen + 1;
        }
    }
    if (!own)
        return false;
    if (own->tick == now->tick)
        return true;
    if (since > own->seen)
        return false;
    own->tick = now->tick;
    own->spot = now->spot;
    own->seen = now->seen;
    return true;
}

/* Whether a plain access by the running goroutine, at its pc, of `size` bytes is one of the common
 * cases; it is done with then.  Else tell the watcher. */
static inline bool race_again(struct race *race, const struct run *run, uintptr_t where, size_t size,
                              bool write)
{
    const struct goroutine *g = run->self;
    uint64_t offset = where % SHADOW_GRANULE;
    struct shadow_mark now;
    struct shadow_cell *cell;

    if (offset + size > SHADOW_GRANULE || g->id >= race->order.ngoroutines || run->main_done ||
        !(cell = shadow_near(&race->shadow, where / SHADOW_GRANULE)))
        return false;
    now.g = g->id;
    now.tick = race->order.goroutines[g->id].tick;
    now.spot = g->pc;
    now.seen = race->order.seen;
    now.mask = (uint8_t)(((1u << size) - 1) << offset);
    now.kind = write ? SHADOW_WRITE : 0;
    return race_touch_again(cell, &now);
}

#endif
