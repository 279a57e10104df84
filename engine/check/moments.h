/* moments.h -- who knows of whom in a run, as a graph that is only looked into when asked.
 *
 * A goroutine that publishes what it did leaves a *moment*, named by its id and its tick.  A
 * moment knows of the one its goroutine left before it, and of one it heard of from somebody
 * else; through them of all that they know:
 *
 *     goroutine 1     (1,1) <--- (1,2) <------------ (1,3)
 *                       ^                              |
 *     goroutine 2       +------ (2,1) <--- (2,2) <-----+
 *
 * What 2 did at its tick 1 is known to 1 from its moment (1,3) on: a path leads there.  Moments
 * say the same as vector clocks (Mattern, "Virtual Time and Global States of Distributed
 * Systems", 1989), but to publish and to hear cost one moment, however many goroutines there
 * are, where a vector has an entry for each.  The price is paid by who asks, and few do: most
 * memory is touched by one goroutine again and again.  A path is looked for from the newest
 * moment back to the time asked for; when that takes too long, all that the goroutine knows is
 * settled as a vector clock once, and later searches end where that begins.
 *
 * Moments are numbered from 1; 0 is none.  All die at moments_clear.
 */
#ifndef BRAID_CHECK_MOMENTS_H
#define BRAID_CHECK_MOMENTS_H

#include "check/vclock.h"

#include <stdbool.h>
#include <stdint.h>

struct moment {
    uint32_t before, heard; /* what it knows of; 0: nothing */
    uint32_t g, tick;       /* its name; g = 0: of nobody, it only joins the two */
    uint32_t seen;          /* how many events had happened: ancestors never have more */
    uint32_t visit;         /* the last search that came by */
};

/* Zeroed moments are empty and ready. */
struct moments {
    struct moment *at;
    uint32_t count, cap;    /* at[0] is not used */
    uint32_t *path;         /* of searches: moments still to be looked at */
    uint32_t path_cap;
    uint32_t visit;         /* number of the last search */
    struct vclock_pool pool;
    bool failed;            /* memory ran out: something is missing from now on */
};

/* What one goroutine knows.  Zeroed: nothing. */
struct knowledge {
    uint32_t last;          /* the moment it left last, or a join that took its place */
    struct vclock settled;  /* exactly what some moment in its past knew; empty: not asked yet */
    uint32_t heard;         /* what it heard of since; 0: nothing.  Not beside `last`: the two read
                               as one would have to wait for what was just written */
    struct { uint32_t g, tick; } found[2]; /* paths found last, the newest first */
};

void moments_clear(struct moments *moments);   /* forgets all, keeps the memory */
void moments_release(struct moments *moments);

/* Room for more moments; false: memory ran out. */
bool moments_grow(struct moments *moments);

/* A new moment; 0: memory ran out. */
static inline uint32_t moments_add(struct moments *moments, uint32_t before, uint32_t heard,
                                   uint32_t g, uint32_t tick, uint32_t seen)
{
    uint32_t number = moments->count + 1;

    if (__builtin_expect(number >= moments->cap, 0) && !moments_grow(moments))
        return 0;
    moments->at[number] = (struct moment){before, heard, g, tick, seen, 0};
    return moments->count = number;
}

/* Goroutine g, at its tick, leaves a moment that knows all it knows; returns it, 0: memory ran
 * out.  What g does from now on must have a higher tick. */
static inline uint32_t moments_publish(struct moments *moments, struct knowledge *knowledge,
                                       uint32_t g, uint32_t tick, uint32_t seen)
{
    uint32_t moment = moments_add(moments, knowledge->last, knowledge->heard, g, tick, seen);

    if (moment) {
        knowledge->last = moment;
        knowledge->heard = 0;
    }
    return moment;
}

/* A moment of nobody that knows what both know; either may be 0. */
static inline uint32_t moments_join(struct moments *moments, uint32_t one, uint32_t two,
                                    uint32_t seen)
{
    if (one == 0 || two == 0 || one == two)
        return one ? one : two;
    return moments_add(moments, one, two, 0, 0, seen);
}

/* From now on it knows what the moment knew; 0 is allowed. */
static inline void moments_hear(struct moments *moments, struct knowledge *knowledge,
                                uint32_t moment, uint32_t seen)
{
    if (moment == 0 || moment == knowledge->last || moment == knowledge->heard)
        return;
    if (knowledge->heard)
        knowledge->last = moments_join(moments, knowledge->last, knowledge->heard, seen);
    knowledge->heard = moment;
}

/* Knowledge of a new goroutine: what its parent knew as it left the moment. */
void moments_inherit(struct moments *moments, struct knowledge *child,
                     const struct knowledge *parent, uint32_t moment);

/* Whether it knows of what g did at its tick, when `seen` events had happened. */
bool moments_known(struct moments *moments, struct knowledge *knowledge, uint32_t g, uint32_t tick,
                   uint32_t seen);

/* Nobody will ask it any more. */
void moments_drop(struct moments *moments, struct knowledge *knowledge);

#endif
