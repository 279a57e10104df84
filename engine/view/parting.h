/* parting.h -- where two runs of one program part, told side by side.
 *
 *        4 main sends 1 on jobs to worker 1           the same in both
 *     -- here they part -------------------
 *        5 worker 2 locks mu     |   5 worker 1 locks mu
 *        6 worker 1 blocks: ...  |   6 worker 1 unlocks mu
 *          deadlock: ...         |     ends without a fault
 */
#ifndef BRAID_VIEW_PARTING_H
#define BRAID_VIEW_PARTING_H

#include "check/finding.h"
#include "grade/program.h"
#include "rt/trace.h"
#include "view/grid.h"

#include <stdbool.h>
#include <stdint.h>

/* The first events at which two runs differ in who does what, OPTIONs left out; each count where
 * one run is the beginning of the other, or they are the same. */
void parting_find(const struct trace *one, const struct trace *other, uint32_t *in_one,
                  uint32_t *in_other);

struct parting;

/* A run with findings and one without; nearest: none without parts from it later.  Borrows all;
 * program may be NULL.  NULL: out of memory. */
struct parting *parting_new(const struct trace *failing, const struct findings *findings,
                            const struct trace *passing, bool nearest,
                            const struct program *program);
void parting_free(struct parting *parting);

/* The event at which they part, of the one that fails or of the other. */
uint32_t parting_event(const struct parting *parting, bool passing);

/* Draws the rows from `first` on; returns how many there are. */
int parting_draw(const struct parting *parting, struct grid *grid, struct rect area, int first);

#endif
