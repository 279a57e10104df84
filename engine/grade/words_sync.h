/* words_sync.h -- sentences for what is not a channel, a mutex, a WaitGroup or a context:
 * the rest of the vocabulary.  Parts of words.c and words_stuck.c. */
#ifndef BRAID_GRADE_WORDS_SYNC_H
#define BRAID_GRADE_WORDS_SYNC_H

#include "base/text.h"
#include "grade/names.h"

/* " signals ready and wakes worker 2"; false: it is not worth a sentence, or not of ours. */
bool words_sync_clause(struct text *out, const struct trace *trace, const struct names *names,
                       uint32_t index);

/* The end of a LOOK at an object of ours: " tries to lock cache: it is taken". */
bool words_sync_looks(struct text *out, const struct trace *trace, const struct names *names,
                      const struct event *event);

/* " blocks: cache is locked by writer"; false: its step said so already. */
bool words_sync_blocks(struct text *out, const struct trace *trace, const struct names *names,
                       uint32_t index);

/* "to lock cache for reading"; false: not of ours. */
bool words_sync_wait(struct text *out, const struct names *names, const struct event *block);

/* "locking cache for reading"; false: not of ours. */
bool words_sync_waiting(struct text *out, const struct names *names, const struct event *block);

#endif
