/* wakeup.h -- wakeup trees: sequences of steps still to be tried from one point of a run.
 *
 * A branch is a step; its children are what is to follow it, first to last; one without children
 * leaves open what follows.  No branch's sequence is, but for the order of steps that commute,
 * the beginning of another's that comes after it (Abdulla, Aronis, Jonsson, Sagonas, "Source
 * Sets: A Foundation for Optimal Dynamic Partial Order Reduction", JACM 64(4), 2017, section 7).
 *
 * There may be as many branches as there are runs to come, but they are made of few different
 * steps: a step's content, its deed, is kept once, counted by those who use it.  One that nobody
 * uses may soon be wanted again: it stays until its room is needed.
 *
 * Where we differ:
 * - What takes a step is a goroutine in one of the ways it can (struct way), so steps in which
 *   one goroutine takes part in different ways are as those of different processes that do not
 *   commute.
 * - A step has the answers of the other choices inside it (draws, whom a signal wakes).  Sequences
 *   that begin with one step and other answers are branches side by side, of which the first stands
 *   for all: they are tried together, and answers no branch has as well.
 */
#ifndef BRAID_EXPLORE_WAKEUP_H
#define BRAID_EXPLORE_WAKEUP_H

#include "rt/hook.h"

/* Which step: what a goroutine is at, made in one way. */
struct mover {
    uint32_t g;
    struct way way; /* zero when it has but one */
};

static inline bool mover_same(struct mover a, struct mover b)
{
    return a.g == b.g && a.way.index == b.way.index && a.way.partner == b.way.partner &&
           a.way.nth == b.way.nth;
}

/* Whether some goroutine has a part in both. */
static inline bool mover_meets(struct mover a, struct mover b)
{
    if (a.g == b.g)
        return true;
    return (a.way.partner && (a.way.partner == b.g || a.way.partner == b.way.partner)) ||
           (b.way.partner && b.way.partner == a.g);
}

/* What a step did.  Never changed; two of the same content are one. */
struct deed {
    struct mover mover;
    struct touches touches;  /* behind the deed itself, as are: */
    uint32_t *answers;       /* option values, in order */
    uint32_t nanswers;
    uint32_t users;
    uint32_t hash;
    struct deed *next;       /* in its row of the table */
};

struct branch {
    struct deed *deed;
    struct branch *children, *next;
};

struct branch_chunk;

/* The deeds and branches of all trees of one search.  Zeroed it is empty and ready. */
struct wakeup {
    struct deed **rows;
    uint32_t nrows, ndeeds;       /* deeds kept, in use or not */
    struct branch *spare;         /* branches not in use, by next */
    struct branch_chunk *chunks;
};

/* All that was made dies. */
void wakeup_release(struct wakeup *wakeup);

/* The deed with this content, which is copied, with one user more; NULL: out of memory. */
struct deed *deed_of(struct wakeup *wakeup, struct mover mover, struct touches touches,
                     const uint32_t *answers, uint32_t nanswers);

/* One more, and one less; the latter may be of none, NULL. */
static inline struct deed *deed_use(struct deed *deed)
{
    deed->users++;
    return deed;
}
static inline void deed_leave(struct deed *deed)
{
    if (deed)
        deed->users--;
}

/* With one user more of its deed; NULL: out of memory. */
struct branch *branch_new(struct wakeup *wakeup, struct deed *deed);
/* Frees it and what is below, not what is next. */
void branch_free(struct wakeup *wakeup, struct branch *branch);

/* Whether steps with these touches do not commute. */
bool touches_conflict_any(struct touches a, struct touches b);
static inline bool touches_conflict(struct touches a, struct touches b)
{
    return a.n == 1 && b.n == 1 ? touch_conflict(a.at, b.at) : touches_conflict_any(a, b);
}

/* A step of a sequence to be put into a tree. */
struct wakeup_step {
    struct deed *deed; /* borrowed */
    bool open;         /* any answers will do: the last one, which has none */
};

/* Whether the step may come first in something equivalent to the n steps, or to a sequence that
 * begins so.  *at: its place there; n when it is not among them. */
bool wakeup_initial(const struct deed *deed, const struct wakeup_step *steps, uint32_t n,
                    uint32_t *at);

enum wakeup_put {
    WAKEUP_COVERED,  /* the tree has its like */
    WAKEUP_PUT,
    WAKEUP_NO_MEMORY,
};

/* Puts the n >= 1 steps into the tree that begins at *list.  Uses up `steps`. */
enum wakeup_put wakeup_put(struct wakeup *wakeup, struct branch **list, struct wakeup_step *steps,
                           uint32_t n);

#endif
