/* braid.c -- the braid view: a strand for each goroutine, time running down, a moment a row.
 *
 * Where the strands of all goroutines find room each keeps its column for the whole run; where they
 * do not, main has one and whoever acts in the rows shown, from the present one outward.
 */
#include "view/braid.h"

#include "base/text.h"
#include "grade/words.h"
#include "view/past.h"
#include "view/scene.h"
#include "view/stage.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    MARGIN = 7,                      /* "> 1234 " */
    PITCH_MOST = 11, PITCH_LEAST = 3, /* columns from a strand to the next */
    PLAIN_ROWS = 200, PLAIN_COLS = 160, /* of a piece of the plain form; all points fit into it */
};

/* One access of a race, in a row after the moment it followed. */
struct point {
    uint32_t moment;
    const struct finding *finding;
    bool second;
};

/* A moment, or a point of a race after it. */
struct row {
    uint32_t moment;
    const struct point *point; /* NULL: the moment itself */
};

struct braid {
    const struct trace *trace;
    const struct lines *lines;
    const struct names *names;
    struct scene *scene;
    struct point points[2 * FINDINGS_MAX]; /* by moment */
    uint32_t npoints;
    int *column;      /* by goroutine: of its strand; -1 = not shown */
    uint32_t *last;   /* by goroutine: the last moment that is in the past; 0 = none */
    struct past *past; /* made at its first use; NULL: not yet */
    uint32_t past_of; /* the moment `last` was found for; UINT32_MAX = not yet */
};

/* One picture: where what is. */
struct sheet {
    struct grid *grid;
    struct rect area;   /* rows of moments, without the heads of the strands */
    int pitch, strands; /* strands shown */
    uint32_t hidden;
    uint32_t here;
    bool order;         /* the past is to be heavy */
};

/* --- races --------------------------------------------------------------- */

/* The moment after which an access came. */
static uint32_t moment_of(const struct braid *braid, const struct finding_place *place)
{
    uint32_t event = place->event;

    if (event == UINT32_MAX)
        event = names_goroutine_event(braid->names, place->g);
    return event == UINT32_MAX ? 1 : lines_of_event(braid->lines, event);
}

static void add_point(struct braid *braid, const struct finding *finding, bool second)
{
    struct point point = {
        second && finding->event != UINT32_MAX ? lines_of_event(braid->lines, finding->event)
        : moment_of(braid, second ? &finding->at : &finding->other), finding, second};
    uint32_t i = braid->npoints++;

    for (; i > 0 && braid->points[i - 1].moment > point.moment; i--)
        braid->points[i] = braid->points[i - 1];
    braid->points[i] = point;
}

static const struct finding_place *place_of(const struct point *point)
{
    return point->second ? &point->finding->at : &point->finding->other;
}

/* "race, no path from step 3: worker 1 reads count (counter.lua:4)" */
static void tell_point(const struct braid *braid, const struct point *point, struct text *out)
{
    const struct finding_place *place = place_of(point);
    const char *name = trace_text(braid->trace, point->finding->text);

    text_add(out, "race");
    if (point->second)
        text_addf(out, ", no path from step %u", moment_of(braid, &point->finding->other));
    text_addf(out, ": %s %s ", names_goroutine(braid->names, place->g),
              place->write ? "writes" : "reads");
    words_safe(out, *name ? name : "memory", 40);
    if (place->line) {
        text_add(out, " (");
        words_place(out, braid->trace, names_program(braid->names), place->file, place->line);
        text_add(out, ")");
    }
}

/* --- the past ------------------------------------------------------------ */

/* Finds what happens before a moment, or before the access of a race that follows it. */
static void find_past(struct braid *braid, uint32_t moment)
{
    uint32_t all = scene_goroutines(braid->scene), events = braid->lines->first[moment];
    const struct event *head = &braid->trace->events[events];
    uint32_t g = 0;

    if (braid->past_of == moment)
        return;
    braid->past_of = moment;
    if (moment > 0 && events < braid->trace->count) {
        g = head->g;
        events += head->kind != EVENT_END; /* who has ended knows nothing any more */
    }
    for (uint32_t i = 0; i < braid->npoints; i++)
        if (braid->points[i].moment == moment && braid->points[i].second) {
            g = place_of(&braid->points[i])->g;
            events = braid->lines->first[moment + 1];
        }
    if (!braid->past)
        braid->past = past_new(braid->trace, all, scene_objects(braid->scene));
    if (!braid->past || !past_find(braid->past, braid->last, events, g))
        g = 0;
    for (uint32_t id = 0; id <= all; id++)
        braid->last[id] = g == 0 || braid->last[id] == UINT32_MAX
                              ? 0 : lines_of_event(braid->lines, braid->last[id]);
}

