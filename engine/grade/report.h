/* report.h -- a result as text for people and as JSON for machines. */
#ifndef BRAID_GRADE_REPORT_H
#define BRAID_GRADE_REPORT_H

#include "base/text.h"
#include "grade/result.h"
#include "grade/wish.h"

struct report_options {
    bool story;    /* with the numbered story of the failing run */
    bool review;   /* with the answers to the eight questions, where the result has them */
    bool ascii;    /* drawings without line characters */
    bool colour;   /* verdict words in colour (never the only sign) */
};

/* 1248 -> 1,248 */
void report_count(struct text *out, uint64_t n);

/* "verified: all 1,248 interleavings", "sampled: no fault in 3,301 runs (...)". */
void report_strength(struct text *out, const struct result *result);

/* "  replay: braid replay FILE 'SCHEDULE'", a line; nothing when there is no schedule. */
void report_replay(struct text *out, const struct result *result, const struct program *program);

/* What a check caught, a line for each wrong program; nothing when it is no check. */
void report_mutants(struct text *out, const struct result *result, const char *indent);

/* What is to be said beside the verdict's word, on one line: "worker 2 is blocked for ever sending on
 * results (pool.lua:21)", "verified: all 12 interleavings explored". */
void report_headline(struct text *out, const struct result *result, const struct program *program);

/* The whole verdict; program may be NULL when there is no source to quote. */
void report_text(struct text *out, const struct result *result, const struct program *program,
                 const struct report_options *options);

/* report_stats.c: what the run of the result's trace made of its time and of its processors, on one line:
 * "20ms of virtual time; 80ms of work in 8 pieces, at most 4 at once of 4 processors: ...".
 * Nothing when main did not return. */
void report_stats(struct text *out, const struct result *result);
struct json_t *report_stats_json(const struct result *result); /* null where that is nothing */

/* report_can.c: "prints '2 1'", "ends in a deadlock"; and the part of all runs that do: "3 of all 12
 * interleavings", "none of 4,000 runs". */
void report_wish(struct text *out, const struct wish *wish);
void report_share(struct text *out, const struct result *result);

/* "yes: FILE prints '2 1' in 3 of all 12 interleavings", with the schedule of one; and
 * the same as one object. */
void report_can_text(struct text *out, const struct result *result, const struct program *program,
                     const struct wish *wish, const struct report_options *options);
bool report_can_json(struct text *out, const struct result *result, const struct program *program,
                     const struct wish *wish);

/* report_lead.c: what a race leads to, when that was looked for: a wrong result with its schedule, and
 * its story where that is wanted; or how surely there is none.  Nothing when it was not. */
void report_lead(struct text *out, const struct result *result, const struct program *program,
                 const struct report_options *options);
struct json_t *report_lead_json(const struct result *result, const struct program *program);

/* The fault that a race leads to, in one sentence: "it prints 'n = 1' instead of 'n = 2'"; or that
 * none was found. */
void report_lead_words(struct text *out, const struct result *lead, const struct program *program);

/* report_review.c: the eight questions with their answers, red flags first; nothing when they were
 * not asked for.  In JSON (the object's member "review") each answer has its own object. */
void report_review(struct text *out, const struct result *result, const struct program *program,
                   bool colour);
struct json_t *report_review_json(const struct result *result, const struct program *program);

/* report_json.c: one object on one line, keys in fixed order.  False: out of memory. */
bool report_json(struct text *out, const struct result *result, const struct program *program);

#endif
