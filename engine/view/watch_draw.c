/* watch_draw.c -- the picture of one moment.
 *
 *     80 x 24                                 120 x 40
 *     title, counts of states                 title, counts of states
 *     goroutines        | channels            goroutines          | source
 *     -- source ---------------------         channels            |
 *     source                                                      |
 *     -- output ---------------------         -- output ---------------------
 *     sentence                                sentence
 *     timeline                                a lane for each goroutine, timeline
 *
 * What is drawn depends on (trace, moment, area) alone.
 */
#include "view/watch_state.h"

#include "grade/words.h"
#include "view/flow_plan.h"

#include <stdlib.h>
#include <string.h>

enum {
    LEAST_ROWS = 12, LEAST_COLS = 60,
    WIDE_ROWS = 26, WIDE_COLS = 108, /* from here on the source stands at the right */
    LANES_ROWS = 32, LANES_MAX = 6,  /* and from here on there is room for lanes */
    LABEL_COLS = 12,
    BRAID_SOURCE = 4, /* rows of the source below the braid */
};

/* --- parts of the picture ------------------------------------------------ */

static void rule(struct grid *grid, int row, int col, int cols, const char *title)
{
    for (int i = 0; i < cols; i++)
        grid_put(grid, row, col + i, 1, STYLE_DIM, grid_glyph(grid, "─", "-"));
    if (title && *title && cols > 8)
        grid_putf(grid, row, col + 2, cols - 4, STYLE_DIM, " %s ", title);
}

static void draw_title(struct watch *watch, struct grid *grid, struct rect area)
{
    struct moment moment = watch_moment(watch);
    struct text words = {0};
    int width;

    if (watch->program && area.cols >= WIDE_COLS)
        text_addf(&words, "%s, ", watch->program->name);
    text_addf(&words, "step %u of %u at ", watch->at, watch->lines.count - 1);
    words_duration(&words, scene_time(watch->scene));
    if (scene_main_done(watch->scene) && watch->at + 1 < watch->lines.count)
        text_add(&words, ", main is over");
    width = grid_width(text_string(&words));
    grid_put(grid, area.row, area.col + 1, area.cols - 1, STYLE_TITLE, text_string(&words));
    stage_counts(&moment, grid, area.row, area.col + area.cols - 1, area.cols - width - 3);
    text_release(&words);
}

/* What was printed so far, its last lines. */
static void draw_output(const struct watch *watch, struct grid *grid, struct rect area)
{
    struct text all = {0};
    uint32_t i = scene_at(watch->scene);
    size_t from = 0;
    int rows = 0;

    /* enough events from the end to fill the rows */
    while (i > 0 && rows <= area.rows + 1) {
        const struct event *event = &watch->trace->events[--i];

        if (event->kind == EVENT_PRINT)
            rows += strchr(trace_text(watch->trace, event->text), '\n') != NULL;
    }
    for (; i < scene_at(watch->scene); i++)
        if (watch->trace->events[i].kind == EVENT_PRINT)
            text_add(&all, trace_text(watch->trace, watch->trace->events[i].text));
    while (all.len > 0 && all.at[all.len - 1] == '\n')
        all.at[--all.len] = '\0';
    from = all.len;
    for (rows = 0; from > 0; from--)
        if (all.at[from - 1] == '\n' && ++rows == area.rows)
            break;
    for (int row = 0; row < area.rows; row++) {
        const char *line = text_string(&all) + from;
        size_t len = strcspn(line, "\n");

        if (row == 0)
            grid_put(grid, area.row, area.col, 8, STYLE_DIM, "output");
        grid_put(grid, area.row + row, area.col + 8, 1, STYLE_DIM, grid_glyph(grid, "│", "|"));
        grid_put_n(grid, area.row + row, area.col + 10, area.cols - 10, STYLE_PLAIN, line, len);
        from += len;
        if (from < all.len)
            from++;
    }
    text_release(&all);
}

