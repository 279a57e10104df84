/* braid.h -- the braid view: a strand for each goroutine, time running down, a moment a row.
 *
 *           main  worker 1  worker 2
 *      6    *-1----->o         :       main sends 1 on jobs to worker 1
 *      7    |        *         :       worker 1 sends 1 on results
 *      8    *-2------+-------->o       main sends 2 on jobs to worker 2
 *
 * A strand is solid while its goroutine can go on and dotted while it waits.  A value crosses from
 * who gave it to who got it: drawn through from hand to hand, dotted out of a buffer.  A race is
 * two points, each in a row of its own.  On demand what happened before the present moment is
 * heavy, what happens after it is double, and arrows lead from strand to strand where the one knows
 * of the other:
 *
 *      6    | +===*       |       worker 1 is done: wg counts down to 0
 * >    7    *<#   |       |       main has waited for wg: it is 0
 *
 * In the moment of a race these are what leads to its second access and what follows the first;
 * they do not meet.
 */
#ifndef BRAID_VIEW_BRAID_H
#define BRAID_VIEW_BRAID_H

#include "check/finding.h"
#include "grade/lines.h"
#include "grade/names.h"
#include "rt/trace.h"
#include "view/grid.h"
#include "view/hits.h"

#include <stdbool.h>
#include <stdint.h>

struct braid;

/* Borrows all as long as it lives; findings may be NULL.  NULL: out of memory. */
struct braid *braid_new(const struct trace *trace, const struct lines *lines,
                        const struct names *names, const struct findings *findings);
void braid_free(struct braid *braid);

/* The rows around a moment (clamped); its own stands out.  `order`: its past and future too.
 * hits (may be NULL) takes the moments' rows. */
void braid_draw(struct braid *braid, struct grid *grid, struct rect area, uint32_t moment,
                bool order, struct hits *hits);

/* The whole run for --plain (heap); NULL: out of memory. */
char *braid_plain(struct braid *braid, bool ascii);

#endif
