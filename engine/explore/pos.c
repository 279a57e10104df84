/* pos.c -- partial order sampling: random priorities of steps, drawn anew where order matters.
 *
 * Every step that somebody is at has a random priority, and of those that can be taken the
 * highest is.  Then the steps that do not commute with it get new priorities, for their order
 * among what is to come is open again.  So each order of k steps that do not commute is about
 * as likely as any other, whatever else goes on meanwhile, where a uniform walk favours those
 * who have little to do.  (Yuan, Yang & Gu, "Partial Order Aware Concurrency Sampling",
 * CAV 2018, algorithm 2.)
 *
 * Where we differ: who takes TURNS_MAX steps in a row gets a new priority as well, for programs
 * that never end.
 */
#include "explore/chance.h"
#include "explore/strategy.h"
#include "explore/turns.h"
#include "rt/run.h"

#include <stdlib.h>
#include <string.h>

/* Of a goroutine. */
struct place {
    uint64_t priority; /* of the step it is at; 0: none drawn */
    uint32_t since;    /* goroutine.since when it was */
};

struct pos {
    struct strategy strategy; /* first: a strategy's address is its own */
    uint64_t seed, runs, run;
    struct chance chance;
    struct place *places; /* by id */
    uint32_t nplaces;
    struct turns turns;
};

static void pos_begin(struct strategy *strategy)
{
    struct pos *self = (struct pos *)strategy;

    self->chance = chance_of(self->seed, self->run);
    self->turns = (struct turns){0};
    if (self->nplaces)
        memset(self->places, 0, self->nplaces * sizeof *self->places);
}

static bool room_for(struct pos *self, uint32_t g)
{
    uint32_t room = self->nplaces ? self->nplaces : 64;
    struct place *places;

    if (g < self->nplaces)
        return true;
    while (room <= g)
        room *= 2;
    places = realloc(self->places, room * sizeof *places);
    if (!places)
        return false;
    memset(places + self->nplaces, 0, (room - self->nplaces) * sizeof *places);
    self->places = places;
    self->nplaces = room;
    return true;
}

static bool commute(struct touches a, struct touches b)
{
    for (uint32_t i = 0; i < a.n; i++)
        for (uint32_t k = 0; k < b.n; k++)
            if (touch_conflict(&a.at[i], &b.at[k]))
                return false;
    return true;
}

static uint32_t pos_choose(struct strategy *strategy, const struct choice *choice)
{
    struct pos *self = (struct pos *)strategy;
    uint32_t best = 0;

    if (choice->kind != CHOICE_GOROUTINE)
        return chance_below(&self->chance, choice->n);
    if (!room_for(self, run_current->last_id))
        return 0;
    for (uint32_t i = 0; i < choice->n; i++) {
        struct place *place = &self->places[choice->options[i]];
        uint32_t since = choice->goroutines[i]->since;

        if (place->priority == 0 || place->since != since ||
            !commute(choice->touched, choice->goroutines[i]->touches))
            *place = (struct place){chance_next(&self->chance) | 1, since};
        if (place->priority > self->places[choice->options[best]].priority)
            best = i;
    }
    if (self->turns.taken >= TURNS_MAX && choice->options[best] == self->turns.last)
        best = chance_below(&self->chance, choice->n);
    turns_note(&self->turns, choice, best);
    self->places[choice->options[best]].priority = 0;
    return best;
}

static bool pos_end(struct strategy *strategy)
{
    struct pos *self = (struct pos *)strategy;

    return ++self->run < self->runs;
}

static void pos_jump(struct strategy *strategy, uint64_t run)
{
    ((struct pos *)strategy)->run = run;
}

static void pos_free(struct strategy *strategy)
{
    free(((struct pos *)strategy)->places);
    free(strategy);
}

struct strategy *pos_new(uint64_t seed, uint64_t runs)
{
    struct pos *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->strategy = (struct strategy){
        .name = "pos", .begin = pos_begin, .choose = pos_choose, .end = pos_end, .free = pos_free,
        .jump = pos_jump, .always = true,
    };
    self->seed = seed;
    self->runs = runs;
    return &self->strategy;
}
