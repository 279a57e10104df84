/* answers_inside.h -- what the functions that answer one question each share.
 *
 * An answer's words are put together in a->text; answer_add ends it.
 */
#ifndef BRAID_GRADE_ANSWERS_INSIDE_H
#define BRAID_GRADE_ANSWERS_INSIDE_H

#include "base/text.h"
#include "grade/answers.h"

/* Answers being collected. */
struct asking {
    struct answers *answers;
    const struct review *review;
    const struct trace *trace;     /* of the run that is shown */
    const struct names *names;
    const struct program *program; /* may be NULL */
    enum question question;
    struct text text;              /* of the answer being made */
    bool failed;
};

/* Ends the answer in a->text. */
void answer_add(struct asking *a, enum sign sign, uint32_t place, uint64_t runs);
void answer_add_line(struct asking *a, enum sign sign, uint32_t line); /* not about runs */
void answer_words(struct asking *a, enum sign sign, const char *words);

/* Puts into a->text "worker" for those started at a place; what the learner calls an object;
 * " at line 12" where that is known. */
void answer_goroutines(struct asking *a, uint32_t place);
void answer_name(struct asking *a, struct review_object of, const char *otherwise);
void answer_line(struct asking *a, uint32_t place);

/* "sending", "at a lock": what somebody does who waits so (enum wait_kind). */
const char *answer_wait(uint32_t wait);

/* answers_flow.c: who ends, who closes, who is told. */
void answer_exit_paths(struct asking *a);
void answer_ownership(struct asking *a);
void answer_errors(struct asking *a);
void answer_cancellation(struct asking *a);

/* answers_care.c: what is given back, locked, copied, and how large. */
void answer_cleanup(struct asking *a);
void answer_lock_order(struct asking *a);
void answer_copies(struct asking *a);
void answer_buffers(struct asking *a);

#endif
