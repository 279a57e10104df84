/* screen_present.c -- a lesson presented to an audience, a slide after the other.
 *
 * Where it is stands in a file (course/talk.h) that is written at each change: the notes on the
 * second terminal follow it, and who comes back after a crash goes on from there.
 */
#include "ui/present.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct control controls[] = {
    {REQUEST_PLAY, "next", "the next slide; also n, right, Page down"},
    {REQUEST_PREVIOUS, "previous", "the slide before; also left, Page up"},
    {REQUEST_CHOOSE, "hands", "count the hands for an answer; checked: watch a run with it"},
    {REQUEST_OPEN, "do it", "what the slide asks for: check, watch, open, agree"},
    {REQUEST_RUN, "watch", "run the program of this step and watch it"},
    {REQUEST_COPY, NULL, "a copy of the program, to change and check"},
    {REQUEST_EDIT, NULL, "the exercise of this slide"},
    {REQUEST_JUMP_NEXT, "step", "the next step"},
    {REQUEST_JUMP_PREVIOUS, NULL, "the step before"},
    {REQUEST_FIRST, NULL, "the first slide"},
    {REQUEST_LAST, NULL, "the last slide"},
    {REQUEST_DOWN, NULL, "scroll down"},
    {REQUEST_UP, NULL, "scroll up"},
    {REQUEST_LANGUAGE, "Lua/C", "the other language"},
    {REQUEST_WORDS, NULL, "what the words of this step mean"},
    {REQUEST_FIND, NULL, "search the text of all lessons"},
    {REQUEST_RESET, NULL, "begin anew: first slide, no hands, clock at zero"},
    {REQUEST_BACK, NULL, "leave"},
    {REQUEST_LIST, NULL, "the list of lessons"},
    {0},
};

const struct slide *present_slide(const struct presenting *p)
{
    return &p->deck.slides[p->talk.slide];
}

const struct lesson_step *present_step(const struct presenting *p)
{
    return &p->deck.lesson->steps[present_slide(p)->step];
}

const char *present_demo(const struct app *app, const struct presenting *p)
{
    const struct lesson_step *step = present_step(p);
    const char *lua = step->demo_lua, *c = step->demo_c;

    if (present_slide(p)->kind == SLIDE_COVER)
        return NULL;
    return app->language == COURSE_C ? (c ? c : lua) : (lua ? lua : c);
}

bool present_is_tried(const struct presenting *p)
{
    return p->probe.path && p->probe.step == present_step(p);
}

static bool asks(const struct presenting *p)
{
    return present_slide(p)->kind == SLIDE_QUESTION;
}

/* --- where we are -------------------------------------------------------- */

static void tell(struct app *app, struct presenting *p)
{
    app->dirty = true;
    if (p->path && p->lock >= 0 && !talk_write(p->path, &p->talk))
        app_say(app, STYLE_BAD, "the notes cannot follow: %s", strerror(errno));
}

static void show_slide(struct app *app, struct presenting *p, uint32_t slide)
{
    uint32_t from = present_slide(p)->step;
    bool covered = p->talk.slide == 0;

    p->talk.slide = slide;
    p->first = 0;
    markdown_free(p->text);
    p->text = NULL;
    if (covered || present_slide(p)->step != from)
        p->talk.step = app_now();
    tell(app, p);
}

static void begin_anew(struct app *app, struct presenting *p)
{
    p->talk = (struct talk){.slides = p->deck.count, .began = app_now(), .step = app_now()};
    probe_release(&p->probe);
    show_slide(app, p, 0);
}

static void anew_answer(struct app *app, void *context, const char *line)
{
    if (line)
        begin_anew(app, context);
}

