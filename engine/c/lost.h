/* lost.h -- blocks of the heap that nobody can free any more when all is over. */
#ifndef BRAID_C_LOST_H
#define BRAID_C_LOST_H

#include "check/finding.h"
#include "rt/hook.h"

/* At the end of a run in which main returned and every goroutine ended, or exit or a signal ended
 * the program, and nothing else was found: for each place that allocated blocks which were lost,
 * one FINDING_LOST.  A block is lost when it was made before that end, was not freed, and its
 * address is in no variable, not in main's frame as it was when it returned, nor in that of a
 * goroutine that was still there, in nothing the engine holds (channels, contexts, maps, pools,
 * timers) and in no block that is not lost.  What a thread returned that nobody joined is lost,
 * too.  To be told after all others who add to the findings.  NULL: out of memory. */
struct watcher *lost_new(struct findings *findings);
void lost_free(struct watcher *watcher);

#endif
