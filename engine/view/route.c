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

void wires_cut(struct wires *wires, int row, int col)
{
    int r = row - wires->area.row, c = col - wires->area.col;

    if (r >= 0 && r < wires->area.rows && c >= 0 && c < wires->area.cols)
        wires->cells[r * wires->area.cols + c] = 0;
}

enum style wire_style(enum wire_level level)
{
    static const enum style styles[] = {
        [WIRE_IDLE] = STYLE_DIM, [WIRE_WAITING] = STYLE_BLOCKED, [WIRE_AHEAD] = STYLE_READY,
        [WIRE_LIVE] = STYLE_VALUE};

    return styles[level];
}

static const char *glyph_of(const struct grid *grid, unsigned open, enum wire_level level)
{
    static const char *const light[16] = {
        " ", "│", "─", "╰", "│", "│", "╭", "├", "─", "╯", "─", "┴", "╮", "┤", "┬", "┼"};
    static const char *const twice[16] = {
        " ", "║", "═", "╚", "║", "║", "╔", "╠", "═", "╝", "═", "╩", "╗", "╣", "╦", "╬"};
    static const char *const thick[16] = {
        " ", "┃", "━", "┗", "┃", "┃", "┏", "┣", "━", "┛", "━", "┻", "┓", "┫", "┳", "╋"};
    bool across = !(open & (UP | DOWN)), along = !(open & (LEFT | RIGHT));

    if (level == WIRE_LIVE)
        return grid_glyph(grid, thick[open], across ? "=" : "#");
    if (level == WIRE_AHEAD)
        return grid_glyph(grid, twice[open], across ? "~" : along ? "\"" : "+");
    return grid_glyph(grid, light[open], across ? "-" : along ? "|" : "+");
}

const char *wire_line(const struct grid *grid, enum wire_level level)
{
    return glyph_of(grid, LEFT | RIGHT, level);
}

void wires_draw(const struct wires *wires, struct grid *grid)
{
    for (int row = 0; row < wires->area.rows; row++)
        for (int col = 0; col < wires->area.cols; col++) {
            uint16_t cell = wires->cells[row * wires->area.cols + col];
            enum wire_level level = WIRE_LIVE;
            unsigned open;

            while (level > WIRE_IDLE && !(cell >> 4 * level & 15))
                level--;
            open = cell >> 4 * level & 15;
            if (level <= WIRE_WAITING) /* these two meet */
                open |= cell & 15;
            if (cell)
                grid_put(grid, wires->area.row + row, wires->area.col + col, 1, wire_style(level),
                         glyph_of(grid, open, level));
        }
}
