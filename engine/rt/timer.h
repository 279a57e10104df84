/* timer.h -- the timers of a run, in a heap ordered by (deadline, id).
 *
 * Deadlines are absolute virtual nanoseconds.  A timer is embedded in what it
 * belongs to and is borrowed by the heap while armed.
 */
#ifndef BRAID_RT_TIMER_H
#define BRAID_RT_TIMER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct run;

struct timer {
    int64_t when;       /* armed: absolute deadline */
    uint64_t order;     /* armed: ties are broken by the order of arming */
    size_t index;       /* armed: place in the heap plus 1; 0 = not armed */
    void (*fire)(struct run *run, struct timer *timer); /* called unarmed; may re-arm */
    bool periodic;      /* a ticker's: alone, it does not keep a finished program alive */
};

struct timer_heap {
    struct timer **at;
    size_t count, cap;
    uint64_t order;
};

/* Arms an unarmed timer; false: out of memory. */
bool timer_arm(struct timer_heap *heap, struct timer *timer, int64_t when);

/* Disarms; false when it was not armed. */
bool timer_disarm(struct timer_heap *heap, struct timer *timer);

/* The timer due first; NULL when none is armed. */
struct timer *timer_first(const struct timer_heap *heap);

void timer_heap_clear(struct timer_heap *heap);   /* forgets all, keeps the memory */
void timer_heap_release(struct timer_heap *heap);

#endif
