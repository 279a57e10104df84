/* cell.c -- one goroutine, or those of one name, in the room there is. */
#include "view/cell.h"

#include "base/text.h"
#include "grade/words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { NAME_WORDS = 5 }; /* columns that what a goroutine does needs at least */
enum { LINE_COLS = 26 }; /* a row has room for its line from here on */

/* --- how states look ----------------------------------------------------- */

static const struct {
    const char *mark, *ascii, *word;
    enum style style;
} looks[CELL_STATES] = {
    [SCENE_UNBORN] = {" ", " ", "", STYLE_DIM},
    [SCENE_READY] = {"○", "o", "ready", STYLE_READY},
    [SCENE_RUNNING] = {"●", "*", "running", STYLE_RUNNING},
    [SCENE_BLOCKED] = {"■", "#", "blocked", STYLE_BLOCKED},
    [SCENE_ENDED] = {"✓", "v", "ended", STYLE_ENDED},
    [SCENE_PANICKED] = {"✗", "X", "panicked", STYLE_BAD},
};

const char *stage_mark(const struct grid *grid, enum scene_state state)
{
    return grid_glyph(grid, looks[state].mark, looks[state].ascii);
}

enum style stage_style(enum scene_state state)
{
    return looks[state].style;
}

const char *cell_word(enum scene_state state)
{
    return looks[state].word;
}

bool cell_is_asleep(const struct scene_goroutine *g)
{
    return g->state == SCENE_BLOCKED && g->wait == WAIT_SLEEP;
}

static const char *mark_of(const struct grid *grid, const struct scene_goroutine *g,
                           enum scene_state state)
{
    return cell_is_asleep(g) ? grid_glyph(grid, "◔", "z") : stage_mark(grid, state);
}

static enum style style_of(const struct scene_goroutine *g, enum scene_state state)
{
    return cell_is_asleep(g) ? STYLE_DIM : looks[state].style;
}

/* The channels a select waits for: " jobs, ctx.Done". */
static void add_cases(const struct moment *moment, const struct scene_goroutine *g,
                      struct text *out)
{
    const char *separator = " ";

    for (uint32_t i = g->block + 1; i < moment->trace->count && out->len < 80; i++) {
        const struct event *event = &moment->trace->events[i];

        if (event->kind != EVENT_BLOCK_CASE || event->g != moment->trace->events[g->block].g)
            break;
        text_addf(out, "%s%s", separator,
                  event->obj ? names_object(moment->names, event->obj) : "nil");
        separator = ", ";
    }
}

/* "blocked send results", "ready, got 3" */
static void describe(const struct moment *moment, uint32_t id, struct text *out)
{
    const struct scene_goroutine *g = scene_goroutine(moment->scene, id);
    enum scene_state state = scene_state(moment->scene, id);
    const char *object = names_object(moment->names, g->obj);

    if (cell_is_asleep(g)) {
        text_add(out, "asleep until ");
        words_duration(out, g->until);
        return;
    }
    if (g->state == SCENE_BLOCKED && g->wait == WAIT_WORK) {
        text_add(out, "at work until ");
        words_duration(out, g->until);
        return;
    }
    text_add(out, looks[state].word);
    if (g->state == SCENE_BLOCKED) {
        text_add_char(out, ' ');
        switch (g->wait) {
        case WAIT_SEND: text_addf(out, "send %s", object); break;
        case WAIT_RECV: text_addf(out, "recv %s", object); break;
        case WAIT_SELECT:
            text_add(out, "select");
            add_cases(moment, g, out);
            break;
        case WAIT_LOCK: text_addf(out, "lock %s", object); break;
        case WAIT_RLOCK: text_addf(out, "rlock %s", object); break;
        case WAIT_WG:
        case WAIT_READERS:
        case WAIT_ONCE:
        case WAIT_COND:
        case WAIT_SEMAPHORE:
        case WAIT_PROCESSOR:
        case WAIT_FLIGHT: text_addf(out, "wait %s", object); break;
        case WAIT_NIL_SEND: text_add(out, "send nil"); break;
        case WAIT_NIL_RECV: text_add(out, "recv nil"); break;
        default: text_add(out, "for ever"); break;
        }
    } else if ((state == SCENE_READY || state == SCENE_RUNNING) && g->got < moment->trace->count) {
        const struct event *got = &moment->trace->events[g->got];

        text_add(out, ", got ");
        words_value(out, moment->trace, got->value_kind, got->value);
    }
}