/* The first goroutines' lanes, their names before them. */
static void draw_lanes(struct watch *watch, struct grid *grid, struct rect area)
{
    int cols = area.cols - LABEL_COLS;

    if (watch->lanes &&
        (lanes_cols(watch->lanes) != cols || lanes_count(watch->lanes) != area.rows)) {
        lanes_free(watch->lanes);
        watch->lanes = NULL;
    }
    if (!watch->lanes)
        watch->lanes = lanes_new(watch->trace, &watch->lines, area.rows, cols);
    for (int row = 0; watch->lanes && row < area.rows; row++) {
        grid_put(grid, area.row + row, area.col, LABEL_COLS - 1, STYLE_DIM,
                 names_goroutine(watch->names, (uint32_t)row + 1));
        lanes_draw(watch->lanes, grid, area.row + row, area.col + LABEL_COLS, row + 1,
                   lanes_column(&watch->lines, watch->at, cols));
    }
}

/* The marks of all moments by column.  False: out of memory. */
static bool make_timeline(struct watch *watch, int cols)
{
    if (watch->timeline && watch->timeline_cols == cols)
        return true;
    free(watch->timeline);
    watch->timeline = calloc((size_t)cols, 1);
    watch->timeline_cols = cols;
    for (uint32_t m = 0; watch->timeline && m < watch->lines.count; m++)
        watch->timeline[lanes_column(&watch->lines, m, cols)] |= watch->marks[m];
    return watch->timeline != NULL;
}

/* Each column is the first moment in it. */
static void point_timeline(struct watch *watch, struct rect area)
{
    uint32_t m = 1;

    for (int i = 0; i < area.cols; i++) {
        while (m + 1 < watch->lines.count && lanes_column(&watch->lines, m, area.cols) < i)
            m++;
        hits_add(&watch->hits, (struct rect){area.row, area.col + i, 1, 1}, HIT_MOMENT, m);
    }
}

static void draw_timeline(struct watch *watch, struct grid *grid, struct rect area)
{
    int here = lanes_column(&watch->lines, watch->at, area.cols);

    if (!make_timeline(watch, area.cols))
        return;
    point_timeline(watch, area);
    for (int i = 0; i < area.cols; i++) {
        const char *glyph = i <= here ? grid_glyph(grid, "━", "=") : grid_glyph(grid, "─", "-");
        enum style style = i <= here ? STYLE_RUNNING : STYLE_DIM;
        uint8_t mark = watch->timeline[i];

        if (mark & MARK_FAULT) {
            glyph = grid_glyph(grid, "✗", "X");
            style = STYLE_BAD;
        } else if (mark & MARK_SUBJECT) {
            glyph = grid_glyph(grid, "┿", "+");
            style = STYLE_VALUE;
        } else if (mark & MARK_BLOCK) {
            glyph = grid_glyph(grid, "▪", "o");
            style = STYLE_BLOCKED;
        }
        if (i == here) {
            glyph = grid_glyph(grid, "◆", "@");
            style = STYLE_HERE;
        }
        grid_put(grid, area.row, area.col + i, 1, style, glyph);
    }
}

/* Wraps at blanks; what does not fit into the rows is cut with an ellipsis. */
static void draw_wrapped(struct grid *grid, struct rect area, enum style style, const char *text)
{
    for (int row = 0; row < area.rows && *text; row++) {
        size_t fit = grid_wrap(text, area.cols);

        if (row == area.rows - 1 && text[fit]) {
            grid_put_short(grid, area.row + row, area.col, area.cols, style, text);
            return;
        }
        grid_put_n(grid, area.row + row, area.col, area.cols, style, text, fit);
        text += fit;
        text += strspn(text, " ");
    }
}

