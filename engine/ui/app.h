/* app.h -- the state of the app, and what a screen is.
 *
 * Screens form a stack; the top one gets the keys.  The app draws into a grid and
 * knows no terminal: ui.c brings the two together, tests do without one.
 *
 * Invariants: the stack is never empty after app_init; a screen that was popped
 * lives until the turn (app_key, app_tick) that popped it ends.
 */
#ifndef BRAID_UI_APP_H
#define BRAID_UI_APP_H

#include "base/text.h"
#include "course/course.h"
#include "course/progress.h"
#include "course/workspace.h"
#include "ui/job.h"
#include "ui/requests.h"
#include "ui/ui.h"
#include "view/grid.h"

#include <stdbool.h>
#include <stdint.h>

enum { APP_MIN_ROWS = 15, APP_MIN_COLS = 60, APP_SPOTS = 24 };

struct app;
struct screen;

/* What a screen does.  Functions may be NULL except draw and free. */
struct screen_table {
    const char *name;                /* in the help: "Keys: <name>" */
    const struct control *controls;  /* the line of controls and the help */
    bool overlay;                    /* drawn over the screen below, whose title stays */
    bool modal;                      /* takes all keys: no help, no list, no quit */
    void (*enter)(struct app *app, struct screen *screen); /* it has become the top */
    void (*title)(struct app *app, struct screen *screen, struct text *left, struct text *right);
    void (*draw)(struct app *app, struct screen *screen, struct grid *grid, struct rect body);
    /* false: not offered here, now. */
    bool (*request)(struct app *app, struct screen *screen, enum request request);
    /* Whether a request of the controls is offered now; NULL: all are. */
    bool (*offers)(struct app *app, struct screen *screen, enum request request);
    /* What it is called here, now, in the line of controls; nothing: as its control says. */
    void (*word)(struct app *app, struct screen *screen, enum request request, struct text *out);
    /* Sees keys before they become requests; true: taken. */
    bool (*key)(struct app *app, struct screen *screen, int key);
    /* A click on a cell of the app's grid; false: nothing is there to click at. */
    bool (*click)(struct app *app, struct screen *screen, int row, int col);
    int (*wait)(struct app *app, struct screen *screen); /* ms until tick is due; -1: never */
    int (*fd)(struct screen *screen);                     /* to poll for reading; -1: none */
    void (*tick)(struct app *app, struct screen *screen); /* time passed, or fd is readable */
    void (*free)(struct screen *screen);
};

/* The first member of every screen's own struct. */
struct screen {
    const struct screen_table *table;
    struct screen *below;
};

struct app {
    const struct ui_options *options;
    struct course course;         /* zero when it could not be loaded */
    struct progress *progress;
    enum course_language language;
    bool ascii;
    bool mouse;                   /* clicks come to us */
    bool still;                   /* nothing moves between two steps */
    struct screen *top;
    struct screen *entered;       /* the top whose enter was called last */
    struct screen *dead;          /* popped in this turn */
    struct grid grid;
    struct { int col, end; enum request request; } spots[APP_SPOTS]; /* of the line of controls */
    int nspots;
    char message[512];            /* shown until the next key; "" = none */
    enum style message_style;
    bool dirty;                   /* must be drawn */
    bool quit;
    /* Opens the editor; set by ui.c.  As signals_run, the terminal given away meanwhile. */
    bool (*edit)(const char *command, const char *path, char *error, size_t size);
};

/* Loads the content and opens the first screen.  false: error (size bytes) says why. */
bool app_init(struct app *app, const struct ui_options *options, bool ascii, char *error,
              size_t size);
void app_release(struct app *app);

/* Draws into app->grid, made anew for this size.  false: out of memory. */
bool app_draw(struct app *app, int rows, int cols);

void app_key(struct app *app, int key);
void app_click(struct app *app, int row, int col);
void app_tick(struct app *app);
int app_wait(struct app *app);
int app_fd(struct app *app);