/* The words without their first, the state, where they do not fit: its mark says it. */
static const char *tail_of(const struct text *words, int cols)
{
    const char *all = text_string(words), *blank = strchr(all, ' ');

    return grid_width(all) > cols && blank ? blank + 1 : all;
}

static void add_line(const struct scene_goroutine *g, char *out, size_t size)
{
    if (g->line && g->state != SCENE_ENDED)
        snprintf(out, size, ":%u", g->line);
    else
        *out = '\0';
}

/* --- boxes --------------------------------------------------------------- */

/* The running goroutine's frame is heavy, so that it stands out without colour. */
static void frame(struct grid *grid, struct rect rect, enum scene_state state, enum style style)
{
    int bottom = rect.row + rect.rows - 1, right = rect.col + rect.cols - 1;

    if (state != SCENE_RUNNING) {
        grid_frame(grid, rect, style, NULL);
        return;
    }
    for (int col = rect.col + 1; col < right; col++) {
        grid_put(grid, rect.row, col, 1, style, grid_glyph(grid, "━", "="));
        grid_put(grid, bottom, col, 1, style, grid_glyph(grid, "━", "="));
    }
    for (int row = rect.row + 1; row < bottom; row++) {
        grid_put(grid, row, rect.col, 1, style, grid_glyph(grid, "┃", "#"));
        grid_put(grid, row, right, 1, style, grid_glyph(grid, "┃", "#"));
    }
    grid_put(grid, rect.row, rect.col, 1, style, grid_glyph(grid, "┏", "#"));
    grid_put(grid, rect.row, right, 1, style, grid_glyph(grid, "┓", "#"));
    grid_put(grid, bottom, rect.col, 1, style, grid_glyph(grid, "┗", "#"));
    grid_put(grid, bottom, right, 1, style, grid_glyph(grid, "┛", "#"));
}

/* A name without room for all of it keeps its number: "filt… 12". */
static void put_name(struct grid *grid, int row, int col, int room, enum style style,
                     const char *name)
{
    size_t end = strlen(name), digits = end;
    int tail;
    char base[40];

    while (digits > 0 && isdigit((unsigned char)name[digits - 1]))
        digits--;
    if (digits > 0 && name[digits - 1] == ' ')
        digits--;
    tail = (int)(end - digits);
    if (grid_width(name) > room && tail > 0 && tail + 2 <= room && digits < sizeof base) {
        memcpy(base, name, digits);
        base[digits] = '\0';
        col += grid_put_short(grid, row, col, room - tail, style, base);
        grid_put(grid, row, col, tail, style, name + digits);
        return;
    }
    grid_put_short(grid, row, col, room, style, name);
}

/* The name, and the line at the end of the row. */
static void draw_name(const struct moment *moment, struct grid *grid, struct rect rect, uint32_t id)
{
    const struct scene_goroutine *g = scene_goroutine(moment->scene, id);
    enum scene_state state = scene_state(moment->scene, id);
    char line[16];
    int width;

    add_line(g, line, sizeof line);
    width = (int)strlen(line);
    if (grid_width(names_goroutine(moment->names, id)) + 4 + width > rect.cols)
        width = 0; /* the source shows where it is, too */
    grid_put(grid, rect.row, rect.col, 1, style_of(g, state), mark_of(grid, g, state));
    put_name(grid, rect.row, rect.col + 2, rect.cols - 3 - width,
             state == SCENE_RUNNING ? STYLE_BOLD : state == SCENE_ENDED ? STYLE_DIM : STYLE_PLAIN,
             names_goroutine(moment->names, id));
    grid_put(grid, rect.row, rect.col + rect.cols - width, width, STYLE_DIM, line);
}