static void draw_sentence(const struct watch *watch, struct grid *grid, struct rect area)
{
    const struct finding *finding = watch_finding(watch);
    struct rect text = {area.row, area.col + 2, area.rows, area.cols - 3};

    for (int row = 0; row < area.rows; row++)
        grid_put(grid, area.row + row, area.col, 1, finding ? STYLE_BAD : STYLE_RUNNING,
                 grid_glyph(grid, "▌", "|"));
    if (finding) {
        struct text title = {0};

        words_finding_title(&title, watch->trace, watch->names, finding);
        text.rows = 1;
        draw_wrapped(grid, text, STYLE_BOLD, watch_sentence(watch));
        text.row++;
        text.rows = area.rows - 1;
        draw_wrapped(grid, text, STYLE_BAD, text_string(&title));
        text_release(&title);
        return;
    }
    draw_wrapped(grid, text, STYLE_BOLD, watch_sentence(watch));
}

/* --- layout -------------------------------------------------------------- */

/* The stage: how it is drawn, by the whole run, so that nothing moves while it plays. */
struct scenery {
    const struct flow *flow; /* NULL: goroutines at the left, channels and locks at the right */
    int rows;                /* it needs */
    int others;              /* of these for what is no channel, below the flow */
};

/* Takes a flow if it fits into so many rows with cells of so many. */
static bool try_flow(struct scenery *scenery, const struct flow *flow, int cols, int cell_rows,
                     int most)
{
    int rows = flow ? plan_rows_for(flow, cols, cell_rows) : 0;

    if (rows == 0 || rows + scenery->others > most)
        return false;
    scenery->flow = flow;
    scenery->rows = rows + scenery->others;
    return true;
}

/* The first way that fits: each goroutine by itself in cells of so many rows or fewer, even if the
 * source is left only three; those of one name together; or no flow at all. */
static struct scenery choose_scenery(struct watch *watch, int cols, int most, int cell_rows)
{
    struct moment moment = watch_moment(watch);
    struct scenery scenery = {.others = stage_others_rows(&moment, cols)};
    int objects = 2 * (int)scene_objects(watch->scene);

    if (scenery.others > most * 4 / 10)
        scenery.others = most * 4 / 10;
    for (int rows = cell_rows; rows > 0; rows--)
        if (try_flow(&scenery, watch->flow, cols, rows, most))
            return scenery;
    if (try_flow(&scenery, watch->flow, cols, 1, most + 2) ||
        try_flow(&scenery, watch->folded, cols, 3, most))
        return scenery;
    scenery.rows = (int)scene_goroutines(watch->scene);
    scenery.rows = scenery.rows < objects ? objects : scenery.rows;
    return scenery;
}

static void draw_scenery(struct watch *watch, struct grid *grid, struct rect area,
                         const struct scenery *scenery)
{
    struct moment moment = watch_moment(watch);
    int left = area.cols / 2;

    if (scenery->flow) {
        stage_flow(&moment, grid, (struct rect){area.row, area.col + 1,
                                                area.rows - scenery->others, area.cols - 2},
                   scenery->flow);
        stage_others(&moment, grid, (struct rect){area.row + area.rows - scenery->others,
                                                  area.col + 1, scenery->others, area.cols - 2});
        return;
    }
    for (int i = 0; i < area.rows; i++)
        grid_put(grid, area.row + i, area.col + left, 1, STYLE_DIM, grid_glyph(grid, "│", "|"));
    stage_goroutines(&moment, grid, (struct rect){area.row, area.col + 1, area.rows, left - 2});
    stage_objects(&moment, grid,
                  (struct rect){area.row, area.col + left + 2, area.rows, area.cols - left - 3});
}

static int clamp(int value, int least, int most)
{
    return value < least || most < least ? least : value > most ? most : value;
}

