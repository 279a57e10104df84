/* point.h -- memory accesses as steps, where that is asked for (run.points).
 *
 * A race is a verdict in itself, so accesses are no scheduling points; but what wrong result a race
 * can lead to shows only when they are.  A place becomes an object (OBJECT_VARIABLE) when it is
 * touched first; reads commute.
 */
#ifndef BRAID_RT_POINT_H
#define BRAID_RT_POINT_H

#include "rt/run.h"

/* The running goroutine is about to read or write a place: a scheduling point and the step READ or
 * WRITE.  name: offset in the trace's text, 0: unknown.  Who reads it again and again is polling. */
void run_point(struct run *run, uintptr_t where, bool write, uint32_t name);

#endif
