/* test_libc.c -- the C library's functions as a learner's program gets them. */
#include "unit/c/program.h"

static void printing_makes_events(void **state)
{
    struct program program;

    (void)state;
    program_load(&program,
                 "#include <unistd.h>\n"
                 "int main(void)\n"
                 "{\n"
                 "    printf(\"%s %d\\n\", \"one\", 1);\n"
                 "    puts(\"two\");\n"
                 "    putchar('3');\n"
                 "    putc('\\n', stdout);\n"
                 "    fputs(\"four\\n\", stdout);\n"
                 "    fprintf(stdout, \"%05.1f\\n\", 5.25);\n"
                 "    fwrite(\"six\\n\", 1, 4, stdout);\n"
                 "    setvbuf(stdout, NULL, _IONBF, 0);\n"
                 "    fflush(stdout);\n"
                 "    fflush(NULL);\n"
                 "    write(1, \"seven\\n\", 6);\n"
                 "    fprintf(stderr, \"no\\n\");\n"
                 "    fputs(\"no\\n\", stderr);\n"
                 "    perror(\"no\");\n"
                 "    return (int)write(2, \"no\\n\", 3);\n"
                 "}\n");
    for (int round = 0; round < 2; round++) {
        char *printed;

        assert_int_equal(program_run(&program), RUN_DONE);
        assert_int_equal(program.run.exit_code, 3);
        printed = program_output(&program);
        assert_string_equal(printed, "one 1\ntwo\n3\nfour\n005.2\nsix\nseven\n");
        free(printed);
        assert_int_equal(program_event(&program, EVENT_PRINT, 7)->g, 1);
        assert_null(program_event(&program, EVENT_PRINT, 8));
    }
    program_free(&program);
}

static void other_streams_are_the_librarys(void **state)
{
    (void)state;
    program_prints("int main(void)\n"
                   "{\n"
                   "    char line[20] = \"\";\n"
                   "    FILE *file = tmpfile();\n"
                   "    fprintf(file, \"x%d\\n\", 5);\n"
                   "    fputs(\"y\", file);\n"
                   "    fputc('z', file);\n"
                   "    fwrite(\"!\", 1, 1, file);\n"
                   "    rewind(file);\n"
                   "    while (fgets(line, sizeof line, file))\n"
                   "        printf(\"%s\", line);\n"
                   "    fclose(file);\n"
                   "}\n",
                   RUN_DONE, "x5\nyz!");
}

static void much_text_at_once(void **state)
{
    struct program program;
    char *printed;

    (void)state;
    program_load(&program, "int asprintf(char **to, const char *format, ...);\n"
                           "int main(void)\n{\n    printf(\"%5000d\", 1);\n"
                           "    char *text;\n    asprintf(&text, \"%*d\", 3000, 2);\n"
                           "    printf(\"%zu\", strlen(text));\n    free(text);\n}\n");
    assert_int_equal(program_run(&program), RUN_DONE);
    printed = program_output(&program);
    assert_int_equal(strlen(printed), 5004);
    assert_string_equal(printed + 4990, "         13000");
    free(printed);
    program_free(&program);
}

static void endless_output_ends_the_run(void **state)
{
    struct program program;

    (void)state;
    program_load(&program, "int main(void) { for (;;) puts(\"again and again\"); }\n");
    program.run.limits.output = 10000;
    assert_int_equal(program_run(&program), RUN_OUTPUT);
    program_free(&program);
}

static void exits(const char *text, enum run_end end, int code, const char *output)
{
    struct program program;
    char *printed;

    program_load(&program, text);
    assert_int_equal(program_run(&program), end);
    assert_int_equal(program.run.exit_code, code);
    printed = program_output(&program);
    assert_string_equal(printed, output);
    free(printed);
    program_free(&program);
}

static void ways_to_end(void **state)
{
    static const char *const hooks = "static void a(void) { puts(\"a\"); }\n"
                                     "static void b(void) { puts(\"b\"); }\n"
                                     "int main(void)\n{\n    atexit(a);\n    atexit(b);\n";
    char text[512];

    (void)state;
    snprintf(text, sizeof text, "%s    exit(3);\n}\n", hooks);
    exits(text, RUN_EXIT, 3, "b\na\n");
    snprintf(text, sizeof text, "%s    return 300;\n}\n", hooks);
    exits(text, RUN_DONE, 300 & 255, "b\na\n");
    snprintf(text, sizeof text, "#include <unistd.h>\n%s    _exit(4);\n}\n", hooks);
    exits(text, RUN_EXIT, 4, "");
    exits("static void f(void *arg) { exit(*(int *)arg); }\n"
          "int main(void) { int five = 5; go(f, &five); go_block(); }\n",
          RUN_EXIT, 5, "");
}

