/* present_draw.c -- a slide: few words, in the middle, with air between the lines. */
#include "ui/present.h"

#include "course/prefer.h"

#include <stdlib.h>
#include <string.h>

enum {
    TEXT_COLS = 64, /* of text without code */
    CODE_COLS = 80,
    BAR_COLS = 14,  /* of the answer with the most hands */
    ANSWER_ROWS = 3,
};

static bool has_code(const char *markdown)
{
    return strstr(markdown, "```") || strstr(markdown, "|--");
}

/* What the slide says, before what is drawn below it. */
static char *words_of(const struct presenting *p)
{
    const struct slide *slide = present_slide(p);
    const struct exercise *exercise = deck_exercise(&p->deck, p->talk.slide);
    struct text text = {0};

    if (slide->kind == SLIDE_CHECKPOINT)
        text_addf(&text, "## Checkpoint\n\n%s", slide->markdown);
    else
        text_add(&text, slide->markdown);
    if (exercise)
        text_addf(&text, "\n\n## %s\n\n%s\n", exercise->title, exercise->task);
    return text_take(&text);
}

static bool make_text(struct app *app, struct presenting *p, int cols)
{
    char *words, *one;

    if (p->text && p->cols == cols && p->language == app->language)
        return true;
    words = words_of(p);
    one = words ? prefer_language(words, app->language) : NULL;
    markdown_free(p->text);
    p->text = one ? markdown_new(one, cols, app->ascii) : NULL;
    p->cols = cols;
    p->language = app->language;
    free(words);
    free(one);
    return p->text;
}

/* Every second row, where there is room. */
static void draw_spaced(const struct markdown *text, struct grid *grid, struct rect area)
{
    for (int i = 0; i < markdown_rows(text); i++)
        markdown_draw(text, grid, (struct rect){area.row + 2 * i, area.col, 1, area.cols}, i);
}

/* --- what stands below the text ------------------------------------------ */

static int below_rows(const struct app *app, const struct presenting *p)
{
    switch (present_slide(p)->kind) {
    case SLIDE_QUESTION: {
        int n = (int)present_step(p)->nanswers;
        return n ? n * ANSWER_ROWS : 2;
    }
    case SLIDE_WATCH:
    case SLIDE_GOALS: return present_demo(app, p) ? 2 : 0;
    case SLIDE_EXERCISE: return 3;
    case SLIDE_CHECKPOINT: return 2;
    default: return 0;
    }
}

