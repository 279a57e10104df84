/* sizes.c -- whether smaller buffers would give the same verdict.
 *
 * The program is explored again for each buffer and each smaller size, in a few runs; the review
 * says in how many.
 */
#include "grade/child.h"

enum {
    RUNS = 250,         /* of one size, and their steps */
    STEPS = 50 * 1000,
    CHANNELS = 8,       /* so many are tried */
};

/* Goes through a plan until a run has a fault. */
static void try_size(struct child *child, struct review_size *size)
{
    struct shared *shared = child->shared;
    struct plan plan;
    uint64_t steps = 0;

    plan_make(&plan, NULL, RUNS);
    for (uint32_t at = 0; at < plan.count && !size->fault && !size->complete; at++) {
        struct strategy *strategy = plan_strategy_new(&plan, at, child->request->seed, NULL);
        struct plan_strength strength;
        bool more = strategy != NULL;

        while (more && !size->fault && steps < STEPS && !plan_spent(&plan.at[at], size->runs, 0)) {
            enum run_end end = child_run(child, strategy);

            more = strategy->end(strategy);
            size->runs += end != RUN_REDUNDANT;
            steps += child->run.steps;
            if (shared->findings.count > 0)
                size->fault = shared->findings.at[0].kind;
        }
        if (!strategy)
            continue;
        plan_strength(&strength, &plan.at[at], strategy, child->polled);
        size->complete = strength.complete;
        strategy->free(strategy);
    }
}

void sizes_try(struct child *child)
{
    struct review *review = &child->shared->review;
    uint32_t tried = 0;

    for (uint32_t i = 0; i < review->nchans && tried < CHANNELS; i++) {
        struct review_chan *chan = &review->chans[i];
        const struct review_place *place = &review->places[chan->of.place];
        int64_t half = chan->capacity / 2;
        uint32_t n = 0;

        if (chan->capacity < 1 || chan->of.place == 0 || chan->of.ordinal > 0)
            continue;
        chan->sizes[n++].capacity = 0;
        if (chan->capacity > 1)
            chan->sizes[n++].capacity = 1;
        if (half > 1)
            chan->sizes[n++].capacity = half;
        for (uint32_t k = 0; k < n; k++) {
            child->run.resized.line = place->line;
            child->run.resized.pc = place->pc;
            child->run.resized.cap = (uint32_t)chan->sizes[k].capacity;
            try_size(child, &chan->sizes[k]);
        }
        tried++;
    }
}
