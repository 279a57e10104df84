/* orders.h -- a tree of runs cut into parts, for several workers to explore.
 *
 * Two steps that do not commute come in one order or the other: a part is the program in which
 * the one waits for the other, and the runs of both parts are the runs of the whole, each class
 * once.  So dpor explores a part as it explores any program, nothing is begun in vain, and no part
 * depends on another: workers may take them in any order.  n such pairs make 2^n parts.
 *
 *     readers:  w before r1, w before r2 | w before r1, r2 before w | r1 before w, w before r2 |
 *
 * The goroutines of the pairs are the nodes of a forest, so no choice of orders is a circle.  Still
 * one may have to wait for who waits for it (for a lock): such a run, of no class, is stopped as
 * redundant.  That one of the two steps comes in every run and that they never commute is looked at
 * in each run: if not, the part is not done (dpor_done).
 */
#ifndef BRAID_EXPLORE_ORDERS_H
#define BRAID_EXPLORE_ORDERS_H

#include "rt/hook.h"

enum { ORDERS_MAX = 6 };

/* A step, the same in all runs and processes: the nth of a goroutine, from 1. */
struct ordered_step {
    uint64_t goroutine; /* its key, see run_goroutine_key */
    uint32_t nth;
};

/* The second step waits for the first. */
struct order {
    struct ordered_step first, second;
};

struct orders {
    struct order at[ORDERS_MAX];
    uint32_t n;
};

/* Pairs of the last run of dpor that could have come the other way round.  Between that run and
 * its end. */
void orders_find(const struct strategy *dpor, const struct run *run, struct orders *orders);

/* The orders of the part of that number, below 2^n. */
struct orders orders_part(const struct orders *orders, uint32_t part);

/* The runs of dpor_new(0) that keep to the orders. */
struct strategy *dpor_ordered_new(const struct orders *orders);

#endif