/* --- strands ------------------------------------------------------------- */

static bool is_hand_off(const struct event *event)
{
    return (event->kind == EVENT_SEND || event->kind == EVENT_RECV || event->kind == EVENT_GO) &&
           event->g != 0 && event->other != 0;
}

/* g is to have a strand, if there is one left. */
static void want(struct braid *braid, uint32_t g, int *left)
{
    if (g == 0 || g > scene_goroutines(braid->scene) || braid->column[g] >= 0 || *left == 0)
        return;
    braid->column[g] = 0;
    (*left)--;
}

/* Whoever takes part in a row is to have a strand. */
static void want_actors(struct braid *braid, const struct row *row, int *left)
{
    uint32_t end = braid->lines->first[row->moment + 1];

    if (row->point)
        want(braid, place_of(row->point)->g, left);
    for (uint32_t i = braid->lines->first[row->moment]; i < end; i++) {
        want(braid, braid->trace->events[i].g, left);
        if (is_hand_off(&braid->trace->events[i]))
            want(braid, braid->trace->events[i].other, left);
    }
}

/* Places the strands that n rows are to show into so many columns; where there are too few, those
 * of the rows nearest to the present one come first. */
static void place_strands(struct braid *braid, struct sheet *sheet, const struct row *rows, int n,
                          int cols)
{
    int all = (int)scene_goroutines(braid->scene), most = cols / PITCH_LEAST, left = most;
    int here = 0;
    bool fits = all <= most;

    for (int g = 1; g <= all; g++)
        braid->column[g] = fits ? 0 : -1;
    if (!fits)
        want(braid, 1, &left);
    while (here < n - 1 && rows[here].moment < sheet->here)
        here++;
    for (int away = 0; !fits && away < n; away++) {
        if (here - away >= 0)
            want_actors(braid, &rows[here - away], &left);
        if (here + away < n)
            want_actors(braid, &rows[here + away], &left);
    }
    sheet->strands = 0;
    for (int g = 1; g <= all; g++)
        if (braid->column[g] == 0)
            braid->column[g] = sheet->strands++;
    sheet->hidden = (uint32_t)(all - sheet->strands);
    sheet->pitch = cols / (sheet->strands ? sheet->strands : 1);
    if (sheet->pitch > PITCH_MOST)
        sheet->pitch = PITCH_MOST;
}

/* The column of the grid, -1: it is not shown. */
static int x_of(const struct braid *braid, const struct sheet *sheet, uint32_t g)
{
    if (g == 0 || g > scene_goroutines(braid->scene) || braid->column[g] < 0)
        return -1;
    return sheet->area.col + MARGIN + braid->column[g] * sheet->pitch + sheet->pitch / 4;
}

/* "worker 12", or "w12", or "12": what there is room for. */
static void draw_heads(const struct braid *braid, const struct sheet *sheet)
{
    int row = sheet->area.row - 1, room = sheet->pitch - 1;

    for (uint32_t g = 1; g <= scene_goroutines(braid->scene); g++) {
        const char *name = names_goroutine(braid->names, g);
        size_t digits = strlen(name);
        int x = x_of(braid, sheet, g) - sheet->pitch / 4;

        if (braid->column[g] < 0)
            continue;
        while (digits > 0 && isdigit((unsigned char)name[digits - 1]))
            digits--;
        if (grid_width(name) <= room || !name[digits])
            grid_put(sheet->grid, row, x, room, STYLE_BOLD, name);
        else if (grid_width(name + digits) < room && !(*name & 0x80))
            grid_putf(sheet->grid, row, x, room, STYLE_BOLD, "%c%s", *name, name + digits);
        else
            grid_put(sheet->grid, row, x, room, STYLE_BOLD, name + digits);
    }
    if (sheet->hidden)
        grid_putf(sheet->grid, row, sheet->area.col + MARGIN + sheet->strands * sheet->pitch, 12,
                  STYLE_DIM, "+%u more", sheet->hidden);
}

