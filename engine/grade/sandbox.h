/* sandbox.h -- the cage a judge's child enters before it loads a learner's program. */
#ifndef BRAID_GRADE_SANDBOX_H
#define BRAID_GRADE_SANDBOX_H

#include "grade/shared.h"

#include <stdbool.h>

/* Enters: dies with the parent, no descriptors but keep_fd (-1: none), standard streams on
 * /dev/null, rlimits (CPU, files, core), a CPU watch on every single run, deadly signals noted in
 * *shared with their goroutine, and a seccomp filter that refuses new programs, the network
 * and writing to files.  False: *what names the part that was refused. */
bool sandbox_enter(struct shared *shared, int keep_fd, const char **what);

/* A new run begins: its CPU time counts from here. */
void sandbox_new_run(void);

#endif
