/* test_workspace.c -- the learner's files are copied, backed up, never overwritten. */
#include "course/workspace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "content.h"

static struct course course;
static const struct exercise *one;
static char error[300];

static void ignore(void *context, const char *message)
{
    (void)context;
    (void)message;
}

static int setup(void **state)
{
    if (content_setup(state) != 0)
        return -1;
    content_write("lessons/01-go/lesson.md", "# Go\n## S\n[exercise](one)\n");
    content_write("exercises/01-go/topic.lua",
                  "return { exercises = {\n"
                  "  { name = 'one', title = 'O', task = 'T', fault = 'leak' },\n"
                  "  { name = 'two', title = 'O', task = 'T', fault = 'leak' } } }\n");
    content_write("exercises/01-go/one.lua", "starter one lua");
    content_write("exercises/01-go/one.c", "starter one c");
    content_write("exercises/01-go/two.lua", "starter two lua");
    if (!course_load(&course, content_root, ignore, NULL))
        return -1;
    one = &course.lessons[0].exercises[0];
    error[0] = '\0';
    return 0;
}

static int teardown(void **state)
{
    course_release(&course);
    return content_teardown(state);
}

static int init(const char *dir)
{
    return workspace_init(&course, content_path(dir), error, sizeof error);
}

static void copies_all_starters(void **state)
{
    (void)state;
    assert_int_equal(init("my/copy"), 3); /* two.c does not exist */
    assert_string_equal(content_read("my/copy/01-go/one.lua"), "starter one lua");
    assert_string_equal(content_read("my/copy/01-go/one.c"), "starter one c");
    assert_string_equal(content_read("my/copy/01-go/two.lua"), "starter two lua");
    assert_true(files_exist(content_path("my/copy/.braid")));
}

static void leaves_what_is_there(void **state)
{
    (void)state;
    content_write("my/01-go/one.c", "mine");
    content_write("my/.braid", "old mark");
    assert_int_equal(init("my"), 2);
    assert_string_equal(content_read("my/01-go/one.c"), "mine");
    assert_string_equal(content_read("my/.braid"), "old mark");
    assert_int_equal(init("my"), 0);
}

static void says_what_is_in_the_way(void **state)
{
    char expected[300];

    (void)state;
    content_write("my", "a file");
    assert_int_equal(init("my"), -1);
    snprintf(expected, sizeof expected, "%s: is in the way, choose another folder",
             content_path("my/01-go"));
    assert_string_equal(error, expected);
    assert_string_equal(content_read("my"), "a file");
}

static void makes_one_file(void **state)
{
    char *path = workspace_file(&course, content_path("my"), one, COURSE_C, error, sizeof error);

    (void)state;
    assert_string_equal(path, content_path("my/01-go/one.c"));
    assert_string_equal(content_read("my/01-go/one.c"), "starter one c");
    assert_string_equal(content_read("my/01-go/one.lua"), "(none)");
    free(path);

    content_write("my/01-go/one.c", "mine");
    path = workspace_file(&course, content_path("my"), one, COURSE_C, error, sizeof error);
    assert_non_null(path);
    assert_string_equal(content_read("my/01-go/one.c"), "mine");
    free(path);

    assert_null(workspace_file(&course, content_path("my"), one + 1, COURSE_C, error,
                               sizeof error));
    assert_string_equal(error, "no C version of 'two'");
}

static void reset_keeps_a_backup(void **state)
{
    char *backup = NULL;

    (void)state;
    content_write("my/01-go/one.lua", "first try");
    assert_true(workspace_reset(&course, content_path("my"), one, COURSE_LUA, &backup, error,
                                sizeof error));
    assert_string_equal(backup, content_path("my/01-go/one.lua.bak"));
    free(backup);
    content_write("my/01-go/one.lua", "second try");
    assert_true(workspace_reset(&course, content_path("my"), one, COURSE_LUA, &backup, error,
                                sizeof error));
    assert_string_equal(backup, content_path("my/01-go/one.lua.bak2"));
    free(backup);
    assert_string_equal(content_read("my/01-go/one.lua"), "starter one lua");
    assert_string_equal(content_read("my/01-go/one.lua.bak"), "first try");
    assert_string_equal(content_read("my/01-go/one.lua.bak2"), "second try");
}

static void reset_of_nothing_makes_no_backup(void **state)
{
    char *backup = error;

    (void)state;
    assert_true(workspace_reset(&course, content_path("my"), one, COURSE_LUA, &backup, error,
                                sizeof error));
    assert_null(backup);
    backup = error;
    assert_true(workspace_reset(&course, content_path("my"), one, COURSE_LUA, &backup, error,
                                sizeof error));
    assert_null(backup);
    assert_string_equal(content_read("my/01-go/one.lua"), "starter one lua");
    assert_false(files_exist(content_path("my/01-go/one.lua.bak")));
}

/* A link in the workspace is replaced, not written through. */
static void reset_spares_what_a_link_points_to(void **state)
{
    char *backup = NULL;

    (void)state;
    content_write("kept.lua", "kept elsewhere");
    assert_true(files_make_folder(content_path("my/01-go")));
    assert_int_equal(symlink(content_path("kept.lua"), content_path("my/01-go/one.lua")), 0);
    assert_true(workspace_reset(&course, content_path("my"), one, COURSE_LUA, &backup, error,
                                sizeof error));
    free(backup);
    assert_string_equal(content_read("kept.lua"), "kept elsewhere");
    assert_string_equal(content_read("my/01-go/one.lua.bak"), "kept elsewhere");
    assert_string_equal(content_read("my/01-go/one.lua"), "starter one lua");
}

static void leaves_no_other_files(void **state)
{
    char *backup = NULL, **names;

    (void)state;
    content_write("my/01-go/one.lua", "a try");
    assert_int_equal(init("my"), 2);
    assert_true(workspace_reset(&course, content_path("my"), one, COURSE_LUA, &backup, error,
                                sizeof error));
    free(backup);
    names = files_list(content_path("my/01-go"));
    assert_non_null(names);
    assert_string_equal(names[0], "one.c");
    assert_string_equal(names[1], "one.lua");
    assert_string_equal(names[2], "one.lua.bak");
    assert_string_equal(names[3], "two.lua");
    assert_null(names[4]);
    files_list_free(names);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(copies_all_starters),
        TEST(leaves_what_is_there),
        TEST(says_what_is_in_the_way),
        TEST(makes_one_file),
        TEST(reset_keeps_a_backup),
        TEST(reset_of_nothing_makes_no_backup),
        TEST(reset_spares_what_a_link_points_to),
        TEST(leaves_no_other_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
