/* choose_draw.c -- the moment reached, and below it who can take the next step.
 *
 *     stage, source, sentence     watch_draw_now
 *     question, or how it ended
 *     1  main: receive from c
 *     .  who cannot go on, and why
 *     the schedule so far
 */
#include "ui/choose.h"

#include "grade/words.h"
#include "ui/tell.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_STAGE = 6 }; /* rows above the question */

void choose_title(struct app *app, struct screen *screen, struct text *left,
                         struct text *right)
{
    struct choosing *c = (struct choosing *)screen;

    (void)app;
    text_addf(left, "%s   you are the scheduler", c->origin->program.name);
    if (c->judged)
        text_addf(right, "%u step%s taken", c->turn, c->turn == 1 ? "" : "s");
}

/* The schedule as `braid replay` takes it; its end is what counts where it is too long. */
static void draw_schedule(struct choosing *c, struct grid *grid, struct rect area)
{
    struct text line = {0};
    char *schedule = byhand_text(&c->run, c->turn);
    const char *text = schedule ? schedule : "";
    int col = area.col + 1, end = area.col + area.cols;

    text_addf(&line, "braid replay %s ", c->judged->program.name);
    if (grid_width(text_string(&line)) + grid_width(text) + 3 > area.cols) {
        text_clear(&line);
        text_add(&line, "schedule ");
    }
    col += grid_put(grid, area.row, col, end - col, STYLE_DIM, text_string(&line));
    int room = end - col - 2, width = (int)strlen(text);
    if (width > room) {
        text += width - room + 3;
        col += grid_put(grid, area.row, col, 3, STYLE_DIM, grid_glyph(grid, "…", "..."));
        text += strcspn(text, " ");
    }
    grid_putf(grid, area.row, col, end - col, STYLE_CODE, "'%s'", *text == ' ' ? text + 1 : text);
    text_release(&line);
    free(schedule);
}

/* One row of the list: its key, or none for who cannot go on. */
static void draw_offer(struct grid *grid, struct rect cell, char key, const char *words)
{
    if (key)
        grid_putf(grid, cell.row, cell.col + 1, 1, STYLE_KEY, "%c", key);
    else
        grid_put(grid, cell.row, cell.col + 1, 1, STYLE_DIM, grid_glyph(grid, "·", "."));
    grid_put_short(grid, cell.row, cell.col + 4, cell.cols - 5, key ? STYLE_PLAIN : STYLE_DIM,
                   words);
}

static bool can_move(const struct move *moves, uint32_t n, uint32_t g)
{
    for (uint32_t i = 0; i < n; i++)
        if (moves[i].step.g == g)
            return true;
    return false;
}

/* Who can go on, numbered; then, as far as there is room, who cannot and why. */
static void draw_offers(struct choosing *c, struct grid *grid, struct rect area)
{
    struct offer offer = choose_offers(c);
    struct move moves[CHOOSE_MOVES];
    uint32_t n = choose_moves(c, moves), more = 0;
    int columns = (int)n > 2 * area.rows ? 3 : (int)n > area.rows ? 2 : 1;
    int width = area.cols / columns, row = 0;

    for (uint32_t i = 0; i < n; i++) {
        struct text words = {0};
        int each = ((int)n + columns - 1) / columns, at = (int)i % each;

        offer_option(&words, &offer, moves[i].option, moves[i].step.partner);
        if (at < area.rows)
            draw_offer(grid,
                       (struct rect){area.row + at, area.col + (int)i / each * width, 1, width},
                       choose_key_of(i), text_string(&words));
        row = at + 1 > row ? at + 1 : row;
        text_release(&words);
    }
    for (uint32_t g = 1; g <= scene_goroutines(offer.scene); g++) {
        struct text words = {0};

        if (!can_move(moves, n, g) && offer_waiting(&words, &offer, g)) {
            if (row < area.rows)
                draw_offer(grid, (struct rect){area.row + row++, area.col, 1, area.cols}, '\0',
                           text_string(&words));
            else
                more++;
        }
        text_release(&words);
    }
    if (more > 0 && row > (int)n && row == area.rows) {
        struct rect last = {area.row + row - 1, area.col, 1, area.cols};
        grid_fill(grid, last, ' ', STYLE_PLAIN);
        grid_putf(grid, last.row, last.col + 4, last.cols - 5, STYLE_DIM, "and %u more wait",
                  more + 1);
    }
}

/* A race that has shown by now: it does not end the run. */
static const struct finding *race_so_far(const struct choosing *c)
{
    const struct findings *findings = &c->judged->result.findings;

    for (uint32_t i = 0; i < findings->count; i++)
        if (findings->at[i].kind == FINDING_RACE
            && findings->at[i].event < byhand_events(&c->run, c->turn))
            return &findings->at[i];
    return NULL;
}