static void draw_narrow(struct watch *watch, struct grid *grid, struct rect area)
{
    struct moment moment = watch_moment(watch);
    int most = area.rows - 1 - (area.rows >= 15 ? 5 : 4); /* the rest is for the source */
    struct scenery scenery = choose_scenery(watch, area.cols - 2, most, 2);
    int stage = scenery.flow ? scenery.rows : clamp(scenery.rows, area.rows * 45 / 100, most);

    draw_scenery(watch, grid, (struct rect){area.row, area.col, stage, area.cols}, &scenery);
    rule(grid, area.row + stage, area.col, area.cols,
         watch->program ? watch->program->name : "source");
    stage_source(&moment, grid, (struct rect){area.row + stage + 1, area.col,
                                              area.rows - stage - 1, area.cols});
}

/* The last sentences, the present one at the end. */
static void draw_story(struct watch *watch, struct grid *grid, struct rect area)
{
    uint32_t m = watch->at >= (uint32_t)area.rows ? watch->at - (uint32_t)area.rows + 1 : 1;

    for (int row = 0; row < area.rows && m <= watch->at; row++, m++) {
        struct text line = {0};

        lines_sentence(&line, &watch->lines, watch->trace, watch->names, m, false);
        hits_add(&watch->hits, (struct rect){area.row + row, area.col, 1, area.cols}, HIT_MOMENT,
                 m);
        grid_putf(grid, area.row + row, area.col, 5, STYLE_DIM, "%4u ", m);
        draw_wrapped(grid, (struct rect){area.row + row, area.col + 5, 1, area.cols - 5},
                     m == watch->at ? STYLE_BOLD : STYLE_DIM, text_string(&line));
        text_release(&line);
    }
}

/* The source at the left, the sentences so far at the right. */
static void draw_texts(struct watch *watch, struct grid *grid, struct rect area)
{
    struct moment moment = watch_moment(watch);
    int left = area.cols * 55 / 100, right = area.col + left + 1;

    rule(grid, area.row, area.col, left, watch->program ? watch->program->name : "source");
    rule(grid, area.row, right - 1, area.cols - left, "so far");
    grid_put(grid, area.row, right - 1, 1, STYLE_DIM, grid_glyph(grid, "┬", "+"));
    for (int i = 1; i < area.rows; i++)
        grid_put(grid, area.row + i, right - 1, 1, STYLE_DIM, grid_glyph(grid, "│", "|"));
    stage_source(&moment, grid, (struct rect){area.row + 1, area.col, area.rows - 1, left - 1});
    draw_story(watch, grid, (struct rect){area.row + 1, right, area.rows - 1,
                                          area.col + area.cols - right});
}

static void draw_wide(struct watch *watch, struct grid *grid, struct rect area)
{
    int most = area.rows * 62 / 100;
    struct scenery scenery = choose_scenery(watch, area.cols - 2, most, 3);
    int stage = clamp(scenery.rows + 3, area.rows * 4 / 10, most);

    stage = scenery.flow && stage < scenery.rows ? scenery.rows : stage;
    draw_scenery(watch, grid, (struct rect){area.row, area.col, stage, area.cols}, &scenery);
    draw_texts(watch, grid, (struct rect){area.row + stage, area.col, area.rows - stage,
                                          area.cols});
}

/* The source at the line of the step, beside the braid or below it. */
static void draw_braid_source(struct watch *watch, struct grid *grid, struct rect *area)
{
    struct moment moment = watch_moment(watch);
    int rows = area->rows / 3 > BRAID_SOURCE ? BRAID_SOURCE : area->rows / 3;
    int cols = area->cols * 4 / 10;

    if (area->cols >= WIDE_COLS) {
        area->cols -= cols;
        for (int i = 0; i < area->rows; i++)
            grid_put(grid, area->row + i, area->col + area->cols, 1, STYLE_DIM,
                     grid_glyph(grid, "│", "|"));
        stage_source(&moment, grid, (struct rect){area->row, area->col + area->cols + 1, area->rows,
                                                  cols - 1});
    } else if (rows >= 3) {
        area->rows -= rows + 1;
        rule(grid, area->row + area->rows, area->col, area->cols, watch->program->name);
        stage_source(&moment, grid, (struct rect){area->row + area->rows + 1, area->col, rows,
                                                  area->cols});
    }
}

