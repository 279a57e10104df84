/* test_program.c -- a learner's source file, good and bad. */
#include "grade/program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static char folder[] = "/tmp/braid-program-XXXXXX";

static const char *path_of(const char *name)
{
    static char path[256];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *bytes, size_t n)
{
    FILE *file = fopen(path_of(name), "w");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    fclose(file);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"a.lua", "b.c", "empty.lua", "nul.lua", "x.txt", "big.c"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(path_of(names[i]));
    rmdir(path_of("dir.c"));
    return rmdir(folder);
}

static void assert_line(const struct program *program, uint32_t line, const char *want)
{
    size_t len;
    const char *at = program_line(program, line, &len);

    assert_int_equal(len, strlen(want));
    assert_memory_equal(at, want, len);
}

static void test_lines(void **state)
{
    struct program program;
    char error[256];

    (void)state;
    put("a.lua", "one\r\n\nthree", 11);
    assert_true(program_load(&program, path_of("a.lua"), error, sizeof error));
    assert_int_equal(program.language, LANGUAGE_LUA);
    assert_string_equal(program.name, "a.lua");
    assert_int_equal(program.nlines, 3);
    assert_line(&program, 1, "one");
    assert_line(&program, 2, "");
    assert_line(&program, 3, "three");
    assert_line(&program, 0, "");
    assert_line(&program, 4, "");
    program_release(&program);
    put("b.c", "x\n", 2);
    assert_true(program_load(&program, path_of("b.c"), error, sizeof error));
    assert_int_equal(program.language, LANGUAGE_C);
    assert_int_equal(program.nlines, 1); /* the last end of line begins no line */
    program_release(&program);
}

static void assert_refused(const char *name, const char *why)
{
    struct program program = {.nlines = 77};
    char error[256];

    assert_false(program_load(&program, path_of(name), error, sizeof error));
    assert_non_null(strstr(error, why));
    assert_non_null(strstr(error, name));
    assert_int_equal(program.nlines, 77); /* untouched */
}

static void test_refused(void **state)
{
    char *big = calloc(1, 1024 * 1024 + 1);

    (void)state;
    assert_refused("none.lua", "No such file");
    mkdir(path_of("dir.c"), 0700);
    assert_refused("dir.c", "is a directory");
    put("empty.lua", "", 0);
    assert_refused("empty.lua", "is empty");
    put("nul.lua", "a\0b", 3);
    assert_refused("nul.lua", "is a binary");
    put("x.txt", "x", 1);
    assert_refused("x.txt", "neither Lua nor C");
    memset(big, ' ', 1024 * 1024 + 1);
    put("big.c", big, 1024 * 1024 + 1);
    assert_refused("big.c", "larger than 1 MiB");
    free(big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_refused),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
