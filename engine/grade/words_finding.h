/* words_finding.h -- what the explanations of findings have in common.
 *
 * A telling is one finding being put into words.  Its helpers append to t->out; what they look up
 * is in the trace.
 */
#ifndef BRAID_GRADE_WORDS_FINDING_H
#define BRAID_GRADE_WORDS_FINDING_H

#include "grade/words.h"

struct telling {
    struct text *out;
    const struct trace *trace;
    const struct names *names;
    const struct program *program; /* may be NULL */
    const struct finding *finding;
};

const char *telling_who(const struct telling *t, uint32_t g);
const char *telling_what(const struct telling *t, uint32_t obj);

/* "pool.lua:21"; "at pool.lua:21"; " (pool.lua:21)", nothing when the line is not known. */
void telling_place(const struct telling *t, uint32_t file, uint32_t line);
void telling_at(const struct telling *t, const struct event *event);
void telling_brackets(const struct telling *t, uint32_t file, uint32_t line);

/* A text of the trace, safe for a screen; without `lines` its first line only. */
void telling_text(const struct telling *t, uint32_t offset, bool lines);

/* "worker 1 was started at pool.lua:12. "; nothing for main. */
void telling_started(const struct telling *t, uint32_t g);

/* The last event before `before` that fits; 0 for g or obj: any.  NULL: none. */
const struct event *telling_last(const struct telling *t, uint32_t before, uint32_t kind,
                                 uint32_t g, uint32_t obj);

/* The BLOCK a finding speaks of: its event, else the goroutine's last; NULL: none. */
const struct event *telling_block(const struct telling *t);

/* The MAKE of an object; NULL: unknown. */
const struct event *telling_make(const struct telling *t, uint32_t obj);

/* The context whose done channel obj is; 0: none. */
uint32_t telling_context(const struct telling *t, uint32_t obj);

/* The done channel made last: what a select could listen to; 0: the program has none. */
uint32_t telling_done(const struct telling *t);

/* Whether a channel is one direction of a connection. */
bool telling_stream(const struct telling *t, uint32_t chan);

/* What a WaitGroup counts at the end. */
uint32_t telling_counter(const struct telling *t, uint32_t wg);

bool telling_closed(const struct telling *t, uint32_t obj);

/* words_stack.c: who called the function that panicked; nothing when that is the goroutine's own. */
void telling_way(const struct telling *t);

/* words_race.c: what two goroutines do to the same memory. */
void telling_race_title(const struct telling *t);
void telling_race_why(const struct telling *t);

/* words_stuck.c: those who wait for ever. */
void telling_leak_title(const struct telling *t);
void telling_leak_why(const struct telling *t);
void telling_deadlock_title(const struct telling *t);
void telling_deadlock_why(const struct telling *t);

/* What a goroutine is doing that stands at this BLOCK: "sending on results". */
void telling_waiting(const struct telling *t, const struct event *block);

/* What could have let it go on; other: what somebody else waits at, or NULL. */
void telling_wait_fix(const struct telling *t, const struct event *mine,
                      const struct event *other);

/* words_release.c: who could have ended the wait of a BLOCK, and what became of them: sentences, or
 * nothing; words_fix.c: the fix that fits its kind, one sentence. */
void telling_release(const struct telling *t, const struct event *block);
void telling_fix(const struct telling *t, const struct event *block);

/* Who locked it and did not unlock it, a sentence or nothing; blocked: the goroutine told of. */
void telling_holder(const struct telling *t, uint32_t mutex, uint32_t blocked);

/* Whether goroutines of the program send on a channel, not the clock or the world. */
bool telling_is_sent_on(const struct telling *t, uint32_t chan);

/* words_unreached.c: main waits for what nobody can bring about, and others go on; and since when
 * that is so for who leaked, a sentence or nothing. */
void telling_unreached_title(const struct telling *t);
void telling_unreached_why(const struct telling *t);
void telling_since(const struct telling *t);

/* words_memory.c: what C programs do to memory, what C leaves undefined, blocks never
 * freed, memory nobody wrote. */
void telling_wild_title(const struct telling *t);
void telling_wild_why(const struct telling *t);
void telling_undefined_title(const struct telling *t);
void telling_undefined_why(const struct telling *t);
void telling_lost_title(const struct telling *t);
void telling_lost_why(const struct telling *t);
void telling_unset_title(const struct telling *t);
void telling_unset_why(const struct telling *t);

#endif
