/* screen_notes.c -- the presenter's notes, on a terminal of their own that follows the other. */
#include "course/deck.h"
#include "course/prefer.h"
#include "course/talk.h"
#include "ui/app.h"
#include "ui/filewatch.h"
#include "view/markdown.h"

#include <stdlib.h>
#include <string.h>

struct notes {
    struct screen screen;
    struct deck deck;
    char *path;             /* of the file that is followed; NULL: there is no data folder */
    struct filewatch watch;
    struct talk talk;       /* as last read */
    bool runs;              /* somebody presents */
    struct markdown *text;  /* NULL: to be made, for `cols` */
    int cols, first;
};

static const struct control controls[] = {
    {REQUEST_DOWN, "scroll", "scroll down"},
    {REQUEST_UP, NULL, "scroll up"},
    {REQUEST_PAGE_UP, NULL, "a page up"},
    {REQUEST_PAGE_DOWN, NULL, "a page down"},
    {REQUEST_FIRST, NULL, "the top"},
    {REQUEST_LAST, NULL, "the end"},
    {REQUEST_LANGUAGE, "Lua/C", "the other language"},
    {REQUEST_LIST, NULL, "the list of lessons"},
    {0},
};

/* Looks where the presentation is.  True: somewhere else than before. */
static bool look(struct notes *notes)
{
    struct talk talk;
    bool runs = notes->path && talk_is_held(notes->path) && talk_read(notes->path, &talk)
                && talk.slides == notes->deck.count;

    if (!runs)
        talk = notes->talk;
    if (runs == notes->runs && memcmp(&talk, &notes->talk, sizeof talk) == 0)
        return false;
    if (talk.slide != notes->talk.slide)
        notes->first = 0;
    notes->runs = runs;
    notes->talk = talk;
    markdown_free(notes->text);
    notes->text = NULL;
    return true;
}

/* --- words --------------------------------------------------------------- */

static void add_nobody(struct text *out, const struct notes *notes)
{
    text_add(out, "## Nobody presents this lesson now\n\n");
    if (notes->talk.slides)
        text_addf(out, "It was left at slide %u of %u.\n\n", notes->talk.slide + 1,
                  notes->talk.slides);
    text_addf(out, "Say `braid present %s` in the terminal that the audience sees: the notes "
              "follow it from here, as the same user on the same machine.\n",
              notes->deck.lesson->id);
}

/* A slide in its first line, to be recognised. */
static void add_glance(struct text *out, const struct slide *slide)
{
    const char *text = slide->markdown + strspn(slide->markdown, "# \n");

    if (slide->kind == SLIDE_CHECKPOINT)
        text_add(out, "the checkpoint: ");
    if (slide->kind == SLIDE_EXERCISE && !*text)
        text_add(out, "the exercise");
    else if (slide->kind == SLIDE_WATCH && !*text)
        text_add(out, "the program");
    else if (strncmp(text, "```", 3) == 0)
        text_add(out, "the code");
    else
        text_add_n(out, text, strcspn(text, "\n"));
    text_add(out, "\n\n");
}

static void add_hands(struct text *out, const struct notes *notes, const struct slide *slide)
{
    const struct lesson_step *step = &notes->deck.lesson->steps[slide->step];

    if (slide->kind != SLIDE_QUESTION || talk_hands(&notes->talk, slide->step) == 0)
        return;
    text_add(out, "**Hands:**\n\n");
    for (size_t i = 0; i < step->nanswers; i++)
        text_addf(out, "- %u for `%s`\n", notes->talk.hands[slide->step][i], step->answers[i]);
    text_add_char(out, '\n');
}

static void add_checkpoints(struct text *out, const struct notes *notes, bool ascii)
{
    const struct deck *deck = &notes->deck;

    if (deck->checkpoints)
        text_add(out, "**Checkpoints:**\n\n");
    for (uint32_t i = 0; i < deck->count; i++) {
        const struct slide *slide = &deck->slides[i];
        bool agreed = slide->checkpoint < TALK_CHECKPOINTS
                      && notes->talk.agreed >> slide->checkpoint & 1;

        if (slide->kind == SLIDE_CHECKPOINT)
            text_addf(out, "- %s %s\n", agreed ? ascii ? "[x]" : "✓" : ascii ? "[ ]" : "○",
                      slide->markdown);
    }
}

