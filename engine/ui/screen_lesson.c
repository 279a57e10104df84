/* screen_lesson.c -- one step of a lesson: its text, its question, its demo, its exercise.
 *
 * Who watches a demo with a question is asked for an answer first, once; asking again is no.  The
 * answer is remembered with the progress.
 * A step counts as read when it has been shown.
 */
#include "course/prefer.h"
#include "ui/app.h"
#include "view/markdown.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct screen screen;
    const struct lesson *lesson;
    uint32_t step;
    struct markdown *text; /* of this step, for this width and language; NULL: to be made */
    int cols;
    enum course_language language;
    int first;             /* row at the top */
    char *sought;          /* words to scroll to when the text is made; NULL: none */
    char *said;            /* the answer to the step's question; NULL: none yet */
    uint64_t unlocked;     /* bit n: the question of step n was passed over */
};

static const struct control controls[] = {
    {REQUEST_NEXT, "next", "the next step"},
    {REQUEST_PREVIOUS, "previous", "the previous step"},
    {REQUEST_CHOOSE, "predict", "your answer to the question; the engine checks it"},
    {REQUEST_RUN, "watch", "run the program of this step and watch it"},
    {REQUEST_EDIT, "exercise", "the exercise of this step"},
    {REQUEST_COPY, "break it", "a copy of the program, to change and check"},
    {REQUEST_OPEN, NULL, "the exercise, else the next step"},
    {REQUEST_LANGUAGE, "Lua/C", "the other language"},
    {REQUEST_UP, NULL, "scroll up"},
    {REQUEST_DOWN, "scroll", "scroll down"},
    {REQUEST_PAGE_UP, NULL, "a page up"},
    {REQUEST_PAGE_DOWN, NULL, "a page down"},
    {REQUEST_FIRST, NULL, "the top of this step"},
    {REQUEST_LAST, NULL, "the end of this step"},
    {REQUEST_WORDS, "words", "what the words of this step mean"},
    {REQUEST_FIND, NULL, "search the text of all lessons"},
    {REQUEST_BACK, NULL, "back"},
    {REQUEST_LIST, "list", "the list of lessons"},
    {0},
};

static const struct lesson_step *step_of(const struct reader *reader)
{
    return &reader->lesson->steps[reader->step];
}

static const struct exercise *exercise_of(const struct reader *reader)
{
    const char *name = step_of(reader)->exercise;

    for (size_t i = 0; name && i < reader->lesson->nexercises; i++)
        if (strcmp(reader->lesson->exercises[i].name, name) == 0)
            return &reader->lesson->exercises[i];
    return NULL;
}

/* The step's demo in the chosen language, else in the other one. */
static const char *demo_of(const struct app *app, const struct reader *reader)
{
    const struct lesson_step *step = step_of(reader);
    const char *lua = step->demo_lua, *c = step->demo_c;

    return app->language == COURSE_C ? (c ? c : lua) : (lua ? lua : c);
}

/* Whether the step's question may still be answered before its demo is watched. */
static bool is_locked(const struct reader *reader)
{
    return step_of(reader)->question && !reader->said
           && !(reader->unlocked >> reader->step % 64 & 1);
}

static void unlock(struct reader *reader)
{
    reader->unlocked |= (uint64_t)1 << reader->step % 64;
}

/* Reads the answer that progress remembers. */
static void recall(struct app *app, struct reader *reader)
{
    free(reader->said);
    reader->said = step_of(reader)->question
                       ? progress_predicted(app->progress, reader->lesson, step_of(reader)) : NULL;
}

static void remember(struct app *app, struct reader *reader, const char *answer)
{
    if (!progress_set_predicted(app->progress, reader->lesson, step_of(reader), answer))
        app_say(app, STYLE_BAD, "progress cannot be saved: %s", strerror(errno));
    recall(app, reader);
    unlock(reader);
}

static void show_step(struct app *app, struct reader *reader, uint32_t step)
{
    reader->step = step;
    reader->first = 0;
    markdown_free(reader->text);
    reader->text = NULL;
    recall(app, reader);
    if (progress_step(app->progress, reader->lesson) < step + 1
        && !progress_set_step(app->progress, reader->lesson, step + 1))
        app_say(app, STYLE_BAD, "progress cannot be saved: %s", strerror(errno));
}

