/* watch.c -- the watch view: one run, to be played, stepped and scrubbed.
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
#include "view/watch.h"

#include "base/text.h"
#include "grade/words.h"
#include "view/braid.h"
#include "view/lanes.h"
#include "view/stage.h"

#include <stdlib.h>
#include <string.h>

enum {
    LEAST_ROWS = 12, LEAST_COLS = 60,
    WIDE_ROWS = 26, WIDE_COLS = 108, /* from here on the source stands at the right */
    LANES_ROWS = 32, LANES_MAX = 6,  /* and from here on there is room for lanes */
    LABEL_COLS = 12,
};

enum mark { MARK_BLOCK = 1, MARK_FAULT = 2, MARK_SUBJECT = 4 };

/* Who or what is followed. */
struct subject {
    enum watch_jump kind; /* WATCH_BLOCK: nobody */
    uint32_t id;          /* of a goroutine or object */
};

struct watch {
    const struct trace *trace;
    const struct program *program;
    const struct findings *findings;
    struct names *names;
    struct scene *scene;
    struct lines lines;
    uint8_t *marks;      /* enum mark by moment */
    uint32_t at;
    struct subject subject; /* whose moments are marked */
    bool following;         /* came to the moment by following it */
    uint8_t *timeline;   /* the marks by column, made when first drawn; NULL = to be made */
    int timeline_cols;
    bool prints;         /* the run prints at all: there is a row for output */
    bool sleeps;         /* somebody sleeps: they are counted */
    struct text sentence;
    struct lanes *lanes; /* made when first drawn, for the width drawn last */
    enum watch_look look;
    struct braid *braid; /* made when first drawn */
};

/* --- moments ------------------------------------------------------------- */

static void mark_all(struct watch *watch)
{
    for (uint32_t m = 1; m < watch->lines.count; m++)
        for (uint32_t i = watch->lines.first[m]; i < watch->lines.first[m + 1]; i++) {
            const struct event *event = &watch->trace->events[i];

            if (event->kind == EVENT_BLOCK && event->extra != WAIT_SLEEP)
                watch->marks[m] |= MARK_BLOCK;
            if (event->kind == EVENT_PANIC || event->kind == EVENT_CHECK)
                watch->marks[m] |= MARK_FAULT;
            if (event->kind == EVENT_PRINT)
                watch->prints = true;
            if (event->kind == EVENT_SLEEP)
                watch->sleeps = true;
        }
    if (watch->findings && watch->findings->count > 0)
        watch->marks[watch->lines.count - 1] |= MARK_FAULT;
    for (uint32_t i = 0; watch->findings && i < watch->findings->count && i < FINDINGS_MAX; i++)
        watch->marks[lines_of_event(&watch->lines, watch->findings->at[i].event)] |= MARK_FAULT;
}

struct watch *watch_new(const struct trace *trace, const struct program *program,
                        const struct findings *findings)
{
    struct watch *watch = calloc(1, sizeof *watch);

    if (!watch)
        return NULL;
    watch->trace = trace;
    watch->program = program;
    watch->findings = findings;
    watch->names = names_new(trace, program);
    watch->scene = scene_new(trace);
    if (!watch->names || !watch->scene || !lines_init(&watch->lines, trace))
        goto fail;
    watch->marks = calloc(watch->lines.count, sizeof *watch->marks);
    if (!watch->marks)
        goto fail;
    mark_all(watch);
    watch_go(watch, 0);
    return watch;
fail:
    watch_free(watch);
    return NULL;
}

void watch_free(struct watch *watch)
{
    if (!watch)
        return;
    lanes_free(watch->lanes);
    braid_free(watch->braid);
    free(watch->marks);
    free(watch->timeline);
    lines_release(&watch->lines);
    scene_free(watch->scene);
    names_free(watch->names);
    text_release(&watch->sentence);
    free(watch);
}

uint32_t watch_moments(const struct watch *watch)
{
    return watch->lines.count;
}

uint32_t watch_at(const struct watch *watch)
{
    return watch->at;
}

