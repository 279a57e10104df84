/* test_memory.c -- what the hooks see of a program's memory. */
#include "unit/c/program.h"

/* --- wild accesses ------------------------------------------------------- */

static void null_pointers(void **state)
{
    (void)state;
    program_goes_wild("int main(void)\n{\n    int *p = NULL;\n    *p = 1;\n"
                      "}\n", C_FAULT_NULL, 5, 0, 0);
    program_goes_wild("int main(void)\n{\n    char *p = NULL;\n    return p[3];\n"
                      "}\n", C_FAULT_NULL, 5,
                      0, 0);
    program_goes_wild("int main(void)\n{\n    char *p = NULL;\n    return (int)strlen(p);\n}\n",
                      C_FAULT_NULL, 5, 0, 0);
    program_goes_wild("int main(void)\n{\n    struct wg *wg = NULL;\n    wg_add(wg, 1);\n}\n",
                      C_FAULT_NULL, 5, 0, 0);
    program_goes_wild("int main(void)\n{\n    struct ctx *ctx = NULL;\n    ctx_done(ctx);\n}\n",
                      C_FAULT_NULL, 5, 0, 0);
    program_goes_wild("int main(void)\n{\n    int *none = NULL;\n"
                      "    struct chan *c = go_chan(int, 1);\n"
                      "    go_send(c, none);\n}\n",
                      C_FAULT_NULL, 6, 0, 0);
}

static void the_heap(void **state)
{
    (void)state;
    program_goes_wild("int main(void)\n{\n    int *p = malloc(40);\n    free(p);\n"
                      "    return p[9];\n}\n",
                      C_FAULT_FREED, 6, 4, 5);
    program_goes_wild("int main(void)\n{\n    int *p = malloc(40);\n    p[9] = 0;\n"
                      "    p[10] = 0;\n}\n",
                      C_FAULT_OVERFLOW, 6, 4, 0);
    program_goes_wild("int main(void)\n{\n    int *p = calloc(1, 40);\n    return p[-1];\n}\n",
                      C_FAULT_UNDERFLOW, 5, 4, 0);
    program_goes_wild("int main(void)\n{\n    char *p = malloc(5);\n    strcpy(p, \"hell\");\n"
                      "    strcpy(p, \"hello\");\n}\n",
                      C_FAULT_OVERFLOW, 6, 4, 0);
    program_goes_wild("int main(void)\n{\n    char *p = malloc(5);\n"
                      "    snprintf(p, 9, \"%d\", 1234);\n"
                      "    snprintf(p, 9, \"%d\", 12345);\n}\n",
                      C_FAULT_OVERFLOW, 6, 4, 0);
    program_goes_wild("int main(void)\n{\n    char *p = malloc(40);\n    free(p);\n\n"
                      "    free(p);\n}\n",
                      C_FAULT_DOUBLE_FREE, 7, 4, 5);
    program_goes_wild("int main(void)\n{\n    char *p = malloc(40);\n"
                      "    p = realloc(p + 16, 10);\n}\n",
                      C_FAULT_BAD_FREE, 5, 4, 0);
    program_goes_wild("int main(void)\n{\n    int x, *p = &x;\n    free(p);\n"
                      "}\n", C_FAULT_BAD_FREE, 5,
                      0, 0);
    program_goes_wild("int main(void)\n{\n    char *p = malloc(40), *q = p;\n"
                      "    p = realloc(p, 400);\n"
                      "    q[0] = 1;\n}\n",
                      C_FAULT_FREED, 6, 4, 5);
}

static void variables_and_stacks(void **state)
{
    (void)state;
    program_goes_wild("int main(void)\n{\n    char *s = \"abc\";\n    s[0] = 'x';\n}\n",
                      C_FAULT_READ_ONLY, 5, 0, 0);
    program_goes_wild("static int *f(void)\n{\n    int x[4] = {1}, *p = x;\n    return p;\n}\n"
                      "int main(void)\n{\n    int *p = f();\n    return *p;\n}\n",
                      C_FAULT_RETURNED, 10, 0, 0);
    program_goes_wild("static void f(void *c)\n{\n    int x = 3, *p = &x;\n    go_send(c, &p);\n}\n"
                      "int main(void)\n{\n    struct chan *c = go_chan(int *, 1);\n    int *p;\n"
                      "    go(f, c);\n    go_recv(c, &p);\n    go_sched();\n    return *p;\n}\n",
                      C_FAULT_RETURNED, 14, 0, 0);
    program_goes_wild("int main(void)\n{\n    struct chan *c;\n    go_close(c);\n"
                      "}\n", C_FAULT_NOT_CHAN,
                      5, 0, 0);
    program_goes_wild("int main(void)\n{\n    long n[40] = {0};\n"
                      "    go_close((struct chan *)n);\n}\n",
                      C_FAULT_NOT_CHAN, 5, 0, 0);
    program_goes_wild("int main(void)\n{\n    struct ctx *c;\n    ctx_cancel(c);\n}\n",
                      C_FAULT_NOT_CONTEXT, 5, 0, 0);
}

