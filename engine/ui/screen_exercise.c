/* screen_exercise.c -- one exercise: task, hints, the learner's file, the verdict.
 *
 * The file is checked when the screen opens, when it is saved (from whatever editor)
 * and when the editor returns.  The body is one text of three parts, scrolled together;
 * the head above it always shows the file and the verdict.
 */
#include "ui/app.h"
#include "ui/editor.h"
#include "ui/filewatch.h"
#include "ui/leaflet.h"
#include "ui/tell.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD = 4, TICK_MS = 25 };

struct doing {
    struct screen screen;
    const struct exercise *exercise;
    enum course_language language; /* that path and judged are of */
    char *path;             /* the learner's file; NULL: no workspace yet */
    bool asked;             /* for a workspace, and the answer was no */
    struct filewatch watch;
    struct job job;
    struct judged *judged;  /* the last verdict; NULL: none yet */
    bool show_verdict;      /* scroll to it when it comes */
    char story[64];         /* how far the job is */
    struct leaflet text;
    int first;              /* row of the text at the top */
};

static const struct control controls[] = {
    {REQUEST_EDIT, "edit", "open your editor on the file"},
    {REQUEST_RUN, "replay", "watch the run behind the verdict"},
    {REQUEST_HINT, "hint", "the next hint"},
    {REQUEST_SWITCH, "solution", "a solution, beside your own"},
    {REQUEST_NEXT, "next", "the next exercise"},
    {REQUEST_LANGUAGE, "Lua/C", "the other language"},
    {REQUEST_RESET, "reset", "the starter again, with a backup"},
    {REQUEST_BACK, "back", "back"},
    {REQUEST_PREVIOUS, NULL, "the previous exercise"},
    {REQUEST_OPEN, NULL, "open your editor on the file"},
    {REQUEST_UP, NULL, "scroll up"},
    {REQUEST_DOWN, NULL, "scroll down"},
    {REQUEST_PAGE_UP, NULL, "a page up"},
    {REQUEST_PAGE_DOWN, NULL, "a page down"},
    {REQUEST_FIRST, NULL, "the task"},
    {REQUEST_LAST, NULL, "the end of the verdict"},
    {REQUEST_LIST, NULL, "the list of lessons"},
    {0},
};

static void forget_file(struct doing *doing)
{
    job_stop(&doing->job);
    filewatch_close(&doing->watch);
    judged_drop(doing->judged);
    doing->judged = NULL;
    free(doing->path);
    doing->path = NULL;
    leaflet_forget(&doing->text, LEAFLET_VERDICT);
}

/* The file and the workspace. */

static void check(struct app *app, struct doing *doing, bool show)
{
    if (!doing->path)
        return;
    filewatch_changed(&doing->watch); /* what is checked now is what was seen */
    doing->show_verdict = show;
    doing->story[0] = '\0';
    if (!job_start(&doing->job, doing->path, JUDGE_CHECK, NULL, doing->exercise,
                   app->options->cflags))
        app_say(app, STYLE_BAD, "out of memory");
    app->dirty = true;
}

static void open_file(struct app *app, struct doing *doing)
{
    char error[512];
    enum course_language wanted = app->language;

    forget_file(doing);
    if (!doing->exercise->starter[wanted]) {
        wanted = wanted == COURSE_C ? COURSE_LUA : COURSE_C;
        app_say(app, STYLE_NOTE, "this exercise is there in %s only", app_language_name(wanted));
    }
    doing->language = wanted;
    doing->path = workspace_file(&app->course, progress_workspace(app->progress), doing->exercise,
                                 wanted, error, sizeof error);
    if (!doing->path || !filewatch_open(&doing->watch, doing->path)) {
        app_say(app, STYLE_BAD, "%s", doing->path ? "out of memory" : error);
        return;
    }
    check(app, doing, false);
}

static void workspace_answer(struct app *app, void *context, const char *line)
{
    struct doing *doing = context;
    int copied = line ? app_make_workspace(app, line) : -1;

    doing->asked = true;
    if (!line)
        app_say(app, STYLE_NOTE, "no file yet: e asks again for a folder");
    if (copied < 0)
        return;
    open_file(app, doing);
    app_say(app, STYLE_GOOD, "%d files are in %s: they are yours to change", copied,
            progress_workspace(app->progress));
}

