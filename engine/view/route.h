/* route.h -- wires on a grid, and the way of what travels along them.
 *
 * A route is every cell from one end to the other.  Wires collect routes, so that where several
 * meet the right corner, tee or crossing is drawn.
 */
#ifndef BRAID_VIEW_ROUTE_H
#define BRAID_VIEW_ROUTE_H

#include "view/grid.h"

#include <stdint.h>

enum { ROUTE_MOST = 400 }; /* cells; what is beyond is left out */

struct route {
    int n;
    struct { int16_t row, col; } at[ROUTE_MOST];
};

/* Goes on in a straight line, along the row or the column; the first call is where it begins. */
void route_to(struct route *route, int row, int col);

/* Goes on by a column in between: along the row to it, up or down, and along the other row. */
void route_by(struct route *route, int between, int row, int col);

/* How much a wire matters now; what lies ahead is drawn double. */
enum wire_level { WIRE_IDLE, WIRE_WAITING, WIRE_AHEAD, WIRE_LIVE };

struct wires {
    struct rect area;
    uint16_t *cells; /* four directions for each level */
};

/* false: out of memory. */
bool wires_init(struct wires *wires, struct rect area);
void wires_release(struct wires *wires);
void wires_add(struct wires *wires, const struct route *route, enum wire_level level);
void wires_draw(const struct wires *wires, struct grid *grid);

/* Nothing is drawn at a cell: what they come to is seen there. */
void wires_cut(struct wires *wires, int row, int col);

/* A piece along a row. */
const char *wire_line(const struct grid *grid, enum wire_level level);

/* What is seen of a wire of this level without colour: its style. */
enum style wire_style(enum wire_level level);

#endif
