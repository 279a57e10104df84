/* words.h -- events and findings as sentences a learner understands. */
#ifndef BRAID_GRADE_WORDS_H
#define BRAID_GRADE_WORDS_H

#include "base/text.h"
#include "check/finding.h"
#include "grade/names.h"
#include "grade/result.h"

/* One event as a sentence without place: "worker 2 sends 9 on results to main".
 * Nothing is appended for events that are not worth a sentence (returns false). */
bool words_event(struct text *out, const struct trace *trace, const struct names *names,
                 uint32_t index);

/* The same without its subject unless wanted, or another than the goroutine (words_own_subject):
 * " sends 9 on results to main". */
bool words_clause(struct text *out, const struct trace *trace, const struct names *names,
                  uint32_t index, bool subject);

/* Whether the sentence is not about the event's goroutine: "child is cancelled with ctx". */
bool words_own_subject(const struct event *event);

/* What a goroutine that blocked waits for, by its BLOCK event's index: "to send on results",
 * "for wg to reach 0", "for one of its select's cases: receive from jobs, send on results". */
void words_wait(struct text *out, const struct trace *trace, const struct names *names,
                uint32_t block);

/* Text of a learner's program made safe for a screen: control characters and broken UTF-8
 * escaped, cut after `most` characters. */
void words_safe(struct text *out, const char *string, size_t most);

/* A value as shown to learners: 9, 3.5, true, nil, "text". */
void words_value(struct text *out, const struct trace *trace, enum value_kind kind, int64_t value);

/* "1.5s", "50ms", "200ns". */
void words_duration(struct text *out, int64_t ns);

/* "pool.lua:21" (file name from the place, else the program's). */
void words_place(struct text *out, const struct trace *trace, const struct program *program,
                 uint32_t file, uint32_t line);

/* A finding's parts.  title: "leak: worker 2 can never finish its send on results";
 * why: a few sentences: where, where each goroutine was started, who could have released it, the
 * fix; The last sentence names the fix. */
void words_finding_title(struct text *out, const struct trace *trace, const struct names *names,
                         const struct finding *finding);
void words_finding_why(struct text *out, const struct trace *trace, const struct names *names,
                       const struct program *program, const struct finding *finding);

/* Of a panic: the panics that followed from the first, and the goroutine's stack, as Go prints
 * them, a line each.  Of other findings nothing. */
void words_finding_stack(struct text *out, const struct trace *trace, const struct names *names,
                         const struct finding *finding);

/* How many FRAMEs the PANIC or ACCESS at an index has, and the index of the innermost. */
uint32_t words_frames(const struct trace *trace, uint32_t at, uint32_t *first);

/* The function that the FRAME at an index is in: "worker", "function <pool.lua:12>". */
void words_frame(struct text *out, const struct trace *trace, const struct names *names,
                 uint32_t index);

/* Of a race: its two accesses, earlier first, two lines each, the second indented: who does what to
 * which variable, where, with which locks; in which functions, and where it was started.  A third
 * line says where the block of memory is from.  Of other findings nothing. */
void words_finding_accesses(struct text *out, const struct trace *trace, const struct names *names,
                            const struct program *program, const struct finding *finding);

/* The clause of an ACCESS: " writes 1 to counter". */
void words_access(struct text *out, const struct trace *trace, const struct event *event);

/* For each goroutine (1..*count) the index of the BLOCK it still stands in at the end, UINT32_MAX:
 * in none.  (heap; NULL and 0: out of memory) */
uint32_t *words_blocked(const struct trace *trace, const struct names *names, uint32_t *count);

/* Who waits for whom, from the goroutine of a finding on: "main ──waits for wg──▶ worker 1
 * ──waits for mu──▶ main", with "--" and "-->" in ascii; at most 76 columns wide, without a last end
 * of line.  False: it does not wait. */
bool words_waits(struct text *out, const struct trace *trace, const struct names *names,
                 const struct finding *finding, bool ascii);

/* The run as a numbered story, one line a step: "  3. worker 2 sends 9 on results (pool.lua:21)
 * and blocks: nobody is receiving".  Long runs leave out their middle (most lines at most). */
void words_story(struct text *out, const struct trace *trace, const struct names *names,
                 const struct program *program, uint32_t most);

#endif
