/* sched.h -- what run.c and sched.c share; of no use to anybody else. */
#ifndef BRAID_RT_SCHED_H
#define BRAID_RT_SCHED_H

#include "rt/run.h"

/* Puts a goroutine at the end of the ready queue. */
void sched_push(struct run *run, struct goroutine *g);

/* The running goroutine is dead: goes on with the next, or ends the run. */
_Noreturn void sched_leave(struct run *run);

#endif