static bool in_past(const struct braid *braid, const struct sheet *sheet, uint32_t g,
                    uint32_t moment)
{
    return sheet->order && g <= scene_goroutines(braid->scene) && moment <= braid->last[g];
}

static void draw_strands(const struct braid *braid, const struct sheet *sheet, int row,
                         uint32_t moment)
{
    for (uint32_t g = 1; g <= scene_goroutines(braid->scene); g++) {
        enum scene_state state = scene_state(braid->scene, g);
        bool waits = state == SCENE_BLOCKED, past = in_past(braid, sheet, g, moment);
        const char *glyph = waits ? grid_glyph(sheet->grid, "┊", ":")
                                  : grid_glyph(sheet->grid, "│", "|");
        int x = x_of(braid, sheet, g);

        if (x < 0 || state == SCENE_UNBORN || state == SCENE_ENDED || state == SCENE_PANICKED)
            continue;
        if (past)
            glyph = waits ? grid_glyph(sheet->grid, "┋", "%") : grid_glyph(sheet->grid, "┃", "#");
        grid_put(sheet->grid, row, x, 1,
                 past ? STYLE_BOLD : waits || sheet->order ? STYLE_DIM : STYLE_RUNNING, glyph);
    }
}

/* --- one moment ---------------------------------------------------------- */

static void draw_mark(const struct braid *braid, const struct sheet *sheet, int row, uint32_t g,
                      enum style style, const char *mark)
{
    int x = x_of(braid, sheet, g);

    if (x >= 0)
        grid_put(sheet->grid, row, x, 1, style, mark);
}

/* From one strand to another, over those between, with what it carries. */
static void draw_crossing(const struct braid *braid, const struct sheet *sheet, int row,
                          uint32_t from, uint32_t to, bool buffered, const char *label)
{
    struct grid *grid = sheet->grid;
    int a = x_of(braid, sheet, from), b = x_of(braid, sheet, to), left = a < b ? a : b;
    int right = a < b ? b : a, room = sheet->pitch - 4;
    const char *line = buffered ? grid_glyph(grid, "╌", ".") : grid_glyph(grid, "─", "-");

    if (a < 0 || b < 0 || a == b)
        return;
    for (int x = left + 1; x < right; x++)
        grid_put(grid, row, x, 1, STYLE_CHANNEL, grid->cells[row * grid->cols + x].rune == ' '
                                                     ? line : grid_glyph(grid, "┼", "+"));
    grid_put(grid, row, a < b ? b - 1 : b + 1, 1, STYLE_CHANNEL,
             a < b ? grid_glyph(grid, "▶", ">") : grid_glyph(grid, "◀", "<"));
    if (grid_width(label) <= room)
        grid_put(grid, row, a < b ? a + 2 : a - 1 - grid_width(label), room, STYLE_VALUE, label);
}

/* Who sent what a receive is about to take out of a buffer; 0: nobody is known. */
static uint32_t giver(const struct braid *braid, const struct event *event)
{
    uint32_t slot = scene_slot(braid->scene, event->obj, 0);

    if (event->flags & EVENT_CLOSED || slot >= braid->trace->count ||
        braid->trace->events[slot].kind != EVENT_SEND)
        return 0;
    return braid->trace->events[slot].g;
}

/* A value, or a start, that goes from one to another; `from` is known by another event than this
 * where a buffer was between. */
static void draw_hand_off(const struct braid *braid, const struct sheet *sheet, int row,
                          const struct event *event, uint32_t from)
{
    struct text label = {0};

    if (event->kind == EVENT_GO)
        text_add(&label, "go");
    else if (event->value_kind != VALUE_NONE)
        words_value(&label, braid->trace, event->value_kind, event->value);
    draw_crossing(braid, sheet, row, from, from == event->g ? event->other : event->g,
                  !event->other, text_string(&label));
    if (event->other)
        draw_mark(braid, sheet, row, event->other, STYLE_READY, grid_glyph(sheet->grid, "○", "o"));
    text_release(&label);
}

