/* wakeup.h -- wakeup trees: sequences of steps still to be tried from one point of a run.
 *
 * A branch is a goroutine's step; its children are what is to follow it, first to last; one
 * without children leaves open what follows.  No branch's sequence is, but for the order of
 * steps that commute, the beginning of another's that comes after it (Abdulla, Aronis,
 * Jonsson, Sagonas, "Source Sets: A Foundation for Optimal Dynamic Partial Order Reduction",
 * JACM 64(4), 2017, section 7).
 *
 * Where we differ: a step has the answers of the choices inside it (cases, partners, draws).
 * Sequences that begin with one goroutine and other answers are branches side by side, of which
 * the first stands for all: they are tried together, and answers no branch has as well.
 */
#ifndef BRAID_EXPLORE_WAKEUP_H
#define BRAID_EXPLORE_WAKEUP_H

#include "rt/hook.h"

struct branch {
    uint32_t g;
    uint32_t ntouches, nanswers;
    struct touch *touches;   /* behind the branch itself, as are: */
    uint32_t *answers;       /* option values, in order */
    struct branch *children, *next;
};

/* A step of a sequence to be put into a tree. */
struct wakeup_step {
    uint32_t g;
    struct touches touches;
    const uint32_t *answers;
    uint32_t nanswers;
    bool open;               /* any answers will do: the last one */
};

/* With room for what it shall do; copies.  NULL: out of memory. */
struct branch *branch_new(const struct wakeup_step *step);
/* Frees it and what is below, not what is next. */
void branch_free(struct branch *branch);

/* Whether steps with these touches do not commute. */
bool touches_conflict(struct touches a, struct touches b);

/* Whether a step of goroutine g with these touches may come first in something equivalent to
 * the n steps, or to a sequence that begins so.  *at: its place there; n when it is not among
 * them. */
bool wakeup_initial(uint32_t g, struct touches touches, const struct wakeup_step *steps, uint32_t n,
                    uint32_t *at);

enum wakeup_put {
    WAKEUP_COVERED,  /* the tree has its like */
    WAKEUP_PUT,
    WAKEUP_NO_MEMORY,
};

/* Puts the n >= 1 steps into the tree that begins at *list.  Uses up `steps`. */
enum wakeup_put wakeup_put(struct branch **list, struct wakeup_step *steps, uint32_t n);

#endif
