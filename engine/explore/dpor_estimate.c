/* dpor_estimate.c -- about how many runs dpor takes, by the branches along its path. */
#include "explore/dpor.h"
#include "explore/estimate.h"
#include "explore/strategy.h"

static struct estimate_node step_node(const struct step *step)
{
    struct estimate_node node = {.before = step->before, .tried = step->behind};
    struct mover mover = {0};

    for (const struct branch *b = step->todo; b; b = b->next) {
        node.left += !mover_same(b->deed->mover, mover); /* those of one step are side by side */
        mover = b->deed->mover;
    }
    return node;
}

double dpor_estimate(const struct strategy *strategy)
{
    const struct dpor *self = (const struct dpor *)strategy;
    uint64_t after = self->run;
    uint32_t answers = self->nanswers;
    double runs = 0;

    for (uint32_t i = self->depth + 1; i-- > 0;) {
        struct estimate_node node;

        for (; answers > 0 && self->answers[answers - 1].step == i; answers--) {
            const struct answer *answer = &self->answers[answers - 1];

            node = (struct estimate_node){answer->before, answer->tried, answer->n - answer->tried};
            runs = estimate_up(&node, runs, after);
            after = node.before;
        }
        if (i == 0)
            break;
        node = step_node(&self->path[i - 1]);
        runs = estimate_up(&node, runs, after);
        after = node.before;
    }
    return self->done ? (double)self->run : runs;
}