/* Addresses nothing lies at: the processor's trap, in the program and in the library. */
static void traps(void **state)
{
    (void)state;
    program_goes_wild("int main(void)\n{\n    char *p = (char *)0x123456789000;\n    *p = 1;\n}\n",
                      C_FAULT_WILD, 5, 0, 0);
    program_goes_wild("int main(void)\n{\n    char *p = (char *)0x1234567890001234;\n"
                      "    return *p;\n}\n",
                      C_FAULT_WILD, 5, 0, 0);
    program_goes_wild("int main(void)\n{\n    char *p = (char *)0x123456789000;\n"
                      "    printf(\"%s\", p);\n}\n",
                      C_FAULT_WILD, 5, 0, 0);
}

static void what_is_allowed_raises_no_alarm(void **state)
{
    (void)state;
    program_prints("#include <ctype.h>\n#include <errno.h>\n#include <math.h>\n#include <time.h>\n"
                   "static int compare(const void *a, const void *b)\n"
                   "{\n"
                   "    return *(const int *)a - *(const int *)b;\n"
                   "}\n"
                   "static void other(void *arg)\n"
                   "{\n"
                   "    int *shared = arg;\n"
                   "    shared[1] = 5;\n"
                   "}\n"
                   "static int deep(int n)\n"
                   "{\n"
                   "    int here[8] = {n};\n"
                   "    return n ? deep(n - 1) + here[0] : 0;\n"
                   "}\n"
                   "int main(int argc, char **argv)\n"
                   "{\n"
                   "    int numbers[] = {3, 1, 2}, shared[4] = {0};\n"
                   "    char words[] = \"a b\", text[40], *copy;\n"
                   "    time_t now = time(NULL);\n"
                   "    errno = 0;\n"
                   "    qsort(numbers, 3, sizeof *numbers, compare);\n"
                   "    printf(\"%d%d%d %d %d\\n"
                   "\", numbers[0], numbers[1], numbers[2], argc, argv[1] == NULL);\n"
                   "    for (char *w = strtok(words, \" \"); w; w = strtok(NULL, \" \"))\n"
                   "        printf(\"[%s]\", w);\n"
                   "    strftime(text, sizeof text, \"%F\", gmtime(&now));\n"
                   "    copy = strdup(text);\n"
                   "    copy = realloc(copy, 100);\n"
                   "    strcat(copy, \"!\");\n"
                   "    printf(\"%s %c %.0f\\n\", copy, toupper('x'), sqrt(16));\n"
                   "    free(copy);\n"
                   "    free(NULL);\n"
                   "    go(other, shared);\n"
                   "    go_sched();\n"
                   "    printf(\"%d %d %d\\n\", shared[1], errno, deep(1000));\n"
                   "    fprintf(stderr, \"not shown\\n\");\n"
                   "}\n",
                   RUN_DONE, "123 1 1\n[a][b]2009-11-10! X 4\n5 0 500500\n");
}

/* A goroutine that is still there when main has returned must find main's variables as they
 * were, the first and the last of them. */
static void mains_variables_outlive_main(void **state)
{
    struct program program;

    (void)state;
    program_load(&program,
                 "struct all { int *first, *many, *last; };\n"
                 "static struct all all;\n"
                 "static void bye(void) { puts(\"bye\"); }\n"
                 "static void late(void *arg)\n"
                 "{\n"
                 "    int sum = 0;\n"
                 "    (void)arg;\n"
                 "    go_sleep(SECOND);\n"
                 "    for (int i = 0; i < 1000; i++)\n"
                 "        sum += all.many[i];\n"
                 "    go_panic(\"%d %d %d\", *all.first, sum, *all.last);\n"
                 "}\n"
                 "int main(void)\n"
                 "{\n"
                 "    int first = 7, many[1000], last = 8;\n"
                 "    for (int i = 0; i < 1000; i++)\n"
                 "        many[i] = 1;\n"
                 "    all = (struct all){&first, many, &last};\n"
                 "    atexit(bye);\n"
                 "    go(late, NULL);\n"
                 "    return 3;\n"
                 "}\n");
    assert_int_equal(program_run(&program), RUN_DONE);
    assert_int_equal(program.run.exit_code, 3);
    assert_string_equal(trace_text(program.trace, program_event(&program, EVENT_PANIC, 0)->text),
                        "7 1000 8");
    program_free(&program);
}

/* --- limits -------------------------------------------------------------- */