static void exercise_enter(struct app *app, struct screen *screen)
{
    struct doing *doing = (struct doing *)screen;

    if (!progress_workspace(app->progress)) {
        if (!doing->asked)
            app_ask_workspace(app, workspace_answer, doing);
    } else if (!doing->path) {
        open_file(app, doing);
    } else if (filewatch_changed(&doing->watch)) {
        check(app, doing, true);
    }
}

/* Drawing. */

static size_t exercise_number(const struct lesson *lesson, const struct exercise *exercise)
{
    return lesson ? (size_t)(exercise - lesson->exercises) + 1 : 0;
}

static void exercise_title(struct app *app, struct screen *screen, struct text *left,
                           struct text *right)
{
    struct doing *doing = (struct doing *)screen;
    const struct lesson *lesson = course_lesson_of(&app->course, doing->exercise);

    if (lesson)
        text_addf(left, "%.2s %s%sexercise %zu of %zu", lesson->id, lesson->title,
                  app->ascii ? " - " : " · ", exercise_number(lesson, doing->exercise),
                  lesson->nexercises);
    if (progress_passed(app->progress, doing->exercise, doing->language))
        text_add(right, app->ascii ? "+ passed   " : "✓ passed   ");
    text_add(right, app_language_name(doing->path ? doing->language : app->language));
}

/* The path as the learner would type it. */
static void put_path(struct grid *grid, int row, int col, int cols, const char *path)
{
    const char *home = getenv("HOME");
    size_t len = home ? strlen(home) : 0;

    if (len > 1 && strncmp(path, home, len) == 0 && path[len] == '/')
        grid_putf(grid, row, col, cols, STYLE_BOLD, "~%s", path + len);
    else
        grid_put(grid, row, col, cols, STYLE_BOLD, path);
}

static void draw_head(struct app *app, struct doing *doing, struct grid *grid, struct rect head)
{
    int col = head.col + 2, cols = head.cols - 4;
    struct text line = {0};
    enum style style = STYLE_DIM;

    if (doing->path)
        put_path(grid, head.row + 1, col, cols, doing->path);
    else
        grid_put(grid, head.row + 1, col, cols, STYLE_DIM, "no file yet: e makes one");
    if (job_running(&doing->job)) {
        style = STYLE_NOTE;
        job_progress(&doing->job, &line);
    } else if (doing->judged) {
        style = doing->judged->result.verdict == VERDICT_PASSED ? STYLE_GOOD : STYLE_BAD;
        tell_headline(doing->judged, &line, app->ascii);
    }
    grid_put(grid, head.row + 2, col, cols, style, text_string(&line));
    if (grid_width(text_string(&line)) > cols)
        grid_put(grid, head.row + 2, col + cols - 1, 1, style, grid_glyph(grid, "…", "~"));
    text_release(&line);
    for (int i = 0; i < head.cols - 2; i++)
        grid_put(grid, head.row + 3, head.col + 1 + i, 1, STYLE_DIM, grid_glyph(grid, "─", "-"));
}

static void exercise_draw(struct app *app, struct screen *screen, struct grid *grid,
                          struct rect body)
{
    struct doing *doing = (struct doing *)screen;
    int cols = body.cols - 4 < 100 ? body.cols - 4 : 100;
    struct rect area = {body.row + HEAD, 2, body.rows - HEAD - 1, cols};

    draw_head(app, doing, grid, (struct rect){body.row, 0, HEAD, body.cols});
    leaflet_make(&doing->text, app, doing->exercise, doing->judged, cols);
    int rows = leaflet_start(&doing->text, LEAFLET_PARTS);
    if (doing->show_verdict && doing->judged && !job_running(&doing->job)) {
        doing->first = leaflet_start(&doing->text, LEAFLET_VERDICT);
        doing->show_verdict = false;
    }
    app_scroll_clamp(&doing->first, rows, area.rows);
    leaflet_draw(&doing->text, grid, area, doing->first);
    app_mark_more(grid, area, doing->first, rows);
}

/* Requests. */

