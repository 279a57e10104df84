/* screen_watch.c -- the watch view with its keys: play, step, scrub.
 *
 * Two screens live here: the one that waits for the program to be judged, and
 * the view of the run that it becomes.  s goes on to screen_choose.c.
 */
#include "ui/app.h"
#include "ui/tell.h"
#include "ui/travel.h"
#include "view/watch.h"

#include <stdlib.h>
#include <string.h>

/* ms a moment is shown, from slow to fast. */
static const int pace[] = {3000, 2000, 1300, 800, 500, 300, 150, 70, 30};
enum { TRAVEL_MS = 360 }; /* a value's way, after a key */
enum { LOOK_MS = 25 };    /* how often to look for a run that is looked for */
enum { PACES = sizeof pace / sizeof *pace, USUAL_PACE = 3 };

struct watching {
    struct screen screen;
    struct judged *judged;
    struct watch *watch;
    char *title;
    bool playing;
    int pace;
    int64_t due; /* when the next moment is to be shown; valid while playing */
    struct travel travel;
    struct job differ; /* looks for a run without a fault */
};

static const struct control controls[] = {
    {REQUEST_PLAY, "play", "play and pause"},
    {REQUEST_BACKWARD, NULL, "a step back (also ,)"},
    {REQUEST_FORWARD, "step", "a step on (also .)"},
    {REQUEST_JUMP_NEXT, "next block", "to where somebody blocks next"},
    {REQUEST_JUMP_PREVIOUS, NULL, "to where somebody blocked before"},
    {REQUEST_GOROUTINE_NEXT, NULL, "the next step of this goroutine"},
    {REQUEST_GOROUTINE_PREVIOUS, NULL, "its step before"},
    {REQUEST_OBJECT_NEXT, NULL, "the next step on this channel or lock"},
    {REQUEST_OBJECT_PREVIOUS, NULL, "the step on it before"},
    {REQUEST_DOWN, NULL, "the next line of the source with a step"},
    {REQUEST_UP, NULL, "the line above with a step"},
    {REQUEST_LINE_NEXT, NULL, "the next step at this line"},
    {REQUEST_LINE_PREVIOUS, NULL, "the step at it before"},
    {REQUEST_LOOK, "view", "stage, braid, braid with its arrows"},
    {REQUEST_DIFFER, NULL, "where this run parts from one without a fault"},
    {REQUEST_MOVE, NULL, "values move between two steps, or not"},
    {REQUEST_SWITCH, "choose", "from here on you choose who takes each step"},
    {REQUEST_EDIT, "edit", "on to the exercise, or its file"},
    {REQUEST_BACK, "back", "back"},
    {REQUEST_RUN, "again", "from the start again, playing"},
    {REQUEST_FASTER, NULL, "play faster"},
    {REQUEST_SLOWER, NULL, "play slower"},
    {REQUEST_NEXT, NULL, "a step on"},
    {REQUEST_PREVIOUS, NULL, "a step back"},
    {REQUEST_FIRST, NULL, "the start of the run"},
    {REQUEST_LAST, NULL, "the end of the run"},
    {REQUEST_PAGE_DOWN, NULL, "a tenth of the run on"},
    {REQUEST_PAGE_UP, NULL, "a tenth of the run back"},
    {REQUEST_LIST, NULL, "the list of lessons"},
    {0},
};

static void watch_title(struct app *app, struct screen *screen, struct text *left,
                        struct text *right)
{
    struct watching *w = (struct watching *)screen;

    text_add(left, w->title);
    if (job_running(&w->differ))
        job_progress(&w->differ, right);
    else if (w->playing)
        text_addf(right, "%s playing, a step in %d.%02d s", app->ascii ? ">" : "▶",
                  pace[w->pace] / 1000, pace[w->pace] % 1000 / 10);
    else
        text_addf(right, "%s paused", app->ascii ? "=" : "‖");
    text_addf(right, "   %u/%u", watch_at(w->watch), watch_moments(w->watch) - 1);
}

static void draw_watch(struct app *app, struct screen *screen, struct grid *grid, struct rect body)
{
    struct watching *w = (struct watching *)screen;

    (void)app;
    watch_draw(w->watch, grid, body);
}

static bool at_end(const struct watching *w)
{
    return watch_at(w->watch) + 1 >= watch_moments(w->watch);
}

static void play(struct watching *w, bool on)
{
    if (on && at_end(w))
        watch_go(w->watch, 0);
    w->playing = on;
    w->due = app_now() + pace[w->pace];
}

static void set_pace(struct app *app, struct watching *w, int to)
{
    if (to < 0 || to >= PACES) {
        app_say(app, STYLE_NOTE, to < 0 ? "this is the slowest" : "this is the fastest");
        return;
    }
    w->pace = to;
    w->due = app_now() + pace[to];
    if (!w->playing)
        app_say(app, STYLE_NOTE, "a step will take %d.%02d s; Space plays", pace[to] / 1000,
                pace[to] % 1000 / 10);
}

