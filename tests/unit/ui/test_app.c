/* The app without a terminal: keys in, a grid out, on a small course of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ui/app.h"

static char root[] = "/tmp/braid-app-XXXXXX";
static struct ui_options options;
static struct app app;

static void write_file(const char *name, const char *text)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", root, name);
    for (char *slash = strchr(path + 5, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0755);
        *slash = '/';
    }
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    assert_int_equal(fclose(out), 0);
}

static const char pool_lesson[] =
    "# Worker pool\n\n## The idea\n\nFew workers, many jobs.\n\n"
    "## Who closes\n\nThe coordinator does.\n\n[watch](pool)\n\n[exercise](basic)\n";
static const char pool_topic[] =
    "return { title = 'Worker pool', exercises = {\n"
    "  { name = 'basic', title = 'A basic pool', task = 'Make it end.', fault = 'deadlock',\n"
    "    output = '1\\n', hints = { 'Look at close.' } },\n} }\n";

static int make_course(void **state)
{
    (void)state;
    setlocale(LC_CTYPE, "C.UTF-8");
    if (!mkdtemp(root))
        return -1;
    write_file("lessons/03-channels/lesson.md", "# Channels\n\n## One step\n\nA channel.\n");
    write_file("lessons/05-worker-pool/lesson.md", pool_lesson);
    write_file("lessons/05-worker-pool/pool.lua", "print(1)\n");
    write_file("lessons/05-worker-pool/pool.c", "int main(void) { return 0; }\n");
    write_file("exercises/05-worker-pool/topic.lua", pool_topic);
    for (int i = 0; i < 4; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s/05-worker-pool/basic.%s", i < 2 ? "exercises" : "solutions",
                 i % 2 ? "lua" : "c");
        write_file(name, "x\n");
    }
    return 0;
}

static int remove_course(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", root);
    return system(command);
}

static int open_app(void **state)
{
    char error[256], data[128];

    (void)state;
    snprintf(data, sizeof data, "%s/data", root);
    setenv("BRAID_DATA", data, 1);
    options = (struct ui_options){.root = root};
    if (!app_init(&app, &options, false, error, sizeof error)) {
        print_error("%s\n", error);
        return -1;
    }
    return app_draw(&app, 24, 80) ? 0 : -1;
}

static int close_app(void **state)
{
    char file[128];

    (void)state;
    app_release(&app);
    snprintf(file, sizeof file, "%s/data/progress", root);
    unlink(file);
    return 0;
}

static bool shows(const char *text)
{
    app_draw(&app, app.grid.rows, app.grid.cols);
    char *screen = grid_text(&app.grid);
    bool found = screen && strstr(screen, text);

    if (!found)
        print_message("not on the screen: '%s'\n%s\n", text, screen ? screen : "");
    free(screen);
    return found;
}

static void keys(const char *text)
{
    for (; *text; text++)
        app_key(&app, *text);
}

static void the_list_shows_lessons_exercises_and_controls(void **state)
{
    (void)state;
    assert_true(shows("03  Channels"));
    assert_true(shows("05  Worker pool"));
    assert_true(shows("A basic pool"));
    assert_true(shows("0 of 1 exercises passed   Lua"));
    assert_true(shows("Enter open"));
    assert_true(shows("? help  q quit"));
    keys("t");
    assert_true(shows("0 of 1 exercises passed   C"));
}

static void steps_of_a_lesson_are_walked_and_remembered(void **state)
{
    (void)state;
    keys("]\r");
    assert_true(shows("05 Worker pool"));
    assert_true(shows("step 1 of 2"));
    assert_true(shows("Few workers, many jobs."));
    assert_int_equal(progress_step(app.progress, &app.course.lessons[1]), 1);
    keys("n");
    assert_true(shows("step 2 of 2"));
    assert_true(shows("watch pool.lua run"));
    assert_true(shows("exercise: A basic pool"));
    assert_int_equal(progress_step(app.progress, &app.course.lessons[1]), 2);
    keys("t");
    assert_true(shows("watch pool.c run"));
    keys("p");
    assert_true(shows("step 1 of 2"));
    keys("p");
    assert_true(shows("03 Channels"));
    keys("l");
    assert_true(shows("exercises passed"));
}

static void a_key_without_use_says_so(void **state)
{
    (void)state;
    keys("]\rx");
    assert_true(shows("x does nothing here now; ? shows the keys"));
    keys("r");
    assert_true(shows("no program to watch"));
    assert_false(app.quit);
}

static void the_help_lists_the_keys_of_the_screen_below(void **state)
{
    (void)state;
    keys("]\r?");
    assert_true(shows("Keys: lesson"));
    assert_true(shows("n      the next step"));
    assert_true(shows("q      quit"));
    keys("n"); /* only closes it */
    assert_true(shows("step 1 of 2"));
    keys("?q");
    assert_true(app.quit);
}

