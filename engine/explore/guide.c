/* guide.c -- follows a schedule as far as it can, and is never lost.
 *
 * What a schedule says of a goroutine that cannot go on now is left out; what it leaves open is
 * round robin.  So a schedule with steps taken out or moved still makes a whole run.
 */
#include "explore/strategy.h"
#include "explore/turns.h"
#include "rt/run.h"

#include <stdlib.h>

enum { AHEAD = 1000 }; /* so many steps that cannot be taken are left out at most */

struct guide {
    struct strategy strategy; /* first: a strategy's address is its own */
    const struct schedule *schedule;
    struct turns turns;       /* for what the schedule leaves open */
    size_t at;                /* of the schedule: what has been taken or left out */
    const struct schedule_step *on; /* the step being made; NULL: not the schedule's */
    uint64_t told;            /* see guide_told */
};

static void guide_begin(struct strategy *strategy)
{
    struct guide *self = (struct guide *)strategy;

    self->turns = (struct turns){0};
    self->at = 0;
    self->on = NULL;
    self->told = 0;
}

static bool find(const struct choice *choice, uint32_t option, uint32_t *index)
{
    for (*index = 0; *index < choice->n; ++*index)
        if (choice->options[*index] == option)
            return true;
    return false;
}

/* The next step of the schedule that can be taken; false: none of those ahead. */
static bool next_step(struct guide *self, const struct choice *choice, uint32_t *index)
{
    const struct schedule *schedule = self->schedule;

    for (size_t i = self->at; i < schedule->count && i < self->at + AHEAD; i++)
        if (find(choice, schedule->steps[i].g, index)) {
            self->on = &schedule->steps[i];
            self->at = i + 1;
            return true;
        }
    self->on = NULL;
    return false;
}

/* What the step being made says to a choice inside it; false: nothing that fits. */
static bool said(const struct schedule_step *on, const struct choice *choice, uint32_t *index)
{
    if (!on)
        return false;
    if (choice->kind == CHOICE_CASE)
        return on->chosen_case >= 0 && find(choice, (uint32_t)on->chosen_case, index);
    if (choice->kind == CHOICE_PARTNER)
        return on->partner && find(choice, on->partner, index);
    *index = (uint32_t)on->drawn;
    return choice->kind == CHOICE_RAND && on->drawn >= 0 && on->drawn < choice->n;
}

static uint32_t guide_choose(struct strategy *strategy, const struct choice *choice)
{
    struct guide *self = (struct guide *)strategy;
    bool goroutine = choice->kind == CHOICE_GOROUTINE;
    struct turns turns = self->turns;
    uint32_t usual = choice->n > 1 ? turns_choose(&turns, choice) : 0, answer;

    if (!(goroutine ? next_step(self, choice, &answer) : said(self->on, choice, &answer)))
        answer = usual;
    if (answer != usual)
        self->told = run_current->steps + 1;
    if (choice->n > 1)
        turns_note(&self->turns, choice, answer);
    return answer;
}

static bool guide_end(struct strategy *strategy)
{
    (void)strategy;
    return false;
}

static void guide_free(struct strategy *strategy)
{
    free(strategy);
}

struct strategy *guide_new(const struct schedule *schedule)
{
    struct guide *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->strategy = (struct strategy){
        .name = "guide", .begin = guide_begin, .choose = guide_choose,
        .end = guide_end, .free = guide_free, .always = true,
    };
    self->schedule = schedule;
    return &self->strategy;
}

uint64_t guide_told(const struct strategy *strategy)
{
    return ((const struct guide *)strategy)->told;
}