static void step_by(struct watching *w, int64_t by)
{
    int64_t to = (int64_t)watch_at(w->watch) + by;

    watch_go(w->watch, to < 0 ? 0 : to > UINT32_MAX ? UINT32_MAX : (uint32_t)to);
}

/* The next moment, and how it comes about. */
static void step_on(struct app *app, struct watching *w, int ms)
{
    if (at_end(w))
        return;
    step_by(w, 1);
    travel_begin(app, &w->travel, w->watch, ms);
}

static void look_on(struct app *app, struct watching *w)
{
    static const char *const told[WATCH_LOOKS] = {
        [WATCH_STAGE] = "the stage: who stands where after this step",
        [WATCH_BRAID] = "the braid: a strand for each goroutine, dotted while it waits",
        [WATCH_ORDER] = "heavy: what leads to this step; double: what follows from it",
    };
    enum watch_look look = (watch_look(w->watch) + 1) % WATCH_LOOKS;

    watch_set_look(w->watch, look);
    app_say(app, STYLE_NOTE, "%s", told[look]);
}

/* To where what the step is of takes part next, or did before. */
static void follow(struct app *app, struct watching *w, enum watch_jump jump, int direction)
{
    const char *subject = watch_subject(w->watch, jump);

    if (watch_jump(w->watch, jump, direction))
        app_say(app, STYLE_NOTE, "following %s", subject);
    else if (subject)
        app_say(app, STYLE_NOTE, "no step of %s %s this one", subject,
                direction > 0 ? "after" : "before");
    else
        app_say(app, STYLE_NOTE, "this step is %s: take another first",
                jump == WATCH_GOROUTINE ? "no goroutine's"
                : jump == WATCH_LINE    ? "at no line of the program" : "on no channel or lock");
}

/* Whatever was clicked is followed from here on. */
static void point_at(struct app *app, struct watching *w, enum watch_jump kind, uint32_t id,
                     const char *name)
{
    if (watch_follow(w->watch, kind, id))
        app_say(app, STYLE_NOTE, "following %s: %s", name,
                kind == WATCH_GOROUTINE ? "{ } go on" : "< > go on");
    else
        app_say(app, STYLE_NOTE, "no step of %s after this one", name);
}

/* The cursor in the source; in the braid, where time runs down, a step. */
static void move_line(struct app *app, struct watching *w, int direction)
{
    if (watch_look(w->watch) != WATCH_STAGE && direction > 0)
        step_on(app, w, TRAVEL_MS);
    else if (watch_look(w->watch) != WATCH_STAGE)
        step_by(w, direction);
    else if (!watch_move_line(w->watch, direction))
        app_say(app, STYLE_NOTE, "no line %s this one has a step",
                direction > 0 ? "below" : "above");
}

/* --- the first difference ------------------------------------------------ */

static void differ(struct app *app, struct watching *w)
{
    if (w->judged->result.findings.count == 0)
        app_say(app, STYLE_NOTE, "this run shows no fault: there is nothing to tell it from");
    else if (!job_running(&w->differ) && !job_clean(&w->differ, w->judged, app->options->cflags))
        app_say(app, STYLE_BAD, "out of memory");
    else
        app_say(app, STYLE_NOTE, "looking for a run without a fault...");
}

static void differ_comes(struct app *app, struct watching *w)
{
    struct judged *found = job_take(&w->differ);
    struct text words = {0};

    if (!found)
        return;
    app->dirty = true;
    app->message[0] = '\0';
    if (found->result.reached > 0 && found->result.trace) {
        app_push(app, screen_differ(w->judged, found));
    } else if (found->result.runs == 0) {
        tell_headline(found, &words, app->ascii);
        app_say(app, STYLE_BAD, "%s", text_string(&words));
    } else if (found->result.complete) {
        app_say(app, STYLE_NOTE, "there is no run without a fault: every interleaving shows one");
    } else {
        job_number(&words, found->result.runs);
        app_say(app, STYLE_NOTE, "no run without a fault was found among %s",
                text_string(&words));
    }
    text_release(&words);
    judged_drop(found);
}

/* Whether the screen below has a use for e: the exercise, or the lesson step with one. */
static bool watch_offers(struct app *app, struct screen *screen, enum request request)
{
    struct screen *below = screen->below;

    if (request != REQUEST_EDIT)
        return true;
    if (!below)
        return false;
    const struct control *c = below->table->controls;
    while (c && c->request && c->request != REQUEST_EDIT)
        c++;
    return c && c->request && (!below->table->offers || below->table->offers(app, below, request));
}

