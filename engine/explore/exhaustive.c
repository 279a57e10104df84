/* exhaustive.c -- depth first through the tree of all choices, or of those with few preemptions.
 *
 * A run is a path from the root to a leaf; the next run repeats the path up to the
 * deepest choice that has an answer left and takes that.  Only the path is kept:
 *
 *     o--1--o--1--*        run 1
 *      \     \--2--*       run 2: the last choice differently
 *       \--2--o--1--*      run 3: it is through, the one before differently
 *
 * Of the goroutines the one that took the last step is tried first, so the first
 * run is the one with the fewest switches.
 *
 * A bound on preemptions: to go on with another goroutine though the one that took the last step
 * could go on (and has not just polled in vain) is a preemption; once a run has as many as it
 * may have, only who blocks or ends gives way.  Bound 0 first, then 1, ... so that a fault is shown
 * with the fewest.  (Musuvathi & Qadeer, "Iterative Context Bounding for Systematic Testing of
 * Multithreaded Programs", PLDI 2007; where we differ: a pass makes the runs of those before
 * again, for to keep where they left off takes memory in the number of runs.)
 */
#include "explore/strategy.h"

#include <stdlib.h>

struct node {
    uint32_t n;    /* options there are */
    uint32_t most; /* of these, how many are to be tried */
    uint32_t turn; /* which of them is on, 0..most-1 in order of trying */
    bool preempts; /* all but the first are preemptions */
};

struct exhaustive {
    struct strategy strategy; /* first: a strategy's address is its own */
    uint64_t runs, run;       /* budget (0: none); finished so far */
    struct node *path;
    size_t depth, cap;        /* of the path */
    size_t at;                /* choices of this run so far */
    uint32_t preemptions;     /* of this run so far */
    uint32_t bound, last_bound; /* on these, in this pass and in the last */
    bool bounded;             /* somewhere in this pass the bound kept something from being tried */
    bool done;                /* no answer is left anywhere */
    bool incomplete;          /* a choice came back with other options, or memory ran out */
};

/* Answers in order of trying: the goroutine that goes on, then the others ascending. */
static uint32_t answer(const struct choice *choice, uint32_t turn)
{
    if (choice->kind != CHOICE_GOROUTINE || choice->current >= choice->n)
        return turn;
    if (turn == 0)
        return choice->current;
    return turn <= choice->current ? turn - 1 : turn;
}

static void exhaustive_begin(struct strategy *strategy)
{
    struct exhaustive *self = (struct exhaustive *)strategy;

    self->at = 0;
    self->preemptions = 0;
}

static bool deepen(struct exhaustive *self, const struct choice *choice)
{
    bool preempts = choice->kind == CHOICE_GOROUTINE && choice->current < choice->n;
    bool bounded = preempts && self->preemptions == self->bound;

    if (self->depth == self->cap) {
        size_t cap = self->cap ? 2 * self->cap : 256;
        struct node *path = realloc(self->path, cap * sizeof *path);

        if (!path)
            return false;
        self->path = path;
        self->cap = cap;
    }
    self->path[self->depth++] = (struct node){choice->n, bounded ? 1 : choice->n, 0, preempts};
    self->bounded |= bounded && choice->n > 1;
    return true;
}

static uint32_t exhaustive_choose(struct strategy *strategy, const struct choice *choice)
{
    struct exhaustive *self = (struct exhaustive *)strategy;
    const struct node *node;

    if (self->at < self->depth && self->path[self->at].n != choice->n) {
        /* the program does not depend on its choices alone: what was below is lost */
        self->incomplete = true;
        self->depth = self->at;
    }
    if (self->at == self->depth && !deepen(self, choice)) {
        self->incomplete = true;
        return answer(choice, 0);
    }
    node = &self->path[self->at++];
    self->preemptions += node->preempts && node->turn > 0;
    return answer(choice, node->turn);
}

static bool exhaustive_end(struct strategy *strategy)
{
    struct exhaustive *self = (struct exhaustive *)strategy;

    self->run++;
    if (self->at < self->depth) {
        self->incomplete = true;
        self->depth = self->at;
    }
    while (self->depth > 0 &&
           self->path[self->depth - 1].turn + 1 == self->path[self->depth - 1].most)
        self->depth--;
    if (self->depth > 0) {
        self->path[self->depth - 1].turn++;
    } else if (self->bounded && self->bound < self->last_bound) {
        self->bound++;
        self->bounded = false;
    } else {
        self->done = true;
        return false;
    }
    return self->runs == 0 || self->run < self->runs;
}

static void exhaustive_free(struct strategy *strategy)
{
    free(((struct exhaustive *)strategy)->path);
    free(strategy);
}

static struct strategy *make(const char *name, uint64_t runs, uint32_t first, uint32_t last)
{
    struct exhaustive *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->strategy = (struct strategy){
        .name = name, .begin = exhaustive_begin, .choose = exhaustive_choose,
        .end = exhaustive_end, .free = exhaustive_free,
    };
    self->runs = runs;
    self->bound = first;
    self->last_bound = last;
    return &self->strategy;
}

struct strategy *exhaustive_new(uint64_t runs)
{
    return make("exhaustive", runs, UINT32_MAX, UINT32_MAX);
}

struct strategy *bound_new(uint64_t runs, uint32_t preemptions)
{
    return make("bound", runs, 0, preemptions);
}

bool exhaustive_done(const struct strategy *strategy)
{
    const struct exhaustive *self = (const struct exhaustive *)strategy;

    return self->done && !self->incomplete && !self->bounded;
}

uint32_t bound_reached(const struct strategy *strategy)
{
    const struct exhaustive *self = (const struct exhaustive *)strategy;

    return self->done ? self->bound + 1 : self->bound;
}
