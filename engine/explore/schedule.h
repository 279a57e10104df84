/* schedule.h -- an interleaving as one line of text.
 *
 * A schedule lists, for each step of a run, the goroutine that took it, and with
 * it the choices made inside the step: `.N` the select case taken (when more than one
 * was ready), `@G` the partner (when more than one waited), `=V` what rand drew.
 * `xN` repeats a token.  After its last entry a run goes on round robin, so a
 * schedule may leave its tail away.
 *
 *     1x3 2 3 2.1 1@3 4=17
 *
 * The empty schedule, round robin all the way, is written "rr".
 *
 * A panic that ends a run is an entry of its own: the operation that panicked took
 * no effect and is no step, but who came to it was a choice.
 */
#ifndef BRAID_EXPLORE_SCHEDULE_H
#define BRAID_EXPLORE_SCHEDULE_H

#include "rt/trace.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct schedule_step {
    uint32_t g;
    int32_t chosen_case; /* -1: was no choice */
    uint32_t partner;    /* 0: was no choice */
    int64_t drawn;       /* -1: none */
};

struct schedule {
    struct schedule_step *steps;
    size_t count, cap;
};

/* The most entries a text may stand for; longer ones are refused. */
enum { SCHEDULE_MAX = 4 * 1000 * 1000 };

/* The schedule of a trace, all its steps.  false: out of memory, out is untouched. */
bool schedule_of_trace(struct schedule *out, const struct trace *trace);

/* The first step of a trace that is not as the schedule says, or the first step the
 * schedule has and the trace has not; -1: the trace follows the schedule. */
int64_t schedule_mismatch(const struct schedule *schedule, const struct trace *trace);

/* Reads the text form.  On failure returns false with a message that names the place
 * in `error` (error_size bytes) and leaves out untouched. */
bool schedule_parse(struct schedule *out, const char *text, char *error, size_t error_size);

/* The text form, on the heap; NULL: out of memory. */
char *schedule_text(const struct schedule *schedule);

void schedule_release(struct schedule *schedule);

#endif