static void ends(const char *text, enum run_end end)
{
    struct program program;

    program_load(&program, text);
    program.run.limits.ticks = 1000000;
    assert_int_equal(program_run(&program), end);
    program_free(&program);
}

static void endless_loops_run_out_of_ticks(void **state)
{
    (void)state;
    ends("static int flag;\nint main(void) { while (!flag); }\n", RUN_TICKS);
    ends("int main(void) { unsigned n = 0; for (;;) n++; }\n", RUN_TICKS);
    ends("int main(void) { for (;;); }\n", RUN_TICKS);
}

static void endless_recursion_runs_out_of_stack(void **state)
{
    static const char *const recursion =
        "static int f(int n)\n{\n    return n < 0 ? 0 : f(n + 1) + 1;\n}\n"
        "static void g(void *arg) { *(int *)arg = f(0); }\n";
    char text[512];

    (void)state;
    snprintf(text, sizeof text, "%sint main(void) { int n; g(&n); }\n", recursion);
    program_goes_wild(text, C_FAULT_STACK, 0, 0, 0);
    snprintf(text, sizeof text, "%sint main(void) { int n; go(g, &n); go_sched(); }\n", recursion);
    program_goes_wild(text, C_FAULT_STACK, 0, 0, 0);
    program_goes_wild("static void g(void *arg)\n{\n    volatile int n = 255000;\n"
                      "    char much[n];\n    much[n - 1] = 0;\n"
                      "    printf(\"%d\", much[n - 1]);\n    (void)arg;\n}\n"
                      "int main(void) { go(g, NULL); go_sched(); }\n",
                      C_FAULT_STACK, 0, 0, 0);
    program_goes_wild("static void g(void *arg)\n{\n    char huge[400000];\n"
                      "    memset(huge, 0, sizeof huge);\n    (void)arg;\n}\n"
                      "int main(void) { go(g, NULL); go_sched(); }\n",
                      C_FAULT_STACK, 0, 0, 0);
}

static void too_much_memory_ends_the_run(void **state)
{
    (void)state;
    ends("int main(void) { char *p = malloc((size_t)1 << 30); return p[0]; }\n", RUN_MEMORY);
    ends("int main(void) { for (;;) memset(malloc(1 << 20), 1, 100); }\n", RUN_MEMORY);
    ends("int main(void) { for (;;) malloc(100); }\n", RUN_MEMORY);
    ends("int main(void) { return calloc((size_t)-1 / 2, 4) != 0; }\n", RUN_MEMORY);
    ends("int main(void) { for (int i = 0; i < 1000; i++) free(malloc(1 << 20)); }\n", RUN_DONE);
}

/* --- what the race detector is told -------------------------------------- */

struct spy {
    struct watcher watcher;
    struct access at[64];
    uint32_t count;
};

static void spied(struct watcher *self, struct run *run, const struct access *access)
{
    struct spy *spy = (struct spy *)self;

    if (spy->count == 64)
        return;
    spy->at[spy->count] = *access;
    spy->at[spy->count++].name = run->name_of(run, access->where);
}

/* Runs it and leaves in the spy what goroutine 2 did. */
static void spy_on(struct spy *spy, struct program *program, const char *text)
{
    uint32_t kept = 0;

    *spy = (struct spy){.watcher = {.access = spied}};
    program_load(program, text);
    program->run.watchers = &spy->watcher;
    assert_int_equal(program_run(program), RUN_DONE);
    for (uint32_t i = 0; i < spy->count; i++)
        if (spy->at[i].g == 2)
            spy->at[kept++] = spy->at[i];
    spy->count = kept;
}

static void accesses_are_told(void **state)
{
    struct program program;
    struct spy spy;

    (void)state;
    spy_on(&spy, &program,
           "\n"
           "static long counter;\n"
           "static int safe;\n"
           "static void worker(void *arg)\n"
           "{\n"
           "    (void)arg;\n"
           "    counter = 1;\n" /* 8 */
           "    __atomic_store_n(&safe, 1, __ATOMIC_RELEASE);\n"
           "}\n"
           "int main(void)\n"
           "{\n"
           "    go(worker, NULL);\n"
           "    go_sched();\n"
           "}\n");
    assert_int_equal(spy.count, 2);
    assert_true(spy.at[0].write);
    assert_false(spy.at[0].atomic);
    assert_int_equal(spy.at[0].size, 8);
    assert_string_equal(trace_text(program.trace, spy.at[0].name), "counter");
    assert_int_equal(symbol_line(program.compiled.object, spy.at[0].pc), 8);
    assert_true(spy.at[1].write);
    assert_true(spy.at[1].atomic);
    assert_int_equal(spy.at[1].size, 4);
    assert_string_equal(trace_text(program.trace, spy.at[1].name), "safe");
    program_free(&program);
}