static void edit_file(struct app *app, struct doing *doing)
{
    char command[512], error[512];

    if (!doing->path) {
        app_ask_workspace(app, workspace_answer, doing);
        return;
    }
    uint32_t line = doing->judged ? tell_line(doing->judged) : 0;
    if (!editor_command(command, sizeof command, line)) {
        app_say(app, STYLE_BAD, "%s", command);
        return;
    }
    if (!app->edit || !app->edit(command, doing->path, error, sizeof error))
        app_say(app, STYLE_BAD, "%s", app->edit ? error : "no terminal for an editor");
    if (filewatch_changed(&doing->watch) || (!doing->judged && !job_running(&doing->job)))
        check(app, doing, true);
}

static void next_hint(struct app *app, struct doing *doing)
{
    uint32_t shown = progress_hints(app->progress, doing->exercise);

    if (shown >= doing->exercise->nhints) {
        app_say(app, STYLE_NOTE, "%s; s shows the solution",
                shown > 0 ? "that was the last hint" : "there is no hint for this one");
    } else {
        if (!progress_set_hints(app->progress, doing->exercise, shown + 1))
            app_say(app, STYLE_BAD, "progress cannot be saved: %s", strerror(errno));
        leaflet_forget(&doing->text, LEAFLET_HINTS);
        leaflet_make(&doing->text, app, doing->exercise, doing->judged, doing->text.cols);
    }
    doing->first = leaflet_start(&doing->text, LEAFLET_HINTS);
}

/* Beside the learner's own, where there is one. */
static void show_solution(struct app *app, struct doing *doing)
{
    const char *path = doing->exercise->solution[doing->language];
    struct program solution, own = {0};
    char error[512];

    if (!path)
        app_say(app, STYLE_NOTE, "there is no solution in %s", app_language_name(doing->language));
    else if (!program_load(&solution, path, error, sizeof error))
        app_say(app, STYLE_BAD, "%s", error);
    else if (doing->path && program_load(&own, doing->path, error, sizeof error))
        app_push(app, screen_compare(app, &own, &solution));
    else
        app_push(app, screen_compare(app, NULL, &solution));
}

static void solution_answer(struct app *app, void *context, const char *line)
{
    if (line)
        show_solution(app, context);
}

static void reset_answer(struct app *app, void *context, const char *line)
{
    struct doing *doing = context;
    char *backup = NULL, error[512];

    if (!line)
        return;
    if (!workspace_reset(&app->course, progress_workspace(app->progress), doing->exercise,
                         doing->language, &backup, error, sizeof error)) {
        app_say(app, STYLE_BAD, "%s", error);
        return;
    }
    const char *name = backup ? strrchr(backup, '/') : NULL;
    app_say(app, STYLE_GOOD, "the starter is back%s%s", backup ? "; your text is in " : "",
            name ? name + 1 : backup ? backup : "");
    free(backup);
    doing->first = 0;
    check(app, doing, false);
}

static void watch_verdict(struct app *app, struct doing *doing)
{
    struct judged *judged = doing->judged;
    struct text title = {0};

    if (job_running(&doing->job)) {
        app_say(app, STYLE_NOTE, "still checking");
    } else if (!judged) {
        check(app, doing, true);
    } else if (!judged->result.trace || judged->result.trace->count == 0) {
        check(app, doing, true);
    } else {
        text_addf(&title, "%s   ", judged->program.name);
        tell_headline(judged, &title, app->ascii);
        app_push(app, screen_watch(judged, text_string(&title)));
        text_release(&title);
    }
}

static const struct exercise *exercise_before(const struct app *app,
                                              const struct exercise *exercise)
{
    const struct exercise *before = NULL;

    for (size_t i = 0; i < app->course.nlessons; i++)
        for (size_t k = 0; k < app->course.lessons[i].nexercises; k++) {
            if (&app->course.lessons[i].exercises[k] == exercise)
                return before;
            before = &app->course.lessons[i].exercises[k];
        }
    return NULL;
}

static void go_to(struct app *app, const struct exercise *exercise, const char *none)
{
    if (exercise)
        app_replace(app, screen_exercise(app, exercise));
    else
        app_say(app, STYLE_NOTE, "%s; l shows the list", none);
}

