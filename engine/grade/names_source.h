/* names_source.h -- what a line of a learner's source calls the thing that is made there.
 *
 * Reads one line as text, Lua or C, without a parser: good enough for the lines people write,
 * silent ("no name") for the others.
 */
#ifndef BRAID_GRADE_NAMES_SOURCE_H
#define BRAID_GRADE_NAMES_SOURCE_H

#include "grade/program.h"
#include "rt/event.h"

/* The variable or field that the nth (from 0) object of this kind made on the line goes to:
 * "results" for `local results = chan(3)`, `p->results = go_chan(int, 3);`, `results = chan(),`;
 * "wg" for `wg_add(&p->wg, 1)`, as C's WaitGroups and mutexes come to be at their first use.
 * root: a context without parent (background).  false: none found. */
bool names_source_object(const char *line, size_t len, enum language language,
                         enum object_kind kind, bool root, uint32_t nth, char *name, size_t size);

/* The function the nth `go` of the line starts: "worker" for `go(worker, jobs)`.  false: an
 * anonymous one, or none found. */
bool names_source_function(const char *line, size_t len, enum language language, uint32_t nth,
                           char *name, size_t size);

#endif