static void draw_braid(struct watch *watch, struct grid *grid, struct rect area)
{
    struct braid *braid = watch_braid(watch);

    if (watch->program)
        draw_braid_source(watch, grid, &area);
    if (braid)
        braid_draw(braid, grid, area, watch->at, watch->look == WATCH_ORDER, &watch->hits);
}

/* One goroutine alone needs no lane: the timeline says as much. */
static int lanes_wanted(const struct watch *watch)
{
    uint32_t all = scene_goroutines(watch->scene);

    return all < 2 ? 0 : all > LANES_MAX ? LANES_MAX : (int)all;
}

void watch_draw(struct watch *watch, struct grid *grid, struct rect area)
{
    bool wide = area.cols >= WIDE_COLS && area.rows >= WIDE_ROWS;
    int output = !watch->prints ? 0 : wide ? 3 : 1;
    bool braid = watch->look != WATCH_STAGE;
    int sentence = area.rows >= 22 && !wide && !braid ? 3 : 2;
    int lanes = wide && !braid && area.rows >= LANES_ROWS ? lanes_wanted(watch) : 0;
    int label = lanes ? LABEL_COLS : 0;
    int foot = 1 + output + sentence + lanes + 1; /* rule, output, sentence, lanes, timeline */
    struct rect middle = {area.row + 1, area.col, area.rows - 1 - foot, area.cols};
    int row = area.row + area.rows - foot;

    watch->hits.n = 0;
    if (area.rows < LEAST_ROWS || area.cols < LEAST_COLS) {
        grid_putf(grid, area.row, area.col, area.cols, STYLE_PLAIN,
                  "too small to watch: %dx%d needed", LEAST_COLS, LEAST_ROWS);
        return;
    }
    draw_title(watch, grid, area);
    if (wide) {
        rule(grid, middle.row++, area.col, area.cols, NULL);
        middle.rows--;
    }
    if (braid)
        draw_braid(watch, grid, middle);
    else if (wide)
        draw_wide(watch, grid, middle);
    else
        draw_narrow(watch, grid, middle);
    rule(grid, row++, area.col, area.cols, NULL);
    if (output)
        draw_output(watch, grid, (struct rect){row, area.col, output, area.cols});
    row += output;
    draw_sentence(watch, grid, (struct rect){row, area.col, sentence, area.cols});
    row += sentence;
    if (lanes)
        draw_lanes(watch, grid, (struct rect){row, area.col + 1, lanes, area.cols - 2});
    draw_timeline(watch, grid,
                  (struct rect){row + lanes, area.col + 1 + label, 1, area.cols - 2 - label});
}

void watch_draw_now(struct watch *watch, struct grid *grid, struct rect area)
{
    int sentence = area.rows >= 12 ? 2 : 1, output = watch->prints && area.rows >= 9;
    struct rect middle = {area.row, area.col, area.rows - output - sentence - 1, area.cols};

    watch->hits.n = 0;
    if (middle.rows > 18 && middle.cols >= WIDE_COLS) {
        draw_wide(watch, grid, middle);
    } else if (middle.rows > 10) {
        draw_narrow(watch, grid, middle);
    } else {
        struct scenery scenery = choose_scenery(watch, area.cols - 2, middle.rows - 2, 2);

        draw_scenery(watch, grid, middle, &scenery);
    }
    rule(grid, area.row + middle.rows, area.col, area.cols, NULL);
    if (output)
        draw_output(watch, grid, (struct rect){area.row + middle.rows + 1, area.col, 1, area.cols});
    draw_sentence(watch, grid, (struct rect){area.row + middle.rows + 1 + output, area.col,
                                             sentence, area.cols});
}