/* The clock starts at zero, for who knows how long it was left. */
static void resume(struct app *app, struct presenting *p)
{
    struct talk left;

    p->path = talk_path(p->deck.lesson);
    p->lock = p->path ? talk_lock(p->path) : -1;
    if (p->lock < 0 && (errno == EAGAIN || errno == EACCES))
        app_say(app, STYLE_BAD, "it is presented elsewhere already: the notes follow that");
    else if (p->lock < 0)
        app_say(app, STYLE_BAD, "the notes cannot follow: %s", strerror(errno));
    else if (talk_read(p->path, &left) && left.slides == p->deck.count && left.slide > 0
             && left.slide + 1 < left.slides) {
        p->talk = left;
        app_say(app, STYLE_NOTE, "here it was left; x begins anew");
    }
    p->talk.slides = p->deck.count;
    p->talk.began = p->talk.step = app_now();
    tell(app, p);
}

static void move(struct app *app, struct presenting *p, int by)
{
    if (by > 0 && p->talk.slide + 1 >= p->deck.count)
        app_say(app, STYLE_GOOD, "that was the last slide");
    else if (by < 0 && p->talk.slide == 0)
        app_say(app, STYLE_NOTE, "this is the first slide");
    else
        show_slide(app, p, by > 0 ? p->talk.slide + 1 : p->talk.slide - 1);
}

/* --- questions ----------------------------------------------------------- */

static void ask_hands(struct app *app, struct presenting *p);

static void hands_answer(struct app *app, void *context, const char *line)
{
    struct presenting *p = context;
    uint32_t step = present_slide(p)->step;
    char *end;
    unsigned long hands;

    if (!line)
        return;
    hands = strtoul(line, &end, 10);
    if (*line < '0' || *line > '9' || *end || hands > TALK_HANDS) {
        app_say(app, STYLE_BAD, "'%s' is no number of hands", line);
        return;
    }
    p->talk.hands[step][p->answer] = (uint16_t)hands;
    tell(app, p);
    if (++p->answer < present_step(p)->nanswers && p->talk.hands[step][p->answer] == 0)
        ask_hands(app, p);
}

static void ask_hands(struct app *app, struct presenting *p)
{
    struct text question = {0};

    text_addf(&question, "How many hands for answer %zu, '%s'?", p->answer + 1,
              present_step(p)->answers[p->answer]);
    app_push(app, screen_ask(text_string(&question), "", hands_answer, p));
    text_release(&question);
}

static void typed_answer(struct app *app, void *context, const char *line)
{
    struct presenting *p = context;

    if (line)
        app_push(app, screen_predict(app, NULL, present_step(p), present_demo(app, p), 0,
                                    line));
}

static void count_hands(struct app *app, struct presenting *p, size_t answer)
{
    const struct lesson_step *step = present_step(p);

    p->answer = answer;
    if (step->nanswers == 0)
        app_push(app, screen_ask("What does the room say that it prints?  A space does for the "
                                 "end of a line.", "", typed_answer, p));
    else if (answer >= step->nanswers)
        app_say(app, STYLE_NOTE, "there are only %zu answers", step->nanswers);
    else if (present_is_tried(p))
        probe_watch(app, &p->probe, answer);
    else if (present_slide(p)->step >= TALK_STEPS)
        app_say(app, STYLE_NOTE, "hands are counted in the first %d steps only", TALK_STEPS);
    else
        ask_hands(app, p);
}

static void check_answers(struct app *app, struct presenting *p)
{
    const struct lesson_step *step = present_step(p);

    if (step->nanswers == 0) {
        count_hands(app, p, 0);
    } else if (present_is_tried(p)) {
        move(app, p, 1);
    } else {
        probe_release(&p->probe);
        if (!probe_begin(&p->probe, step, present_demo(app, p), NULL, 0, app->options->cflags))
            app_say(app, STYLE_BAD, "out of memory");
    }
}

/* --- keys ---------------------------------------------------------------- */

static void watch_demo(struct app *app, struct presenting *p)
{
    const char *demo = present_demo(app, p);

    if (demo)
        app_push(app, screen_launch(app, demo, JUDGE_RUN, NULL, NULL));
    else
        app_say(app, STYLE_NOTE, "this step has no program to watch");
}

