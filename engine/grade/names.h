/* names.h -- what goroutines and objects of a trace are called.
 *
 * By the name the learner gave in the program text, read off the source line at which it
 * was made (`local results = chan(3)`, `p.jobs = go_chan(int, 0)`, `go(worker, i)`,
 * `go(function()`), or the explicit name in the trace.  Several of one name are
 * numbered in order of creation: "worker 1", "worker 2".  Without any: "goroutine 3",
 * "channel 2".  main is "main".  Done channels are "ctx.Done" after their context, time channels
 * "after 50ms".
 */
#ifndef BRAID_GRADE_NAMES_H
#define BRAID_GRADE_NAMES_H

#include "grade/program.h"
#include "rt/trace.h"

struct names;

/* Reads the whole trace; program may be NULL.  NULL: out of memory. */
struct names *names_new(const struct trace *trace, const struct program *program);
void names_free(struct names *names);

const char *names_goroutine(const struct names *names, uint32_t g); /* never NULL */
const char *names_object(const struct names *names, uint32_t obj);  /* never NULL */

/* Where it was started / made: its GO or MAKE event's index; UINT32_MAX when unknown. */
uint32_t names_goroutine_event(const struct names *names, uint32_t g);
uint32_t names_object_event(const struct names *names, uint32_t obj);

/* "channel", "RWMutex": what such an object is called.  kind: of a MAKE. */
const char *names_kind(uint32_t kind);

/* What they were made from: the program as given to names_new, or NULL. */
const struct program *names_program(const struct names *names);

/* How many goroutines and objects the trace tells of: the highest id. */
uint32_t names_goroutines(const struct names *names);
uint32_t names_objects(const struct names *names);

#endif
