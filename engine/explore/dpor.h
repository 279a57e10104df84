/* dpor.h -- what dpor.c (the search) and dpor_race.c (what a run's steps say about others)
 * share; of no use to anybody else.
 *
 * The path is the run being made, as steps, each with the choice that led to it.  The steps
 * before `known` are as in the run before.  Happens-before: a step happens before another of
 * the same goroutine, of one that it started or woke, and one that does not commute with it;
 * when virtual time advances all steps so far happen before all to come.
 */
#ifndef BRAID_EXPLORE_DPOR_H
#define BRAID_EXPLORE_DPOR_H

#include "explore/wakeup.h"
#include "rt/run.h"

/* That a step touched an object; one for each object. */
struct mark {
    struct touch touch;
    uint32_t before; /* index + 1 of the last step before that touched it; 0: none */
};

/* A goroutine asleep: all that begins with its step has been made.  Its touches are at..at+n
 * of step.sleep_touches. */
struct sleeper {
    uint32_t g, at, n;
};

struct step {
    /* the choice */
    uint32_t *options, noptions, options_cap;
    struct sleeper *sleep;         /* asleep here: from above, then those all tried */
    uint32_t nsleep, sleep_cap;
    struct touch *sleep_touches;
    uint32_t nsleep_touches, sleep_touches_cap;
    struct branch *todo;           /* to be tried; the first is being tried */
    uint32_t barrier;              /* steps before this index happen before all from here on */
    bool full;                     /* all options are to be tried */
    uint32_t behind;               /* branches tried */
    uint64_t before;               /* runs made before it was met */

    /* the step taken */
    uint32_t g;
    uint32_t previous;             /* index + 1 of its last step before; 0: none */
    uint32_t released;             /* index + 1 of the step that let it go on since; 0: none */
    bool by_clock;                 /* ... it was the clock, after that step */
    uint32_t wait;                 /* enum wait_kind */
    bool waits;                    /* it may have had to wait */
    struct touch *published;       /* what it said it would touch */
    uint32_t npublished, published_cap;
    uint32_t first_answer;         /* of dpor.answers */

    /* what it came to */
    struct mark *marks;
    uint32_t nmarks, marks_cap;
    struct touch *touched;         /* the same, with TOUCH_ALL */
    uint32_t ntouched, touched_cap;
    struct touch *tried;           /* touched, by this step or as it was with other answers */
    uint32_t ntried, tried_cap;
    bool all;                      /* it commutes with nothing */
    uint32_t all_before;           /* index + 1 of the last such step before */
    uint32_t kind, obj, extra;     /* of its event; kind EVENT_NONE: none, or several */
    uint32_t partner;              /* its `other`; 0: none; of that one: */
    uint32_t partner_previous, partner_released;
    bool partner_by_clock;
    struct touch *lent;            /* what it published */
    uint32_t nlent, lent_cap;
    uint32_t *clock;               /* for each goroutine: index + 1 of its last step that happens
                                      before this one, or is it */
    uint32_t nclock, clock_cap;
};

/* An answer to a choice inside a step. */
struct answer {
    enum choice_kind kind;
    uint32_t step;        /* how many steps had been begun */
    uint32_t n, taken, tried;
    uint32_t value;       /* the option taken */
    uint64_t before;      /* runs made before it was met */
};

struct dpor {
    struct strategy strategy; /* first: a strategy's address is its own */
    uint64_t runs, run, blocked;

    struct step *path;
    uint32_t depth;       /* steps of the path */
    uint32_t at;          /* steps begun in this run */
    uint32_t known;       /* of these, as they were in the last run */
    uint32_t noted;       /* ... what they touched is in the path */
    uint32_t timed;       /* ... their clocks and the tables below are made */
    uint32_t made, cap;   /* steps that were ever used, their memory is kept */
    struct answer *answers;
    uint32_t nanswers, answers_cap, answers_at;

    uint32_t *object_last; /* by object: index + 1 of the last timed step that touched it */
    uint32_t objects_cap;
    uint32_t *own_last;    /* by goroutine: of its last timed step */
    uint32_t own_cap;
    uint32_t all_last;

    struct wakeup_step *sequence; /* room for one to be put into a tree */
    uint32_t sequence_cap;
    uint32_t *values;             /* of `answers` */
    uint32_t values_cap;
    uint32_t *candidates;
    uint32_t candidates_cap;

    bool polls;           /* somebody gave way after a poll in vain, in some run */
    bool stopped, done, incomplete;
};

/* Makes room for n elements, doubling; false: out of memory. */
bool dpor_room(void *array, uint32_t *cap, uint32_t n, size_t size);

/* The run is over: clocks for the new steps, then the races they are part of and those of who
 * still waits; what that says is to be tried goes into the trees of the path. */
bool dpor_races(struct dpor *self, struct run *run);

/* Takes the last timed steps out of the tables, down to the step at `index`. */
void dpor_untime(struct dpor *self, uint32_t index);

static inline bool dpor_is_option(const struct step *step, uint32_t g)
{
    for (uint32_t i = 0; i < step->noptions; i++)
        if (step->options[i] == g)
            return true;
    return false;
}

#endif