static void workspace_answer(struct app *app, void *context, const char *line)
{
    struct presenting *p = context;

    if (line && app_make_workspace(app, line) >= 0)
        app_edit_copy(app, p->deck.lesson, present_demo(app, p));
}

static void edit_copy(struct app *app, struct presenting *p)
{
    if (!present_demo(app, p))
        app_say(app, STYLE_NOTE, "this step has no program to copy");
    else if (!progress_workspace(app->progress))
        app_ask_workspace(app, workspace_answer, p);
    else
        app_edit_copy(app, p->deck.lesson, present_demo(app, p));
}

static void open_exercise(struct app *app, struct presenting *p)
{
    const struct exercise *exercise = deck_exercise(&p->deck, p->talk.slide);

    if (exercise)
        app_push(app, screen_exercise(app, exercise));
    else
        app_say(app, STYLE_NOTE, "this slide has no exercise");
}

static void agree(struct app *app, struct presenting *p)
{
    if (present_slide(p)->checkpoint < TALK_CHECKPOINTS)
        p->talk.agreed |= (uint64_t)1 << present_slide(p)->checkpoint;
    move(app, p, 1);
}

static void do_it(struct app *app, struct presenting *p)
{
    switch (present_slide(p)->kind) {
    case SLIDE_QUESTION: check_answers(app, p); break;
    case SLIDE_GOALS:
    case SLIDE_WATCH: watch_demo(app, p); break;
    case SLIDE_EXERCISE: open_exercise(app, p); break;
    case SLIDE_CHECKPOINT: agree(app, p); break;
    default: move(app, p, 1);
    }
}

static bool present_request(struct app *app, struct screen *screen, enum request request)
{
    struct presenting *p = (struct presenting *)screen;

    switch (request) {
    case REQUEST_PLAY:
    case REQUEST_NEXT:
    case REQUEST_FORWARD:
    case REQUEST_PAGE_DOWN: move(app, p, 1); return true;
    case REQUEST_PREVIOUS:
    case REQUEST_BACKWARD:
    case REQUEST_PAGE_UP: move(app, p, -1); return true;
    case REQUEST_JUMP_NEXT: show_slide(app, p, deck_seek(&p->deck, p->talk.slide, 1)); return true;
    case REQUEST_JUMP_PREVIOUS:
        show_slide(app, p, deck_seek(&p->deck, p->talk.slide, -1));
        return true;
    case REQUEST_FIRST: show_slide(app, p, 0); return true;
    case REQUEST_LAST: show_slide(app, p, p->deck.count - 1); return true;
    case REQUEST_OPEN: do_it(app, p); return true;
    case REQUEST_RUN: watch_demo(app, p); return true;
    case REQUEST_COPY: edit_copy(app, p); return true;
    case REQUEST_EDIT: open_exercise(app, p); return true;
    case REQUEST_WORDS: app_explain(app, present_step(p)->markdown); return true;
    case REQUEST_FIND: app_find(app); return true;
    case REQUEST_LANGUAGE:
        app->language = app->language == COURSE_C ? COURSE_LUA : COURSE_C;
        probe_release(&p->probe);
        return true;
    case REQUEST_RESET:
        app_push(app, screen_ask("Begin anew, with no hands counted and the clock at zero?", NULL,
                                 anew_answer, p));
        return true;
    default: return app_scroll(&p->first, app->grid.rows - 4, request);
    }
}

static bool present_key(struct app *app, struct screen *screen, int key)
{
    struct presenting *p = (struct presenting *)screen;

    if (key < '1' || key > '9')
        return false;
    if (asks(p))
        count_hands(app, p, (size_t)(key - '1'));
    else
        app_say(app, STYLE_NOTE, "this slide asks no question");
    return true;
}

