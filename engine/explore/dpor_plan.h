/* dpor_plan.h -- a step that was not made at some point of the path, and whether and how it could
 * have been.
 *
 * What else could have happened is a step t: one of the path at an earlier point, another way of
 * one of the path, or what somebody waits to do.  The steps of the path that conflict with it, its
 * `rivals`, are those it would come before and the one its party did instead.  It is put at the
 * point before the first rival, after all steps of the path that no rival happens before:
 *
 *     path:  a b R c d e     R happens before c and e;  b, d do not depend on it
 *     other: a b d t         planned at R's point: d, then t
 *
 * if it can be made there, which the states noted in the touches say (touch_possible).  So what is
 * planned is never in vain.
 */
#ifndef BRAID_EXPLORE_DPOR_PLAN_H
#define BRAID_EXPLORE_DPOR_PLAN_H

#include "explore/dpor.h"

enum { RIVALS_MAX = 4 };

/* t, and what it is made of. */
struct other {
    struct mover mover;
    const struct party *party, *partner; /* partner: NULL when it needs none */
    struct touches touches;              /* of a channel: found out from the state */
    struct touch touch[2];               /* room */
    const struct touch *offer;           /* what has to be possible; NULL: it always is */
    bool of_channel;                     /* the offer: how it is taken depends on the state */
    struct touches made;                 /* of a channel: touches as it was made; or none */
    uint32_t rivals[RIVALS_MAX], nrivals;
    bool against;                        /* the last rival is one that it does not commute with */
};

enum planned { PLANNED, NOT_POSSIBLE, PLAN_NO_MEMORY };

/* Work: in the number of goroutines, of steps that come before t in the plan, and of those with the
 * offered object among them. */
enum planned dpor_plan(struct dpor *self, struct other *other);

/* t, which could be made instead of the last step, comes before it, which ended the run: then that one,
 * if it commutes with t but for that. */
enum planned dpor_plan_before_end(struct dpor *self, const struct other *other);

/* Whether the step at e, of goroutine g, happens before one of the parties came. */
static inline bool before_arrivals(const struct other *other, uint32_t e, uint32_t g)
{
    return dpor_before_arrival(e, g, other->party) ||
           (other->partner && dpor_before_arrival(e, g, other->partner));
}

/* Whether what has these touches conflicts with the step on the object. */
bool dpor_conflict_on(struct touches touches, const struct step *step, uint32_t obj);

/* The object's state before the step, which touched or offered to touch it; false: it does not
 * say. */
bool dpor_state_before(const struct step *step, uint32_t obj, struct touch_state *state);

bool dpor_can_move(const struct step *step, struct mover mover);

#endif
