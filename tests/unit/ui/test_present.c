/* test_present.c -- a presentation and its notes, drawn without a terminal. */
#include "course/talk.h"
#include "ui/app.h"

#include <locale.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../course/content.h"

static struct ui_options options;
static struct app app;

static const char lesson[] =
    "# Pool\n\n## The idea\n[minutes] 3\n[notes] Ask who has one.\n\nFew workers, many jobs.\n\n"
    "[predict] What is printed?\n- 1\n- 2\n- deadlock\n\n[watch](pool)\n\n"
    "[checkpoint] all have seen it\n\n## The end\n\nBye.\n\n[exercise](basic)\n";

static int make(void **state)
{
    static const char *const copies[] = {
        "exercises/05-pool/basic.lua", "exercises/05-pool/basic.c", "solutions/05-pool/basic.lua",
        "solutions/05-pool/basic.c", "lessons/05-pool/pool.lua", "lessons/05-pool/pool.c",
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    if (content_setup(state) != 0)
        return -1;
    content_write("lessons/05-pool/lesson.md", lesson);
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++)
        content_write(copies[i], "x\n");
    content_write("exercises/05-pool/topic.lua",
                  "return { exercises = { { name = 'basic', title = 'A basic pool',"
                  " task = 'Make it end.', fault = 'deadlock' } } }\n");
    return setenv("BRAID_DATA", content_path("data"), 1);
}

static void open_app(bool notes, bool ascii, int rows, int cols)
{
    char error[256];

    options = (struct ui_options){.root = content_root, .lesson = "pool", .notes = notes};
    assert_true(app_init(&app, &options, ascii, error, sizeof error));
    assert_true(app_draw(&app, rows, cols));
}

static int close_app(void **state)
{
    (void)state;
    app_release(&app);
    unlink(content_path("data/present/05-pool"));
    return 0;
}

/* Whether each of the texts (up to NULL) is on the screen. */
static void shows(const char *text, ...)
{
    va_list more;
    char *screen;

    assert_true(app_draw(&app, app.grid.rows, app.grid.cols));
    screen = grid_text(&app.grid);
    va_start(more, text);
    for (; text; text = va_arg(more, const char *))
        if (!strstr(screen, text))
            fail_msg("not on the screen: '%s'\n%s", text, screen);
    va_end(more);
    free(screen);
}

static void keys(const char *text)
{
    for (; *text; text++)
        app_key(&app, *text);
}

static void shows_one_thing_after_the_other(void **state)
{
    (void)state;
    open_app(false, true, 24, 80);
    shows("05 Pool ", "1/7 ", "1. The idea, 3 minutes", "2. The end", NULL);
    keys(" ");
    shows("05 Pool - The idea", "2/7 ", "Few workers, many jobs.", " left", "r watch", NULL);
    keys("n");
    shows("What is printed?", "1  1", "3  deadlock", "1-9 hands", NULL);
    keys(" ");
    shows("r  watch pool.lua run", NULL);
    keys("t");
    shows("r  watch pool.c run", NULL);
    keys(" ");
    shows("Checkpoint", "all have seen it", "Enter  when all are there", NULL);
    keys("\r");
    shows("6/7 ", "Bye.", "The end", NULL);
    keys("p");
    shows("+ agreed", NULL);
    keys("G");
    shows("A basic pool", "Make it end.", "braid app basic", NULL);
    keys(" ");
    shows("that was the last slide", NULL);
    keys("[[");
    shows("2/7 ", NULL);
}

static void counts_hands_as_bars(void **state)
{
    (void)state;
    open_app(false, true, 24, 80);
    keys("nn2");
    shows("How many hands for answer 2, '2'?", NULL);
    keys("30\r");
    shows("How many hands for answer 3", NULL);
    keys("10\r");
    /* of 14 columns for the most */
    shows("############## 30 (75 %)", " ##### 10 (25 %)", "0 (0 %)", NULL);
    keys("299999\r");
    shows("'99999' is no number of hands", NULL);
    keys("4");
    shows("there are only 3 answers", NULL);
}

static void fits_small_and_large_screens(void **state)
{
    (void)state;
    open_app(false, false, 15, 60);
    keys("nn");
    shows("What is printed?", "1  1", NULL);
    assert_true(app_draw(&app, 50, 200));
    shows("What is printed?", "3  deadlock", NULL);
    assert_true(app_draw(&app, 14, 60));
    shows("too small", NULL);
}

static void goes_on_where_it_was_left(void **state)
{
    (void)state;
    open_app(false, true, 24, 80);
    keys("nn17\r");
    app_release(&app);
    open_app(false, true, 24, 80);
    shows("3/7 ", "here it was left; x begins anew", "7 (100 %)", NULL);
    keys("xy");
    shows("1/7 ", NULL);
    keys("nn");
    shows("What is printed?", NULL);
    app_release(&app);
    content_write("data/present/05-pool", "slide 9 of 12\n"); /* of another version of the lesson */
    open_app(false, true, 24, 80);
    shows("1/7 ", NULL);
}

/* Another process presents: at a slide, with hands and what was agreed. */
static pid_t present_elsewhere(const struct talk *talk)
{
    int told[2];
    char byte;
    pid_t child;

    assert_int_equal(pipe(told), 0);
    child = fork();
    if (child == 0) {
        alarm(30); /* should the test forget it */
        const char *path = content_path("data/present/05-pool");
        if (talk_lock(path) >= 0 && talk_write(path, talk) && write(told[1], "x", 1) == 1)
            pause();
        _exit(1);
    }
    assert_int_equal(read(told[0], &byte, 1), 1);
    close(told[0]);
    close(told[1]);
    return child;
}

static void notes_follow_another_terminal(void **state)
{
    struct talk talk = {.slide = 2, .slides = 7, .agreed = 1};
    pid_t child;

    (void)state;
    talk.hands[0][1] = 8;
    open_app(true, true, 24, 80);
    shows("Nobody presents this lesson now", "braid present 05-pool", NULL);
    child = present_elsewhere(&talk);
    app_tick(&app);
    shows("notes: 05 Pool", "slide 3 of 7", "No notes to this slide", "8 for 2", "They see:",
          "Next: the program", "[x] all have seen it", NULL);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    app_tick(&app);
    shows("Nobody presents this lesson now", "left at slide 3 of 7", NULL);
}

static void two_do_not_present_at_once(void **state)
{
    struct talk talk = {.slide = 1, .slides = 7};
    pid_t child = present_elsewhere(&talk);

    (void)state;
    open_app(false, true, 24, 80);
    shows("1/7 ", "it is presented elsewhere already", NULL);
    keys("nnn");
    talk_read(content_path("data/present/05-pool"), &talk);
    assert_int_equal(talk.slide, 1);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, close_app)
    const struct CMUnitTest tests[] = {
        TEST(shows_one_thing_after_the_other),
        TEST(counts_hands_as_bars),
        TEST(fits_small_and_large_screens),
        TEST(goes_on_where_it_was_left),
        TEST(notes_follow_another_terminal),
        TEST(two_do_not_present_at_once),
    };

    return cmocka_run_group_tests(tests, make, content_teardown);
}