static void lesson_enter(struct app *app, struct screen *screen)
{
    struct reader *reader = (struct reader *)screen;

    if (progress_step(app->progress, reader->lesson) < reader->step + 1)
        show_step(app, reader, reader->step);
    recall(app, reader);
}

static void lesson_title(struct app *app, struct screen *screen, struct text *left,
                         struct text *right)
{
    struct reader *reader = (struct reader *)screen;

    text_addf(left, "%.2s %s", reader->lesson->id, reader->lesson->title);
    text_addf(right, "step %u of %zu   ", reader->step + 1, reader->lesson->nsteps);
    for (size_t i = 0; i < reader->lesson->nsteps && i < 12; i++)
        text_add(right, i <= reader->step ? app->ascii ? "#" : "●" : app->ascii ? "." : "○");
    text_addf(right, "   %s", app_language_name(app->language));
}

/* A key and what it does; returns the column after it, -1 when the row lies outside of the area. */
static int put_offer(struct grid *grid, struct rect area, int row, const char *key,
                     const char *text)
{
    if (row < area.row || row >= area.row + area.rows)
        return -1;
    grid_put(grid, row, area.col, 3, STYLE_KEY, key);
    return area.col + 4 + grid_put(grid, row, area.col + 4, area.cols - 4, STYLE_PLAIN, text);
}

/* The question, or what was answered and what became of that. */
static void draw_question(struct app *app, const struct reader *reader, struct grid *grid,
                          struct rect area, int row)
{
    static const struct { const char *mark, *ascii; enum style style; } marks[] = {
        [FORETOLD_RIGHT] = {"✓ right", "+ right", STYLE_GOOD},
        [FORETOLD_WRONG] = {"✗ wrong", "x wrong", STYLE_BAD}};
    enum foretold foretold = progress_foretold(app->progress, reader->lesson, step_of(reader));
    size_t n = step_of(reader)->nanswers;
    struct text keys = {0}, words = {0};
    int col;

    text_addf(&keys, n > 1 ? "1-%zu" : " 1 ", n);
    if (reader->said)
        text_addf(&words, "predicted: %s", reader->said);
    col = put_offer(grid, area, row, text_string(&keys),
                    reader->said ? text_string(&words)
                    : n > 0      ? "predict: press the number of your answer"
                                 : "predict: type all that it prints");
    if (col > area.col + area.cols - 9) /* the mark is worth more than the last words */
        col = area.col + area.cols - 9;
    if (col >= 0 && reader->said && foretold != FORETOLD_OPEN) {
        grid_fill(grid, (struct rect){row, col, 1, area.col + area.cols - col}, ' ', STYLE_PLAIN);
        grid_put(grid, row, col + 2, 7, marks[foretold].style,
                 grid_glyph(grid, marks[foretold].mark, marks[foretold].ascii));
    }
    text_release(&keys);
    text_release(&words);
}

/* What can be done here, as the last lines of the text. */
static void draw_offers(struct app *app, struct reader *reader, struct grid *grid, struct rect area,
                        int row)
{
    const struct exercise *exercise = exercise_of(reader);
    const char *demo = demo_of(app, reader);
    struct text line = {0};

    if (demo && step_of(reader)->question)
        draw_question(app, reader, grid, area, row++);
    if (demo) {
        const char *name = strrchr(demo, '/');
        text_addf(&line, "watch %s run, step by step", name ? name + 1 : demo);
        put_offer(grid, area, row++, " r ", text_string(&line));
        text_clear(&line);
    }
    if (exercise) {
        text_addf(&line, "exercise: %s", exercise->title);
        int col = put_offer(grid, area, row, " e ", text_string(&line));
        if (col >= 0 && app_passed(app, exercise))
            grid_put(grid, row, col + 2, 10, STYLE_GOOD,
                     grid_glyph(grid, "✓ passed", "+ passed"));
    }
    text_release(&line);
}

/* To the words that were searched for; they may stand in the other language's code. */
static void seek(struct app *app, struct reader *reader)
{
    int row = markdown_find(reader->text, reader->sought);

    if (row > 0)
        reader->first = row > 2 ? row - 2 : 0;
    else if (row < 0)
        app_say(app, STYLE_NOTE, "'%s' stands in the other language: t shows it", reader->sought);
    if (row >= 0) {
        free(reader->sought);
        reader->sought = NULL;
    }
}

