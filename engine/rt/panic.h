/* panic.h -- what a goroutine says that panics and is not recovered. */
#ifndef BRAID_RT_PANIC_H
#define BRAID_RT_PANIC_H

#include "base/text.h"
#include "rt/run.h"

/* One panic of a goroutine.  While its deferred calls run, one of them may panic too. */
struct panic {
    struct panic *earlier; /* whose deferred call panicked; NULL: none */
    const char *text;      /* Go's message; NULL: it is no panic but Goexit */
    bool recovered;        /* by the deferred call that runs */
    uintptr_t caller;      /* C: the frame that calls its deferred calls */
    uintptr_t frame;       /* C: where it began */
};

enum { PANIC_FRAMES = 32 }; /* at most so many are told */

/* Adds the messages of a panic and those before it, without the first "panic: ":
 * "first [recovered]\n\tpanic: second". */
void panic_text(struct text *out, const struct panic *panic);

/* The running goroutine is in this function (pc, or line); before run_panic, innermost first. */
void panic_frame(struct run *run, const char *function, uint32_t line, uint32_t pc);

/* Tells that the running goroutine recovered. */
void panic_recovered(struct run *run, const char *text);

#endif
