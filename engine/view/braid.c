/* braid.c -- the braid view: a strand for each goroutine, time running down, a moment a row.
 *
 * Where the strands of all goroutines find room each keeps its column for the whole run; where they
 * do not, main has one and whoever acts in the rows shown, from the present one outward.
 */
#include "view/braid_state.h"

#include "grade/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    PITCH_MOST = 11, PITCH_LEAST = 3, /* columns from a strand to the next */
    SHORT_LEAST = 5, /* columns of a name that is worth an ellipsis */
    TOLD_LEAST = 10, /* rows from which on two are for who is before and after */
    PLAIN_ROWS = 200, PLAIN_COLS = 160, /* of a piece of the plain form; all points fit into it */
};

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
        want(braid, braid_race_place(row->point)->g, left);
    for (uint32_t i = braid->lines->first[row->moment]; i < end; i++) {
        want(braid, braid->trace->events[i].g, left);
        if (is_hand_off(&braid->trace->events[i]))
            want(braid, braid->trace->events[i].other, left);
    }
}

/* Places the strands that the rows are to show into so many columns; where there are too few, those
 * of the rows nearest to the present one come first. */
static void place_strands(struct braid *braid, struct sheet *sheet, int cols)
{
    int all = (int)scene_goroutines(braid->scene), most = cols / PITCH_LEAST, left = most;
    int here = 0;
    const struct row *rows = sheet->rows;
    int n = sheet->nrows;
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

int braid_x(const struct braid *braid, const struct sheet *sheet, uint32_t g)
{
    if (g == 0 || g > scene_goroutines(braid->scene) || braid->column[g] < 0)
        return -1;
    return sheet->area.col + BRAID_MARGIN + braid->column[g] * sheet->pitch + sheet->pitch / 4;
}

/* "worker 12", or "w12", or "12": what there is room for. */
static void draw_heads(const struct braid *braid, const struct sheet *sheet)
{
    int row = sheet->area.row - 1, room = sheet->pitch - 1;

    for (uint32_t g = 1; g <= scene_goroutines(braid->scene); g++) {
        const char *name = names_goroutine(braid->names, g);
        size_t digits = strlen(name);
        int x = braid_x(braid, sheet, g) - sheet->pitch / 4;

        if (braid->column[g] < 0)
            continue;
        while (digits > 0 && isdigit((unsigned char)name[digits - 1]))
            digits--;
        if (grid_width(name) > room && !name[digits] && room >= SHORT_LEAST)
            grid_put_short(sheet->grid, row, x, room, STYLE_BOLD, name);
        else if (grid_width(name) <= room || !name[digits])
            grid_put(sheet->grid, row, x, room, STYLE_BOLD, name);
        else if (grid_width(name + digits) < room && !(*name & 0x80))
            grid_putf(sheet->grid, row, x, room, STYLE_BOLD, "%c%s", *name, name + digits);
        else
            grid_put(sheet->grid, row, x, room, STYLE_BOLD, name + digits);
    }
    if (sheet->hidden)
        grid_putf(sheet->grid, row,
                  sheet->area.col + BRAID_MARGIN + sheet->strands * sheet->pitch, 12, STYLE_DIM,
                  "+%u more", sheet->hidden);
}

static const char *strand_glyph(const struct grid *grid, enum strand strand, bool waits)
{
    switch (strand) {
    case STRAND_PAST: return waits ? grid_glyph(grid, "┋", "%") : grid_glyph(grid, "┃", "#");
    case STRAND_FUTURE: return waits ? grid_glyph(grid, "╎", "'") : grid_glyph(grid, "║", "\"");
    default: return waits ? grid_glyph(grid, "┊", ":") : grid_glyph(grid, "│", "|");
    }
}

static void draw_strands(const struct braid *braid, const struct sheet *sheet, int row,
                         uint32_t moment)
{
    for (uint32_t g = 1; g <= scene_goroutines(braid->scene); g++) {
        enum scene_state state = scene_state(braid->scene, g);
        bool waits = state == SCENE_BLOCKED;
        enum strand strand = braid_order_at(braid, sheet, g, moment);
        enum style style = strand == STRAND_PAST     ? STYLE_BOLD
                           : strand == STRAND_FUTURE ? STYLE_READY
                           : waits || sheet->order   ? STYLE_DIM : STYLE_RUNNING;
        int x = braid_x(braid, sheet, g);

        if (x < 0 || state == SCENE_UNBORN || state == SCENE_ENDED || state == SCENE_PANICKED)
            continue;
        grid_put(sheet->grid, row, x, 1, style, strand_glyph(sheet->grid, strand, waits));
    }
}

/* --- one moment ---------------------------------------------------------- */

static void draw_mark(const struct braid *braid, const struct sheet *sheet, int row, uint32_t g,
                      enum style style, const char *mark)
{
    int x = braid_x(braid, sheet, g);

    if (x >= 0)
        grid_put(sheet->grid, row, x, 1, style, mark);
}

/* From one strand to another, over those between, with what it carries. */
static void draw_crossing(const struct braid *braid, const struct sheet *sheet, int row,
                          uint32_t from, uint32_t to, bool buffered, const char *label)
{
    struct grid *grid = sheet->grid;
    int a = braid_x(braid, sheet, from), b = braid_x(braid, sheet, to), left = a < b ? a : b;
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
        grid_putf(sheet->grid, at, sheet->area.col, BRAID_MARGIN, here ? STYLE_HERE : STYLE_DIM,
                  "%s%5u ", here ? grid_glyph(sheet->grid, "▶", ">") : " ", row->moment);
        draw_moment(braid, sheet, at, row->moment);
        return;
    }
    draw_strands(braid, sheet, at, row->moment);
    draw_mark(braid, sheet, at, braid_race_place(row->point)->g, STYLE_BAD,
              grid_glyph(sheet->grid, "✗", "X"));
}