static bool present_offers(struct app *app, struct screen *screen, enum request request)
{
    struct presenting *p = (struct presenting *)screen;

    if (request == REQUEST_CHOOSE)
        return asks(p);
    if (request == REQUEST_RUN || request == REQUEST_COPY)
        return present_demo(app, p);
    if (request == REQUEST_EDIT)
        return deck_exercise(&p->deck, p->talk.slide);
    if (request == REQUEST_OPEN)
        return present_slide(p)->kind > SLIDE_TEXT;
    return true;
}

/* Without its folder and its ending. */
static void add_program(const char *path, struct text *out)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;

    text_addf(out, "watch %.*s", (int)strcspn(name, "."), name);
}

static void present_word(struct app *app, struct screen *screen, enum request request,
                         struct text *out)
{
    struct presenting *p = (struct presenting *)screen;
    const struct exercise *exercise = deck_exercise(&p->deck, p->talk.slide);
    const char *demo = present_demo(app, p);

    if (request != REQUEST_OPEN)
        return;
    switch (present_slide(p)->kind) {
    case SLIDE_QUESTION:
        text_add(out, present_step(p)->nanswers == 0 ? "type the answer"
                      : present_is_tried(p)          ? "go on" : "check the answers");
        break;
    case SLIDE_GOALS:
    case SLIDE_WATCH:
        if (demo)
            add_program(demo, out);
        break;
    case SLIDE_EXERCISE:
        if (exercise)
            text_addf(out, "open %s", exercise->name);
        break;
    case SLIDE_CHECKPOINT: text_add(out, "agree"); break;
    default: break;
    }
}

/* --- the screen ---------------------------------------------------------- */

static void present_title(struct app *app, struct screen *screen, struct text *left,
                          struct text *right)
{
    const struct presenting *p = (struct presenting *)screen;
    const struct lesson *lesson = p->deck.lesson;
    bool cover = p->talk.slide == 0;

    text_addf(left, "%.2s %s", lesson->id, lesson->title);
    if (!cover)
        text_addf(left, "%s%s", app->ascii ? " - " : " · ", present_step(p)->title);
    text_addf(right, "%u/%u   ", p->talk.slide + 1, p->deck.count);
    talk_clock(&p->talk, cover ? 0 : present_step(p)->minutes, app_now(), right);
    text_addf(right, "   %s", app_language_name(app->language));
}

/* Until the clock shows the next second. */
static int present_wait(struct app *app, struct screen *screen)
{
    const struct presenting *p = (struct presenting *)screen;
    int probe = probe_wait(&p->probe), second = 1000 - (int)((app_now() - p->talk.began) % 1000);

    (void)app;
    return probe >= 0 && probe < second ? probe : second;
}

static void present_tick(struct app *app, struct screen *screen)
{
    struct presenting *p = (struct presenting *)screen;

    app->dirty = true;
    probe_tick(&p->probe, app->options->cflags);
}

static void present_free(struct screen *screen)
{
    struct presenting *p = (struct presenting *)screen;

    probe_release(&p->probe);
    markdown_free(p->text);
    deck_release(&p->deck);
    if (p->lock >= 0)
        close(p->lock);
    free(p->path);
    free(p);
}

static const struct screen_table table = {
    .name = "presentation",
    .controls = controls,
    .title = present_title,
    .draw = present_draw,
    .request = present_request,
    .offers = present_offers,
    .word = present_word,
    .key = present_key,
    .wait = present_wait,
    .tick = present_tick,
    .free = present_free,
};

struct screen *screen_present(struct app *app, const struct lesson *lesson)
{
    struct presenting *p = calloc(1, sizeof *p);

    if (!p)
        return NULL;
    p->screen.table = &table;
    p->lock = -1;
    if (!deck_make(&p->deck, lesson)) {
        present_free(&p->screen);
        return NULL;
    }
    resume(app, p);
    return &p->screen;
}
