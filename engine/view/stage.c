/* stage.c -- goroutines as boxes or rows.
 *
 * Where all goroutines of the whole run find room each keeps its place from beginning to end.
 * Where they do not, those that ended become one row, then those of one name do, the largest
 * group first; main and who takes part in the moment stay on their own.
 */
#include "view/stage.h"

#include "base/text.h"
#include "grade/words.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BOX_ROWS = 3, BOX_COLS = 29, ROW_COLS = 36, GROUPS_MAX = 64, STATES = SCENE_PANICKED + 1 };

/* --- how states look ----------------------------------------------------- */

static const struct {
    const char *mark, *ascii, *word;
    enum style style;
} looks[STATES] = {
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

const struct event *moment_transfer(const struct moment *moment)
{
    const struct event *event;

    if (moment->at_rest || moment->head >= moment->trace->count)
        return NULL;
    event = &moment->trace->events[moment->head];
    return event->kind == EVENT_SEND || event->kind == EVENT_RECV ? event : NULL;
}

/* Asleep is a way of being blocked that ends by itself: it looks calmer. */
static bool is_asleep(const struct scene_goroutine *g)
{
    return g->state == SCENE_BLOCKED && g->wait == WAIT_SLEEP;
}

static const char *mark_of(const struct grid *grid, const struct scene_goroutine *g,
                           enum scene_state state)
{
    return is_asleep(g) ? grid_glyph(grid, "◔", "z") : stage_mark(grid, state);
}

static enum style style_of(const struct scene_goroutine *g, enum scene_state state)
{
    return is_asleep(g) ? STYLE_DIM : looks[state].style;
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

    if (is_asleep(g)) {
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
                   text_string(&words));
    text_release(&words);
}

/* --- rows ---------------------------------------------------------------- */

struct row {
    uint32_t g;                 /* one goroutine; 0: a group */
    char base[40];              /* group: what its members are called */
    uint32_t count[STATES];     /* group: how many are in each state */
};

/* Columns for names in rows: by all names there are, so that they stay where they are. */
static int name_columns(const struct moment *moment, int cols)
{
    int widest = 6, most = cols >= 44 ? 16 : 11;

    for (uint32_t g = 1; g <= scene_goroutines(moment->scene) && widest < most; g++) {
        int width = grid_width(names_goroutine(moment->names, g));

        if (width > widest)
            widest = width;
    }
    return (widest < most ? widest : most) + 1;
}

static void draw_row(const struct moment *moment, struct grid *grid, struct rect area, uint32_t id)
{
    const struct scene_goroutine *g = scene_goroutine(moment->scene, id);
    enum scene_state state = scene_state(moment->scene, id);
    enum style style = style_of(g, state);
    int name_cols = name_columns(moment, area.cols), at = area.col + 2 + name_cols;
    struct text words = {0};
    char line[16];

    if (state == SCENE_UNBORN)
        return;
    grid_put(grid, area.row, area.col, 1, style, mark_of(grid, g, state));
    grid_put_short(grid, area.row, area.col + 2, name_cols - 1,
             state == SCENE_RUNNING ? STYLE_BOLD : state == SCENE_ENDED ? STYLE_DIM : STYLE_PLAIN,
             names_goroutine(moment->names, id));
    add_line(g, line, sizeof line);
    describe(moment, id, &words);
    grid_put_short(grid, area.row, at, area.cols - 2 - name_cols - (int)strlen(line) - 1, style,
                   text_string(&words));
    grid_put(grid, area.row, area.col + area.cols - (int)strlen(line), (int)strlen(line), STYLE_DIM,
             line);
    text_release(&words);
}

static void draw_group(struct grid *grid, struct rect area, const struct row *row)
{
    uint32_t all = 0;
    int col = area.col, end = area.col + area.cols;
    const char *separator = ": ";

    for (int state = 0; state < STATES; state++)
        all += row->count[state];
    col += grid_put(grid, area.row, col, end - col, STYLE_DIM, grid_glyph(grid, "≡ ", "= "));
    col += grid_putf(grid, area.row, col, end - col, STYLE_PLAIN,
                     grid_glyph(grid, "%s × %u", "%s x %u"), row->base, all);
    for (int state = SCENE_RUNNING; state < STATES; state++) {
        if (row->count[state] == 0)
            continue;
        col += grid_put(grid, area.row, col, end - col, STYLE_DIM, separator);
        col += grid_putf(grid, area.row, col, end - col, looks[state].style, "%u %s",
                         row->count[state], looks[state].word);
        separator = ", ";
    }
    if (row->count[SCENE_READY])
        grid_putf(grid, area.row, col, end - col, looks[SCENE_READY].style, "%s%u ready", separator,
                  row->count[SCENE_READY]);
}

/* --- folding ------------------------------------------------------------- */

/* "worker" for "worker 12" */
static void base_name(const char *name, char *out, size_t size)
{
    size_t len = strlen(name), end = len;

    while (end > 0 && isdigit((unsigned char)name[end - 1]))
        end--;
    if (end == len || end < 2 || name[end - 1] != ' ')
        end = len;
    else
        end--;
    if (end >= size)
        end = size - 1;
    memcpy(out, name, end);
    out[end] = '\0';
}

/* Who must not disappear in a group. */
static bool stands_out(const struct moment *moment, uint32_t g)
{
    const struct event *event = moment->head < moment->trace->count
                                    ? &moment->trace->events[moment->head] : NULL;

    return g == 1 || (event && (event->g == g || (event->other == g &&
           (event->kind == EVENT_SEND || event->kind == EVENT_RECV || event->kind == EVENT_GO)))) ||
           scene_state(moment->scene, g) == SCENE_PANICKED;
}

/* Groups of the goroutines that may be folded, by base name, in order of first id; the last
 * one takes in all further names.  Returns their number. */
static uint32_t group_all(const struct moment *moment, struct row *groups)
{
    uint32_t n = 0;

    for (uint32_t g = 1; g <= scene_goroutines(moment->scene); g++) {
        enum scene_state state = scene_state(moment->scene, g);
        char base[sizeof groups->base];
        uint32_t i = 0;

        if (state == SCENE_UNBORN || state == SCENE_ENDED || stands_out(moment, g))
            continue;
        base_name(names_goroutine(moment->names, g), base, sizeof base);
        while (i < n && strcmp(groups[i].base, base) != 0)
            i++;
        if (i == n && n < GROUPS_MAX)
            memcpy(groups[n++].base, base, sizeof base);
        else if (i == n)
            memcpy(groups[--i].base, "others", sizeof "others");
        groups[i].count[state]++;
    }
    return n;
}

static uint32_t size_of(const struct row *group)
{
    uint32_t all = 0;

    for (int state = 0; state < STATES; state++)
        all += group->count[state];
    return all;
}

/* Which groups to fold so that `rows` hold everything. */
static void choose_folds(struct row *groups, uint32_t n, uint32_t single, uint32_t rows,
                         bool *folded)
{
    for (;;) {
        uint32_t need = single, largest = n;

        for (uint32_t i = 0; i < n; i++) {
            need += folded[i] ? 1 : size_of(&groups[i]);
            if (!folded[i] && size_of(&groups[i]) > 1 &&
                (largest == n || size_of(&groups[i]) > size_of(&groups[largest])))
                largest = i;
        }
        if (need <= rows || largest == n)
            return;
        folded[largest] = true;
    }
}

/* Room for `slots` rows, side by side in columns. */
struct columns {
    struct rect area;
    int columns, drawn;
};

static struct rect next_slot(struct columns *c)
{
    int cols = c->area.cols / c->columns, row = c->drawn % c->area.rows,
        col = c->drawn / c->area.rows;

    c->drawn++;
    return (struct rect){c->area.row + row, c->area.col + col * cols, 1,
                         cols - (c->columns > 1 && col + 1 < c->columns ? 2 : 0)};
}

static void draw_folded(const struct moment *moment, struct grid *grid, struct columns *c)
{
    struct row *groups = calloc(GROUPS_MAX, sizeof *groups), ended = {.base = "ended"};
    bool folded[GROUPS_MAX] = {false}, drawn[GROUPS_MAX] = {false};
    uint32_t single = 0, n, rows = (uint32_t)(c->columns * c->area.rows), left = 0;

    if (!groups)
        return;
    n = group_all(moment, groups);
    for (uint32_t g = 1; g <= scene_goroutines(moment->scene); g++) {
        enum scene_state state = scene_state(moment->scene, g);

        if (state != SCENE_UNBORN && stands_out(moment, g))
            single++;
        else if (state == SCENE_ENDED)
            ended.count[SCENE_ENDED]++;
    }
    if (ended.count[SCENE_ENDED] > 0)
        rows--;
    choose_folds(groups, n, single, rows, folded);
    for (uint32_t g = 1; g <= scene_goroutines(moment->scene); g++) {
        enum scene_state state = scene_state(moment->scene, g);
        char base[sizeof groups->base];
        uint32_t i = 0;

        if (state == SCENE_UNBORN)
            continue;
        if (!stands_out(moment, g)) {
            if (state == SCENE_ENDED)
                continue;
            base_name(names_goroutine(moment->names, g), base, sizeof base);
            while (i + 1 < n && strcmp(groups[i].base, base) != 0)
                i++;
            if (folded[i] && drawn[i])
                continue;
            if ((uint32_t)c->drawn >= rows) {
                left++;
                continue;
            }
            drawn[i] = true;
            if (folded[i])
                draw_group(grid, next_slot(c), &groups[i]);
            else
                draw_row(moment, grid, next_slot(c), g);
        } else if ((uint32_t)c->drawn < rows) {
            draw_row(moment, grid, next_slot(c), g);
        } else {
            left++;
        }
    }
    if (ended.count[SCENE_ENDED] > 0) {
        struct rect slot = next_slot(c);
        int used = grid_putf(grid, slot.row, slot.col, slot.cols, STYLE_ENDED, "%s %u ended",
                             stage_mark(grid, SCENE_ENDED), ended.count[SCENE_ENDED]);

        if (left > 0)
            grid_putf(grid, slot.row, slot.col + used, slot.cols - used, STYLE_DIM,
                      ", %u more not shown", left);
    }
    free(groups);
}

void stage_goroutines(const struct moment *moment, struct grid *grid, struct rect area)
{
    int all = (int)scene_goroutines(moment->scene);
    int across = area.cols / BOX_COLS, boxes = across * (area.rows / BOX_ROWS);
    struct columns c = {area, area.cols / ROW_COLS, 0};

    if (area.rows <= 0 || area.cols < 10)
        return;
    if (all <= boxes) {
        if (across > all)
            across = all;
        if (area.cols / across > 2 * BOX_COLS)
            across = area.cols / (2 * BOX_COLS);
        for (int i = 0; i < all; i++) {
            int cols = area.cols / across;
            struct rect box = {area.row + i / across * BOX_ROWS, area.col + i % across * cols,
                               BOX_ROWS, cols - 1};

            draw_box(moment, grid, box, (uint32_t)i + 1);
        }
        return;
    }
    if (c.columns < 1 || all <= area.rows)
        c.columns = 1;
    if (all <= c.columns * area.rows) {
        for (uint32_t g = 1; g <= (uint32_t)all; g++)
            draw_row(moment, grid, next_slot(&c), g);
        return;
    }
    draw_folded(moment, grid, &c);
}

/* From left to right; STATES stands for those asleep. */
static const uint8_t count_order[] = {
    SCENE_RUNNING, SCENE_READY, SCENE_BLOCKED, STATES, SCENE_ENDED, SCENE_PANICKED,
};

/* One entry of the counts, "■ 3 blocked". */
struct count {
    const char *mark, *word;
    enum style style;
    uint32_t n;
    bool shown;
};

static int count_words(const struct count *count, bool with_words, char *out, size_t size)
{
    snprintf(out, size, "%s %u%s%s", count->mark, count->n, with_words ? " " : "",
             with_words ? count->word : "");
    return grid_width(out);
}

void stage_counts(const struct moment *moment, struct grid *grid, int row, int right, int cols)
{
    static const struct { int gap; bool with_words; } ways[] = {{2, true}, {1, true}, {2, false}};
    struct count counts[STATES + 1] = {{0}}, *asleep = &counts[STATES];
    char words[64];
    size_t way = 0;

    for (int state = 0; state < STATES; state++)
        counts[state] = (struct count){stage_mark(grid, state), looks[state].word,
                                       looks[state].style, 0, state != SCENE_UNBORN};
    *asleep = (struct count){grid_glyph(grid, "◔", "z"), "asleep", STYLE_DIM, 0, moment->sleeps};
    for (uint32_t g = 1; g <= scene_goroutines(moment->scene); g++) {
        if (is_asleep(scene_goroutine(moment->scene, g)))
            asleep->n++;
        else
            counts[scene_state(moment->scene, g)].n++;
    }
    counts[SCENE_PANICKED].shown = counts[SCENE_PANICKED].n > 0;
    for (; way + 1 < sizeof ways / sizeof ways[0]; way++) {
        int need = -ways[way].gap;

        for (int i = 0; i <= STATES; i++)
            if (counts[i].shown)
                need += count_words(&counts[i], ways[way].with_words, words, sizeof words) +
                        ways[way].gap;
        if (need <= cols)
            break;
    }
    for (size_t i = sizeof count_order / sizeof count_order[0]; i-- > 0;) {
        const struct count *count = &counts[count_order[i]];
        int width;

        if (!count->shown)
            continue;
        width = count_words(count, ways[way].with_words, words, sizeof words);
        right -= width;
        grid_put(grid, row, right, width, count->n ? count->style : STYLE_DIM, words);
        right -= ways[way].gap;
    }
}