static void lesson_draw(struct app *app, struct screen *screen, struct grid *grid, struct rect body)
{
    struct reader *reader = (struct reader *)screen;
    int width = body.cols - 4 < 80 ? body.cols - 4 : 80;
    int margin = body.cols > 90 ? (body.cols - width) / 2 : 2;
    struct rect area = {body.row + 1, margin, body.rows - 2, width};

    if (!reader->text || reader->cols != width || reader->language != app->language) {
        char *markdown = prefer_language(step_of(reader)->markdown, app->language);

        markdown_free(reader->text);
        reader->text = markdown ? markdown_new(markdown, width, app->ascii) : NULL;
        reader->cols = width;
        reader->language = app->language;
        free(markdown);
        if (!reader->text)
            return;
        if (reader->sought)
            seek(app, reader);
    }
    int lines = markdown_rows(reader->text);
    int offers = (demo_of(app, reader) != NULL) + (step_of(reader)->question != NULL)
                 + (exercise_of(reader) != NULL);
    int rows = lines + (offers ? 1 + offers : 0);
    app_scroll_clamp(&reader->first, rows, area.rows);
    markdown_draw(reader->text, grid, area, reader->first);
    draw_offers(app, reader, grid, area, area.row + lines + 1 - reader->first);
    app_mark_more(grid, area, reader->first, rows);
}

/* Past the last step: the lesson's first open exercise, else the next lesson. */
static void leave_forward(struct app *app, struct reader *reader)
{
    const struct lesson *lesson = reader->lesson, *next = lesson + 1;

    for (size_t i = 0; i < lesson->nexercises; i++)
        if (!app_passed(app, &lesson->exercises[i])) {
            app_push(app, screen_exercise(app, &lesson->exercises[i]));
            return;
        }
    if (next < app->course.lessons + app->course.nlessons && next->nsteps > 0)
        app_replace(app, screen_lesson(app, next, 0));
    else
        app_say(app, STYLE_GOOD, "that was the last step of the last lesson; l shows the list");
}

static void step_back(struct app *app, struct reader *reader)
{
    const struct lesson *before = reader->lesson - 1;

    if (reader->step > 0)
        show_step(app, reader, reader->step - 1);
    else if (reader->lesson > app->course.lessons && before->nsteps > 0)
        app_replace(app, screen_lesson(app, before, (uint32_t)before->nsteps - 1));
    else
        app_say(app, STYLE_NOTE, "this is the first step; l shows the list");
}

static bool lesson_offers(struct app *app, struct screen *screen, enum request request)
{
    struct reader *reader = (struct reader *)screen;

    if (request == REQUEST_CHOOSE)
        return demo_of(app, reader) && step_of(reader)->question;
    if (request == REQUEST_RUN || request == REQUEST_COPY)
        return demo_of(app, reader) != NULL;
    if (request == REQUEST_EDIT)
        return exercise_of(reader) != NULL;
    return true;
}

static bool open_exercise(struct app *app, struct reader *reader)
{
    const struct exercise *exercise = exercise_of(reader);

    if (exercise)
        app_push(app, screen_exercise(app, exercise));
    return exercise != NULL;
}

static void typed(struct app *app, void *context, const char *line)
{
    struct reader *reader = context;

    if (!line)
        return;
    remember(app, reader, line);
    app_push(app, screen_predict(app, reader->lesson, step_of(reader), demo_of(app, reader), 0,
                                line));
}

static void predict(struct app *app, struct reader *reader, size_t nth)
{
    const struct lesson_step *step = step_of(reader);

    if (step->nanswers == 0) {
        app_push(app, screen_ask("What does it print?  A space does for the end of a line.", "",
                                 typed, reader));
    } else if (nth >= step->nanswers) {
        app_say(app, STYLE_NOTE, "there are only %zu answers", step->nanswers);
    } else {
        remember(app, reader, step->answers[nth]);
        app_push(app, screen_predict(app, reader->lesson, step, demo_of(app, reader), nth, NULL));
    }
}

