/* dpor.h -- what the files of optimal dpor share; of no use to anybody else.
 *
 *     dpor.c        the search: a path, what is to be tried next
 *     dpor_step.c   what a step came to, and who sleeps before it
 *     dpor_order.c  happens-before along the path
 *     dpor_race.c   what else could have happened, by what the path's steps are
 *     dpor_plan.c   puts that into the wakeup tree of the point where it parts from the path
 *     dpor_estimate.c  how many runs there will be
 *
 * The path is the run being made, as steps, each with the choice that led to it.  The steps
 * before `known` are as in the run before.  Happens-before: a step happens before another that
 * one of its parties takes part in later, of a goroutine that it started or woke, and one that it
 * does not commute with (rt/touch.h); when virtual time advances all steps so far happen before
 * all to come.  A post does not: which of several posts let a semaphore's taker go on nobody knows.
 */
#ifndef BRAID_EXPLORE_DPOR_H
#define BRAID_EXPLORE_DPOR_H

#include "explore/numbering.h"
#include "explore/orders.h"
#include "explore/wakeup.h"
#include "rt/run.h"

/* Goroutines and objects are known by their numbers (numbering.h) here, not by their ids. */

/* Who takes part in a step: its goroutine, and the partner of a hand-off. */
struct party {
    uint32_t g;
    bool ways;                /* it stood at channels: each of its offers could have been taken */
    struct touch *offers;     /* what it published, with the states before the step */
    uint32_t noffers, offers_cap;
    uint32_t *follows;        /* index + 1 of the steps that let it go on since; 0: none */
    uint32_t nfollows, follows_cap;
    uint32_t since_clock;     /* all steps before this index happen before it came here */
    uint32_t *clock;          /* as step.clock, of its coming here; made with that */
    uint32_t nclock, clock_cap;
};

/* That a step touched an object or could have; one for each object. */
struct mark {
    uint32_t obj;
    uint32_t trail;     /* its goroutine's place among the object's trails */
    uint32_t modes;     /* a bit for each mode it touched it in; and DPOR_ALL */
    uint32_t conflicts; /* a bit for each mode that may not commute with those */
    uint32_t lets;      /* a bit for each mode in which it may let others go on (touch_lets) */
    uint32_t offered;   /* a bit for each that its parties offered to touch it in; and DPOR_WAYS */
};

enum {
    DPOR_ALL = 1 << 30,  /* the step commutes with nothing */
    DPOR_WAYS = 1 << 30, /* a party stood at channels, of which the object is one */
};
_Static_assert(TOUCH_MODE_COUNT <= 30, "a bit for each mode");

/* A step that could be made. */
struct possible {
    struct mover mover;
    uint32_t option;    /* the index of its goroutine among those that could go on */
};

struct step {
    /* the choice */
    uint32_t noptions;             /* goroutines that could go on */
    struct possible *movers;
    uint32_t nmovers, movers_cap;
    struct deed **sleep;           /* asleep here, for all that begins with them has been made: from
                                      above, then those all tried */
    uint32_t nsleep, sleep_cap;
    struct branch *todo;           /* to be tried; the first is being tried */
    uint32_t barrier;              /* steps before this index happen before all from here on */
    bool full;                     /* all movers are to be tried */
    uint32_t behind;               /* branches tried */
    uint64_t before;               /* runs made before it was met */

    /* the step taken */
    struct mover mover;
    uint32_t option;               /* index of its goroutine */
    struct party parties[2];
    uint32_t nparties;
    uint32_t first_answer;         /* of dpor.answers */

