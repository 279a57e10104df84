/* lines.h -- a run as moments, one sentence each.
 *
 * A moment is an event that is worth a pause, a step or one of GO, TIME, PANIC and the end of
 * main, with the facts that follow it up to the next.  Moment 0 is before the first event; what
 * comes before the first pause is moment 1.  The watch view steps through moments and the story
 * numbers them, so that "step 12" is the same in both.
 */
#ifndef BRAID_GRADE_LINES_H
#define BRAID_GRADE_LINES_H

#include "base/text.h"
#include "grade/names.h"
#include "rt/trace.h"

struct lines {
    uint32_t count;  /* moments, at least 1 */
    uint32_t *first; /* count + 1 of them: moment m is the events first[m] .. first[m + 1] - 1 */
};

/* false: out of memory. */
bool lines_init(struct lines *lines, const struct trace *trace);
void lines_release(struct lines *lines);

/* The moment an event belongs to; the last one for UINT32_MAX. */
uint32_t lines_of_event(const struct lines *lines, uint32_t event);

/* The sentence of a moment: "worker 2 sends 9 on results and blocks: nobody is receiving from
 * results".  With places each clause is followed by its own: "(pool.lua:21)".  Moment 0 and
 * moments not worth a sentence add nothing and return false. */
bool lines_sentence(struct text *out, const struct lines *lines, const struct trace *trace,
                    const struct names *names, uint32_t moment, bool places);

#endif