static void put_offer(struct grid *grid, int row, struct rect area, const char *key,
                      const char *words, const char *name)
{
    int width = grid_width(key) + 2;

    if (row >= area.row + area.rows)
        return;
    grid_putf(grid, row, area.col, width, STYLE_KEY, " %s ", key);
    grid_putf(grid, row, area.col + width + 1, area.cols - width - 1, STYLE_PLAIN, words, name);
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* A bar of its share of the most hands, and the number. */
static int draw_bar(struct grid *grid, int row, struct rect area, uint32_t hands, uint32_t most,
                    uint32_t all)
{
    int cols = most ? (int)((hands * (uint64_t)BAR_COLS + most - 1) / most) : 0, col = area.col + 3;

    for (int i = 0; i < cols; i++)
        col += grid_put(grid, row, col, 1, STYLE_CHANNEL, grid_glyph(grid, "█", "#"));
    return col + 1 + grid_putf(grid, row, col + 1, 24, STYLE_BOLD, "%u (%u %%)", hands,
                               (100 * hands + all / 2) / all) + 2;
}

static void draw_outcome(const struct app *app, struct grid *grid, int row, int col, int cols,
                         const struct judged *judged)
{
    bool yes = judged->result.reached > 0;
    struct text words = {0};

    if (!probe_failed(judged))
        text_add(&words, yes ? grid_glyph(grid, "✓ ", "+ ") : grid_glyph(grid, "✗ ", "x "));
    probe_outcome(judged, app->ascii, &words);
    grid_put_short(grid, row, col, cols, yes ? STYLE_GOOD : STYLE_BAD, text_string(&words));
    text_release(&words);
}

static void draw_answers(struct app *app, const struct presenting *p, struct grid *grid,
                         struct rect area, int row)
{
    const struct lesson_step *step = present_step(p);
    uint32_t nth = present_slide(p)->step, all = talk_hands(&p->talk, nth), most = 0;

    for (size_t i = 0; all > 0 && i < step->nanswers; i++)
        most = p->talk.hands[nth][i] > most ? p->talk.hands[nth][i] : most;
    for (size_t i = 0; i < step->nanswers; i++, row += ANSWER_ROWS) {
        int col = area.col + 3;

        if (row + 1 >= area.row + area.rows)
            return;
        grid_putf(grid, row, area.col, 3, STYLE_KEY, "%zu", i + 1);
        grid_put_short(grid, row, col, area.cols - 3, STYLE_PLAIN, step->answers[i]);
        if (all > 0)
            col = draw_bar(grid, row + 1, area, p->talk.hands[nth][i], most, all);
        if (present_is_tried(p) && p->probe.found[i])
            draw_outcome(app, grid, row + 1, col, area.col + area.cols - col,
                         p->probe.found[i]);
        else if (present_is_tried(p))
            grid_put(grid, row + 1, col, 3, STYLE_DIM, "...");
    }
}

static void draw_below(struct app *app, const struct presenting *p, struct grid *grid,
                       struct rect area, int row)
{
    const struct slide *slide = present_slide(p);
    const struct exercise *exercise = deck_exercise(&p->deck, p->talk.slide);
    const char *demo = present_demo(app, p);

    if (slide->kind == SLIDE_QUESTION && present_step(p)->nanswers > 0)
        draw_answers(app, p, grid, area, row);
    else if (slide->kind == SLIDE_QUESTION)
        put_offer(grid, row, area, "1", "type what the room says", "");
    else if ((slide->kind == SLIDE_WATCH || slide->kind == SLIDE_GOALS) && demo)
        put_offer(grid, row, area, "r", "watch %s run", file_name(demo));
    else if (slide->kind == SLIDE_CHECKPOINT && p->talk.agreed >> slide->checkpoint & 1)
        grid_put(grid, row, area.col, area.cols, STYLE_GOOD,
                 grid_glyph(grid, "✓ agreed", "+ agreed"));
    else if (slide->kind == SLIDE_CHECKPOINT)
        put_offer(grid, row, area, "Enter", "when all are there", "");
    if (exercise) {
        put_offer(grid, row, area, "e", "open it here", "");
        grid_putf(grid, row + 1, area.col, area.cols, STYLE_DIM, "yours: braid app %s",
                  exercise->name);
    }
}

/* --- the slide ----------------------------------------------------------- */

void present_draw(struct app *app, struct screen *screen, struct grid *grid, struct rect body)
{
    struct presenting *p = (struct presenting *)screen;
    bool code = has_code(present_slide(p)->markdown) || deck_exercise(&p->deck, p->talk.slide);
    int most = code || present_slide(p)->kind == SLIDE_QUESTION ? CODE_COLS : TEXT_COLS;
    int margin = code ? 4 : 6; /* code is not wrapped */
    int cols = body.cols - margin < most ? body.cols - margin : most;
    struct rect area = {body.row + 1, (body.cols - cols) / 2, body.rows - 2, cols};
    int below = below_rows(app, p), rows, shown;

    if (!make_text(app, p, cols))
        return;
    rows = markdown_rows(p->text);
    bool spaced = !code && 2 * rows + below + 1 <= area.rows;
    shown = (spaced ? 2 * rows : rows + (rows > 0)) + below;
    if (shown < area.rows)
        area.row += (area.rows - shown) / 2;
    area.rows = body.row + body.rows - 1 - area.row;
    app_scroll_clamp(&p->first, shown, area.rows);
    if (spaced)
        draw_spaced(p->text, grid, area);
    else
        markdown_draw(p->text, grid, area, p->first);
    if (below)
        draw_below(app, p, grid, area, area.row + shown - below - p->first);
    app_mark_more(grid, area, p->first, shown);
}