static void elements_and_library_calls_are_accesses(void **state)
{
    struct program program;
    struct spy spy;

    (void)state;
    spy_on(&spy, &program,
           "static int in, out;\n"
           "static char text[8];\n"
           "static void worker(void *c)\n"
           "{\n"
           "    go_send(c, &in);\n"
           "    go_recv(c, &out);\n"
           "    snprintf(text, sizeof text, \"%d\", 123);\n"
           "    free(malloc(24));\n"
           "}\n"
           "int main(void)\n"
           "{\n"
           "    go(worker, go_chan(int, 1));\n"
           "    go_sched();\n"
           "}\n");
    assert_int_equal(spy.count, 4);
    assert_string_equal(trace_text(program.trace, spy.at[0].name), "in");
    assert_false(spy.at[0].write);
    assert_string_equal(trace_text(program.trace, spy.at[1].name), "out");
    assert_true(spy.at[1].write);
    assert_int_equal(symbol_line(program.compiled.object, spy.at[1].pc), 7);
    assert_string_equal(trace_text(program.trace, spy.at[2].name), "text");
    assert_int_equal(spy.at[2].size, 4);
    assert_true(spy.at[3].write);
    assert_int_equal(spy.at[3].size, 24);
    program_free(&program);
}

/* Goroutine 3 runs on the stack that was goroutine 2's, at the same addresses. */
static void places_name_one_thing(void **state)
{
    static const char *const text = "static void worker(void *arg)\n"
                                    "{\n"
                                    "    int x = 0, *volatile p = &x;\n"
                                    "    (void)arg;\n"
                                    "    *p = 1;\n"
                                    "}\n"
                                    "int main(void)\n"
                                    "{\n"
                                    "    go(worker, NULL);\n"
                                    "    go_sched();\n"
                                    "    go(worker, NULL);\n"
                                    "    go_sched();\n"
                                    "}\n";
    struct spy spy = {.watcher = {.access = spied}};
    struct program program;
    uintptr_t first = 0;

    (void)state;
    program_load(&program, text);
    program.run.watchers = &spy.watcher;
    assert_int_equal(program_run(&program), RUN_DONE);
    for (uint32_t i = 0; i < spy.count; i++)
        if (spy.at[i].g == 2 && spy.at[i].size == 4)
            first = spy.at[i].where;
    assert_true(first != 0);
    for (uint32_t i = 0; i < spy.count; i++)
        if (spy.at[i].g == 3)
            assert_true(spy.at[i].where != first);
    assert_int_equal(spy.at[spy.count - 1].g, 3);
    program_free(&program);
}

static void spinning_gives_way(void **state)
{
    (void)state;
    program_prints("#include <stdatomic.h>\n"
                   "static atomic_flag lock = ATOMIC_FLAG_INIT;\n"
                   "static atomic_int done, n;\n"
                   "static void worker(void *arg)\n"
                   "{\n"
                   "    int expected = 0;\n"
                   "    while (atomic_flag_test_and_set(&lock))\n"
                   "        ;\n"
                   "    while (!atomic_compare_exchange_strong(&n, &expected, 7))\n"
                   "        expected = 0;\n"
                   "    atomic_flag_clear(&lock);\n"
                   "    atomic_store(&done, 1);\n"
                   "    (void)arg;\n"
                   "}\n"
                   "int main(void)\n"
                   "{\n"
                   "    atomic_flag_test_and_set(&lock);\n"
                   "    go(worker, NULL);\n"
                   "    go_sched();\n"
                   "    atomic_flag_clear(&lock);\n"
                   "    while (!atomic_load(&done))\n"
                   "        ;\n"
                   "    printf(\"%d\\n\", atomic_fetch_sub(&n, 2) + atomic_exchange(&n, 1));\n"
                   "    printf(\"%d\\n\", n);\n"
                   "}\n",
                   RUN_DONE, "12\n1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_pointers),
        cmocka_unit_test(the_heap),
        cmocka_unit_test(variables_and_stacks),
        cmocka_unit_test(traps),
        cmocka_unit_test(what_is_allowed_raises_no_alarm),
        cmocka_unit_test(mains_variables_outlive_main),
        cmocka_unit_test(endless_loops_run_out_of_ticks),
        cmocka_unit_test(endless_recursion_runs_out_of_stack),
        cmocka_unit_test(too_much_memory_ends_the_run),
        cmocka_unit_test(accesses_are_told),
        cmocka_unit_test(elements_and_library_calls_are_accesses),
        cmocka_unit_test(places_name_one_thing),
        cmocka_unit_test(spinning_gives_way),
    };
    int failed = cmocka_run_group_tests_name("gcc", tests, program_use_gcc, NULL);

    return failed + cmocka_run_group_tests_name("clang", tests, program_use_clang, NULL);
}
