/* braid_order.c -- what comes before the present moment of a braid, and what after it. */
#include "view/braid_state.h"

#include "grade/words.h"
#include "view/route.h"

#include <stdlib.h>

/* --- finding it ---------------------------------------------------------- */

/* The cones and what lies in them, made at their first use. */
static bool make_cones(struct braid *braid)
{
    size_t ids = (size_t)scene_goroutines(braid->scene) + 1;

    if (braid->cones)
        return true;
    if (!braid->past)
        braid->past = calloc(ids, sizeof *braid->past);
    if (!braid->future)
        braid->future = calloc(ids, sizeof *braid->future);
    if (!braid->last)
        braid->last = calloc(ids, sizeof *braid->last);
    if (!braid->first)
        braid->first = calloc(ids, sizeof *braid->first);
    if (braid->past && braid->future && braid->last && braid->first)
        braid->cones = cones_new(braid->trace, scene_goroutines(braid->scene),
                                 scene_objects(braid->scene));
    return braid->cones != NULL;
}

bool braid_order_find(struct braid *braid, uint32_t moment)
{
    const struct lines *lines = braid->lines;
    uint32_t from = moment, to = moment, event = lines->first[moment], g = 0;

    if (braid->order_of == moment)
        return true;
    if (!make_cones(braid))
        return false;
    braid->order_of = moment;
    braid->race = braid_race_at(braid, moment, &from, &to);
    if (braid->race) { /* the accesses follow their moments */
        cones_past(braid->cones, braid->past, lines->first[to + 1], braid->race->at.g);
        cones_future(braid->cones, braid->future, lines->first[from + 1], braid->race->other.g);
    } else {
        if (moment > 0 && event < braid->trace->count)
            g = braid->trace->events[event].g;
        cones_past(braid->cones, braid->past, event + 1, g);
        cones_future(braid->cones, braid->future, event, g);
    }
    for (uint32_t id = 0; id <= scene_goroutines(braid->scene); id++) {
        uint32_t last = braid->past[id].event, first = braid->future[id].event;

        braid->last[id] = last == UINT32_MAX ? 0 : lines_of_event(lines, last);
        braid->first[id] = first == UINT32_MAX ? UINT32_MAX : lines_of_event(lines, first);
    }
    return true;
}

enum strand braid_order_at(const struct braid *braid, const struct sheet *sheet, uint32_t g,
                           uint32_t moment)
{
    if (!sheet->order || g > scene_goroutines(braid->scene))
        return STRAND_NEITHER;
    return moment <= braid->last[g]    ? STRAND_PAST
           : moment >= braid->first[g] ? STRAND_FUTURE : STRAND_NEITHER;
}

/* --- arrows -------------------------------------------------------------- */

/* From an event of one goroutine to the later event of another, or the same, that it leads to. */
struct arrow {
    uint32_t from_g, from, to_g, to;
    enum wire_level level;
};

/* The row of a moment: above the first it is the one above, below the last the one below. */
static int row_of(const struct sheet *sheet, uint32_t moment)
{
    int i = 0;

    while (i < sheet->nrows && sheet->rows[i].moment < moment)
        i++;
    if (i == 0 && sheet->nrows > 0 && sheet->rows[0].moment > moment)
        i = -1;
    return sheet->area.row + i;
}

static bool is_shown(const struct sheet *sheet, int row)
{
    return row >= sheet->area.row && row < sheet->area.row + sheet->nrows;
}

/* What crosses over within one row is drawn already: it becomes as thick as an arrow. */
static void thicken(const struct sheet *sheet, int row, int a, int b, enum wire_level level)
{
    struct grid *grid = sheet->grid;
    const char *line = wire_line(grid, level);

    for (int x = (a < b ? a : b) + 1; x < (a < b ? b : a); x++) {
        uint32_t rune = grid->cells[row * grid->cols + x].rune;

        if (rune == 0x2500 || rune == 0x254c || rune == 0x2550 || rune == '-' || rune == '.' ||
            rune == '~') /* a line of any kind: a value's own characters stay */
            grid_put(grid, row, x, 1, wire_style(level), line);
        else
            grid_style(grid, (struct rect){row, x, 1, 1}, wire_style(level));
    }
}

static void draw_head(const struct sheet *sheet, int row, int a, int b, enum wire_level level)
{
    const char *right = level == WIRE_LIVE ? "▶" : "▷", *left = level == WIRE_LIVE ? "◀" : "◁";

    grid_put(sheet->grid, row, a < b ? b - 1 : b + 1, 1, wire_style(level),
             a < b ? grid_glyph(sheet->grid, right, ">") : grid_glyph(sheet->grid, left, "<"));
}

/* Along the row of the first event to beside the other's strand, down, and in.  An end that is not
 * shown is above or below. */
static void add_arrow(const struct braid *braid, const struct sheet *sheet, struct wires *wires,
                      const struct arrow *arrow)
{
    int a = braid_x(braid, sheet, arrow->from_g), b = braid_x(braid, sheet, arrow->to_g);
    int from = row_of(sheet, arrow->from), to = row_of(sheet, arrow->to);
    int beside = a < b ? b - 2 : b + 2;
    struct route route = {.n = 0};

    if (a < 0 || b < 0 || a == b || (!is_shown(sheet, from) && !is_shown(sheet, to)))
        return;
    if (from == to) {
        thicken(sheet, from, a, b, arrow->level);
        return;
    }
    route_to(&route, from, is_shown(sheet, from) ? a : beside);
    route_by(&route, beside, to, is_shown(sheet, to) ? (a < b ? b - 1 : b + 1) : beside);
    wires_add(wires, &route, arrow->level);
    wires_cut(wires, from, a); /* the strand is left as it is */
}

