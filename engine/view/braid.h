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
 * heavy.
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

/* The rows around a moment (clamped); its own stands out.  `order`: the past of the moment too.
 * hits (may be NULL) takes the moments' rows. */
void braid_draw(struct braid *braid, struct grid *grid, struct rect area, uint32_t moment,
                bool order, struct hits *hits);

/* The whole run for --plain (heap); NULL: out of memory. */
char *braid_plain(struct braid *braid, bool ascii);

#endif
