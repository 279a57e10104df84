/* random.c -- every choice uniform among its options. */
#include "explore/chance.h"
#include "explore/strategy.h"

#include <stdlib.h>

struct random {
    struct strategy strategy; /* first: a strategy's address is its own */
    uint64_t seed, runs;
    uint64_t run; /* the one going on, or the next */
    struct chance chance;
};

static void random_begin(struct strategy *strategy)
{
    struct random *self = (struct random *)strategy;

    self->chance = chance_of(self->seed, self->run);
}

static uint32_t random_choose(struct strategy *strategy, const struct choice *choice)
{
    return chance_below(&((struct random *)strategy)->chance, choice->n);
}

static bool random_end(struct strategy *strategy)
{
    struct random *self = (struct random *)strategy;

    return ++self->run < self->runs;
}

static void random_jump(struct strategy *strategy, uint64_t run)
{
    ((struct random *)strategy)->run = run;
}

static void random_free(struct strategy *strategy)
{
    free(strategy);
}

struct strategy *random_new(uint64_t seed, uint64_t runs)
{
    struct random *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->strategy = (struct strategy){
        .name = "random", .begin = random_begin, .choose = random_choose,
        .end = random_end, .free = random_free, .jump = random_jump,
    };
    self->seed = seed;
    self->runs = runs;
    return &self->strategy;
}