static bool lesson_key(struct app *app, struct screen *screen, int key)
{
    struct reader *reader = (struct reader *)screen;

    if (key < '1' || key > '9')
        return false;
    if (lesson_offers(app, screen, REQUEST_CHOOSE))
        predict(app, reader, (size_t)(key - '1'));
    else
        app_say(app, STYLE_NOTE, "this step asks no question; n goes on");
    return true;
}

/* Scrolls to it, if it is not to be seen from the top. */
static void to_question(struct reader *reader)
{
    int row = reader->text ? markdown_find(reader->text, "Predict. ") : -1;

    reader->first = row > 2 ? row - 2 : 0;
}

static void watch_demo(struct app *app, struct reader *reader)
{
    const char *demo = demo_of(app, reader);

    if (!demo) {
        app_say(app, STYLE_NOTE, "this step has no program to watch; n goes on");
    } else if (is_locked(reader)) {
        unlock(reader);
        to_question(reader);
        app_say(app, STYLE_NOTE, "what will it do? a number answers; r again watches without");
    } else {
        app_push(app, screen_launch(app, demo, JUDGE_RUN, NULL, NULL));
    }
}

static void workspace_answer(struct app *app, void *context, const char *line)
{
    struct reader *reader = context;

    if (line && app_make_workspace(app, line) >= 0)
        app_edit_copy(app, reader->lesson, demo_of(app, reader));
}

static void edit_copy(struct app *app, struct reader *reader)
{
    const char *demo = demo_of(app, reader);

    if (!demo)
        app_say(app, STYLE_NOTE, "this step has no program to copy; n goes on");
    else if (!progress_workspace(app->progress))
        app_ask_workspace(app, workspace_answer, reader);
    else
        app_edit_copy(app, reader->lesson, demo);
}

static bool lesson_request(struct app *app, struct screen *screen, enum request request)
{
    struct reader *reader = (struct reader *)screen;

    switch (request) {
    case REQUEST_OPEN:
        if (open_exercise(app, reader))
            return true;
        /* fall through */
    case REQUEST_NEXT:
        if (reader->step + 1 < reader->lesson->nsteps)
            show_step(app, reader, reader->step + 1);
        else
            leave_forward(app, reader);
        return true;
    case REQUEST_PREVIOUS:
        step_back(app, reader);
        return true;
    case REQUEST_RUN:
        watch_demo(app, reader);
        return true;
    case REQUEST_COPY:
        edit_copy(app, reader);
        return true;
    case REQUEST_EDIT:
        if (!open_exercise(app, reader))
            app_say(app, STYLE_NOTE, "this step has no exercise; n goes on");
        return true;
    case REQUEST_WORDS:
        app_explain(app, step_of(reader)->markdown);
        return true;
    case REQUEST_FIND:
        app_find(app);
        return true;
    case REQUEST_LANGUAGE:
        app->language = app->language == COURSE_C ? COURSE_LUA : COURSE_C;
        return true;
    default:
        return app_scroll(&reader->first, app->grid.rows - 4, request);
    }
}

static void lesson_free(struct screen *screen)
{
    struct reader *reader = (struct reader *)screen;

    markdown_free(reader->text);
    free(reader->sought);
    free(reader->said);
    free(reader);
}

static const struct screen_table table = {
    .name = "lesson",
    .controls = controls,
    .enter = lesson_enter,
    .title = lesson_title,
    .draw = lesson_draw,
    .request = lesson_request,
    .key = lesson_key,
    .offers = lesson_offers,
    .free = lesson_free,
};

struct screen *screen_lesson(struct app *app, const struct lesson *lesson, uint32_t step)
{
    struct reader *reader = calloc(1, sizeof *reader);

    (void)app;
    if (!reader)
        return NULL;
    reader->screen.table = &table;
    reader->lesson = lesson;
    reader->step = step < lesson->nsteps ? step : 0;
    return &reader->screen;
}

struct screen *screen_lesson_at(struct app *app, const struct lesson *lesson, uint32_t step,
                                const char *words)
{
    struct screen *screen = screen_lesson(app, lesson, step);

    if (screen)
        ((struct reader *)screen)->sought = strdup(words); /* without memory: the top */
    return screen;
}