static bool go_edit(struct app *app, struct screen *screen)
{
    if (!watch_offers(app, screen, REQUEST_EDIT))
        return false;
    app_pop(app);
    return app->top->table->request(app, app->top, REQUEST_EDIT);
}

static bool watch_request(struct app *app, struct screen *screen, enum request request)
{
    struct watching *w = (struct watching *)screen;
    int64_t tenth = watch_moments(w->watch) / 10;

    travel_end(&w->travel, w->watch);
    switch (request) {
    case REQUEST_PLAY: play(w, !w->playing); return true;
    case REQUEST_EDIT: return go_edit(app, screen);
    case REQUEST_SWITCH:
        play(w, false);
        app_push(app, screen_choose(app, w->judged, watch_events(w->watch)));
        return true;
    case REQUEST_LOOK: look_on(app, w); return true;
    case REQUEST_MOVE: travel_switch(app); return true;
    case REQUEST_DIFFER: differ(app, w); return true;
    case REQUEST_FASTER: set_pace(app, w, w->pace + 1); return true;
    case REQUEST_SLOWER: set_pace(app, w, w->pace - 1); return true;
    case REQUEST_RUN:
        watch_go(w->watch, 0);
        play(w, true);
        return true;
    default:
        break;
    }
    bool was_playing = w->playing;
    w->playing = false; /* whoever steps wants to look */
    switch (request) {
    case REQUEST_FORWARD:
    case REQUEST_NEXT: step_on(app, w, TRAVEL_MS); return true;
    case REQUEST_BACKWARD:
    case REQUEST_PREVIOUS: step_by(w, -1); return true;
    case REQUEST_DOWN: move_line(app, w, 1); return true;
    case REQUEST_UP: move_line(app, w, -1); return true;
    case REQUEST_LINE_NEXT: follow(app, w, WATCH_LINE, 1); return true;
    case REQUEST_LINE_PREVIOUS: follow(app, w, WATCH_LINE, -1); return true;
    case REQUEST_JUMP_NEXT: watch_jump(w->watch, WATCH_BLOCK, 1); return true;
    case REQUEST_JUMP_PREVIOUS: watch_jump(w->watch, WATCH_BLOCK, -1); return true;
    case REQUEST_GOROUTINE_NEXT: follow(app, w, WATCH_GOROUTINE, 1); return true;
    case REQUEST_GOROUTINE_PREVIOUS: follow(app, w, WATCH_GOROUTINE, -1); return true;
    case REQUEST_OBJECT_NEXT: follow(app, w, WATCH_OBJECT, 1); return true;
    case REQUEST_OBJECT_PREVIOUS: follow(app, w, WATCH_OBJECT, -1); return true;
    case REQUEST_PAGE_DOWN: step_by(w, tenth > 1 ? tenth : 1); return true;
    case REQUEST_PAGE_UP: step_by(w, tenth > 1 ? -tenth : -1); return true;
    case REQUEST_FIRST: watch_go(w->watch, 0); return true;
    case REQUEST_LAST: watch_go(w->watch, UINT32_MAX); return true;
    default:
        w->playing = was_playing && request == REQUEST_HELP;
        return false;
    }
}

/* The wheel goes through time. */
static bool watch_key(struct app *app, struct screen *screen, int key)
{
    if (key != TERM_WHEEL_UP && key != TERM_WHEEL_DOWN)
        return false;
    return watch_request(app, screen, key == TERM_WHEEL_UP ? REQUEST_BACKWARD : REQUEST_FORWARD);
}

static bool watch_click(struct app *app, struct screen *screen, int row, int col)
{
    struct watching *w = (struct watching *)screen;
    uint32_t id;
    enum hit hit = watch_hit(w->watch, row, col, &id);

    if (hit == HIT_NONE)
        return false;
    travel_end(&w->travel, w->watch);
    w->playing = false;
    if (hit == HIT_MOMENT)
        watch_go(w->watch, id);
    else if (hit == HIT_LINE && !watch_go_line(w->watch, id))
        app_say(app, STYLE_NOTE, "no step at line %u", id);
    else if (hit == HIT_GOROUTINE)
        point_at(app, w, WATCH_GOROUTINE, id, names_goroutine(watch_names(w->watch), id));
    else if (hit == HIT_OBJECT)
        point_at(app, w, WATCH_OBJECT, id, names_object(watch_names(w->watch), id));
    return true;
}

static int watch_wait(struct app *app, struct screen *screen)
{
    struct watching *w = (struct watching *)screen;
    int64_t left = w->due - app_now();

    (void)app;
    if (w->travel.under_way)
        return travel_wait(&w->travel);
    if (job_running(&w->differ))
        return LOOK_MS;
    if (!w->playing)
        return -1;
    return left < 0 ? 0 : (int)left;
}