static void draw_moment(struct braid *braid, const struct sheet *sheet, int row, uint32_t moment)
{
    uint32_t first = braid->lines->first[moment], end = braid->lines->first[moment + 1];
    const struct event *head = &braid->trace->events[first];
    uint32_t from = 0;

    if (head->kind == EVENT_RECV && !head->other) { /* a receive always begins its moment */
        scene_go(braid->scene, first);
        from = giver(braid, head);
    }
    scene_go(braid->scene, end);
    draw_strands(braid, sheet, row, moment);
    if (from)
        draw_hand_off(braid, sheet, row, head, from);
    for (uint32_t i = first; i < end; i++) {
        const struct event *event = &braid->trace->events[i];

        if (is_hand_off(event))
            draw_hand_off(braid, sheet, row, event,
                          event->kind == EVENT_RECV ? event->other : event->g);
        if (event->kind == EVENT_PANIC)
            draw_mark(braid, sheet, row, event->g, STYLE_BAD, grid_glyph(sheet->grid, "✗", "X"));
        else if (i == first)
            draw_mark(braid, sheet, row, event->g, STYLE_RUNNING,
                      grid_glyph(sheet->grid, "●", "*"));
    }
}

/* --- many moments -------------------------------------------------------- */

static int rows_of(const struct braid *braid, uint32_t moment)
{
    int count = 1;

    for (uint32_t i = 0; i < braid->npoints; i++)
        count += braid->points[i].moment == moment;
    return count;
}

/* The first moment of so many rows that end with those of `moment`. */
static uint32_t top_above(const struct braid *braid, uint32_t moment, int rows)
{
    rows -= rows_of(braid, moment);
    while (moment > 1 && rows >= rows_of(braid, moment - 1))
        rows -= rows_of(braid, --moment);
    return moment;
}

/* At most `most` rows from a moment on; returns how many there are. */
static int list_rows(const struct braid *braid, uint32_t moment, struct row *rows, int most)
{
    int n = 0;

    for (; moment < braid->lines->count && n < most; moment++) {
        rows[n++] = (struct row){moment, NULL};
        for (uint32_t i = 0; i < braid->npoints && n < most; i++)
            if (braid->points[i].moment == moment)
                rows[n++] = (struct row){moment, &braid->points[i]};
    }
    return n;
}

static void draw_row(struct braid *braid, const struct sheet *sheet, int at, const struct row *row)
{
    bool here = row->moment == sheet->here;

    if (!row->point) {
        grid_putf(sheet->grid, at, sheet->area.col, MARGIN, here ? STYLE_HERE : STYLE_DIM, "%s%5u ",
                  here ? grid_glyph(sheet->grid, "▶", ">") : " ", row->moment);
        draw_moment(braid, sheet, at, row->moment);
        return;
    }
    draw_strands(braid, sheet, at, row->moment);
    draw_mark(braid, sheet, at, place_of(row->point)->g, STYLE_BAD,
              grid_glyph(sheet->grid, "✗", "X"));
}

static void tell_row(const struct braid *braid, const struct row *row, struct text *out)
{
    if (row->point)
        tell_point(braid, row->point, out);
    else
        lines_sentence(out, braid->lines, braid->trace, braid->names, row->moment, false);
}

/* The column of the sentences. */
static int words_column(const struct sheet *sheet)
{
    return sheet->area.col + MARGIN + sheet->strands * sheet->pitch + (sheet->hidden ? 9 : 1);
}

