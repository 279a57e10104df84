/* byhand.h -- a run as it looks to somebody who schedules it by hand.
 *
 * The trace of a run that was asked to tell its options (EVENT_OPTION) is cut at its steps: turn n
 * comes after n steps, and the options told before step n + 1 are those of that turn.  The schedule
 * of the first n steps leads to turn n whatever comes after, so a step is taken back, and the step
 * the run took anyway is taken, without running the program again.
 */
#ifndef BRAID_UI_BYHAND_H
#define BRAID_UI_BYHAND_H

#include "explore/schedule.h"
#include "rt/trace.h"

#include <stdbool.h>
#include <stdint.h>

/* Zeroed: nothing. */
struct byhand {
    const struct trace *trace; /* borrowed */
    struct schedule schedule;  /* of the whole run: an entry for each step */
    uint32_t *event;           /* of each step, in the trace */
};

/* false: out of memory, and *run is zeroed. */
bool byhand_init(struct byhand *run, const struct trace *trace);
void byhand_release(struct byhand *run);

uint32_t byhand_steps(const struct byhand *run);

/* From events to turns and back: how many of the first `events` are steps, and how many events have
 * happened at a turn. */
uint32_t byhand_turn(const struct byhand *run, uint32_t events);
uint32_t byhand_events(const struct byhand *run, uint32_t turn);

/* The OPTION events of a turn: their number, the first in *first; 0: nobody can go on. */
uint32_t byhand_options(const struct byhand *run, uint32_t turn, uint32_t *first);

/* How many steps two runs have in common from the start. */
uint32_t byhand_common(const struct byhand *a, const struct byhand *b);

/* The schedule that leads to a turn, and the same with one more step (partner 0, chosen_case and
 * drawn -1: left open).  Heap; NULL: out of memory. */
char *byhand_text(const struct byhand *run, uint32_t turn);
char *byhand_text_with(const struct byhand *run, uint32_t turn, const struct schedule_step *step);

#endif
