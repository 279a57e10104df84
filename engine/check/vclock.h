/* vclock.h -- vector clocks that share what they have in common.
 *
 * A clock maps a goroutine's id to a tick; ids it has never heard of are at 0.
 * (Lamport's happens-before as vectors: Mattern, "Virtual Time and Global States
 * of Distributed Systems", 1989.)  It is a persistent tree of 16-fold nodes with
 * reference counts, so a copy costs one pointer and a change copies the nodes on one
 * path:
 *
 *     clock of 1 --> [ . . . ] <-- clock of 40, started by 1
 *                      |   |
 *         ids 0..15 [ticks] [ticks] ids 32..47
 *
 * Up to 16 goroutines a clock is one node of ticks.  A hundred thousand goroutines
 * that start each other, in a row or in a chain, cost memory for what differs.
 *
 * Nodes live in a pool and die with it: after vclock_pool_clear every clock of the
 * pool must be forgotten (zeroed), not dropped.
 */
#ifndef BRAID_CHECK_VCLOCK_H
#define BRAID_CHECK_VCLOCK_H

#include "base/region.h"

#include <stdbool.h>
#include <stdint.h>

struct vclock_node;

/* A zeroed pool is empty and ready. */
struct vclock_pool {
    struct region memory;
    struct vclock_node *free_leaves, *free_inner;
    bool failed; /* memory ran out: clocks may lack ticks from now on */
};

/* A zeroed clock is at 0 for everybody. */
struct vclock {
    struct vclock_node *root; /* NULL: all 0.  Shared; only a node with one owner is changed. */
};

void vclock_pool_clear(struct vclock_pool *pool);   /* drops all clocks, keeps the memory */
void vclock_pool_release(struct vclock_pool *pool);

/* The tick of an id. */
uint32_t vclock_get(const struct vclock *clock, uint32_t id);

/* Sets the tick of an id, which must not be less than before. */
void vclock_set(struct vclock_pool *pool, struct vclock *clock, uint32_t id, uint32_t tick);

/* Makes *to equal to *from; what *to held is dropped. */
void vclock_copy(struct vclock_pool *pool, struct vclock *to, const struct vclock *from);

/* Back to 0 for everybody; gives the nodes back. */
void vclock_drop(struct vclock_pool *pool, struct vclock *clock);
#endif
