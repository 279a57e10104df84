/* exhaustive.c -- depth first through the tree of all choices.
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
 */
#include "explore/strategy.h"

#include <stdlib.h>

struct node {
    uint32_t n;    /* answers there are */
    uint32_t turn; /* which of them is on, 0..n-1 in order of trying */
};

struct exhaustive {
    struct strategy strategy; /* first: a strategy's address is its own */
    uint64_t runs, run;       /* budget (0: none); finished so far */
    struct node *path;
    size_t depth, cap;        /* of the path */
    size_t at;                /* choices of this run so far */
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
    ((struct exhaustive *)strategy)->at = 0;
}

static bool deepen(struct exhaustive *self, uint32_t n)
{
    if (self->depth == self->cap) {
        size_t cap = self->cap ? 2 * self->cap : 256;
        struct node *path = realloc(self->path, cap * sizeof *path);

        if (!path)
            return false;
        self->path = path;
        self->cap = cap;
    }
    self->path[self->depth++] = (struct node){n, 0};
    return true;
}

static uint32_t exhaustive_choose(struct strategy *strategy, const struct choice *choice)
{
    struct exhaustive *self = (struct exhaustive *)strategy;

    if (self->at < self->depth && self->path[self->at].n != choice->n) {
        /* the program does not depend on its choices alone: what was below is lost */
        self->incomplete = true;
        self->depth = self->at;
    }
    if (self->at == self->depth && !deepen(self, choice->n)) {
        self->incomplete = true;
        return answer(choice, 0);
    }
    return answer(choice, self->path[self->at++].turn);
}

static bool exhaustive_end(struct strategy *strategy)
{
    struct exhaustive *self = (struct exhaustive *)strategy;

    self->run++;
    if (self->at < self->depth) {
        self->incomplete = true;
        self->depth = self->at;
    }
    while (self->depth > 0 && self->path[self->depth - 1].turn + 1 == self->path[self->depth - 1].n)
        self->depth--;
    if (self->depth == 0) {
        self->done = true;
        return false;
    }
    self->path[self->depth - 1].turn++;
    return self->runs == 0 || self->run < self->runs;
}

static void exhaustive_free(struct strategy *strategy)
{
    free(((struct exhaustive *)strategy)->path);
    free(strategy);
}

struct strategy *exhaustive_new(uint64_t runs)
{
    struct exhaustive *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->strategy = (struct strategy){
        .name = "exhaustive", .begin = exhaustive_begin, .choose = exhaustive_choose,
        .end = exhaustive_end, .free = exhaustive_free,
    };
    self->runs = runs;
    return &self->strategy;
}

bool exhaustive_done(const struct strategy *strategy)
{
    const struct exhaustive *self = (const struct exhaustive *)strategy;

    return self->done && !self->incomplete;
}
