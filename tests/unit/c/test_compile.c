/* test_compile.c -- a learner's C file becomes a shared object. */
#include "unit/c/program.h"

#include <sys/stat.h>

static void a_good_program_gives_an_object(void **state)
{
    struct program program;
    struct stat about;
    char *object;

    (void)state;
    program_write(&program, "int main(void) { return 0; }\n");
    program_compile(&program, NULL);
    assert_int_equal(program.compiled.end, COMPILE_DONE);
    assert_string_equal(program.compiled.compiler, "gcc");
    assert_string_equal(program.compiled.text, "");
    assert_int_equal(program.compiled.count, 0);
    assert_int_equal(stat(program.compiled.object, &about), 0);
    object = strdup(program.compiled.object);
    program_free(&program);
    assert_int_equal(stat(object, &about), -1);
    free(object);
}

static void errors_have_file_line_and_message(void **state)
{
    struct program program;

    (void)state;
    program_write(&program, "int main(void)\n{\n    int x = y;\n    missing();\n}\n");
    program_compile(&program, NULL);
    assert_int_equal(program.compiled.end, COMPILE_ERRORS);
    assert_null(program.compiled.object);
    assert_int_equal(program.compiled.count, 2);
    assert_string_equal(program.compiled.messages[0].file, program.source);
    assert_int_equal(program.compiled.messages[0].line, 4);
    assert_true(program.compiled.messages[0].error);
    assert_string_equal(program.compiled.messages[0].message,
                        "'y' undeclared (first use in this function)");
    assert_int_equal(program.compiled.messages[1].line, 5);
    assert_non_null(strstr(program.compiled.text, "int x = y;"));
    program_free(&program);
}

static void warnings_are_told_apart(void **state)
{
    struct program program;

    (void)state;
    program_write(&program, "#warning \"mind: the gap\"\nint main(void) { return 0; }\n");
    program_compile(&program, NULL);
    assert_int_equal(program.compiled.end, COMPILE_DONE);
    assert_int_equal(program.compiled.count, 1);
    assert_false(program.compiled.messages[0].error);
    assert_int_equal(program.compiled.messages[0].line, 2);
    assert_non_null(strstr(program.compiled.messages[0].message, "mind: the gap"));
    program_free(&program);
}

static void the_users_flags_win(void **state)
{
    const char *const flags[] = {"-DCODE=4", "-O2", "-std=gnu11", NULL};
    struct program program;

    (void)state;
    program_write(&program, "_Static_assert(__STDC_VERSION__ == 201112L && __OPTIMIZE__, \"\");\n"
                            "int main(void) { return CODE; }\n");
    program_compile(&program, flags);
    assert_string_equal(program.compiled.text, "");
    assert_int_equal(program.compiled.end, COMPILE_DONE);
    program_free(&program);
}

static void functions_of_another_type_are_errors(void **state)
{
    struct program program;

    (void)state;
    program_write(&program, "static void f(int *p) { (void)p; }\nint main(void) { go(f, 0); }\n");
    program_compile(&program, NULL);
    assert_int_equal(program.compiled.end, COMPILE_ERRORS);
    assert_int_equal(program.compiled.messages[0].line, 3);
    program_free(&program);
}

static void a_missing_file_is_not_the_learners_error(void **state)
{
    struct program program;

    (void)state;
    program_write(&program, "");
    unlink(program.source);
    program_compile(&program, NULL);
    assert_int_equal(program.compiled.end, COMPILE_FAILED);
    assert_non_null(strstr(program.compiled.text, "No such file"));
    program_free(&program);
}

static void no_compiler_is_our_failure(void **state)
{
    struct program program;

    (void)state;
    program_write(&program, "int main(void) { return 0; }\n");
    setenv("BRAID_CC", "no-such-compiler", 1);
    program_compile(&program, NULL);
    setenv("BRAID_CC", "gcc", 1);
    assert_int_equal(program.compiled.end, COMPILE_FAILED);
    assert_null(program.compiled.compiler);
    assert_non_null(strstr(program.compiled.text, "'no-such-compiler'"));
    program_free(&program);
}

static void words_of_the_variable_are_arguments(void **state)
{
    struct program program;

    (void)state;
    program_write(&program, "int main(void) { return CODE; }\n");
    setenv("BRAID_CC", "gcc -DCODE=3", 1);
    program_compile(&program, NULL);
    setenv("BRAID_CC", "gcc", 1);
    assert_int_equal(program.compiled.end, COMPILE_DONE);
    program_free(&program);
}

static void no_room_for_the_object_is_our_failure(void **state)
{
    struct program program;

    (void)state;
    program_write(&program, "int main(void) { return 0; }\n");
    setenv("TMPDIR", "/no/such/directory", 1);
    program_compile(&program, NULL);
    unsetenv("TMPDIR");
    assert_int_equal(program.compiled.end, COMPILE_FAILED);
    assert_non_null(strstr(program.compiled.text, "/no/such/directory"));
    program_free(&program);
}

static void what_is_not_waited_for_is_killed(void **state)
{
    const struct compile_request request = {.source = "-", .include = "engine"};
    struct compile_result result;
    struct compile *compile;

    (void)state;
    setenv("BRAID_CC", "yes", 1);
    compile = compile_start(&request);
    setenv("BRAID_CC", "gcc", 1);
    assert_non_null(compile);
    compile_finish(compile, &result);
    assert_null(result.object);
    compile_result_release(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_program_gives_an_object),
        cmocka_unit_test(errors_have_file_line_and_message),
        cmocka_unit_test(warnings_are_told_apart),
        cmocka_unit_test(the_users_flags_win),
        cmocka_unit_test(functions_of_another_type_are_errors),
        cmocka_unit_test(a_missing_file_is_not_the_learners_error),
        cmocka_unit_test(no_compiler_is_our_failure),
        cmocka_unit_test(words_of_the_variable_are_arguments),
        cmocka_unit_test(no_room_for_the_object_is_our_failure),
        cmocka_unit_test(what_is_not_waited_for_is_killed),
    };

    return cmocka_run_group_tests(tests, program_use_gcc, NULL);
}
