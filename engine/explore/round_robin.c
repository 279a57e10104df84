/* round_robin.c -- in turns: the schedule a learner sees first. */
#include "explore/strategy.h"
#include "explore/turns.h"

#include <stdlib.h>

/* The first option with an id above `last`, or the first of all. */
static uint32_t next_after(const struct choice *choice, uint32_t last)
{
    for (uint32_t i = 0; i < choice->n; i++)
        if (choice->options[i] > last)
            return i;
    return 0;
}

void turns_note(struct turns *turns, const struct choice *choice, uint32_t answer)
{
    uint32_t g;

    if (choice->kind != CHOICE_GOROUTINE)
        return;
    g = choice->options[answer];
    turns->taken = g == turns->last ? turns->taken + 1 : 1;
    turns->last = g;
}

uint32_t turns_choose(struct turns *turns, const struct choice *choice)
{
    uint32_t answer;

    if (choice->kind != CHOICE_GOROUTINE)
        return 0;
    if (choice->current == choice->n)
        answer = next_after(choice, turns->last);
    else if (turns->taken >= TURNS_MAX && choice->options[choice->current] == turns->last)
        answer = next_after(choice, turns->last);
    else
        answer = choice->current;
    turns_note(turns, choice, answer);
    return answer;
}

struct round_robin {
    struct strategy strategy; /* first: a strategy's address is its own */
    struct turns turns;
};

static void round_robin_begin(struct strategy *strategy)
{
    ((struct round_robin *)strategy)->turns = (struct turns){0};
}

static uint32_t round_robin_choose(struct strategy *strategy, const struct choice *choice)
{
    return turns_choose(&((struct round_robin *)strategy)->turns, choice);
}

static bool round_robin_end(struct strategy *strategy)
{
    (void)strategy;
    return false;
}

static void round_robin_free(struct strategy *strategy)
{
    free(strategy);
}

struct strategy *round_robin_new(void)
{
    struct round_robin *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->strategy = (struct strategy){
        .name = "round robin", .begin = round_robin_begin, .choose = round_robin_choose,
        .end = round_robin_end, .free = round_robin_free,
    };
    return &self->strategy;
}