void watch_go(struct watch *watch, uint32_t moment)
{
    if (moment >= watch->lines.count)
        moment = watch->lines.count - 1;
    watch->at = moment;
    watch->following = false;
    scene_go(watch->scene, watch->lines.first[moment + 1]);
    if (moment == 0)
        scene_go(watch->scene, 0);
    text_clear(&watch->sentence);
    if (moment == 0)
        text_add(&watch->sentence, "nothing has happened yet: main is about to begin");
    else
        lines_sentence(&watch->sentence, &watch->lines, watch->trace, watch->names, moment, false);
}

uint32_t watch_events(const struct watch *watch)
{
    return scene_at(watch->scene);
}

void watch_go_events(struct watch *watch, uint32_t events)
{
    watch_go(watch, events == 0 ? 0 : lines_of_event(&watch->lines, events - 1));
}

/* Who acts in the current moment, or on what; id 0: nobody. */
static struct subject subject_here(const struct watch *watch, enum watch_jump jump)
{
    uint32_t first = watch->lines.first[watch->at];
    struct subject subject = {jump, 0};

    if (watch->following && watch->subject.kind == jump)
        return watch->subject;
    if (watch->at == 0)
        subject.id = jump == WATCH_GOROUTINE;
    else if (first < watch->trace->count)
        subject.id = jump == WATCH_GOROUTINE ? watch->trace->events[first].g
                                             : watch->trace->events[first].obj;
    return subject;
}

static bool takes_part(const struct event *event, const struct subject *subject)
{
    if (subject->kind == WATCH_OBJECT)
        return event->obj == subject->id;
    return event->g == subject->id ||
           (event->other == subject->id && (event->kind == EVENT_SEND || event->kind == EVENT_RECV ||
                                            event->kind == EVENT_GO));
}

static void follow(struct watch *watch, struct subject subject)
{
    if (subject.kind == watch->subject.kind && subject.id == watch->subject.id)
        return;
    watch->subject = subject;
    free(watch->timeline);
    watch->timeline = NULL;
    for (uint32_t m = 1; m < watch->lines.count; m++) {
        watch->marks[m] &= (uint8_t)~MARK_SUBJECT;
        for (uint32_t i = watch->lines.first[m]; i < watch->lines.first[m + 1]; i++)
            if (takes_part(&watch->trace->events[i], &subject))
                watch->marks[m] |= MARK_SUBJECT;
    }
}

bool watch_jump(struct watch *watch, enum watch_jump jump, int direction)
{
    uint32_t moment = watch->at, end = direction > 0 ? watch->lines.count - 1 : 0;
    uint8_t wanted = jump == WATCH_BLOCK ? MARK_BLOCK | MARK_FAULT : MARK_SUBJECT;

    if (jump != WATCH_BLOCK) {
        struct subject subject = subject_here(watch, jump);

        if (subject.id == 0)
            return false;
        follow(watch, subject);
    }
    while (moment != end) {
        moment = direction > 0 ? moment + 1 : moment - 1;
        if (watch->marks[moment] & wanted)
            break;
    }
    if (jump != WATCH_BLOCK && !(moment != watch->at && watch->marks[moment] & wanted))
        return false;
    watch_go(watch, moment);
    watch->following = jump != WATCH_BLOCK;
    return true;
}

const char *watch_subject(const struct watch *watch, enum watch_jump jump)
{
    struct subject subject = subject_here(watch, jump);

    if (subject.id == 0)
        return NULL;
    return jump == WATCH_GOROUTINE ? names_goroutine(watch->names, subject.id)
                                   : names_object(watch->names, subject.id);
}

const char *watch_sentence(const struct watch *watch)
{
    return text_string(&watch->sentence);
}

const struct names *watch_names(const struct watch *watch)
{
    return watch->names;
}

/* --- parts of the picture ------------------------------------------------ */

/* The first finding that shows at this moment; at the end the first of all.  NULL: none. */
static const struct finding *finding_here(const struct watch *watch)
{
    bool last = watch->at + 1 == watch->lines.count;

    for (uint32_t i = 0; watch->findings && i < watch->findings->count && i < FINDINGS_MAX; i++)
        if (lines_of_event(&watch->lines, watch->findings->at[i].event) == watch->at)
            return &watch->findings->at[i];
    return last && watch->findings && watch->findings->count > 0 ? &watch->findings->at[0] : NULL;
}