static void draw_two_rows(const struct moment *moment, struct grid *grid, struct rect rect,
                          uint32_t id)
{
    struct text words = {0};

    draw_name(moment, grid, rect, id);
    describe(moment, id, &words);
    grid_put_short(grid, rect.row + 1, rect.col + 2, rect.cols - 2,
                   style_of(scene_goroutine(moment->scene, id), scene_state(moment->scene, id)),
                   tail_of(&words, rect.cols - 2));
    text_release(&words);
}

static void draw_box(const struct moment *moment, struct grid *grid, struct rect rect, uint32_t id)
{
    const struct scene_goroutine *g = scene_goroutine(moment->scene, id);
    enum scene_state state = scene_state(moment->scene, id);
    enum style style = style_of(g, state);
    struct text words = {0};
    char line[16];
    int used;

    if (state == SCENE_UNBORN)
        return;
    frame(grid, rect, state, style);
    add_line(g, line, sizeof line);
    used = grid_putf(grid, rect.row, rect.col + 2, rect.cols - 5 - (int)strlen(line),
                     state == SCENE_ENDED ? STYLE_DIM : STYLE_BOLD, " %s",
                     names_goroutine(moment->names, id));
    grid_put(grid, rect.row, rect.col + 2 + used, 1, STYLE_PLAIN, " ");
    if (*line)
        grid_putf(grid, rect.row, rect.col + rect.cols - 4 - (int)strlen(line),
                  (int)strlen(line) + 2, STYLE_DIM, " %s ", line);
    describe(moment, id, &words);
    used = grid_putf(grid, rect.row + 1, rect.col + 2, 2, style, "%s ", mark_of(grid, g, state));
    grid_put_short(grid, rect.row + 1, rect.col + 2 + used, rect.cols - 4 - used, style,
                   tail_of(&words, rect.cols - 4 - used));
    text_release(&words);
}

/* --- rows ---------------------------------------------------------------- */

/* By all names there are, so that they stay where they are. */
int cell_name_columns(const struct moment *moment, int cols)
{
    int widest = 6, most = cols >= 44 ? 16 : 11;

    for (uint32_t g = 1; g <= scene_goroutines(moment->scene) && widest < most; g++) {
        int width = grid_width(names_goroutine(moment->names, g));

        if (width > widest)
            widest = width;
    }
    return (widest < most ? widest : most) + 1;
}

void cell_draw_row(const struct moment *moment, struct grid *grid, struct rect area, uint32_t id,
                   int name_cols)
{
    const struct scene_goroutine *g = scene_goroutine(moment->scene, id);
    enum scene_state state = scene_state(moment->scene, id);
    enum style style = style_of(g, state);
    int at = area.col + 2 + name_cols;
    struct text words = {0};
    char line[16] = "";

    if (state == SCENE_UNBORN)
        return;
    hits_add(moment->hits, area, HIT_GOROUTINE, id);
    grid_put(grid, area.row, area.col, 1, style, mark_of(grid, g, state));
    put_name(grid, area.row, area.col + 2, name_cols - 1,
             state == SCENE_RUNNING ? STYLE_BOLD : state == SCENE_ENDED ? STYLE_DIM : STYLE_PLAIN,
             names_goroutine(moment->names, id));
    if (area.cols >= LINE_COLS)
        add_line(g, line, sizeof line);
    describe(moment, id, &words);
    grid_put_short(grid, area.row, at, area.cols - 2 - name_cols - (int)strlen(line) - 1, style,
                   tail_of(&words, area.cols - 2 - name_cols - (int)strlen(line) - 1));
    grid_put(grid, area.row, area.col + area.cols - (int)strlen(line), (int)strlen(line), STYLE_DIM,
             line);
    text_release(&words);
}

