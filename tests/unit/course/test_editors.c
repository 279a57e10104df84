/* test_editors.c -- the files for editors: made, renewed when ours, never taken from a learner. */
#include "course/editors.h"

#include "course/annotations.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "content.h"

static char error[300];

static int setup(void **state)
{
    if (content_setup(state) != 0)
        return -1;
    content_write("engine/reference/01-x.md", "# X\n## wait\nlua: wait(n: integer)\n\nWaits.\n");
    content_write("ws/.braid", "");
    return 0;
}

static bool init(void)
{
    return editors_init(content_root, content_path("ws"), error, sizeof error);
}

static void makes_three_files(void **state)
{
    char flags[200];

    (void)state;
    assert_true(init());
    assert_non_null(strstr(content_read("ws/braid.lua"), "function wait(n) end"));
    assert_non_null(strstr(content_read("ws/.luarc.json"), "Lua 5.4"));
    snprintf(flags, sizeof flags, "\n-I%s/engine\n", content_root);
    assert_non_null(strstr(content_read("ws/compile_flags.txt"), flags));
}

static void renews_its_own_annotations_only(void **state)
{
    (void)state;
    content_write("ws/braid.lua", ANNOTATIONS_MARK "\nold");
    content_write("ws/.luarc.json", "{}");
    content_write("ws/compile_flags.txt", "-DMINE");
    assert_true(init());
    assert_non_null(strstr(content_read("ws/braid.lua"), "function wait(n) end"));
    assert_string_equal(content_read("ws/.luarc.json"), "{}");
    assert_string_equal(content_read("ws/compile_flags.txt"), "-DMINE");
    content_write("ws/braid.lua", "print('mine')");
    assert_true(init());
    assert_string_equal(content_read("ws/braid.lua"), "print('mine')");
}

static void without_a_reference_no_annotations(void **state)
{
    (void)state;
    assert_int_equal(remove(content_path("engine/reference/01-x.md")), 0);
    assert_true(init());
    assert_string_equal(content_read("ws/braid.lua"), "(none)");
}

static void says_what_cannot_be_written(void **state)
{
    (void)state;
    assert_false(editors_init(content_root, content_path("none"), error, sizeof error));
    assert_non_null(strstr(error, "none/compile_flags.txt: No such file"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(makes_three_files, setup, content_teardown),
        cmocka_unit_test_setup_teardown(renews_its_own_annotations_only, setup, content_teardown),
        cmocka_unit_test_setup_teardown(without_a_reference_no_annotations, setup,
                                        content_teardown),
        cmocka_unit_test_setup_teardown(says_what_cannot_be_written, setup, content_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