/* For screens.  push, replace take the screen; NULL (out of memory) says so and changes nothing. */
void app_push(struct app *app, struct screen *screen);
void app_replace(struct app *app, struct screen *screen);
void app_pop(struct app *app); /* the last one gives way to the list */
void app_home(struct app *app); /* to the list */
void app_say(struct app *app, enum style style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int64_t app_now(void); /* ms of a clock that only runs on; for animation */

/* "Lua", "C". */
const char *app_language_name(enum course_language language);

/* How many of all exercises are passed in some language. */
void app_count(const struct app *app, const struct lesson *lesson, size_t *passed, size_t *all);
bool app_passed(const struct app *app, const struct exercise *exercise);

/* Keeps *first so that rows first .. first + height - 1 lie within `rows`. */
void app_scroll_clamp(int *first, int rows, int height);

/* Moves *first by a scrolling request; false: it is none. */
bool app_scroll(int *first, int height, enum request request);

/* Tells in the rows above and below an area, which shows the rows from `first` on, that there is
 * more of them. */
void app_mark_more(struct grid *grid, struct rect area, int first, int rows);

/* Asks where the learner's workspace shall be; answer is called as by screen_ask. */
void app_ask_workspace(struct app *app,
                       void (*answer)(struct app *app, void *context, const char *line),
                       void *context);

/* Makes it where the line says ("~/x", "x") and remembers it.  How many files were copied into it;
 * -1: said why there is none. */
int app_make_workspace(struct app *app, const char *line);

/* Opens the editor on the learner's own copy of a lesson's demo, made in the workspace, which must
 * be known, if it is not there yet; then it is checked and can be watched. */
void app_edit_copy(struct app *app, const struct lesson *lesson, const char *demo);

/* The screens, one file each.  NULL: out of memory. */
struct screen *screen_list(struct app *app);
struct screen *screen_lesson(struct app *app, const struct lesson *lesson, uint32_t step);
/* The same, scrolled to where some words stand in the step. */
struct screen *screen_lesson_at(struct app *app, const struct lesson *lesson, uint32_t step,
                                const char *words);
struct screen *screen_exercise(struct app *app, const struct exercise *exercise);

/* Shares what was judged.  Its result must have a trace. */
struct screen *screen_watch(struct judged *judged, const char *title);

/* The same with its verdict for a title, at the moment after so many events. */
struct screen *screen_watch_at(struct app *app, struct judged *judged, uint32_t events);

/* Where a run that fails parts from one of the same program that passes.  Both must have a
 * trace. */
struct screen *screen_differ(struct judged *failing, struct judged *passing);

/* From that moment on the learner is the scheduler; the screen below is a watch screen. */
struct screen *screen_choose(struct app *app, struct judged *judged, uint32_t events);

/* Judges a program, then becomes its watch screen (or a page that says why not). */
struct screen *screen_launch(struct app *app, const char *path, enum judge_mode mode,
                             const char *schedule, const struct exercise *exercise);

/* Tries whether an answer to the step's question about its demo comes true: the picked one, or what
 * was typed (NULL: picked).  The step must outlive it.  What is found goes into the learner's
 * progress with the lesson (NULL: it does not). */
struct screen *screen_predict(struct app *app, const struct lesson *lesson,
                              const struct lesson_step *step, const char *path, size_t picked,
                              const char *typed);

/* A lesson before an audience, and its notes on a second terminal. */
struct screen *screen_present(struct app *app, const struct lesson *lesson);
struct screen *screen_notes(struct app *app, const struct lesson *lesson);

/* The steps whose text holds the words. */
struct screen *screen_search(struct app *app, const char *words);

/* Asks for words and opens that. */
void app_find(struct app *app);

/* Opens the entries of the glossary that a text speaks of; NULL: all. */
void app_explain(struct app *app, const char *text);

/* The learner's program beside a solution.  Takes both programs over, also when it fails. */
struct screen *screen_compare(struct app *app, struct program *own, struct program *solution);

/* Markdown to read.  The text is copied. */
struct screen *screen_page(const char *title, const char *markdown);

/* The keys of the screen below it. */
struct screen *screen_help(void);

/* Asks.  text: a line to edit, with a first value; NULL: yes or no.  answer is called with the
 * line ("" for a plain yes), or with NULL for no; context must outlive the question. */
struct screen *screen_ask(const char *question, const char *text,
                          void (*answer)(struct app *app, void *context, const char *line),
                          void *context);

#endif
