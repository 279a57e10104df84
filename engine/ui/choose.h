/* choose.h -- a game of scheduling: what the parts of screen_choose.c share.
 *
 * What is shown is always a run that was really made, and the turn the learner has come to in it;
 * what that run did later is not shown.  A choice the run made itself moves on in it; another one
 * makes the program run again, in the background, along the schedule chosen so far.
 */
#ifndef BRAID_UI_CHOOSE_H
#define BRAID_UI_CHOOSE_H

#include "ui/app.h"
#include "ui/byhand.h"
#include "ui/offer.h"
#include "ui/travel.h"
#include "view/watch.h"

enum {
    CHOOSE_MOVES = 9 + 26, /* keys 1-9, A-Z */
};

enum goal_state {
    GOAL_OPEN,
    GOAL_REACHED,
    GOAL_IMPOSSIBLE, /* all interleavings were tried in vain */
};

struct choosing {
    struct screen screen;
    struct judged *origin;   /* the run the learner came with */
    struct judged *judged;   /* the run that is shown; NULL: not made yet */
    struct watch *watch;     /* of it */
    struct scene *scene;     /* of it, at the turn */
    struct byhand run;       /* of it */
    uint32_t turn;           /* in it */
    int pace;                /* ms a moment is shown on the way to the turn's */
    int64_t due;             /* when the next is to be shown, while it is not at the turn's */
    struct travel travel;    /* on the way to it */
    struct job job;          /* makes the next run */
    uint32_t wanted;         /* the turn to be at in it */
    int trying;              /* cases still to be tried in place of the last step's; 0: none */
    uint32_t queued;         /* an option pressed meanwhile, from 1; 0: none */
    const struct lesson_step *step; /* whose demo it is, for its goals; NULL: none */
    enum goal_state goals[COURSE_GOALS];
    uint32_t met;            /* bit n: this run reaches goal n; 0 while it is not over */
    size_t target;           /* the goal the search is for */
    struct job search;       /* looks for a fault, or a way to the target, for hints */
    struct judged *found;    /* what it came to; NULL: not there yet */
    struct byhand fault;     /* the run it found; zero: none */
    bool searched, hint_due;
};

/* What a key stands for. */
struct move {
    struct schedule_step step;
    uint32_t option; /* its event */
};

/* Whether nobody can take a step any more. */
bool choose_over(const struct choosing *c);

/* '1' for the first move; 'A' for the tenth. */
char choose_key_of(uint32_t nth);

/* What the words of this turn are made from. */
struct offer choose_offers(const struct choosing *c);

/* The moves of this turn: a goroutine for each key, and where it could meet several senders, one
 * for each of them.  At most CHOOSE_MOVES to `moves`; returns how many. */
uint32_t choose_moves(const struct choosing *c, struct move *moves);

/* Makes the move, or remembers it for when the run that is being made is there. */
void choose_move(struct app *app, struct choosing *c, uint32_t nth);

/* One step on in the run: its own moment first, what follows from it by and by.  Not when over. */
void choose_step_on(struct app *app, struct choosing *c);

/* Back to an earlier turn. */
void choose_back(struct app *app, struct choosing *c, uint32_t turn);

/* The last step, if it held a choice of its own: which case of its select, what it drew; NULL:
 * none.  choose_other makes it again with another one. */
const struct event *choose_inner(const struct choosing *c);
void choose_other(struct app *app, struct choosing *c);

/* How many goals there are. */
size_t choose_goals(const struct choosing *c);

/* "reached: prints '2 1'", of a run that is over; false: it reaches no goal. */
bool choose_met(const struct choosing *c, struct text *out);

/* Makes one good move, when one is known: towards a goal, or without goals a fault, which is looked
 * for first.  When the goal is reached, opens the simplest run that was found to reach it. */
void choose_hint(struct app *app, struct choosing *c);

/* Look whether the run, or the fault, is there; while their job runs. */
void choose_run_comes(struct app *app, struct choosing *c);
void choose_search_ends(struct app *app, struct choosing *c);

/* choose_draw.c: as in struct screen_table. */
void choose_title(struct app *app, struct screen *screen, struct text *left, struct text *right);
void choose_draw(struct app *app, struct screen *screen, struct grid *grid, struct rect body);

#endif
