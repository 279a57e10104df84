/* report.h -- a result as text for people and as JSON for machines. */
#ifndef BRAID_GRADE_REPORT_H
#define BRAID_GRADE_REPORT_H

#include "base/text.h"
#include "grade/result.h"

struct report_options {
    bool story;    /* with the numbered story of the failing run */
    bool colour;   /* verdict words in colour (never the only sign) */
};

/* "verified: all 1,248 interleavings", "sampled: no fault in 3,301 runs (...)". */
void report_strength(struct text *out, const struct result *result);

/* The whole verdict; program may be NULL when there is no source to quote. */
void report_text(struct text *out, const struct result *result, const struct program *program,
                 const struct report_options *options);

/* One object on one line, keys in fixed order.  False: out of memory. */
bool report_json(struct text *out, const struct result *result, const struct program *program);

#endif