static void watch_tick(struct app *app, struct screen *screen)
{
    struct watching *w = (struct watching *)screen;
    int64_t now = app_now();

    if (travel_tick(&w->travel, w->watch))
        app->dirty = true;
    if (job_running(&w->differ)) {
        app->dirty = true; /* its progress is shown */
        differ_comes(app, w);
    }
    if (!w->playing || now < w->due)
        return;
    travel_end(&w->travel, w->watch);
    step_on(app, w, pace[w->pace] / 2);
    w->due = now + pace[w->pace];
    if (at_end(w))
        w->playing = false;
    app->dirty = true;
}

static void watching_free(struct screen *screen)
{
    struct watching *w = (struct watching *)screen;

    job_stop(&w->differ);
    watch_free(w->watch);
    judged_drop(w->judged);
    free(w->title);
    free(w);
}

static const struct screen_table watch_table = {
    .name = "watching a run",
    .controls = controls,
    .title = watch_title,
    .draw = draw_watch,
    .request = watch_request,
    .key = watch_key,
    .click = watch_click,
    .offers = watch_offers,
    .wait = watch_wait,
    .tick = watch_tick,
    .free = watching_free,
};

struct screen *screen_watch(struct judged *judged, const char *title)
{
    struct watching *w = calloc(1, sizeof *w);

    if (!w)
        return NULL;
    w->screen.table = &watch_table;
    w->pace = USUAL_PACE;
    w->title = strdup(title);
    w->watch = watch_new(judged->result.trace, &judged->program, &judged->result.findings);
    w->judged = judged_hold(judged);
    if (!w->title || !w->watch) {
        watching_free(&w->screen);
        return NULL;
    }
    return &w->screen;
}

struct screen *screen_watch_at(struct app *app, struct judged *judged, uint32_t events)
{
    struct text title = {0};

    text_addf(&title, "%s   ", judged->program.name);
    tell_headline(judged, &title, app->ascii);
    struct screen *screen = screen_watch(judged, text_string(&title));
    if (screen)
        watch_go_events(((struct watching *)screen)->watch, events);
    text_release(&title);
    return screen;
}

/* Waiting for the judge. */

struct launch {
    struct screen screen;
    struct job job;
    char *path;
};

static const struct control launch_controls[] = {
    {REQUEST_BACK, "stop", "stop the program"},
    {REQUEST_LIST, NULL, "the list of lessons"},
    {0},
};

static void launch_title(struct app *app, struct screen *screen, struct text *left,
                         struct text *right)
{
    struct launch *launch = (struct launch *)screen;
    const char *name = strrchr(launch->path, '/');

    (void)app, (void)right;
    text_addf(left, "running %s", name ? name + 1 : launch->path);
}

static void launch_draw(struct app *app, struct screen *screen, struct grid *grid, struct rect body)
{
    struct launch *launch = (struct launch *)screen;
    struct text line = {0};

    (void)app;
    job_progress(&launch->job, &line);
    int width = grid_width(text_string(&line));
    grid_put(grid, body.row + body.rows / 2, body.col + (body.cols - width) / 2, width, STYLE_NOTE,
             text_string(&line));
    text_release(&line);
}

static int launch_wait(struct app *app, struct screen *screen)
{
    (void)app, (void)screen;
    return 25;
}

static void launch_tick(struct app *app, struct screen *screen)
{
    struct launch *launch = (struct launch *)screen;
    struct text title = {0};

    app->dirty = true;
    struct judged *judged = job_take(&launch->job);
    if (!judged)
        return;
    if (judged->result.trace && judged->result.trace->count > 0) {
        app_replace(app, screen_watch_at(app, judged, 0));
    } else {
        tell_headline(judged, &title, app->ascii);
        char *why = tell_markdown(judged, NULL, app->grid.cols - 4);
        app_replace(app, screen_page(text_string(&title), why ? why : ""));
        free(why);
    }
    text_release(&title);
    judged_drop(judged);
}

static void launch_free(struct screen *screen)
{
    struct launch *launch = (struct launch *)screen;

    job_stop(&launch->job);
    free(launch->path);
    free(launch);
}

static const struct screen_table launch_table = {
    .name = "running a program",
    .controls = launch_controls,
    .title = launch_title,
    .draw = launch_draw,
    .wait = launch_wait,
    .tick = launch_tick,
    .free = launch_free,
};

struct screen *screen_launch(struct app *app, const char *path, enum judge_mode mode,
                             const char *schedule, const struct exercise *exercise)
{
    struct launch *launch = calloc(1, sizeof *launch);

    if (!launch)
        return NULL;
    launch->screen.table = &launch_table;
    launch->path = strdup(path);
    if (!launch->path
        || !job_start(&launch->job, path, mode, schedule, exercise, app->options->cflags)) {
        launch_free(&launch->screen);
        return NULL;
    }
    return &launch->screen;
}
