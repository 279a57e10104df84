/* test_progress.c -- what the learner has done, kept across runs of braid. */
#include "course/progress.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "content.h"

static char topic[] = "05-worker-pool", name[] = "basic_pool", longer[] = "basic_pool_2";
static const struct exercise exercise = {.topic = topic, .name = name};
static const struct exercise other = {.topic = topic, .name = longer};
static const struct lesson lesson = {.id = topic};

static int setup(void **state)
{
    if (content_setup(state) != 0)
        return -1;
    return setenv("BRAID_DATA", content_path("deep/data"), 1);
}

static void starts_empty(void **state)
{
    struct progress *progress = progress_open();

    (void)state;
    assert_non_null(progress);
    assert_false(progress_passed(progress, &exercise, COURSE_LUA));
    assert_int_equal(progress_hints(progress, &exercise), 0);
    assert_int_equal(progress_step(progress, &lesson), 0);
    assert_null(progress_workspace(progress));
    progress_free(progress);
    assert_false(files_exist(content_path("deep")));
}

static void keeps_facts(void **state)
{
    struct progress *progress = progress_open();

    (void)state;
    assert_true(progress_set_passed(progress, &exercise, COURSE_C));
    assert_true(progress_set_hints(progress, &exercise, 2));
    assert_true(progress_set_step(progress, &lesson, 3));
    assert_true(progress_set_workspace(progress, "/home/me/my braid"));
    progress_free(progress);
    assert_string_equal(content_read("deep/data/progress"),
                        "passed 05-worker-pool/basic_pool c\n"
                        "hint 05-worker-pool/basic_pool 2\n"
                        "read 05-worker-pool 3\n"
                        "workspace /home/me/my braid\n");

    progress = progress_open();
    assert_true(progress_passed(progress, &exercise, COURSE_C));
    assert_false(progress_passed(progress, &exercise, COURSE_LUA));
    assert_false(progress_passed(progress, &other, COURSE_C));
    assert_int_equal(progress_hints(progress, &exercise), 2);
    assert_int_equal(progress_hints(progress, &other), 0);
    assert_int_equal(progress_step(progress, &lesson), 3);
    assert_string_equal(progress_workspace(progress), "/home/me/my braid");
    progress_free(progress);
}

static void remembers_predictions(void **state)
{
    struct lesson_step pool = {.demo_lua = (char *)"/x/pool.lua", .demo_c = (char *)"/x/pool.c"};
    struct lesson_step crew = {.demo_c = (char *)"/x/crew.c"};
    struct progress *progress = progress_open();
    char *said;

    (void)state;
    assert_null(progress_predicted(progress, &lesson, &pool));
    assert_true(progress_set_predicted(progress, &lesson, &pool, "sum: 14"));
    assert_true(progress_set_predicted(progress, &lesson, &pool, "a b"));
    assert_false(progress_set_predicted(progress, &lesson, &pool, ""));
    assert_false(progress_set_predicted(progress, &lesson, &pool, "a\nworkspace /tmp"));
    progress_free(progress);
    progress = progress_open();
    said = progress_predicted(progress, &lesson, &pool);
    assert_string_equal(said, "a b");
    assert_null(progress_predicted(progress, &lesson, &crew));
    free(said);
    progress_free(progress);
}

static void what_became_of_a_prediction_is_of_that_answer(void **state)
{
    struct lesson_step pool = {.demo_lua = (char *)"/x/pool.lua", .demo_c = (char *)"/x/pool.c"};
    struct lesson_step pools = {.demo_lua = (char *)"/x/pools.lua"};
    struct progress *progress = progress_open();

    (void)state;
    assert_int_equal(progress_foretold(progress, &lesson, &pools), FORETOLD_OPEN);
    assert_true(progress_set_predicted(progress, &lesson, &pools, "right"));
    assert_int_equal(progress_foretold(progress, &lesson, &pools), FORETOLD_OPEN);
    assert_true(progress_set_foretold(progress, &lesson, &pools, FORETOLD_WRONG));
    progress_free(progress);
    progress = progress_open();
    assert_int_equal(progress_foretold(progress, &lesson, &pools), FORETOLD_WRONG);
    assert_int_equal(progress_foretold(progress, &lesson, &pool), FORETOLD_OPEN);
    assert_true(progress_set_foretold(progress, &lesson, &pools, FORETOLD_RIGHT));
    assert_int_equal(progress_foretold(progress, &lesson, &pools), FORETOLD_RIGHT);
    assert_true(progress_set_predicted(progress, &lesson, &pools, "another"));
    assert_int_equal(progress_foretold(progress, &lesson, &pools), FORETOLD_OPEN);
    progress_free(progress);
}