static bool exercise_request(struct app *app, struct screen *screen, enum request request)
{
    struct doing *doing = (struct doing *)screen;

    switch (request) {
    case REQUEST_OPEN:
    case REQUEST_EDIT:
        edit_file(app, doing);
        return true;
    case REQUEST_RUN:
        watch_verdict(app, doing);
        return true;
    case REQUEST_HINT:
        next_hint(app, doing);
        return true;
    case REQUEST_SWITCH:
        if (app_passed(app, doing->exercise))
            show_solution(app, doing);
        else
            app_push(app, screen_ask("You have not passed this one yet. Look at the solution?",
                                     NULL, solution_answer, doing));
        return true;
    case REQUEST_RESET:
        if (doing->path)
            app_push(app, screen_ask("Go back to the starter? Your text is kept in a backup.",
                                     NULL, reset_answer, doing));
        else
            app_say(app, STYLE_NOTE, "there is no file yet: e makes one");
        return true;
    case REQUEST_NEXT:
        go_to(app, course_next(&app->course, doing->exercise), "this is the last exercise");
        return true;
    case REQUEST_PREVIOUS:
        go_to(app, exercise_before(app, doing->exercise), "this is the first exercise");
        return true;
    case REQUEST_LANGUAGE:
        app->language = doing->language == COURSE_C ? COURSE_LUA : COURSE_C;
        if (progress_workspace(app->progress))
            open_file(app, doing);
        return true;
    default:
        return app_scroll(&doing->first, app->grid.rows - 2 - HEAD, request);
    }
}

static bool exercise_offers(struct app *app, struct screen *screen, enum request request)
{
    struct doing *doing = (struct doing *)screen;

    (void)app;
    if (request == REQUEST_RUN)
        return doing->judged != NULL;
    return true;
}

static int exercise_wait(struct app *app, struct screen *screen)
{
    struct doing *doing = (struct doing *)screen;

    (void)app;
    return job_running(&doing->job) ? TICK_MS : filewatch_wait(&doing->watch);
}

static int exercise_fd(struct screen *screen)
{
    struct doing *doing = (struct doing *)screen;

    return doing->path ? doing->watch.fd : -1;
}

static void take_verdict(struct app *app, struct doing *doing, struct judged *judged)
{
    judged_drop(doing->judged);
    doing->judged = judged;
    leaflet_forget(&doing->text, LEAFLET_VERDICT);
    app->dirty = true;
    if (judged->result.verdict == VERDICT_PASSED
        && !progress_passed(app->progress, doing->exercise, doing->language)
        && !progress_set_passed(app->progress, doing->exercise, doing->language))
        app_say(app, STYLE_BAD, "progress cannot be saved: %s", strerror(errno));
}

static void exercise_tick(struct app *app, struct screen *screen)
{
    struct doing *doing = (struct doing *)screen;

    if (filewatch_changed(&doing->watch))
        check(app, doing, true);
    if (!job_running(&doing->job))
        return;
    struct judged *judged = job_take(&doing->job);
    if (judged) {
        take_verdict(app, doing, judged);
        return;
    }
    struct text line = {0};
    job_progress(&doing->job, &line);
    if (strncmp(doing->story, text_string(&line), sizeof doing->story - 1) != 0)
        app->dirty = true;
    snprintf(doing->story, sizeof doing->story, "%s", text_string(&line));
    text_release(&line);
}

static void exercise_free(struct screen *screen)
{
    struct doing *doing = (struct doing *)screen;

    forget_file(doing);
    leaflet_release(&doing->text);
    free(doing);
}

static const struct screen_table table = {
    .name = "exercise",
    .controls = controls,
    .enter = exercise_enter,
    .title = exercise_title,
    .draw = exercise_draw,
    .request = exercise_request,
    .offers = exercise_offers,
    .wait = exercise_wait,
    .fd = exercise_fd,
    .tick = exercise_tick,
    .free = exercise_free,
};

struct screen *screen_exercise(struct app *app, const struct exercise *exercise)
{
    struct doing *doing = calloc(1, sizeof *doing);

    (void)app;
    if (!doing)
        return NULL;
    doing->screen.table = &table;
    doing->exercise = exercise;
    doing->watch.fd = -1;
    return &doing->screen;
}