/* The goals on the line above the question. */
static void draw_goals(const struct choosing *c, struct grid *grid, struct rect line)
{
    int col = line.col + 1, end = line.col + line.cols - 1;

    if (choose_goals(c) == 0)
        return;
    col += grid_put(grid, line.row, col, end - col, STYLE_DIM, " goals: ");
    for (size_t i = 0; i < choose_goals(c) && col < end; i++) {
        enum goal_state state = c->goals[i];
        const char *mark = state == GOAL_REACHED ? grid_glyph(grid, "✓", "+")
                           : state == GOAL_IMPOSSIBLE ? grid_glyph(grid, "✗", "x")
                                                      : grid_glyph(grid, "○", "o");

        col += grid_putf(grid, line.row, col, end - col,
                         state == GOAL_REACHED ? STYLE_GOOD : STYLE_PLAIN, "%s %s  ", mark,
                         c->step->goals[i]);
    }
}

static void draw_question(struct app *app, struct choosing *c, struct grid *grid, struct rect area)
{
    struct text words = {0};
    const struct finding *race = race_so_far(c);
    enum style style = STYLE_TITLE;

    if (choose_over(c) && c->run.trace->dropped > 0) {
        text_add(&words, "The run is too long to be told further.");
        style = STYLE_NOTE;
    } else if (choose_over(c) && choose_met(c, &words)) {
        style = STYLE_GOOD;
    } else if (choose_over(c)) {
        tell_headline(c->judged, &words, app->ascii);
        style = c->judged->result.verdict == VERDICT_PASSED ? STYLE_GOOD : STYLE_BAD;
    } else if (job_running(&c->job)) {
        text_add(&words, "the program runs again up to here...");
        style = STYLE_NOTE;
    } else if (race) {
        words_finding_title(&words, c->judged->result.trace, watch_names(c->watch), race);
        style = STYLE_BAD;
    } else {
        text_add(&words, scene_main_done(c->scene)
                             ? "main is over; who cannot end now is a leak.  Who goes on?"
                             : "Who takes the next step?");
    }
    const struct event *choice = choose_inner(c);
    const char *other = !choice || job_running(&c->job) ? ""
                        : choice->kind == EVENT_RAND ? "o draws another" : "o takes another case";
    int width = grid_width(other);
    grid_put_short(grid, area.row, area.col + 1, area.cols - 3 - width, style,
                   text_string(&words));
    if (width > 0) {
        int col = area.col + area.cols - 1 - width;
        grid_put(grid, area.row, col, 1, STYLE_KEY, other);
        grid_put(grid, area.row, col + 1, width - 1, STYLE_DIM, other + 1);
    }
    text_release(&words);
}

static void draw_end(struct choosing *c, struct grid *grid, struct rect area)
{
    static const char *const next[][2] = {
        {"h", "shows the shortest way known"},
        {"u", "takes the last step back"},
        {"s", "watches this run from start to end"},
        {"Home", "begins again"},
    };
    struct rect list = {area.row + 1, area.col, area.rows - 1, area.cols};
    int col = area.col + 1;

    col += grid_putf(grid, area.row, col, area.cols - 2, STYLE_PLAIN, "%u steps.  ", c->turn);
    for (size_t i = c->met ? 0 : 1; i < sizeof next / sizeof *next; i++) {
        int width = grid_width(next[i][0]) + 1 + grid_width(next[i][1]);
        if (col + width > area.col + area.cols)
            break;
        col += grid_put(grid, area.row, col, 5, STYLE_KEY, next[i][0]) + 1;
        col += grid_put(grid, area.row, col, width, STYLE_PLAIN, next[i][1]) + 2;
    }
    draw_offers(c, grid, list);
}

void choose_draw(struct app *app, struct screen *screen, struct grid *grid, struct rect body)
{
    struct choosing *c = (struct choosing *)screen;

    if (!c->judged) {
        grid_put(grid, body.row + body.rows / 2, body.col + 2, body.cols - 4, STYLE_NOTE,
                 "one moment: the program runs again up to this step");
        return;
    }
    /* by the whole run, so that nothing moves from turn to turn */
    int need = (int)scene_goroutines(c->scene) + 3, most = body.rows * 45 / 100;
    int rows = need < 6 ? 6 : need;
    if (rows > most)
        rows = most;
    if (rows > body.rows - LEAST_STAGE)
        rows = body.rows - LEAST_STAGE;
    watch_draw_now(c->watch, grid, (struct rect){body.row, body.col, body.rows - rows - 1,
                                                 body.cols});
    int row = body.row + body.rows - rows - 1;
    for (int i = 0; i < body.cols; i++)
        grid_put(grid, row, body.col + i, 1, STYLE_DIM, grid_glyph(grid, "━", "="));
    draw_goals(c, grid, (struct rect){row, body.col, 1, body.cols});
    draw_question(app, c, grid, (struct rect){row + 1, body.col, 1, body.cols});
    struct rect list = {row + 2, body.col, rows - 2, body.cols};
    if (choose_over(c))
        draw_end(c, grid, list);
    else
        draw_offers(c, grid, list);
    draw_schedule(c, grid, (struct rect){body.row + body.rows - 1, body.col, 1, body.cols});
}