    /* what it came to */
    struct touch *touched;
    uint32_t ntouched, touched_cap;
    struct touch *tried;           /* touched, by this step or as it was with other answers */
    uint32_t ntried, tried_cap;
    bool all;                      /* it commutes with nothing */
    struct deed *deed;             /* what it did; once it was timed, else NULL */
    struct mark *marks;
    uint32_t nmarks, marks_cap;
    uint32_t all_before;           /* index + 1 of the last before that commutes with nothing */
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

/* A goroutine's timed steps, first to last. */
struct own {
    uint32_t *at;
    uint32_t n, cap;
    uint64_t out;    /* dpor_plan.c: the last plan that leaves out what it does at some point */
};

/* A timed step with an object: what its mark says. */
struct visit {
    uint32_t step;
    uint32_t modes, offered;
};

/* A goroutine's timed steps with an object, first to last. */
struct trail {
    uint32_t g;
    struct visit *at;
    uint32_t n, cap;
};

struct trails {
    struct trail *at;
    uint32_t n, cap; /* those behind the n-th have their memory */
    struct own all;  /* the steps of all trails */
    uint32_t offered; /* in any step that was ever timed: see struct mark */
    uint32_t closed; /* index + 1 of the timed step that closed it; 0: none */
};

/* A step that an order is about. */
struct dpor_awaited {
    uint32_t g, nth;
    uint32_t steps; /* its goroutine has taken in this run */
    uint32_t at;    /* index + 1 when it was made; 0: not yet */
};

/* orders.h: the second is not made before the first. */
struct dpor_order {
    struct dpor_awaited first, second;
};

struct dpor {
    struct strategy strategy; /* first: a strategy's address is its own */
    uint64_t runs, run, blocked;
    bool thorough;        /* all movers that are awake are tried, everywhere */
    const struct schedule *first_run; /* what the first run follows; NULL: nothing */
    bool restart;         /* it only turned out in this run that they have to be */

    struct step *path;
    uint32_t depth;       /* steps of the path */
    uint32_t at;          /* steps begun in this run */
    uint32_t known;       /* of these, as they were in the last run */
    uint32_t noted;       /* ... what they touched is in the path */
    uint32_t timed;       /* ... their clocks and the tables below are made */
    uint32_t made, cap;   /* steps that were ever used, their memory is kept */
    struct answer *answers;
    uint32_t nanswers, answers_cap, answers_at;

    struct wakeup wakeup;   /* the deeds and branches of all steps */
    struct numbering goroutine_numbers, object_numbers;
    struct trails *objects; /* by object */
    uint32_t objects_cap;
    struct own *own;        /* by goroutine */
    uint32_t own_cap;
    uint32_t all_last;

    struct party *waiting;  /* who still waits then */
    uint32_t nwaiting, waiting_cap;
    uint32_t made_waiting;  /* of which have memory */
    struct way *ways;       /* room */
    uint32_t ways_cap;
    struct wakeup_step *sequence; /* room for one to be put into a tree */
    uint32_t sequence_cap;
    uint32_t *values;       /* of `answers` */
    uint32_t values_cap;
    uint32_t *found;        /* room */
    uint32_t found_cap;
    uint64_t plans;         /* made so far */
    bool takes;             /* some step took from a semaphore */
    uint32_t *starved;      /* steps that would have had nothing to take, in what is planned */
    uint32_t nstarved, starved_cap;

