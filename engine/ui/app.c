/* app.c -- the stack of screens, the frame around them, and the way of a key. */
#include "ui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Requests every screen has, after its own. */
static const struct control common[] = {
    {REQUEST_MOUSE, NULL, "the mouse is braid's, or the terminal's"},
    {REQUEST_HELP, "help", "all keys of this screen"},
    {REQUEST_QUIT, "quit", "quit; progress is saved"},
    {0},
};

static void keep_complaint(void *context, const char *message)
{
    struct text *first = context;

    if (first->len == 0)
        text_add(first, message);
}

static struct screen *first_screen(struct app *app, char *error, size_t size)
{
    const struct ui_options *options = app->options;

    if (options->program) {
        enum course_language language;

        return screen_launch(app, options->program, options->schedule ? JUDGE_REPLAY : JUDGE_RUN,
                             options->schedule,
                             course_of_file(&app->course, options->program, &language));
    }
    if (options->exercise) {
        const struct exercise *exercise = course_find(&app->course, options->exercise,
                                                      &app->language);
        if (!exercise) {
            snprintf(error, size, "no exercise '%s'; braid list shows them", options->exercise);
            return NULL;
        }
        return screen_exercise(app, exercise);
    }
    if (options->lesson) {
        const struct lesson *lesson = course_find_lesson(&app->course, options->lesson);
        if (!lesson) {
            snprintf(error, size, "no lesson '%s'; braid list shows them", options->lesson);
            return NULL;
        }
        return options->notes ? screen_notes(app, lesson) : screen_present(app, lesson);
    }
    return screen_list(app);
}

/* Frees what was popped and tells a new top that it is one. */
static void settle(struct app *app)
{
    for (;;) {
        while (app->dead) {
            struct screen *screen = app->dead;
            app->dead = screen->below;
            if (app->entered == screen)
                app->entered = NULL; /* its address may come again */
            screen->table->free(screen);
        }
        if (app->entered == app->top)
            return;
        app->entered = app->top;
        app->dirty = true;
        if (app->top->table->enter)
            app->top->table->enter(app, app->top);
    }
}

bool app_init(struct app *app, const struct ui_options *options, bool ascii, char *error,
              size_t size)
{
    struct text complaint = {0};

    memset(app, 0, sizeof *app);
    app->options = options;
    app->language = options->language;
    app->ascii = ascii;
    snprintf(error, size, "out of memory");
    if (!course_load(&app->course, options->root, keep_complaint, &complaint)
        && !options->program) {
        snprintf(error, size, "cannot load the lessons: %s", text_string(&complaint));
        text_release(&complaint);
        return false;
    }
    if (complaint.len > 0)
        app_say(app, STYLE_BAD, "content: %s", text_string(&complaint));
    text_release(&complaint);
    app->progress = progress_open();
    if (!app->progress)
        goto release;
    app->top = first_screen(app, error, size);
    if (!app->top)
        goto release;
    error[0] = '\0';
    settle(app);
    return true;
release:
    app_release(app);
    return false;
}

void app_release(struct app *app)
{
    while (app->top) {
        struct screen *screen = app->top;
        app->top = screen->below;
        screen->table->free(screen);
    }
    while (app->dead) {
        struct screen *screen = app->dead;
        app->dead = screen->below;
        screen->table->free(screen);
    }
    grid_release(&app->grid);
    progress_free(app->progress);
    course_release(&app->course);
    memset(app, 0, sizeof *app);
}

void app_say(struct app *app, enum style style, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(app->message, sizeof app->message, format, args);
    va_end(args);
    app->message_style = style;
    app->dirty = true;
}

static bool have(struct app *app, struct screen *screen)
{
    if (!screen)
        app_say(app, STYLE_BAD, "out of memory");
    return screen;
}

void app_push(struct app *app, struct screen *screen)
{
    if (!have(app, screen))
        return;
    screen->below = app->top;
    app->top = screen;
}

/* Off the stack; it lives until the turn ends. */
static void bury(struct app *app)
{
    struct screen *screen = app->top;

    app->top = screen->below;
    screen->below = app->dead;
    app->dead = screen;
}

void app_replace(struct app *app, struct screen *screen)
{
    if (!have(app, screen))
        return;
    bury(app);
    app_push(app, screen);
}

void app_home(struct app *app)
{
    struct screen *list = screen_list(app);

    if (!have(app, list))
        return;
    while (app->top)
        bury(app);
    app_push(app, list);
}

void app_pop(struct app *app)
{
    if (app->top->below)
        bury(app);
    else
        app_home(app);
}

int64_t app_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

const char *app_language_name(enum course_language language)
{
    return language == COURSE_C ? "C" : "Lua";
}

bool app_passed(const struct app *app, const struct exercise *exercise)
{
    return progress_passed(app->progress, exercise, COURSE_LUA)
           || progress_passed(app->progress, exercise, COURSE_C);
}