static struct moment moment_of(const struct watch *watch)
{
    const struct finding *finding = finding_here(watch);

    return (struct moment){
        .trace = watch->trace,
        .program = watch->program,
        .names = watch->names,
        .scene = watch->scene,
        .head = watch->at > 0 ? watch->lines.first[watch->at] : UINT32_MAX,
        .line = finding && !finding->at.file ? finding->at.line : 0,
        .sleeps = watch->sleeps,
        .at_rest = watch->at + 1 == watch->lines.count && watch->findings && watch->findings->count,
    };
}

static void rule(struct grid *grid, int row, int col, int cols, const char *title)
{
    for (int i = 0; i < cols; i++)
        grid_put(grid, row, col + i, 1, STYLE_DIM, grid_glyph(grid, "─", "-"));
    if (title && *title && cols > 8)
        grid_putf(grid, row, col + 2, cols - 4, STYLE_DIM, " %s ", title);
}

static void draw_title(const struct watch *watch, struct grid *grid, struct rect area)
{
    struct moment moment = moment_of(watch);
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

static void draw_timeline(struct watch *watch, struct grid *grid, struct rect area)
{
    int here = lanes_column(&watch->lines, watch->at, area.cols);

    if (!make_timeline(watch, area.cols))
        return;
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
        size_t len = strlen(text), fit = len;

        while (fit > 0 && grid_width_n(text, fit) > area.cols) {
            size_t cut = fit - 1;

            while (cut > 0 && text[cut] != ' ')
                cut--;
            if (cut == 0)
                break; /* one long word: the grid cuts it */
            fit = cut;
        }
        if (row == area.rows - 1 && fit < len) {
            grid_put_short(grid, area.row + row, area.col, area.cols, style, text);
            return;
        }
        grid_put_n(grid, area.row + row, area.col, area.cols, style, text, fit);
        text += fit;
        while (*text == ' ')
            text++;
    }
}