static void a_later_fact_takes_the_place(void **state)
{
    struct progress *progress = progress_open();

    (void)state;
    assert_true(progress_set_step(progress, &lesson, 2));
    assert_true(progress_set_workspace(progress, "/a"));
    assert_true(progress_set_step(progress, &lesson, 5));
    assert_true(progress_set_step(progress, &lesson, 4)); /* going back loses nothing */
    assert_true(progress_set_workspace(progress, "/b"));
    assert_true(progress_set_passed(progress, &exercise, COURSE_LUA));
    assert_true(progress_set_passed(progress, &exercise, COURSE_LUA));
    assert_string_equal(progress_workspace(progress), "/b");
    progress_free(progress);
    assert_string_equal(content_read("deep/data/progress"),
                        "read 05-worker-pool 5\n"
                        "workspace /b\n"
                        "passed 05-worker-pool/basic_pool lua\n");
}

static void keeps_unknown_lines(void **state)
{
    struct progress *progress;

    (void)state;
    content_write("deep/data/progress", "badge gold\nread 05-worker-pool many\nhint");
    progress = progress_open();
    assert_int_equal(progress_step(progress, &lesson), 0);
    assert_true(progress_set_step(progress, &lesson, 1));
    progress_free(progress);
    assert_string_equal(content_read("deep/data/progress"),
                        "badge gold\nread 05-worker-pool 1\nhint\n");
}

static void two_at_once_lose_nothing(void **state)
{
    struct progress *one = progress_open(), *two = progress_open();

    (void)state;
    assert_true(progress_set_passed(one, &exercise, COURSE_LUA));
    assert_true(progress_set_passed(two, &other, COURSE_LUA));
    assert_true(progress_set_step(one, &lesson, 1));
    assert_true(progress_passed(one, &other, COURSE_LUA));
    progress_free(one);
    progress_free(two);
    assert_string_equal(content_read("deep/data/progress"),
                        "passed 05-worker-pool/basic_pool lua\n"
                        "passed 05-worker-pool/basic_pool_2 lua\n"
                        "read 05-worker-pool 1\n");
}

static void says_when_it_cannot_save(void **state)
{
    struct progress *progress = progress_open();

    (void)state;
    content_write("deep/data", "a file in the way\n");
    assert_false(progress_set_step(progress, &lesson, 1));
    assert_int_equal(errno, ENOTDIR);
    assert_false(progress_set_workspace(progress, ""));
    assert_int_equal(errno, EINVAL);
    assert_false(progress_set_workspace(progress, "/two\nlines"));
    assert_null(progress_workspace(progress));
    progress_free(progress);
    assert_string_equal(content_read("deep/data"), "a file in the way\n");
}

/* What cannot be read is not written over. */
static void never_replaces_what_it_could_not_read(void **state)
{
    struct progress *progress;

    (void)state;
    assert_true(files_make_folder(content_path("deep/data/progress")));
    progress = progress_open();
    assert_false(progress_set_step(progress, &lesson, 1));
    assert_int_equal(errno, EISDIR);
    progress_free(progress);
    assert_true(files_is_folder(content_path("deep/data/progress")));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, content_teardown)
    const struct CMUnitTest tests[] = {
        TEST(starts_empty),
        TEST(keeps_facts),
        TEST(remembers_predictions),
        TEST(what_became_of_a_prediction_is_of_that_answer),
        TEST(a_later_fact_takes_the_place),
        TEST(keeps_unknown_lines),
        TEST(two_at_once_lose_nothing),
        TEST(says_when_it_cannot_save),
        TEST(never_replaces_what_it_could_not_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
