/* screen_choose.c -- you are the scheduler: the learner chooses who takes each step. */
#include "ui/choose.h"

#include <stdlib.h>

enum { LOOK_MS = 25 }; /* how often to look for a run that is being made */

static const struct control controls[] = {
    {REQUEST_CHOOSE, "choose", "who takes the next step (then A-Z)"},
    {REQUEST_UNDO, "undo", "take the last step back"},
    {REQUEST_SWITCH, "give back", "the run goes on by itself; watch it"},
    {REQUEST_HINT, "hint", "one good move, to a goal or a fault"},
    {REQUEST_JUMP_NEXT, "next choice", "on to where more than one can go on"},
    {REQUEST_OTHER, NULL, "another case, or draw, of that step"},
    {REQUEST_OPEN, NULL, "the next step, if only one can take it"},
    {REQUEST_PLAY, NULL, "the same"},
    {REQUEST_BACKWARD, NULL, "take the last step back"},
    {REQUEST_FORWARD, NULL, "the step this run took next before"},
    {REQUEST_FIRST, NULL, "take all steps back"},
    {REQUEST_BACK, NULL, "give the choice back"},
    {REQUEST_MOVE, NULL, "values move between two steps, or not"},
    {REQUEST_LIST, NULL, "the list of lessons"},
    {0},
};

/* --- keys ---------------------------------------------------------------- */

static void give_back(struct app *app, struct choosing *c)
{
    app_pop(app);
    if (c->judged)
        app_replace(app, screen_watch_at(app, c->judged, byhand_events(&c->run, c->turn)));
}

static void take_only(struct app *app, struct choosing *c)
{
    struct move moves[CHOOSE_MOVES];

    if (!c->judged || job_running(&c->job))
        return;
    if (choose_moves(c, moves) > 1)
        app_say(app, STYLE_NOTE, "more than one can go on: press the number of one");
    else
        choose_move(app, c, 0);
}

/* Steps that only one can take are taken; where there is a choice already, nothing is. */
static void to_choice(struct app *app, struct choosing *c)
{
    struct move moves[CHOOSE_MOVES];
    uint32_t from = c->turn;

    if (!c->judged || job_running(&c->job))
        return;
    while (!choose_over(c) && choose_moves(c, moves) <= 1)
        choose_step_on(app, c);
    if (c->turn == from)
        app_say(app, STYLE_NOTE, choose_over(c) ? "it is over: u takes the last step back"
                                         : "more than one can go on: press the number of one");
}

static bool choose_key(struct app *app, struct screen *screen, int key)
{
    struct choosing *c = (struct choosing *)screen;

    if (key >= '1' && key <= '9')
        choose_move(app, c, (uint32_t)(key - '1'));
    else if (key >= 'A' && key <= 'Z')
        choose_move(app, c, (uint32_t)(key - 'A') + 9);
    else
        return false;
    return true;
}

static bool choose_request(struct app *app, struct screen *screen, enum request request)
{
    struct choosing *c = (struct choosing *)screen;

    switch (request) {
    case REQUEST_SWITCH:
    case REQUEST_BACK: give_back(app, c); return true;
    case REQUEST_UNDO:
    case REQUEST_BACKWARD: choose_back(app, c, c->turn > 0 ? c->turn - 1 : 0); return true;
    case REQUEST_FIRST: choose_back(app, c, 0); return true;
    case REQUEST_OPEN:
    case REQUEST_PLAY: take_only(app, c); return true;
    case REQUEST_FORWARD:
        if (c->judged && !job_running(&c->job) && !choose_over(c))
            choose_step_on(app, c);
        return true;
    case REQUEST_JUMP_NEXT: to_choice(app, c); return true;
    case REQUEST_MOVE: travel_switch(app); return true;
    case REQUEST_OTHER: choose_other(app, c); return true;
    case REQUEST_HINT: choose_hint(app, c); return true;
    default: return false;
    }
}

/* A goroutine that is clicked takes the next step, if it can. */
static bool choose_click(struct app *app, struct screen *screen, int row, int col)
{
    struct choosing *c = (struct choosing *)screen;
    struct move moves[CHOOSE_MOVES];
    uint32_t id, n, nth = 0;

    if (!c->judged || watch_hit(c->watch, row, col, &id) != HIT_GOROUTINE)
        return false;
    n = choose_moves(c, moves);
    while (nth < n && moves[nth].step.g != id)
        nth++;
    if (nth < n && !choose_over(c))
        choose_move(app, c, nth);
    else
        app_say(app, STYLE_NOTE, "%s cannot take a step now",
                names_goroutine(watch_names(c->watch), id));
    return true;
}

/* --- time ---------------------------------------------------------------- */

static bool between(const struct choosing *c)
{
    return c->watch && watch_events(c->watch) < byhand_events(&c->run, c->turn);
}

static int choose_wait(struct app *app, struct screen *screen)
{
    struct choosing *c = (struct choosing *)screen;
    int64_t left = c->due - app_now();

    (void)app;
    if (job_running(&c->job) || job_running(&c->search))
        return LOOK_MS;
    if (c->travel.under_way)
        return travel_wait(&c->travel);
    if (!between(c))
        return -1;
    return left < 0 ? 0 : (int)left;
}

static void choose_tick(struct app *app, struct screen *screen)
{
    struct choosing *c = (struct choosing *)screen;

    if (job_running(&c->job))
        choose_run_comes(app, c);
    if (app->top != screen)
        return;
    if (job_running(&c->search))
        choose_search_ends(app, c);
    if (c->watch && travel_tick(&c->travel, c->watch))
        app->dirty = true;
    while (!c->travel.under_way && between(c) && app_now() >= c->due) {
        watch_go(c->watch, watch_at(c->watch) + 1);
        c->due += c->pace;
        app->dirty = true;
    }
}

static void choose_free(struct screen *screen)
{
    struct choosing *c = (struct choosing *)screen;

    job_stop(&c->job);
    job_stop(&c->search);
    watch_free(c->watch);
    scene_free(c->scene);
    byhand_release(&c->run);
    byhand_release(&c->fault);
    judged_drop(c->judged);
    judged_drop(c->found);
    judged_drop(c->origin);
    free(c);
}

static const struct screen_table table = {
    .name = "you are the scheduler",
    .controls = controls,
    .title = choose_title,
    .draw = choose_draw,
    .request = choose_request,
    .key = choose_key,
    .click = choose_click,
    .wait = choose_wait,
    .tick = choose_tick,
    .free = choose_free,
};

struct screen *screen_choose(struct app *app, struct judged *judged, uint32_t events)
{
    struct choosing *c = calloc(1, sizeof *c);
    struct byhand origin;

    if (!c)
        return NULL;
    c->screen.table = &table;
    c->origin = judged_hold(judged);
    c->step = course_step_of(&app->course, judged->program.path);
    if (!byhand_init(&origin, judged->result.trace)) {
        choose_free(&c->screen);
        return NULL;
    }
    c->wanted = byhand_turn(&origin, events);
    char *schedule = byhand_text(&origin, byhand_steps(&origin));
    bool started = schedule && job_follow(&c->job, judged, schedule, app->options->cflags);
    free(schedule);
    byhand_release(&origin);
    if (!started) {
        choose_free(&c->screen);
        return NULL;
    }
    return &c->screen;
}
