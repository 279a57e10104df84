/* test_subject.c -- the marked part of a check: kept, changed, replaced. */
#include "grade/subject.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static char folder[] = "/tmp/braid-subject-XXXXXX";

static const char right[] = "-- a check\n"
                            "-- [subject]\n"
                            "local function one() return 1 end\n"
                            "-- [end of subject]\n"
                            "assert(one() == 1)\n";

static const char *path_of(const char *name)
{
    static char path[2][256];
    static int next;

    next = !next;
    snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
    return path[next];
}

static const char *put(const char *name, const char *text)
{
    const char *path = path_of(name);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    fclose(file);
    return path;
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path_of("right.lua"));
    unlink(path_of("mine.lua"));
    unlink(path_of("mutant.lua"));
    return rmdir(folder);
}

/* What is said of a check beside the right one; NULL: that its subject is kept. */
static char *said_of(const char *check)
{
    struct program mine;
    char error[512], *said;
    bool kept;

    put("right.lua", right);
    assert_true(program_load(&mine, put("mine.lua", check), error, sizeof error));
    kept = subject_kept(&mine, path_of("right.lua"), &said);
    assert_int_equal(kept, said == NULL);
    program_release(&mine);
    return said;
}

static void assert_said(const char *check, const char *begin)
{
    char *said = said_of(check);

    assert_non_null(said);
    if (strncmp(said, begin, strlen(begin)) != 0)
        fail_msg("'%s' does not begin with '%s'", said, begin);
    free(said);
}

static void test_kept(void **state)
{
    (void)state;
    assert_null(said_of(right));
    assert_null(said_of("-- [subject]\n"
                        "local function one() return 1 end\n"
                        "-- [end of subject] and a word\n"
                        "print(one())\n"));
}

static void test_changed(void **state)
{
    (void)state;
    assert_said("-- [subject]\nlocal function one() return 2 end\n-- [end of subject]\n", "line 2:");
    assert_said("-- [subject]\n-- [end of subject]\n", "line 2:");
    assert_said("-- [subject]\nlocal function one() return 1 end\n\n-- [end of subject]\n",
                "line 3:");
    assert_said("print(1)\n", "there is no '[subject]'");
    assert_said("-- [subject]\nlocal function one() return 1 end\n", "there is no '[subject]'");
}

static void test_replaced(void **state)
{
    struct program mine, other;
    struct scratch scratch;
    char error[512], *what, *said, *path;

    (void)state;
    assert_true(program_load(&mine, put("mine.lua", right), error, sizeof error));
    put("mutant.lua", "-- one too many\nlocal function one() return 2 end");
    assert_true(subject_replace(&other, &scratch, &what, &mine, path_of("mutant.lua"), &said));
    assert_string_equal(what, "one too many");
    assert_string_equal(other.text, "-- a check\n"
                                    "-- [subject]\n"
                                    "-- one too many\n"
                                    "local function one() return 2 end\n"
                                    "-- [end of subject]\n"
                                    "assert(one() == 1)\n");
    assert_int_equal(other.language, LANGUAGE_LUA);
    path = strdup(other.path);
    assert_int_equal(access(path, R_OK), 0);
    scratch_remove(&scratch);
    assert_int_not_equal(access(path, F_OK), 0);
    free(path);
    free(what);
    program_release(&other);
    program_release(&mine);
}

static void test_no_such_mutant(void **state)
{
    struct program mine, other;
    struct scratch scratch;
    char error[512], *what, *said;

    (void)state;
    assert_true(program_load(&mine, put("mine.lua", right), error, sizeof error));
    assert_false(subject_replace(&other, &scratch, &what, &mine, path_of("none.lua"), &said));
    assert_non_null(strstr(said, "none.lua: No such file"));
    free(said);
    program_release(&mine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_changed),
        cmocka_unit_test(test_replaced),
        cmocka_unit_test(test_no_such_mutant),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
