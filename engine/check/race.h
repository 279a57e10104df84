/* race.h -- the inside of the race detector, for who tells it of very many accesses.
 *
 * An access is a call of the watcher's `access`.  Most of them are one more of what the goroutine
 * did before, where nobody else has been: those race_same and race_knows see in a few instructions.
 */
#ifndef BRAID_CHECK_RACE_H
#define BRAID_CHECK_RACE_H

#include "check/check.h"
#include "check/crowd.h"
#include "check/order.h"
#include "check/shadow.h"
#include "rt/run.h"

/* Pairs of places told of in one run; a program with more is told enough. */
enum { PAIRS_MAX = 128 };

struct race {
    struct watcher watcher; /* first: a watcher's address is its race's */
    struct findings *findings;
    uint32_t epoch_of; /* the goroutine in whose epoch words are written; 0: none yet ... */
    uint64_t epoch;
    uint64_t short_until; /* ... since the last event: the value of run->ticks from which on that is
                             long ago */
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

/* The mark of an access is now that of the same once more; within one tick the first stays. */
static inline void race_renew(struct shadow_mark *mark, const struct shadow_mark *now)
{
    if (mark->tick == now->tick)
        return;
    mark->tick = now->tick;
    mark->spot = now->spot;
    mark->seen = now->seen;
}

/* Whether the mark of the same goroutine leaves nothing to do; notes it in *own if it is that of the
 * same access, of whatever time. */
static inline bool race_done(struct shadow_mark *mark, const struct shadow_mark *now,
                             struct shadow_mark **own)
{
    if (mark->mask != now->mask || mark->kind != (now->kind | SHADOW_CLEAN))
        return mark->tick == now->tick && race_covers(mark, now);
    *own = mark;
    return false;
}

/* The common cases, without looking for order.  The mark of the access when nothing is left to
 * do, else NULL: the goroutine did it before in this tick; or it did it at an earlier tick, raced
 * with nothing, and nobody whom it might race with has been there since, for what happened before
 * that access happens before this one. */
static inline struct shadow_mark *race_touch_again(struct shadow *shadow, struct shadow_cell *cell,
                                                   const struct shadow_mark *now)
{
    struct shadow_crowd *crowd = shadow_crowd(cell);
    struct shadow_mark *own = NULL;
    uint32_t since = 0; /* when the last of them was there, plus 1 */

    for (struct shadow_mark *m = shadow_marks(cell), *end = m + cell->count; m < end; m++) {
        if (m->g == now->g) {
            if (race_done(m, now, &own))
                return m;
        } else if (race_possible(m, now) && m->mask & now->mask && m->seen >= since) {
            since = m->seen + 1;
        }
    }
    if (crowd && now->kind & SHADOW_WRITE && crowd->mask & now->mask)
        since = UINT32_MAX;
    else if (crowd && shadow_plain_read(now))
        for (struct shadow_mark *m = crowd_first(crowd, now->g); m; m = crowd_next(crowd, m))
            if (race_done(m, now, &own))
                return m;
    if (!own || (own->tick != now->tick && since > own->seen))
        return NULL;
    race_renew(own, now);
    if (since > 0) {
        enum shadow_contested contested = now->kind & SHADOW_WRITE ? SHADOW_WRITE_AFTER_ANY
                                                                   : SHADOW_READ_AFTER_WRITE;
        if (cell->recent &&
            (cell->contested != contested || contested == SHADOW_WRITE_AFTER_ANY))
            shadow_unlearn(shadow, cell);
        cell->contested = contested & 3;
    }
    return own;
}

/* The watcher's `access` of 1 to 8 bytes, not atomic, by the running goroutine at its pc.  `at`: its
 * address, when that means this place as long as g lives, for race_same; else 0. */
void race_plain(struct race *race, struct run *run, uintptr_t where, size_t size, bool write,
                uintptr_t at);

/* Whether so much is done between two events that words are worth being written.  Most programs
 * touch little memory from one event to the next. */
static inline bool race_long(const struct race *race, const struct run *run)
{
    return run->ticks >= race->short_until;
}

/* The commonest case of memory that has words: the goroutine did it before since the last event. */
static inline bool race_knows(const struct race *race, uint64_t word, uintptr_t at, size_t size,
                              bool write)
{
    return shadow_says(word, race->epoch, shadow_access(at, size, write));
}

/* The commonest case of the rest: the same access again, and nobody else has come there since. */
static inline bool race_same(struct race *race, const struct goroutine *g, uintptr_t at,
                             size_t size, bool write)
{
    const struct shadow_recent *recent =
        &race->shadow.recent[shadow_recent_row(at)][shadow_way(g->id, at, write)];
    uintptr_t differs = recent->key ^ shadow_key(g->id, at, size, write);
    struct shadow_mark *own = recent->own;
    uint32_t tick;

    if (g->id >= SHADOW_KEYED || differs & ~SHADOW_COVERED)
        return false;
    tick = race->order.goroutines[g->id].tick; /* it has one: it made an access before */
    if (own->tick != tick) {
        if (differs)
            return false;
        own->tick = tick;
        own->spot = g->pc;
        own->seen = race->order.seen;
    }
    return true;
}

#endif