static void add_notes(struct text *out, const struct notes *notes, bool ascii)
{
    const struct deck *deck = &notes->deck;
    const struct slide *slide = &deck->slides[notes->talk.slide];
    const struct slide *next = notes->talk.slide + 1 < deck->count ? slide + 1 : NULL;

    text_addf(out, "## %s\n\n", slide->kind == SLIDE_COVER ? deck->lesson->title
                                                            : deck->lesson->steps[slide->step].title);
    text_addf(out, "%s\n\n", *slide->notes ? slide->notes : "*No notes to this slide.*");
    add_hands(out, notes, slide);
    text_add(out, "---\n\n**They see:** ");
    add_glance(out, slide);
    text_add(out, "**Next:** ");
    if (next)
        add_glance(out, next);
    else
        text_add(out, "the end\n\n");
    add_checkpoints(out, notes, ascii);
}

/* --- the screen ---------------------------------------------------------- */

static void notes_title(struct app *app, struct screen *screen, struct text *left,
                        struct text *right)
{
    const struct notes *notes = (struct notes *)screen;
    const struct deck *deck = &notes->deck;
    const struct slide *slide = &deck->slides[notes->talk.slide];
    uint32_t minutes = slide->kind == SLIDE_COVER ? 0 : deck->lesson->steps[slide->step].minutes;

    (void)app;
    text_addf(left, "notes: %.2s %s", deck->lesson->id, deck->lesson->title);
    if (!notes->runs)
        return;
    text_addf(right, "slide %u of %u   ", notes->talk.slide + 1, deck->count);
    talk_clock(&notes->talk, minutes, app_now(), right);
}

static void notes_draw(struct app *app, struct screen *screen, struct grid *grid, struct rect body)
{
    struct notes *notes = (struct notes *)screen;
    int cols = body.cols - 4 < 78 ? body.cols - 4 : 78;
    struct rect area = {body.row + 1, 2, body.rows - 2, cols};

    if (!notes->text || notes->cols != cols) {
        struct text words = {0};
        char *one;

        if (notes->runs)
            add_notes(&words, notes, app->ascii);
        else
            add_nobody(&words, notes);
        one = prefer_language(text_string(&words), app->language);
        markdown_free(notes->text);
        notes->text = one ? markdown_new(one, cols, app->ascii) : NULL;
        notes->cols = cols;
        free(one);
        text_release(&words);
        if (!notes->text)
            return;
    }
    app_scroll_clamp(&notes->first, markdown_rows(notes->text), area.rows);
    markdown_draw(notes->text, grid, area, notes->first);
    app_mark_more(grid, area, notes->first, markdown_rows(notes->text));
}

static bool notes_request(struct app *app, struct screen *screen, enum request request)
{
    struct notes *notes = (struct notes *)screen;

    if (request != REQUEST_LANGUAGE)
        return app_scroll(&notes->first, app->grid.rows - 4, request);
    app->language = app->language == COURSE_C ? COURSE_LUA : COURSE_C;
    notes->cols = 0;
    return true;
}

/* While somebody presents until the clock shows the next second, for the file tells when it
 * changes; a presenter who is gone, or comes, only the lock tells. */
static int notes_wait(struct app *app, struct screen *screen)
{
    const struct notes *notes = (struct notes *)screen;
    int poll = filewatch_wait(&notes->watch);
    int second = 1000 - (int)((app_now() - notes->talk.began) % 1000);

    (void)app;
    return poll >= 0 && poll < second ? poll : second;
}

static int notes_fd(struct screen *screen)
{
    return ((struct notes *)screen)->watch.fd;
}

static void notes_tick(struct app *app, struct screen *screen)
{
    struct notes *notes = (struct notes *)screen;

    filewatch_changed(&notes->watch);
    app->dirty |= look(notes) || notes->runs;
}

static void notes_free(struct screen *screen)
{
    struct notes *notes = (struct notes *)screen;

    filewatch_close(&notes->watch);
    markdown_free(notes->text);
    deck_release(&notes->deck);
    free(notes->path);
    free(notes);
}

static const struct screen_table table = {
    .name = "notes",
    .controls = controls,
    .title = notes_title,
    .draw = notes_draw,
    .request = notes_request,
    .wait = notes_wait,
    .fd = notes_fd,
    .tick = notes_tick,
    .free = notes_free,
};

struct screen *screen_notes(struct app *app, const struct lesson *lesson)
{
    struct notes *notes = calloc(1, sizeof *notes);

    (void)app;
    if (!notes)
        return NULL;
    notes->screen.table = &table;
    notes->watch.fd = -1;
    notes->path = talk_path(lesson);
    if (!deck_make(&notes->deck, lesson)
        || (notes->path && !filewatch_open(&notes->watch, notes->path))) {
        notes_free(&notes->screen);
        return NULL;
    }
    look(notes);
    return &notes->screen;
}