static void draw_sentence(const struct watch *watch, struct grid *grid, struct rect area)
{
    const struct finding *finding = finding_here(watch);
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

/* Rows of the stage in the narrow layout: what goroutines and objects need, within bounds; by
 * the whole run, so that nothing moves while it plays. */
static int stage_rows(const struct watch *watch, int rows)
{
    int need = (int)scene_goroutines(watch->scene), least = rows * 45 / 100;
    int most = rows - 1 - (rows >= 15 ? 7 : 4); /* the rest is for the source */
    int objects = 2 * (int)scene_objects(watch->scene);

    if (objects > need)
        need = objects;
    return need < least ? least : need > most ? (most > least ? most : least) : need;
}

static void draw_narrow(const struct watch *watch, struct grid *grid, struct rect area)
{
    struct moment moment = moment_of(watch);
    int stage = stage_rows(watch, area.rows), left = area.cols / 2;
    int row = area.row;

    for (int i = 0; i < stage; i++)
        grid_put(grid, row + i, area.col + left, 1, STYLE_DIM, grid_glyph(grid, "│", "|"));
    stage_goroutines(&moment, grid, (struct rect){row, area.col + 1, stage, left - 2});
    stage_objects(&moment, grid,
                  (struct rect){row, area.col + left + 2, stage, area.cols - left - 3});
    row += stage;
    rule(grid, row, area.col, area.cols, watch->program ? watch->program->name : "source");
    stage_source(&moment, grid, (struct rect){row + 1, area.col, area.rows - stage - 1, area.cols});
}

/* The last sentences, the present one at the end. */
static void draw_story(const struct watch *watch, struct grid *grid, struct rect area)
{
    uint32_t m = watch->at >= (uint32_t)area.rows ? watch->at - (uint32_t)area.rows + 1 : 1;

    for (int row = 0; row < area.rows && m <= watch->at; row++, m++) {
        struct text line = {0};

        lines_sentence(&line, &watch->lines, watch->trace, watch->names, m, false);
        grid_putf(grid, area.row + row, area.col, 5, STYLE_DIM, "%4u ", m);
        draw_wrapped(grid, (struct rect){area.row + row, area.col + 5, 1, area.cols - 5},
                     m == watch->at ? STYLE_BOLD : STYLE_DIM, text_string(&line));
        text_release(&line);
    }
}

static void draw_wide(const struct watch *watch, struct grid *grid, struct rect area)
{
    struct moment moment = moment_of(watch);
    int left = area.cols * 52 / 100, all = (int)scene_goroutines(watch->scene);
    int across = (left - 2) / 29, boxes = (all + across - 1) / across * 3, most = area.rows / 2;
    int source = area.rows * 6 / 10;

    if (boxes > most)
        boxes = all <= most ? all : most * 2 / 3;
    if (watch->program && (int)watch->program->nlines < source)
        source = (int)watch->program->nlines;
    for (int i = 0; i < area.rows; i++)
        grid_put(grid, area.row + i, area.col + left, 1, STYLE_DIM, grid_glyph(grid, "│", "|"));
    stage_goroutines(&moment, grid, (struct rect){area.row, area.col + 1, boxes, left - 2});
    stage_objects(
        &moment, grid,
        (struct rect){area.row + boxes + 1, area.col + 1, area.rows - boxes - 1, left - 2});
    stage_source(&moment, grid, (struct rect){area.row, area.col + left + 1, source,
                                              area.cols - left - 1});
    rule(grid, area.row + source, area.col + left + 1, area.cols - left - 1, "so far");
    draw_story(watch, grid, (struct rect){area.row + source + 1, area.col + left + 1,
                                          area.rows - source - 1, area.cols - left - 1});
}

/* The braid, made at its first use; NULL: out of memory. */
static struct braid *braid_of(struct watch *watch)
{
    if (!watch->braid)
        watch->braid = braid_new(watch->trace, &watch->lines, watch->names, watch->findings);
    return watch->braid;
}

static void draw_braid(struct watch *watch, struct grid *grid, struct rect area)
{
    struct braid *braid = braid_of(watch);

    if (braid)
        braid_draw(braid, grid, area, watch->at, watch->look == WATCH_ORDER);
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
    int sentence = area.rows >= 22 && !wide ? 3 : 2;
    bool braid = watch->look != WATCH_STAGE;
    int lanes = wide && !braid && area.rows >= LANES_ROWS ? lanes_wanted(watch) : 0;
    int label = lanes ? LABEL_COLS : 0;
    int foot = 1 + output + sentence + lanes + 1; /* rule, output, sentence, lanes, timeline */
    struct rect middle = {area.row + 1, area.col, area.rows - 1 - foot, area.cols};
    int row = area.row + area.rows - foot;

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
    struct moment moment = moment_of(watch);
    int left = area.cols / 2, stage = middle.rows;

    if (middle.rows > 14 && middle.cols >= WIDE_COLS) {
        draw_wide(watch, grid, middle);
    } else if (middle.rows > 8) {
        draw_narrow(watch, grid, middle);
    } else {
        for (int i = 0; i < stage; i++)
            grid_put(grid, area.row + i, area.col + left, 1, STYLE_DIM, grid_glyph(grid, "│", "|"));
        stage_goroutines(&moment, grid, (struct rect){area.row, area.col + 1, stage, left - 2});
        stage_objects(&moment, grid, (struct rect){area.row, area.col + left + 2, stage,
                                                   area.cols - left - 3});
    }
    rule(grid, area.row + middle.rows, area.col, area.cols, NULL);
    if (output)
        draw_output(watch, grid, (struct rect){area.row + middle.rows + 1, area.col, 1, area.cols});
    draw_sentence(watch, grid, (struct rect){area.row + middle.rows + 1 + output, area.col,
                                             sentence, area.cols});
}

enum watch_look watch_look(const struct watch *watch)
{
    return watch->look;
}

void watch_set_look(struct watch *watch, enum watch_look look)
{
    watch->look = look;
}

char *watch_plain_braid(struct watch *watch, bool ascii)
{
    struct braid *braid = braid_of(watch);

    return braid ? braid_plain(braid, ascii) : NULL;
}

char *watch_plain(const struct watch *watch)
{
    struct text out = {0};

    words_story(&out, watch->trace, watch->names, watch->program, UINT32_MAX);
    return text_take(&out);
}
