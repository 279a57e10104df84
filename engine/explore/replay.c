/* replay.c -- follows a recorded schedule.
 *
 * A choice with one option is never asked, so the steps are counted by the run,
 * not here: its number of steps so far is the entry of the schedule that is on.
 */
#include "explore/strategy.h"
#include "explore/turns.h"
#include "rt/run.h"

#include <stdlib.h>

struct replay {
    struct strategy strategy; /* first: a strategy's address is its own */
    const struct schedule *schedule;
    struct turns turns;       /* for what the schedule leaves open */
    int64_t diverged;         /* the first step that did not fit; -1: none yet */
};

static void replay_begin(struct strategy *strategy)
{
    struct replay *self = (struct replay *)strategy;

    self->turns = (struct turns){0};
    self->diverged = -1;
}

/* The index of an option, choice->n when it is none. */
static uint32_t index_of(const struct choice *choice, uint32_t option)
{
    uint32_t i = 0;

    while (i < choice->n && choice->options[i] != option)
        i++;
    return i;
}

/* What the step says to the choice: an index, choice->n when that does not fit, and
 * UINT32_MAX when it says nothing. */
static uint32_t said(const struct schedule_step *step, const struct choice *choice)
{
    switch (choice->kind) {
    case CHOICE_GOROUTINE:
        return index_of(choice, step->g);
    case CHOICE_CASE:
        return step->chosen_case < 0 ? UINT32_MAX : index_of(choice, (uint32_t)step->chosen_case);
    case CHOICE_PARTNER:
        return step->partner == 0 ? UINT32_MAX : index_of(choice, step->partner);
    case CHOICE_RAND:
        if (step->drawn < 0)
            return UINT32_MAX;
        return step->drawn < choice->n ? (uint32_t)step->drawn : choice->n;
    case CHOICE_NONE:
        break;
    }
    return UINT32_MAX;
}

static uint32_t replay_choose(struct strategy *strategy, const struct choice *choice)
{
    struct replay *self = (struct replay *)strategy;
    uint64_t step = run_current->steps;
    uint32_t answer = UINT32_MAX;

    if (self->diverged < 0 && step < self->schedule->count)
        answer = said(&self->schedule->steps[step], choice);
    if (answer < choice->n) {
        turns_note(&self->turns, choice, answer);
        return answer;
    }
    if (answer == choice->n)
        self->diverged = (int64_t)step;
    return turns_choose(&self->turns, choice);
}

static bool replay_end(struct strategy *strategy)
{
    (void)strategy;
    return false;
}

static void replay_free(struct strategy *strategy)
{
    free(strategy);
}

struct strategy *replay_new(const struct schedule *schedule)
{
    struct replay *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->strategy = (struct strategy){
        .name = "replay", .begin = replay_begin, .choose = replay_choose,
        .end = replay_end, .free = replay_free,
    };
    self->schedule = schedule;
    self->diverged = -1;
    return &self->strategy;
}

int64_t replay_diverged(const struct strategy *strategy)
{
    return ((const struct replay *)strategy)->diverged;
}
