/* basic.h -- what a program can do without any object: print, draw, give way, end.
 *
 * Called by the faces for the running goroutine.  Each is a scheduling point and
 * one step, unless said otherwise.
 */
#ifndef BRAID_RT_BASIC_H
#define BRAID_RT_BASIC_H

#include "rt/run.h"

/* Writes on standard output; over the output budget ends the run (RUN_OUTPUT).  What is
 * printed after main returned is flagged EVENT_AFTERMATH: nobody would have seen it. */
void basic_print(struct run *run, const char *text, size_t len);

/* A number in 0..n-1 (n >= 1) by the strategy. */
uint32_t basic_rand(struct run *run, uint32_t n);

/* runtime.Gosched. */
void basic_yield(struct run *run);

/* runtime.NumGoroutine. */
uint32_t basic_count(struct run *run);

/* os.Exit. */
_Noreturn void basic_exit(struct run *run, int32_t code);

/* A stated check (assert) of the program is false: ends the run (RUN_CHECK); after main
 * returned only the goroutine. */
_Noreturn void basic_check_failed(struct run *run, const char *text);

/* Names the running goroutine.  A fact, not a step. */
void basic_name(struct run *run, const char *name);

/* The running goroutine passes a marker.  A fact, not a step. */
void basic_mark(struct run *run, const char *name);

#endif