static void an_exercise_asks_for_a_folder_and_takes_no(void **state)
{
    (void)state;
    keys("]");
    app_key(&app, TERM_DOWN);
    keys("\r");
    assert_true(shows("Create it here?"));
    assert_true(shows("~/braid"));
    keys("q"); /* a letter of the path */
    assert_false(app.quit);
    assert_true(shows("~/braidq"));
    app_key(&app, 0xe9);
    assert_true(shows("~/braidqé"));
    app_key(&app, TERM_BACKSPACE);
    app_key(&app, TERM_BACKSPACE);
    assert_true(shows("~/braid"));
    app_key(&app, TERM_ESCAPE);
    assert_true(shows("e asks again"));
    assert_true(shows("Make it end."));
    assert_null(progress_workspace(app.progress));
    keys("h");
    assert_true(shows("Look at close."));
    keys("h");
    assert_true(shows("that was the last hint"));
    app_key(&app, TERM_ESCAPE);
    assert_true(shows("exercises passed"));
}

static void a_small_terminal_gets_a_word_and_recovers(void **state)
{
    (void)state;
    assert_true(app_draw(&app, 5, 20));
    char *screen = grid_text(&app.grid);
    assert_non_null(screen);
    assert_string_equal(screen, "terminal too small:\n60x15 needed\nthis is 20x5; q quit\n\n\n");
    free(screen);
    keys("n\r?"); /* nothing can be seen, nothing happens */
    for (int rows = 1; rows < 4; rows++)
        for (int cols = 1; cols < 30; cols++)
            assert_true(app_draw(&app, rows, cols));
    assert_true(app_draw(&app, 15, 60));
    assert_true(shows("03  Channels"));
    assert_true(app_draw(&app, 5, 20));
    keys("q");
    assert_true(app.quit);
}

static void every_control_of_the_list_and_the_lesson_does_something(void **state)
{
    (void)state;
    for (int lesson = 0; lesson < 2; lesson++)
        for (int i = 0;; i++) {
            int key = 1;
            keys("l]");
            if (lesson)
                keys("\rn");
            const struct control *c = &app.top->table->controls[i];
            if (!c->request)
                break;
            assert_true(!c->word || strlen(c->word) > 0);
            while (request_of_key(key) != c->request)
                key++;
            if (c->request == REQUEST_RUN || c->request == REQUEST_EDIT)
                continue; /* start programs, ask for a folder */
            app_key(&app, key);
            if (app.top->table->modal)
                app_key(&app, TERM_ESCAPE);
            assert_null(strstr(app.message, "does nothing here"));
        }
}

static void in_ascii_only_ascii_is_drawn(void **state)
{
    (void)state;
    app.ascii = true;
    app_draw(&app, 24, 81); /* another size: the grid is made anew */
    keys("?");
    app_draw(&app, 24, 81);
    char *screen = grid_text(&app.grid);
    assert_non_null(screen);
    for (const char *c = screen; *c; c++)
        assert_true((*c >= ' ' && *c < 127) || *c == '\n');
    free(screen);
}

int main(void)
{
#define APP_TEST(test) cmocka_unit_test_setup_teardown(test, open_app, close_app)
    const struct CMUnitTest tests[] = {
        APP_TEST(the_list_shows_lessons_exercises_and_controls),
        APP_TEST(steps_of_a_lesson_are_walked_and_remembered),
        APP_TEST(a_key_without_use_says_so),
        APP_TEST(the_help_lists_the_keys_of_the_screen_below),
        APP_TEST(an_exercise_asks_for_a_folder_and_takes_no),
        APP_TEST(a_small_terminal_gets_a_word_and_recovers),
        APP_TEST(every_control_of_the_list_and_the_lesson_does_something),
        APP_TEST(in_ascii_only_ascii_is_drawn),
    };
    return cmocka_run_group_tests(tests, make_course, remove_course);
}
