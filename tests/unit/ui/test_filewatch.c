/* A save is seen however the editor does it; what was seen is not told twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ui/filewatch.h"

static char dir[] = "/tmp/braid-filewatch-XXXXXX";
static char file[64], aside[64];

static void write_file(const char *path, const char *text)
{
    FILE *out = fopen(path, "w");

    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    assert_int_equal(fclose(out), 0);
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(dir))
        return -1;
    snprintf(file, sizeof file, "%s/a.lua", dir);
    snprintf(aside, sizeof aside, "%s/a.lua~", dir);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(file);
    unlink(aside);
    return rmdir(dir);
}

/* Something is waiting on the descriptor now. */
static bool is_readable(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};

    return poll(&p, 1, 0) == 1;
}

static void sees_a_file_written_in_place(void **state)
{
    struct filewatch watch;

    (void)state;
    write_file(file, "one\n");
    assert_true(filewatch_open(&watch, file));
    assert_false(filewatch_changed(&watch));
    write_file(file, "one and two\n");
    assert_true(is_readable(watch.fd));
    assert_true(filewatch_changed(&watch));
    assert_false(filewatch_changed(&watch));
    assert_false(is_readable(watch.fd));
    filewatch_close(&watch);
}

static void sees_a_file_renamed_over_it(void **state)
{
    struct filewatch watch;

    (void)state;
    write_file(file, "one\n");
    assert_true(filewatch_open(&watch, file));
    write_file(aside, "two\n"); /* as long as the old one */
    assert_int_equal(rename(aside, file), 0);
    assert_true(is_readable(watch.fd));
    assert_true(filewatch_changed(&watch));
    write_file(aside, "six\n"); /* and again: the folder is watched, not the first inode */
    assert_int_equal(rename(aside, file), 0);
    assert_true(filewatch_changed(&watch));
    filewatch_close(&watch);
}

static void is_silent_about_other_files_and_a_vanished_one(void **state)
{
    struct filewatch watch;

    (void)state;
    write_file(file, "one\n");
    assert_true(filewatch_open(&watch, file));
    write_file(aside, "other\n");
    assert_false(filewatch_changed(&watch));
    unlink(file);
    assert_false(filewatch_changed(&watch));
    write_file(file, "it is back\n");
    assert_true(filewatch_changed(&watch));
    filewatch_close(&watch);
}

static void polls_the_stamp_where_the_folder_cannot_be_watched(void **state)
{
    struct filewatch watch;

    (void)state;
    assert_true(filewatch_open(&watch, "/nowhere/at/all.lua"));
    assert_int_equal(watch.fd, -1);
    assert_true(filewatch_wait(&watch) > 0);
    assert_false(filewatch_changed(&watch));
    filewatch_close(&watch);
    assert_int_equal(filewatch_wait(&watch), -1);
    assert_false(filewatch_changed(&watch));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sees_a_file_written_in_place),
        cmocka_unit_test(sees_a_file_renamed_over_it),
        cmocka_unit_test(is_silent_about_other_files_and_a_vanished_one),
        cmocka_unit_test(polls_the_stamp_where_the_folder_cannot_be_watched),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
