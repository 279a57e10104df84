/* route.c -- wires on a grid, and the way of what travels along them. */
#include "view/route.h"

#include <stdlib.h>

enum direction { UP = 1, RIGHT = 2, DOWN = 4, LEFT = 8 };

static void add_point(struct route *route, int row, int col)
{
    if (route->n == ROUTE_MOST)
        return;
    route->at[route->n].row = (int16_t)row;
    route->at[route->n].col = (int16_t)col;
    route->n++;
}

static int toward(int from, int to)
{
    return (from < to) - (from > to);
}

void route_to(struct route *route, int row, int col)
{
    int at_row, at_col;

    if (route->n == 0) {
        add_point(route, row, col);
        return;
    }
    at_row = route->at[route->n - 1].row;
    at_col = route->at[route->n - 1].col;
    while ((at_row != row || at_col != col) && route->n < ROUTE_MOST) {
        if (at_col != col)
            at_col += toward(at_col, col);
        else
            at_row += toward(at_row, row);
        add_point(route, at_row, at_col);
    }
}

void route_by(struct route *route, int between, int row, int col)
{
    if (route->n > 0)
        route_to(route, route->at[route->n - 1].row, between);
    route_to(route, row, between);
    route_to(route, row, col);
}

/* --- wires --------------------------------------------------------------- */

bool wires_init(struct wires *wires, struct rect area)
{
    int cells = area.rows > 0 && area.cols > 0 ? area.rows * area.cols : 0;

    wires->area = area;
    wires->cells = calloc((size_t)cells + 1, sizeof *wires->cells);
    return wires->cells != NULL;
}

void wires_release(struct wires *wires)
{
    free(wires->cells);
    *wires = (struct wires){0};
}

static void open_side(struct wires *wires, int row, int col, unsigned direction,
                      enum wire_level level)
{
    int r = row - wires->area.row, c = col - wires->area.col;

    if (r >= 0 && r < wires->area.rows && c >= 0 && c < wires->area.cols)
        wires->cells[r * wires->area.cols + c] |= (uint16_t)(direction << 4 * level);
}

void wires_add(struct wires *wires, const struct route *route, enum wire_level level)
{
    for (int i = 0; i + 1 < route->n; i++) {
        int down = route->at[i + 1].row - route->at[i].row;
        int right = route->at[i + 1].col - route->at[i].col;
        unsigned out = down > 0 ? DOWN : down < 0 ? UP : right > 0 ? RIGHT : LEFT;
        unsigned in = down > 0 ? UP : down < 0 ? DOWN : right > 0 ? LEFT : RIGHT;

        open_side(wires, route->at[i].row, route->at[i].col, out, level);
        open_side(wires, route->at[i + 1].row, route->at[i + 1].col, in, level);
    }
}

enum style wire_style(enum wire_level level)
{
    return level == WIRE_LIVE ? STYLE_VALUE : level == WIRE_WAITING ? STYLE_BLOCKED : STYLE_DIM;
}

static const char *glyph_of(const struct grid *grid, unsigned open, bool heavy)
{
    static const char *const light[16] = {
        " ", "│", "─", "╰", "│", "│", "╭", "├", "─", "╯", "─", "┴", "╮", "┤", "┬", "┼"};
    static const char *const thick[16] = {
        " ", "┃", "━", "┗", "┃", "┃", "┏", "┣", "━", "┛", "━", "┻", "┓", "┫", "┳", "╋"};
    bool across = !(open & (UP | DOWN)), along = !(open & (LEFT | RIGHT));

    if (heavy)
        return grid_glyph(grid, thick[open], across ? "=" : "#");
    return grid_glyph(grid, light[open], across ? "-" : along ? "|" : "+");
}

void wires_draw(const struct wires *wires, struct grid *grid)
{
    for (int row = 0; row < wires->area.rows; row++)
        for (int col = 0; col < wires->area.cols; col++) {
            uint16_t cell = wires->cells[row * wires->area.cols + col];
            unsigned live = cell >> 4 * WIRE_LIVE & 15, waiting = cell >> 4 * WIRE_WAITING & 15;
            unsigned open = live ? live : (cell & 15u) | waiting;

            if (cell)
                grid_put(grid, wires->area.row + row, wires->area.col + col, 1,
                         wire_style(live ? WIRE_LIVE : waiting ? WIRE_WAITING : WIRE_IDLE),
                         glyph_of(grid, open, live != 0));
        }
}