void app_count(const struct app *app, const struct lesson *lesson, size_t *passed, size_t *all)
{
    for (size_t i = 0; i < lesson->nexercises; i++)
        *passed += app_passed(app, &lesson->exercises[i]);
    *all += lesson->nexercises;
}

void app_scroll_clamp(int *first, int rows, int height)
{
    if (*first > rows - height)
        *first = rows - height;
    if (*first < 0)
        *first = 0;
}

bool app_scroll(int *first, int height, enum request request)
{
    int page = height > 2 ? height - 2 : 1;

    switch (request) {
    case REQUEST_UP: *first -= 1; return true;
    case REQUEST_DOWN: *first += 1; return true;
    case REQUEST_PAGE_UP: *first -= page; return true;
    case REQUEST_PAGE_DOWN: *first += page; return true;
    case REQUEST_FIRST: *first = 0; return true;
    case REQUEST_LAST: *first = 1 << 29; return true;
    default: return false;
    }
}

void app_mark_more(struct grid *grid, struct rect area, int first, int rows)
{
    if (first > 0)
        grid_put(grid, area.row - 1, area.col, 6, STYLE_DIM, grid_glyph(grid, "▴ more", "^ more"));
    if (first + area.rows < rows)
        grid_put(grid, area.row + area.rows, area.col, 12, STYLE_DIM,
                 grid_glyph(grid, "▾ more: ↓", "v more: Down"));
}

static void find(struct app *app, void *context, const char *words)
{
    (void)context;
    if (words)
        app_push(app, screen_search(app, words));
}

void app_find(struct app *app)
{
    app_push(app, screen_ask("Search all lessons for", "", find, app));
}

/* The way of a key. */

static bool offered(struct app *app, struct screen *screen, const struct control *control)
{
    return !screen->table->offers || screen->table->offers(app, screen, control->request);
}

static void nothing_here(struct app *app, enum request request)
{
    app_say(app, STYLE_NOTE, "%s does nothing here now; ? shows the keys",
            request_label(request, app->ascii));
}

static void handle(struct app *app, enum request request)
{
    struct screen *screen = app->top;

    if (request == REQUEST_NONE)
        return;
    if (screen->table->request && screen->table->request(app, screen, request))
        return;
    switch (request) {
    case REQUEST_QUIT:
        app->quit = true;
        break;
    case REQUEST_MOUSE:
        app->mouse = !app->mouse;
        app_say(app, STYLE_NOTE, app->mouse ? "click and scroll; m gives the mouse back"
                                            : "the mouse selects text again; m takes it back");
        break;
    case REQUEST_HELP:
        app_push(app, screen_help());
        break;
    case REQUEST_LIST:
        if (app->course.nlessons > 0)
            app_home(app);
        break;
    case REQUEST_BACK:
        if (screen->below || app->course.nlessons > 0)
            app_pop(app);
        else
            app->quit = true;
        break;
    default:
        nothing_here(app, request);
    }
}

void app_key(struct app *app, int key)
{
    struct screen *screen = app->top;

    app->dirty = true;
    app->message[0] = '\0';
    if (app->grid.cells && (app->grid.rows < APP_MIN_ROWS || app->grid.cols < APP_MIN_COLS)) {
        /* nothing can be seen: only the way out works */
        app->quit = app->quit || request_of_key(key) == REQUEST_QUIT;
        return;
    }
    if (!(screen->table->key && screen->table->key(app, screen, key)) && !screen->table->modal)
        handle(app, request_of_key(key));
    settle(app);
}

/* A control's word in the last line, or what the screen knows there. */
void app_click(struct app *app, int row, int col)
{
    struct screen *screen = app->top;

    app->dirty = true;
    app->message[0] = '\0';
    if (row == app->grid.rows - 1 && !screen->table->modal) {
        for (int i = 0; i < app->nspots; i++)
            if (col >= app->spots[i].col && col < app->spots[i].end) {
                handle(app, app->spots[i].request);
                break;
            }
    } else if (screen->table->click) {
        screen->table->click(app, screen, row, col);
    }
    settle(app);
}

void app_tick(struct app *app)
{
    if (app->top->table->tick)
        app->top->table->tick(app, app->top);
    settle(app);
}

int app_wait(struct app *app)
{
    return app->top->table->wait ? app->top->table->wait(app, app->top) : -1;
}

int app_fd(struct app *app)
{
    return app->top->table->fd ? app->top->table->fd(app->top) : -1;
}

/* The frame. */