void cell_draw(const struct moment *moment, struct grid *grid, struct rect rect, uint32_t g)
{
    int name = grid_width(names_goroutine(moment->names, g)) + 1;
    int room = rect.cols - 2 - NAME_WORDS; /* for it, where there is to be more than the name */

    if (scene_state(moment->scene, g) == SCENE_UNBORN)
        return;
    hits_add(moment->hits, rect, HIT_GOROUTINE, g);
    if (rect.rows >= CELL_BOX_ROWS)
        draw_box(moment, grid, rect, g);
    else if (rect.rows == 2)
        draw_two_rows(moment, grid, rect, g);
    else
        cell_draw_row(moment, grid, rect, g, name <= room ? name : rect.cols - 2);
}

/* --- groups -------------------------------------------------------------- */

uint32_t cell_group_size(const struct cell_group *group)
{
    uint32_t all = 0;

    for (int state = 0; state < CELL_STATES; state++)
        all += group->count[state];
    return all;
}

/* "3 running, 97 blocked", or "● 3 ■ 97" where the words do not fit. */
static void draw_counts(struct grid *grid, struct rect rect, const struct cell_group *group)
{
    static const uint8_t order[] = {SCENE_RUNNING, SCENE_BLOCKED, SCENE_READY, SCENE_PANICKED,
                                    SCENE_ENDED};
    struct text words = {0};
    int col = rect.col, end = rect.col + rect.cols;
    bool in_words;

    for (size_t i = 0; i < sizeof order; i++)
        if (group->count[order[i]])
            text_addf(&words, "%u %s, ", group->count[order[i]], looks[order[i]].word);
    in_words = (int)words.len - 2 <= rect.cols;
    for (size_t i = 0; i < sizeof order; i++) {
        uint32_t n = group->count[order[i]];
        enum style style = looks[order[i]].style;

        if (n == 0)
            continue;
        if (col > rect.col)
            col += grid_put(grid, rect.row, col, end - col, STYLE_DIM, in_words ? ", " : " ");
        col += in_words ? grid_putf(grid, rect.row, col, end - col, style, "%u %s", n,
                                    looks[order[i]].word)
                        : grid_putf(grid, rect.row, col, end - col, style, "%s %u",
                                    stage_mark(grid, order[i]), n);
    }
    text_release(&words);
}

/* A mark for each, in the order in which they were started. */
static void draw_members(struct grid *grid, struct rect rect, const struct cell_group *group)
{
    for (uint32_t i = 0; i < group->members; i++) {
        enum scene_state state = group->member[i];

        grid_put(grid, rect.row, rect.col + (int)i, 1, looks[state].style,
                 grid_glyph(grid, looks[state].mark, looks[state].ascii));
    }
}

void cell_draw_group(struct grid *grid, struct rect rect, const struct cell_group *group)
{
    int col = rect.col, end = rect.col + rect.cols;

    if (cell_group_size(group) == group->count[SCENE_UNBORN])
        return;
    col += grid_put(grid, rect.row, col, end - col, STYLE_DIM, grid_glyph(grid, "≡ ", "= "));
    col += grid_putf(grid, rect.row, col, end - col, STYLE_PLAIN,
                     grid_glyph(grid, "%s × %u", "%s x %u"), group->base,
                     cell_group_size(group) - group->count[SCENE_UNBORN]);
    if (rect.rows == 1) {
        col += grid_put(grid, rect.row, col, end - col, STYLE_DIM, ": ");
        draw_counts(grid, (struct rect){rect.row, col, 1, end - col}, group);
        return;
    }
    rect = (struct rect){rect.row + 1, rect.col + 2, 1, rect.cols - 2};
    if (group->members > 0 && (int)group->members <= rect.cols)
        draw_members(grid, rect, group);
    else
        draw_counts(grid, rect, group);
}