    struct dpor_order orders[ORDERS_MAX];
    uint32_t norders;
    uint32_t counted;       /* steps of this run that they know of */
    bool stopped, done, incomplete;
};

/* Makes room for n elements, doubling; false: out of memory. */
bool dpor_grow(void *array, uint32_t *cap, uint32_t n, size_t size);
static inline bool dpor_room(void *array, uint32_t *cap, uint32_t n, size_t size)
{
    return n <= *cap || dpor_grow(array, cap, n, size);
}

/* Numbers instead of ids; 0: out of memory.  What is no object stays as it is. */
uint32_t dpor_goroutine(struct dpor *self, const struct run *run, uint32_t id);
uint32_t dpor_object(struct dpor *self, const struct run *run, uint32_t id);

/* Notes who is about to take part in a step. */
bool dpor_party(struct dpor *self, struct party *party, const struct run *run,
                const struct goroutine *g);
void dpor_party_release(struct party *party);

/* --- dpor_step.c ---------------------------------------------------------- */

/* Whether all that begins with the mover there has been made. */
bool dpor_asleep(const struct step *step, struct mover mover);

/* deed: with a user for this; NULL: out of memory.  False: so it is. */
bool dpor_put_to_sleep(struct step *step, struct deed *deed);
void dpor_wake_all(struct step *step);

/* Who sleeps at `to`, after the step taken at `from`: those whose steps commute with it.  False:
 * out of memory. */
bool dpor_inherit_sleep(struct step *to, const struct step *from);

/* The last step begun is over: notes what it touched.  cut: so is the run, though others could have
 * gone on.  False: out of memory. */
bool dpor_note(struct dpor *self, const struct run *run, bool cut);

/* --- dpor_order.c --------------------------------------------------------- */

/* The clock of the path's next step that has none, and the tables with it in; false: out of
 * memory. */
bool dpor_time(struct dpor *self);

/* Takes the last timed steps out of the tables, down to the step at `index`. */
void dpor_untime(struct dpor *self, uint32_t index);

void dpor_order_release(struct dpor *self);

/* The party's clock: what happens before it came, after all timed steps. */
bool dpor_arrive(struct dpor *self, struct party *party);

/* Whether the step at e happens before the one at x, or is it. */
static inline bool dpor_before(const struct dpor *self, uint32_t e, uint32_t x)
{
    const struct step *step = &self->path[x];
    uint32_t g = self->path[e].mover.g;

    return e < step->barrier || (g < step->nclock && step->clock[g] > e);
}

/* Whether the step at e, of goroutine g, happens before the party came to its operation. */
static inline bool dpor_before_arrival(uint32_t e, uint32_t g, const struct party *party)
{
    return e < party->since_clock || (g < party->nclock && party->clock[g] > e);
}

/* What the step had to do with the object; NULL: nothing. */
static inline struct mark *dpor_mark(const struct step *step, uint32_t obj)
{
    for (uint32_t i = 0; i < step->nmarks; i++)
        if (step->marks[i].obj == obj)
            return &step->marks[i];
    return NULL;
}

/* The steps with the object; NULL: none was timed. */
static inline struct trails *dpor_trails(const struct dpor *self, uint32_t obj)
{
    uint32_t slot = obj == TOUCH_OUTPUT ? 0 : obj == TOUCH_COUNT ? 1 : obj + 1;

    return obj != TOUCH_NOTHING && obj != TOUCH_ALL && slot < self->objects_cap
               ? &self->objects[slot] : NULL;
}

/* How many of the trail's steps come before the one at index. */
uint32_t dpor_trail_find(const struct trail *trail, uint32_t index);
static inline uint32_t dpor_trail_before(const struct trail *trail, uint32_t index)
{
    bool all = trail->n == 0 || trail->at[trail->n - 1].step < index;

    return all ? trail->n : dpor_trail_find(trail, index);
}

/* --- orders.c ------------------------------------------------------------- */

/* A run begins; the step at index has been made and its parties are known. */
void dpor_orders_begin(struct dpor *self);
void dpor_orders_step(struct dpor *self, uint32_t index);

/* Whether the goroutine's next step has to wait for another. */
bool dpor_held(const struct dpor *self, uint32_t g);

/* Notes which step the party's has waited for; false: out of memory. */
bool dpor_orders_follow(const struct dpor *self, struct party *party);

/* Whether the run that is over is in no other part. */
bool dpor_orders_kept(const struct dpor *self);

/* --- dpor_race.c ---------------------------------------------------------- */

/* The run is over: clocks for the new steps, then the races they are part of and those of who
 * still waits; what that says is to be tried goes into the trees of the path. */
bool dpor_races(struct dpor *self, struct run *run);

#endif