static void tell_row(const struct braid *braid, const struct row *row, struct text *out)
{
    if (row->point)
        braid_race_tell(braid, row->point, out);
    else
        lines_sentence(out, braid->lines, braid->trace, braid->names, row->moment, false);
}

/* The column of the sentences. */
static int words_column(const struct sheet *sheet)
{
    return sheet->area.col + BRAID_MARGIN + sheet->strands * sheet->pitch + (sheet->hidden ? 9 : 1);
}

/* The first moment shown: two thirds of the rows end with the present one, or begin with the first
 * access of its race, if that is near enough. */
static uint32_t first_shown(const struct braid *braid, const struct sheet *sheet)
{
    int rows = sheet->area.rows, between = 0;
    uint32_t last = braid->lines->count - 1, here = sheet->here ? sheet->here : 1, from, to;
    uint32_t top = top_above(braid, here, rows * 2 / 3), end = top_above(braid, last, rows);

    if (sheet->order && braid_race_at(braid, here, &from, &to) && from < top) {
        for (uint32_t m = from; m <= to && between <= rows; m++)
            between += rows_of(braid, m);
        top = between <= rows ? from : top;
    }
    return end < top ? end : top;
}

static void draw_rows(struct braid *braid, const struct sheet *sheet, struct hits *hits)
{
    const struct rect *area = &sheet->area;
    int col = words_column(sheet);
    struct text words = {0};

    for (int i = 0; i < sheet->nrows; i++) {
        const struct row *row = &sheet->rows[i];
        enum style style = row->point ? STYLE_BAD
                           : row->moment == sheet->here ? STYLE_BOLD : STYLE_DIM;

        hits_add(hits, (struct rect){area->row + i, area->col, 1, area->cols}, HIT_MOMENT,
                 row->moment);
        draw_row(braid, sheet, area->row + i, row);
        text_clear(&words);
        tell_row(braid, row, &words);
        grid_put_short(sheet->grid, area->row + i, col, area->col + area->cols - col, style,
                       text_string(&words));
    }
    text_release(&words);
}

void braid_draw(struct braid *braid, struct grid *grid, struct rect area, uint32_t moment,
                bool order, struct hits *hits)
{
    int told = !order || moment == 0      ? 0
               : area.rows >= TOLD_LEAST ? 2 : area.rows >= TOLD_LEAST / 2;
    struct sheet sheet = {.grid = grid, .here = moment, .order = order,
                          .area = {area.row + 1, area.col, area.rows - 1 - told, area.cols}};
    struct row *rows = calloc((size_t)(area.rows > 0 ? area.rows : 1), sizeof *rows);
    uint32_t last = braid->lines->count - 1;

    if (moment > last)
        sheet.here = moment = last;
    if (rows && area.rows >= 2 && area.cols >= 2 * BRAID_MARGIN && last > 0) {
        sheet.order = order && braid_order_find(braid, moment);
        sheet.nrows = list_rows(braid, first_shown(braid, &sheet), rows, sheet.area.rows);
        sheet.rows = rows;
        place_strands(braid, &sheet, (area.cols - BRAID_MARGIN) * 55 / 100);
        draw_heads(braid, &sheet);
        draw_rows(braid, &sheet, hits);
        if (sheet.order) {
            braid_order_arrows(braid, &sheet);
            braid_order_tell(braid, &sheet, (struct rect){area.row + area.rows - told, area.col,
                                                          told, area.cols});
        }
    }
    free(rows);
}

/* The strands of some rows, and each row's sentence in full after them. */
static bool add_plain(struct braid *braid, const struct row *rows, int n, struct text *out,
                      bool ascii)
{
    struct grid grid;
    struct sheet sheet = {.grid = &grid, .area = {1, 0, n, PLAIN_COLS}, .here = UINT32_MAX,
                          .rows = rows, .nrows = n};
    char *drawn, *line, *end;

    if (!grid_init(&grid, n + 1, PLAIN_COLS, ascii))
        return false;
    place_strands(braid, &sheet, PLAIN_COLS - 2 * BRAID_MARGIN);
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
    braid->order_of = UINT32_MAX;
    braid->scene = scene_new(trace);
    if (!braid->scene)
        goto fail;
    braid->column = calloc((size_t)scene_goroutines(braid->scene) + 1, sizeof *braid->column);
    if (!braid->column)
        goto fail;
    braid_race_points(braid, findings);
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
    cones_free(braid->cones);
    free(braid->column);
    free(braid->past);
    free(braid->future);
    free(braid->last);
    free(braid->first);
    free(braid);
}