static void a_false_assertion(void **state)
{
    struct program program;
    const struct event *event;

    (void)state;
    program_load(&program, "#include <assert.h>\nint main(void)\n{\n    int x = 3;\n"
                           "    assert(x == 3);\n"
                           "    assert(x == 4);\n}\n");
    assert_int_equal(program_run(&program), RUN_CHECK);
    assert_true(symbol_resolve(program.compiled.object, program.trace, NULL));
    event = program_event(&program, EVENT_CHECK, 0);
    assert_string_equal(trace_text(program.trace, event->text), "assertion failed: x == 4");
    assert_int_equal(event->line, 7);
    program_free(&program);
}

static uint32_t always_seven(struct strategy *self, const struct choice *choice)
{
    (void)self;
    return choice->kind == CHOICE_RAND ? 7 % choice->n : 0;
}

static void chance_is_the_strategys(void **state)
{
    struct strategy strategy = {.name = "seven", .choose = always_seven};
    struct program program;
    const struct event *event;

    (void)state;
    program_load(&program, "int main(void)\n{\n    srand(1);\n    int n = rand();\n"
                           "    return n * 10 + go_rand(5) + (int)random();\n}\n");
    program.run.strategy = &strategy;
    assert_int_equal(program_run(&program), RUN_DONE);
    assert_int_equal(program.run.exit_code, 70 + 2 + 7);
    event = program_event(&program, EVENT_RAND, 1);
    assert_int_equal(event->value, 2);
    assert_int_equal(event->extra, 5);
    program_free(&program);
}

static void time_is_the_runs(void **state)
{
    (void)state;
    program_prints("#include <sys/time.h>\n#include <time.h>\n#include <unistd.h>\n"
                   "int main(void)\n"
                   "{\n"
                   "    struct timespec t, half = {0, 500000000}, bad = {0, -1};\n"
                   "    struct timeval v;\n"
                   "    time_t start = time(NULL), end;\n"
                   "    sleep(2);\n"
                   "    usleep(500000);\n"
                   "    nanosleep(&half, NULL);\n"
                   "    printf(\"%ld\\n\", (long)(time(&end) - start));\n"
                   "    printf(\"%d\\n\", end == time(NULL));\n"
                   "    clock_gettime(CLOCK_MONOTONIC, &t);\n"
                   "    printf(\"%ld.%09ld\\n\", (long)t.tv_sec, t.tv_nsec);\n"
                   "    gettimeofday(&v, NULL);\n"
                   "    printf(\"%d\\n\", v.tv_sec == end);\n"
                   "    printf(\"%ld\\n\", (long)(clock() / CLOCKS_PER_SEC));\n"
                   "    printf(\"%d\\n\", nanosleep(&bad, NULL));\n"
                   "}\n",
                   RUN_DONE, "3\n1\n3.000000000\n1\n3\n-1\n");
}

static void strings(void **state)
{
    (void)state;
    program_prints("int main(void)\n"
                   "{\n"
                   "    char a[20] = \"abc\", b[20];\n"
                   "    printf(\"%d\", (int)strlen(strcat(strcpy(b, a), \"def\")));\n"
                   "    printf(\" %d\", strcmp(a, b) < 0 && strncmp(a, b, 3) == 0);\n"
                   "    printf(\" %s\", strncat(strncpy(b, \"xyz\", 4), \"12345\", 2));\n"
                   "    printf(\" %s %s\", strchr(a, 'b'), strrchr(\"a/b/c\", '/'));\n"
                   "    printf(\" %s\", strstr(\"hello world\", \"wor\"));\n"
                   "    memmove(a + 1, a, 4);\n"
                   "    printf(\" %s %d\", a, memcmp(a, \"aab\", 3));\n"
                   "    printf(\" %d%s\", snprintf(b, 4, \"%d\", 12345), b);\n"
                   "    printf(\" %s\", strndup(\"abcdef\", 2));\n"
                   "}\n",
                   RUN_DONE, "6 1 xyz12 bc /c world aabc 0 5123 ab");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printing_makes_events),
        cmocka_unit_test(other_streams_are_the_librarys),
        cmocka_unit_test(much_text_at_once),
        cmocka_unit_test(endless_output_ends_the_run),
        cmocka_unit_test(ways_to_end),
        cmocka_unit_test(a_false_assertion),
        cmocka_unit_test(chance_is_the_strategys),
        cmocka_unit_test(time_is_the_runs),
        cmocka_unit_test(strings),
    };
    int failed = cmocka_run_group_tests_name("gcc", tests, program_use_gcc, NULL);

    return failed + cmocka_run_group_tests_name("clang", tests, program_use_clang, NULL);
}
