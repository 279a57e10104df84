/* Which editor is opened, and how; and what becomes of one that cannot be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ui/editor.h"
#include "ui/signals.h"

static char command[256], error[256];

static void the_variables_decide_in_order(void **state)
{
    (void)state;
    setenv("EDITOR", "ed", 1);
    setenv("VISUAL", "code -w", 1);
    assert_true(editor_command(command, sizeof command, 0));
    assert_string_equal(command, "code -w");
    setenv("VISUAL", " ", 1);
    assert_true(editor_command(command, sizeof command, 7));
    assert_string_equal(command, "ed"); /* knows no +LINE */
}

static void a_known_editor_is_told_the_line(void **state)
{
    (void)state;
    unsetenv("VISUAL");
    setenv("EDITOR", "/usr/bin/vim -u NONE", 1);
    assert_true(editor_command(command, sizeof command, 7));
    assert_string_equal(command, "/usr/bin/vim -u NONE +7");
    assert_true(editor_command(command, sizeof command, 0));
    assert_string_equal(command, "/usr/bin/vim -u NONE");
}

static void without_variables_the_path_is_searched(void **state)
{
    char dir[] = "/tmp/braid-editor-XXXXXX", file[64], path[64];
    char *before = getenv("PATH") ? strdup(getenv("PATH")) : NULL;

    (void)state;
    unsetenv("VISUAL");
    unsetenv("EDITOR");
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, ":/nowhere:%s", dir);
    snprintf(file, sizeof file, "%s/vi", dir);
    setenv("PATH", path, 1);
    assert_false(editor_command(command, sizeof command, 0));
    assert_non_null(strstr(command, "EDITOR"));
    fclose(fopen(file, "w"));
    chmod(file, 0755);
    assert_true(editor_command(command, sizeof command, 3));
    assert_string_equal(command, "vi +3");
    unlink(file);
    rmdir(dir);
    if (before)
        setenv("PATH", before, 1);
    free(before);
}

/* The rest runs commands as the app does: with its signals open. */

static void the_file_is_one_argument_whatever_its_name(void **state)
{
    char dir[] = "/tmp/braid-editor-XXXXXX", file[64];

    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(file, sizeof file, "%s/a b;'c", dir);
    int fd = signals_open();
    assert_true(fd >= 0);
    assert_true(signals_run("touch -c --", file, error, sizeof error));
    assert_int_not_equal(access(file, F_OK), 0);
    assert_true(signals_run("touch --", file, error, sizeof error));
    assert_int_equal(access(file, F_OK), 0);
    signals_close(fd);
    unlink(file);
    rmdir(dir);
}

static void a_missing_command_is_named(void **state)
{
    (void)state;
    int fd = signals_open();
    assert_true(fd >= 0);
    assert_false(signals_run("no-such-editor-here 2>/dev/null", "/tmp", error, sizeof error));
    assert_non_null(strstr(error, "'no-such-editor-here"));
    assert_true(signals_run("false", "/tmp", error, sizeof error)); /* it ran: that is enough */
    signals_close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_variables_decide_in_order),
        cmocka_unit_test(a_known_editor_is_told_the_line),
        cmocka_unit_test(without_variables_the_path_is_searched),
        cmocka_unit_test(the_file_is_one_argument_whatever_its_name),
        cmocka_unit_test(a_missing_command_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