/* The one that a goroutine's reach came about by; false: it is the point's own. */
static bool find_arrow(const struct braid *braid, uint32_t g, bool past, struct arrow *arrow)
{
    const struct reach *reach = past ? &braid->past[g] : &braid->future[g];
    uint32_t there;

    if (reach->event == UINT32_MAX || reach->g == 0)
        return false;
    there = lines_of_event(braid->lines, reach->there);
    *arrow = past ? (struct arrow){g, braid->last[g], reach->g, there, WIRE_LIVE}
                  : (struct arrow){reach->g, there, g, braid->first[g], WIRE_AHEAD};
    return true;
}

void braid_order_arrows(const struct braid *braid, const struct sheet *sheet)
{
    uint32_t all = scene_goroutines(braid->scene);
    struct wires wires;
    struct arrow arrow;

    if (!wires_init(&wires, sheet->area))
        return;
    for (uint32_t g = 1; g <= all; g++)
        for (int past = 0; past < 2; past++) /* of the present moment both are, it counts as past */
            if (find_arrow(braid, g, past, &arrow))
                add_arrow(braid, sheet, &wires, &arrow);
    wires_draw(&wires, sheet->grid);
    for (uint32_t g = 1; g <= all; g++)
        for (int past = 0; past < 2; past++) {
            int row = find_arrow(braid, g, past, &arrow) ? row_of(sheet, arrow.to) : -1;
            int a = row < 0 ? -1 : braid_x(braid, sheet, arrow.from_g);
            int b = row < 0 ? -1 : braid_x(braid, sheet, arrow.to_g);

            if (a >= 0 && b >= 0 && a != b && is_shown(sheet, row) && arrow.from != arrow.to)
                draw_head(sheet, row, a, b, arrow.level);
        }
    wires_release(&wires);
}

/* --- in words ------------------------------------------------------------ */

/* ": main up to step 6, worker 1 up to 7"; false: of nobody else. */
static bool tell_reach(const struct braid *braid, bool past, struct text *out)
{
    const struct reach *reach = past ? braid->past : braid->future;
    const uint32_t *moment = past ? braid->last : braid->first;
    bool any = false;

    for (uint32_t g = 1; g <= scene_goroutines(braid->scene); g++) {
        if (reach[g].event == UINT32_MAX || reach[g].g == 0)
            continue;
        text_addf(out, "%s %s %s%s %u", any ? "," : ":", names_goroutine(braid->names, g),
                  past ? "up to" : "from", any ? "" : " step", moment[g]);
        any = true;
    }
    return any;
}

static void tell_cone(const struct braid *braid, const struct sheet *sheet, struct rect area,
                      bool past)
{
    enum wire_level level = past ? WIRE_LIVE : WIRE_AHEAD;
    struct text words = {0};

    text_add(&words, past ? "leads here" : "follows from it");
    if (!tell_reach(braid, past, &words)) {
        text_clear(&words);
        text_add(&words, past ? "nothing of the others leads here" : "nobody else hears of it");
    }
    grid_put(sheet->grid, area.row, area.col, 1, wire_style(level),
             past ? grid_glyph(sheet->grid, "┃", "#") : grid_glyph(sheet->grid, "║", "\""));
    grid_put_short(sheet->grid, area.row, area.col + 2, area.cols - 2, STYLE_PLAIN,
                   text_string(&words));
    text_release(&words);
}

/* "no path from worker 1 (reads count after step 2) to main (writes it after step 9)" */
static void tell_race(const struct braid *braid, const struct sheet *sheet, struct rect area)
{
    const struct finding *race = braid->race;
    uint32_t from = 0, to = 0;
    struct text words = {0};

    braid_race_at(braid, braid->order_of, &from, &to);
    if (area.rows > 1) {
        const char *name = trace_text(braid->trace, race->text);

        text_addf(&words, "%s no path: %s %s ", grid_glyph(sheet->grid, "✗", "X"),
                  names_goroutine(braid->names, race->other.g),
                  race->other.write ? "writes" : "reads");
        words_safe(&words, *name ? name : "memory", 40);
        text_addf(&words, " after step %u, %s %s it after %u", from,
                  names_goroutine(braid->names, race->at.g),
                  race->at.write ? "writes" : "reads", to);
        grid_put_short(sheet->grid, area.row, area.col, area.cols, STYLE_BAD, text_string(&words));
        area.row++;
        text_clear(&words);
    }
    text_addf(&words, "%s what follows the first and %s what leads to the second never meet",
              grid_glyph(sheet->grid, "║", "\""), grid_glyph(sheet->grid, "┃", "#"));
    grid_put_short(sheet->grid, area.row, area.col, area.cols, STYLE_BAD, text_string(&words));
    text_release(&words);
}

void braid_order_tell(const struct braid *braid, const struct sheet *sheet, struct rect area)
{
    if (area.rows == 0 || braid->order_of == 0)
        return;
    if (braid->race) {
        tell_race(braid, sheet, area);
        return;
    }
    tell_cone(braid, sheet, area, true);
    area.row++;
    if (area.rows > 1)
        tell_cone(braid, sheet, area, false);
}
