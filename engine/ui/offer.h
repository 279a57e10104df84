/* offer.h -- what each goroutine could do next, in words for who schedules by hand.
 *
 * A goroutine that can take the next step has an option; one that cannot is blocked, or is the
 * sender of somebody else's receive, or lets others go first.
 */
#ifndef BRAID_UI_OFFER_H
#define BRAID_UI_OFFER_H

#include "base/text.h"
#include "grade/names.h"
#include "rt/trace.h"
#include "view/scene.h"

struct offer {
    const struct trace *trace;
    const struct names *names;
    const struct scene *scene; /* at this turn */
    uint32_t options, count;   /* the turn's OPTION events: the first, how many */
};

/* "worker 1: send 9 on results", by an OPTION event's index.  What it does is read off the rest of
 * the run: an operation is fixed before it is scheduled, only its outcome is not.  partner: the
 * sender a receive is to meet; 0: left open. */
void offer_option(struct text *out, const struct offer *offer, uint32_t option, uint32_t partner);

/* The senders an OPTION that receives could meet: at most `most` ids; returns how many of them. */
uint32_t offer_partners(const struct offer *offer, uint32_t option, uint32_t *out, uint32_t most);

/* "worker 2 is blocked: nobody is receiving from results"; false: it has no part in the program
 * now.  For a goroutine without an option. */
bool offer_waiting(struct text *out, const struct offer *offer, uint32_t g);

#endif
