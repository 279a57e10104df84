/* order.h -- which events of a run happen before which, by Go's memory model.
 *
 * Every goroutine has a tick that rises each time it publishes what it did so far (moments.h).
 * What goroutine 2 did at its tick 7 happens before what goroutine 3 does now exactly when 3
 * knows of a moment that 2 left at tick 7 or later.  (Epochs: Flanagan & Freund, "FastTrack",
 * PLDI 2009; where they compare with a vector clock, we look for a path.)
 *
 * The edges:
 *     go f()                       -> the first thing f does
 *     send and receive, unbuffered -> each before what follows the other
 *     k-th send                    -> k-th receive
 *     k-th receive                 -> (k+cap)-th send, buffered
 *     close, cancel                -> a receive that finds the channel closed
 *     cancel                       -> a look at the context that finds it cancelled
 *     unlock                       -> every later lock, for writing or reading
 *     unlock of a reader           -> every later lock of a writer
 *     the end of a Once's function -> every return from Do
 *     signal, release, end of call -> what follows in who was woken by it
 *     release of a semaphore       -> every later acquire
 *     put of an item into a Pool   -> the get of that item
 *     change of an atomic, or of a
 *       key of a Map               -> a look at it, or another change
 *     setting a timer              -> the function it starts
 *     Done                         -> every later return of Wait
 *     atomic write                 -> every later atomic access of that place
 * Nothing else orders: not the end of a goroutine, not time.
 */
#ifndef BRAID_CHECK_ORDER_H
#define BRAID_CHECK_ORDER_H

#include "base/region.h"
#include "check/moments.h"
#include "check/places.h"
#include "rt/event.h"

#include <stdbool.h>
#include <stdint.h>

struct order_goroutine {
    struct knowledge knows;
    uint32_t tick;       /* now; from 1 */
    uint32_t born;       /* how many events had happened when it was started */
};

/* What an object hands on from who releases to who acquires. */
struct order_clock {
    uint32_t moment; /* 0: nothing yet */
    uint32_t heir;   /* a goroutine that knows it; 0: none for certain */
};

struct order_object {
    struct order_clock clock;   /* what closing, unlocking or Done published */
    struct order_clock readers; /* RWMutexes: what readers published as they left */
    struct order_clock *slots;  /* buffered channels: of each slot of the buffer, who used it last;
                                   Maps: of each key; Pools: of each item */
    uint32_t nslots;      /* slots there are so far; grows up to cap */
    uint32_t cap;
    uint32_t done;        /* contexts, timers: their channel */
    bool closed;
};

/* A zeroed order is empty and ready. */
struct order {
    struct moments moments;
    struct order_goroutine *goroutines; /* by id */
    uint32_t ngoroutines;               /* room there, and in the other arrays */
    uint32_t last_goroutine;            /* the highest id used in this run */
    struct order_object *objects;       /* by id */
    uint32_t nobjects, last_object;
    struct region slots;
    struct places atomics;
    struct order_clock *atomic_clocks;  /* by number of the place */
    uint32_t natomics;
    uint32_t seen;                      /* events so far */
    bool failed;                        /* memory ran out: edges are missing from now on */
};

void order_clear(struct order *order);   /* before a run; keeps the memory */
void order_release(struct order *order);

/* Of order_event: two at an unbuffered channel; a send or a receive by one alone; any other event. */
void order_met(struct order *order, uint32_t one, uint32_t two);
void order_passed(struct order *order, const struct event *event);
void order_other(struct order *order, const struct event *event);

/* Takes in the next event.  Most are sends and receives. */
static inline void order_event(struct order *order, const struct event *event)
{
    if (event->kind != EVENT_SEND && event->kind != EVENT_RECV)
        order_other(order, event);
    else if (event->g && event->other)
        order_met(order, event->g, event->other);
    else if (event->g) /* what the world sends orders nobody */
        order_passed(order, event);
    order->failed |= order->moments.failed;
    order->seen++;
}

/* An atomic access of g: acquire before it is looked at, release (writes) after. */
void order_atomic_acquire(struct order *order, uint32_t g, uint64_t where);
void order_atomic_release(struct order *order, uint32_t g, uint64_t where);

/* The tick of g now; 0: memory ran out. */
uint32_t order_first_tick(struct order *order, uint32_t g);

static inline uint32_t order_tick(struct order *order, uint32_t g)
{
    uint32_t tick = g < order->ngoroutines ? order->goroutines[g].tick : 0;

    return tick ? tick : order_first_tick(order, g);
}

/* Whether what `other` did at that tick, when `seen` events had happened, happens before what g
 * does now.  g must have been asked for its tick. */
static inline bool order_before(struct order *order, uint32_t other, uint32_t tick, uint32_t seen,
                                uint32_t g)
{
    return other == g || moments_known(&order->moments, &order->goroutines[g].knows, other, tick,
                                       seen);
}

#endif