void braid_draw(struct braid *braid, struct grid *grid, struct rect area, uint32_t moment,
                bool order, struct hits *hits)
{
    struct sheet sheet = {.grid = grid, .area = {area.row + 1, area.col, area.rows - 1, area.cols},
                          .here = moment, .order = order};
    struct row *rows = calloc((size_t)(area.rows > 0 ? area.rows : 1), sizeof *rows);
    uint32_t last = braid->lines->count - 1, top, end;
    struct text words = {0};
    int n, col;

    if (moment > last)
        sheet.here = moment = last;
    if (!rows || area.rows < 2 || area.cols < 2 * MARGIN || last == 0)
        goto done;
    top = top_above(braid, moment ? moment : 1, sheet.area.rows * 2 / 3);
    end = top_above(braid, last, sheet.area.rows);
    n = list_rows(braid, end < top ? end : top, rows, sheet.area.rows);
    place_strands(braid, &sheet, rows, n, (area.cols - MARGIN) * 55 / 100);
    if (order)
        find_past(braid, moment);
    draw_heads(braid, &sheet);
    col = words_column(&sheet);
    for (int i = 0; i < n; i++) {
        enum style style = rows[i].point ? STYLE_BAD
                           : rows[i].moment == moment ? STYLE_BOLD : STYLE_DIM;

        hits_add(hits, (struct rect){sheet.area.row + i, area.col, 1, area.cols}, HIT_MOMENT,
                 rows[i].moment);
        draw_row(braid, &sheet, sheet.area.row + i, &rows[i]);
        text_clear(&words);
        tell_row(braid, &rows[i], &words);
        grid_put_short(grid, sheet.area.row + i, col, area.col + area.cols - col, style,
                       text_string(&words));
    }
done:
    free(rows);
    text_release(&words);
}

/* The strands of some rows, and each row's sentence in full after them. */
static bool add_plain(struct braid *braid, const struct row *rows, int n, struct text *out,
                      bool ascii)
{
    struct grid grid;
    struct sheet sheet = {.grid = &grid, .area = {1, 0, n, PLAIN_COLS}, .here = UINT32_MAX};
    char *drawn, *line, *end;

    if (!grid_init(&grid, n + 1, PLAIN_COLS, ascii))
        return false;
    place_strands(braid, &sheet, rows, n, PLAIN_COLS - 2 * MARGIN);
    draw_heads(braid, &sheet);
    for (int i = 0; i < n; i++)
        draw_row(braid, &sheet, i + 1, &rows[i]);
    drawn = line = grid_text(&grid);
    for (int i = 0; line && i <= n && (end = strchr(line, '\n')); i++, line = end + 1) {
        text_add_n(out, line, (size_t)(end - line));
        if (i > 0)
            text_addf(out, "%*s", words_column(&sheet) - grid_width_n(line, (size_t)(end - line)),
                      "");
        if (i > 0)
            tell_row(braid, &rows[i - 1], out);
        text_add_char(out, '\n');
    }
    free(drawn);
    grid_release(&grid);
    return drawn != NULL;
}

char *braid_plain(struct braid *braid, bool ascii)
{
    struct row *rows = calloc(PLAIN_ROWS, sizeof *rows);
    struct text out = {0};
    uint32_t moment = 1;
    bool whole = rows != NULL;

    while (whole && moment < braid->lines->count) {
        int n = list_rows(braid, moment, rows, PLAIN_ROWS);

        uint32_t next = rows[n - 1].moment + 1;

        if (n == PLAIN_ROWS && rows[0].moment + 1 < next) { /* the last may not be whole */
            next--;
            while (rows[n - 1].moment == next)
                n--;
        }
        whole = add_plain(braid, rows, n, &out, ascii);
        moment = next;
    }
    free(rows);
    if (!whole) {
        text_release(&out);
        return NULL;
    }
    return text_take(&out);
}

struct braid *braid_new(const struct trace *trace, const struct lines *lines,
                        const struct names *names, const struct findings *findings)
{
    struct braid *braid = calloc(1, sizeof *braid);

    if (!braid)
        return NULL;
    braid->trace = trace;
    braid->lines = lines;
    braid->names = names;
    braid->past_of = UINT32_MAX;
    braid->scene = scene_new(trace);
    if (!braid->scene)
        goto fail;
    braid->column = calloc((size_t)scene_goroutines(braid->scene) + 1, sizeof *braid->column);
    braid->last = calloc((size_t)scene_goroutines(braid->scene) + 1, sizeof *braid->last);
    if (!braid->column || !braid->last)
        goto fail;
    for (uint32_t i = 0; findings && i < findings->count && i < FINDINGS_MAX; i++)
        if (findings->at[i].kind == FINDING_RACE) {
            add_point(braid, &findings->at[i], false);
            add_point(braid, &findings->at[i], true);
        }
    return braid;
fail:
    braid_free(braid);
    return NULL;
}

void braid_free(struct braid *braid)
{
    if (!braid)
        return;
    scene_free(braid->scene);
    past_free(braid->past);
    free(braid->column);
    free(braid->last);
    free(braid);
}