static void draw_title(struct app *app, struct screen *screen)
{
    struct grid *grid = &app->grid;
    struct text left = {0}, right = {0};

    while (screen->table->overlay && screen->below)
        screen = screen->below;
    if (screen->table->title)
        screen->table->title(app, screen, &left, &right);
    int width = grid_width(text_string(&right));
    int room = grid->cols - 3 - (width > 0 ? width + 1 : 0);
    grid_fill(grid, (struct rect){0, 0, 1, grid->cols}, ' ', STYLE_BAR);
    grid_put(grid, 0, 1, room, STYLE_BAR, text_string(&left));
    if (room > 0 && grid_width(text_string(&left)) > room)
        grid_put(grid, 0, room, 1, STYLE_BAR, grid_glyph(grid, "…", "~"));
    if (room > 0)
        grid_put(grid, 0, grid->cols - 1 - width, width, STYLE_BAR, text_string(&right));
    text_release(&left);
    text_release(&right);
}

/* What a control is called, cleared before. */
static void add_word(struct app *app, const struct control *control, struct text *out)
{
    struct screen *screen = app->top;

    text_clear(out);
    if (screen->table->word)
        screen->table->word(app, screen, control->request, out);
    if (out->len == 0)
        text_add(out, control->word);
}

/* Draws "n next" at col when it fits before `end`; returns the column after it, or col. */
static int draw_control(struct app *app, int col, int end, const struct control *control,
                        const char *word)
{
    struct grid *grid = &app->grid;
    const char *label = request_label(control->request, app->ascii);
    int width = grid_width(label) + 1 + grid_width(word);

    if (col + width > end)
        return col;
    if (app->nspots < APP_SPOTS) {
        app->spots[app->nspots].col = col;
        app->spots[app->nspots].end = col + width;
        app->spots[app->nspots++].request = control->request;
    }
    col += grid_put(grid, grid->rows - 1, col, end - col, STYLE_KEY, label) + 1;
    col += grid_put(grid, grid->rows - 1, col, end - col, STYLE_BAR, word);
    return col + 2;
}

static int control_width(const struct app *app, const struct control *control)
{
    return grid_width(request_label(control->request, app->ascii)) + 1
           + grid_width(control->word) + 2;
}

static void draw_controls(struct app *app, struct screen *screen)
{
    struct grid *grid = &app->grid;
    int end = grid->cols - 1, col = 1;
    struct text word = {0};

    app->nspots = 0;
    grid_fill(grid, (struct rect){grid->rows - 1, 0, 1, grid->cols}, ' ', STYLE_BAR);
    if (!screen->table->modal) {
        for (const struct control *c = common; c->request; c++)
            end -= c->word ? control_width(app, c) : 0;
        int at = end + 2;
        for (const struct control *c = common; c->request; c++)
            at = c->word ? draw_control(app, at, grid->cols, c, c->word) : at;
    }
    for (const struct control *c = screen->table->controls; c && c->request; c++)
        if (c->word && offered(app, screen, c)) {
            add_word(app, c, &word);
            col = draw_control(app, col, end, c, text_string(&word));
        }
    text_release(&word);
}

static void draw_screens(struct app *app, struct screen *screen, struct rect body)
{
    if (screen->table->overlay && screen->below)
        draw_screens(app, screen->below, body);
    screen->table->draw(app, screen, &app->grid, body);
}

static void draw_message(struct app *app)
{
    struct grid *grid = &app->grid;
    int row = grid->rows - 2;

    if (!app->message[0])
        return;
    grid_fill(grid, (struct rect){row, 0, 1, grid->cols}, ' ', STYLE_PLAIN);
    grid_put(grid, row, 1, grid->cols - 2, app->message_style, app->message);
}

/* Word by word, so that it can be read in 20 columns. */
static void draw_too_small(struct app *app)
{
    struct grid *grid = &app->grid;
    static const char *const words[] = {"terminal", "too", "small:", "60x15", "needed"};
    int row = 0, col = 0;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        int width = grid_width(words[i]);
        if (col > 0 && col + width > grid->cols) {
            row++;
            col = 0;
        }
        col += grid_put(grid, row, col, grid->cols - col, STYLE_BOLD, words[i]) + 1;
    }
    grid_putf(grid, row + 1, 0, grid->cols, STYLE_DIM, "this is %dx%d; q quits", grid->cols,
              grid->rows);
}

bool app_draw(struct app *app, int rows, int cols)
{
    struct grid *grid = &app->grid;

    if (!grid->cells || grid->rows != rows || grid->cols != cols) {
        grid_release(grid);
        if (!grid_init(grid, rows, cols, app->ascii))
            return false;
    }
    grid_clear(grid);
    app->dirty = false;
    if (rows < APP_MIN_ROWS || cols < APP_MIN_COLS) {
        draw_too_small(app);
        return true;
    }
    draw_title(app, app->top);
    draw_screens(app, app->top, (struct rect){1, 0, rows - 2, cols});
    draw_message(app);
    draw_controls(app, app->top);
    return true;
}
