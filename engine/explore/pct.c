/* pct.c -- random priorities with few changes.
 *
 * Every goroutine gets a random priority when it is first seen, and the highest
 * that can go on does; at depth-1 random places of the run the one that is on
 * falls below all others.  A fault that needs `depth` steps in a certain order is
 * shown by a run with probability at least 1 / (goroutines * choices^(depth-1)).
 * (Burckhardt, Kothari, Musuvathi & Nagarakatte, "A Randomized Scheduler with
 * Probabilistic Guarantees of Finding Bugs", ASPLOS 2010.)
 *
 * Where we differ: places are counted in choices asked, not in instructions; how many
 * a run has is taken from the longest run so far, so the first run has no change;
 * and who takes TURNS_MAX steps in a row falls too, for programs that never end.
 */
#include "explore/chance.h"
#include "explore/strategy.h"
#include "explore/turns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 16 };

struct pct {
    struct strategy strategy; /* first: a strategy's address is its own */
    uint64_t seed, runs, run;
    uint32_t depth;
    struct chance chance;
    struct extent extent;
    uint64_t asked;               /* in this run */
    uint64_t sure;                /* runs since the extent grew */
    uint64_t changes[DEPTH_MAX];  /* at which of them somebody falls; depth - 1 of them */
    int64_t *priority;            /* by id; 0 = not seen yet */
    uint32_t npriority;
    int64_t lowest;               /* given to the last who fell for fairness; <= -1 from then on */
    struct turns turns;
};

static void pct_begin(struct strategy *strategy)
{
    struct pct *self = (struct pct *)strategy;

    self->chance = chance_of(self->seed, self->run);
    self->asked = 0;
    self->lowest = 0;
    self->turns = (struct turns){0};
    if (self->npriority)
        memset(self->priority, 0, self->npriority * sizeof *self->priority);
    for (uint32_t i = 0; i + 1 < self->depth; i++) {
        uint64_t longest = self->extent.choices;
        uint32_t within = longest > UINT32_MAX ? UINT32_MAX : (uint32_t)longest;

        self->changes[i] = within ? 1 + (uint64_t)chance_below(&self->chance, within) : 0;
    }
}

/* Where the priority of a goroutine is; a new one gets a random one above all that
 * fell.  NULL: memory ran out. */
static int64_t *priority_of(struct pct *self, uint32_t g)
{
    if (g >= self->npriority) {
        uint32_t room = self->npriority ? self->npriority : 64;
        int64_t *priority;

        while (room <= g)
            room *= 2;
        priority = realloc(self->priority, room * sizeof *priority);
        if (!priority)
            return NULL;
        memset(priority + self->npriority, 0, (room - self->npriority) * sizeof *priority);
        self->priority = priority;
        self->npriority = room;
    }
    if (g > self->extent.goroutines) {
        self->extent.goroutines = g;
        self->sure = 0;
    }
    if (self->priority[g] == 0)
        self->priority[g] = DEPTH_MAX + 1 + (int64_t)(chance_next(&self->chance) >> 2);
    return &self->priority[g];
}

/* The option of highest priority; ties, which 62 bits hardly know, go to the lower id. */
static uint32_t highest(struct pct *self, const struct choice *choice)
{
    uint32_t best = 0;
    int64_t most = INT64_MIN;

    for (uint32_t i = 0; i < choice->n; i++) {
        const int64_t *priority = priority_of(self, choice->options[i]);
        if (priority && *priority > most) {
            most = *priority;
            best = i;
        }
    }
    return best;
}

static uint32_t pct_choose(struct strategy *strategy, const struct choice *choice)
{
    struct pct *self = (struct pct *)strategy;
    uint32_t answer;

    if (choice->kind != CHOICE_GOROUTINE)
        return chance_below(&self->chance, choice->n);
    self->asked++;
    answer = highest(self, choice);
    for (uint32_t i = 0; i + 1 < self->depth; i++) {
        int64_t *priority;

        if (self->changes[i] != self->asked)
            continue;
        priority = priority_of(self, choice->options[answer]);
        if (priority)
            *priority = (int64_t)(self->depth - 1 - i);
        answer = highest(self, choice);
    }
    if (self->turns.taken >= TURNS_MAX && choice->options[answer] == self->turns.last) {
        int64_t *priority = priority_of(self, self->turns.last);
        if (priority)
            *priority = --self->lowest;
        answer = highest(self, choice);
    }
    turns_note(&self->turns, choice, answer);
    return answer;
}

static bool pct_end(struct strategy *strategy)
{
    struct pct *self = (struct pct *)strategy;

    self->sure++;
    if (self->asked > self->extent.choices) {
        self->extent.choices = self->asked;
        self->sure = 0;
    }
    return ++self->run < self->runs;
}

static void pct_jump(struct strategy *strategy, uint64_t run)
{
    struct pct *self = (struct pct *)strategy;

    if (run > self->run)
        self->sure += run - self->run;
    self->run = run;
}

static void pct_free(struct strategy *strategy)
{
    free(((struct pct *)strategy)->priority);
    free(strategy);
}

struct strategy *pct_new(uint64_t seed, uint64_t runs, uint32_t depth)
{
    struct pct *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->strategy = (struct strategy){
        .name = "pct", .begin = pct_begin, .choose = pct_choose,
        .end = pct_end, .free = pct_free, .jump = pct_jump, .extent = &self->extent,
    };
    self->seed = seed;
    self->runs = runs;
    self->depth = depth < 1 ? 1 : depth > DEPTH_MAX ? DEPTH_MAX : depth;
    return &self->strategy;
}

double pct_missed(const struct strategy *strategy)
{
    const struct pct *self = (const struct pct *)strategy;
    double orders = self->extent.goroutines ? self->extent.goroutines : 1;

    for (uint32_t i = 1; i < self->depth; i++)
        orders *= self->extent.choices ? (double)self->extent.choices : 1;
    return self->sure == 0 ? 0 : orders > 1 ? (double)self->sure * log1p(-1 / orders) : -INFINITY;
}
