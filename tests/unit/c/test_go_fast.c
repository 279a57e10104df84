/* test_go_fast.c -- what a program compiled without checks does by itself comes to the same as what
 * the engine does. */
#include "unit/c/program.h"

static void load_with(struct program *program, const char *text, const char *const *flags)
{
    const struct compile_request request = {
        .source = program->source, .include = "engine", .flags = flags, .unchecked = true};
    struct compile *compile;

    program_write(program, text);
    compile = compile_start(&request);
    assert_non_null(compile);
    assert_true(compile_poll(compile, -1));
    compile_finish(compile, &program->compiled);
    assert_string_equal(program->compiled.text, "");
    program->face = c_face_new(program->compiled.object, (size_t)64 << 20, program->error,
                               sizeof program->error);
    program->trace = trace_new(20000, 1 << 20);
    assert_non_null(program->trace);
    assert_true(run_init(&program->run));
}

static void load(struct program *program, const char *text)
{
    load_with(program, text, (const char *const[]){"-Wall", "-Wextra", NULL});
}

static enum run_end run_quietly(struct program *program)
{
    program->run.trace = NULL;
    return program_run(program);
}

static enum run_end run_told(struct program *program)
{
    program->run.trace = program->trace;
    return program_run(program);
}

/* main returns this, run quietly twice and with every step told, in as many steps. */
static void returns(const char *text, int32_t code)
{
    struct program program;
    uint64_t steps;

    load(&program, text);
    assert_int_equal(run_quietly(&program), RUN_DONE);
    assert_int_equal(program.run.exit_code, code);
    steps = program.run.steps;
    assert_int_equal(run_quietly(&program), RUN_DONE);
    assert_int_equal(program.run.exit_code, code);
    assert_int_equal(program.run.steps, steps);
    assert_int_equal(run_told(&program), RUN_DONE);
    assert_int_equal(program.run.exit_code, code);
    assert_int_equal(program.run.steps, steps);
    program_free(&program);
}

/* It panics at this line, run quietly; with every step told it says this. */
static void panics(const char *text, const char *message, uint32_t line)
{
    struct program program;
    const struct event *event;

    load(&program, text);
    assert_int_equal(run_quietly(&program), RUN_PANIC);
    assert_int_equal(symbol_line(program.compiled.object, program.run.self->pc), line);
    assert_int_equal(run_told(&program), RUN_PANIC);
    event = program_event(&program, EVENT_PANIC, 0);
    assert_non_null(event);
    assert_string_equal(trace_text(program.trace, event->text), message);
    assert_int_equal(symbol_line(program.compiled.object, event->pc), line);
    program_free(&program);
}

/* It ends like this, run quietly; steps: at most so many; 0: the usual limit. */
static void ends(const char *text, uint64_t steps, enum run_end end)
{
    struct program program;

    load(&program, text);
    if (steps)
        program.run.limits.steps = steps;
    assert_int_equal(run_quietly(&program), end);
    program_free(&program);
}

/* --- the engine is asked only where there is something to ask --------------- */

static void the_engine_is_called_for_the_first_lock_only(void **state)
{
    static const char *const flags[] = {"-Wl,--wrap=mu_lock,--wrap=mu_unlock", NULL};
    struct program program;

    (void)state;
    load_with(&program,
              "static struct mu m;\n"
              "static int locks, unlocks;\n"
              "void __real_mu_lock(struct mu *mu);\n"
              "void __real_mu_unlock(struct mu *mu);\n"
              "void __wrap_mu_lock(struct mu *mu) { locks++; __real_mu_lock(mu); }\n"
              "void __wrap_mu_unlock(struct mu *mu) { unlocks++; __real_mu_unlock(mu); }\n"
              "int main(void)\n"
              "{\n"
              "    for (int i = 0; i < 50; i++) { mu_lock(&m); mu_unlock(&m); }\n"
              "    return locks + 100 * unlocks;\n"
              "}\n", flags);
    assert_int_equal(run_quietly(&program), RUN_DONE);
    assert_int_equal(program.run.exit_code, 1);
    assert_int_equal(program.run.steps, 2 * 50 + 1); /* main's end is the last */
    assert_int_equal(run_told(&program), RUN_DONE);
    assert_int_equal(program.run.exit_code, (50 + 100 * 50) & 0xff);
    assert_non_null(program_event(&program, EVENT_LOCK, 49));
    program_free(&program);
}

static void the_engine_is_called_for_a_channel_that_is_full_or_empty(void **state)
{
    static const char *const flags[] = {"-Wl,--wrap=go_send_at,--wrap=go_fast_send_at,"
                                        "--wrap=go_recv_at,--wrap=go_fast_recv_at", NULL};
    struct program program;

    (void)state;
    load_with(&program,
              "static struct chan *c;\n"
              "static int asked, sends, recvs;\n"
              "void __real_go_send_at(struct chan *, const void *, size_t);\n"
              "bool __real_go_recv_at(struct chan *, void *, size_t);\n"
              "void __wrap_go_send_at(struct chan *c, const void *p, size_t n)\n"
              "{ asked++; __real_go_send_at(c, p, n); }\n"
              "bool __wrap_go_recv_at(struct chan *c, void *p, size_t n)\n"
              "{ asked++; return __real_go_recv_at(c, p, n); }\n"
              "void __real_go_fast_send_at(struct go_fast_chan *, const void *);\n"
              "bool __real_go_fast_recv_at(struct go_fast_chan *, void *);\n"
              "void __wrap_go_fast_send_at(struct go_fast_chan *c, const void *p)\n"
              "{ sends++; __real_go_fast_send_at(c, p); }\n"
              "bool __wrap_go_fast_recv_at(struct go_fast_chan *c, void *p)\n"
              "{ recvs++; return __real_go_fast_recv_at(c, p); }\n"
              "static void produce(void *arg)\n"
              "{\n"
              "    (void)arg;\n"
              "    for (int i = 0; i < 5; i++) go_send(c, &i);\n"
              "}\n"
              "int main(void)\n"
              "{\n"
              "    int v, sum = 0;\n"
              "    c = go_chan(int, 4);\n"
              "    go(produce, NULL);\n"
              "    go_sched();\n"
              "    for (int i = 0; i < 5; i++) { go_recv(c, &v); sum = sum * 2 + v; }\n"
              "    return asked * 100 + sends * 20 + recvs * 10 + (sum == 26);\n"
              "}\n", flags);
    assert_int_equal(run_quietly(&program), RUN_DONE);
    /* the 1st send ends main's poll, the 5th finds it full; the 1st receive lets that in */
    assert_int_equal(program.run.exit_code, 131);
    program_free(&program);
}

/* --- Mutex ------------------------------------------------------------------- */

static void who_waits_for_a_mutex_gets_it_in_turn(void **state)
{
    (void)state;
    returns("static struct mu m;\n"
            "static struct wg wg;\n"
            "static int order, inside;\n"
            "static void want(void *arg)\n"
            "{\n"
            "    mu_lock(&m);\n"
            "    if (++inside != 1) exit(99);\n"
            "    go_sched();\n"
            "    order = order * 3 + *(int *)arg;\n"
            "    inside--;\n"
            "    mu_unlock(&m);\n"
            "    wg_done(&wg);\n"
            "}\n"
            "int main(void)\n"
            "{\n"
            "    static int id[3] = {0, 1, 2};\n"
            "    wg_add(&wg, 3);\n"
            "    for (int i = 0; i < 3; i++) go(want, &id[i]);\n"
            "    wg_wait(&wg);\n"
            "    mu_lock(&m);\n"
            "    mu_unlock(&m);\n"
            "    return order;\n"
            "}\n", 0 * 9 + 1 * 3 + 2);
}

static void what_is_locked_is_named_once(void **state)
{
    (void)state;
    returns("static struct mu m[3];\n"
            "int main(void)\n"
            "{\n"
            "    int i = 0, k = 0;\n"
            "    while (i < 3) mu_lock(&m[i++]);\n"
            "    while (k < 3) mu_unlock(&m[k++]);\n"
            "    i = k = 0;\n"
            "    while (i < 3) mu_lock(&m[i++]);\n"
            "    while (k < 3) mu_unlock(&m[k++]);\n"
            "    return mu_try_lock(&m[2]) ? 10 * i + k : 0;\n"
            "}\n", 33);
}

static void an_unlocked_mutex_is_not_unlocked(void **state)
{
    (void)state;
    panics("static struct mu m;\n"
           "int main(void)\n"
           "{\n"
           "    mu_lock(&m);\n"
           "    mu_unlock(&m);\n"
           "    mu_unlock(&m);\n"
           "}\n", "fatal error: sync: unlock of unlocked mutex", 7);
}

static void a_copied_mutex_is_found(void **state)
{
    (void)state;
    panics("static struct mu m, copy;\n"
           "int main(void)\n"
           "{\n"
           "    mu_lock(&m);\n"
           "    mu_unlock(&m);\n"
           "    copy = m;\n"
           "    mu_lock(&copy);\n"
           "}\n", "sync: copied after first use", 8);
}

static void a_mutex_that_was_never_zeroed_is_found(void **state)
{
    (void)state;
    panics("int main(void)\n"
           "{\n"
           "    struct mu m;\n"
           "    memset(&m, 1, sizeof m);\n"
           "    mu_lock(&m);\n"
           "}\n", "sync: Mutex used before it was set to zero", 6);
}

static void who_locks_twice_is_stuck(void **state)
{
    (void)state;
    ends("static struct mu m;\n"
         "int main(void) { mu_lock(&m); mu_unlock(&m); mu_lock(&m); mu_lock(&m); }\n",
         0, RUN_DEADLOCK);
}

static void nothing_can_be_deferred(void **state)
{
    struct program program;
    struct compile_request request = {.include = "engine", .unchecked = true};
    struct compile *compile;

    (void)state;
    program_write(&program, "static struct mu m;\n"
                            "int main(void)\n"
                            "{\n"
                            "    go_defer(mu_unlock, &m);\n"
                            "}\n");
    request.source = program.source;
    compile = compile_start(&request);
    assert_non_null(compile);
    compile_poll(compile, -1);
    compile_finish(compile, &program.compiled);
    assert_int_equal(program.compiled.end, COMPILE_ERRORS);
    assert_true(program.compiled.count > 0);
    assert_int_equal(program.compiled.messages[0].line, 5);
    assert_non_null(strstr(program.compiled.messages[0].message, "go_defer needs the checks"));
    program_free(&program);
}

/* --- budgets, polls ------------------------------------------------------------ */

static void a_loop_of_steps_ends(void **state)
{
    (void)state;
    ends("static struct mu m;\n"
         "int main(void) { for (;;) { mu_lock(&m); mu_unlock(&m); } }\n",
         1000, RUN_STEPS);
    ends("int main(void)\n"
         "{\n"
         "    struct chan *c = go_chan(int, 1);\n"
         "    int v = 0;\n"
         "    for (;;) { go_send(c, &v); go_recv(c, &v); }\n"
         "}\n",
         1000, RUN_STEPS);
}

static void a_loop_that_main_left_behind_ends(void **state)
{
    struct program program;

    (void)state;
    load(&program, "static struct mu m;\n"
                   "static void loop(void *arg)\n"
                   "{ (void)arg; for (;;) { mu_lock(&m); mu_unlock(&m); } }\n"
                   "int main(void) { go(loop, NULL); }\n");
    program.run.limits.aftermath = 100;
    assert_int_equal(run_quietly(&program), RUN_DONE);
    assert_int_equal(program.run.steps, 1 + 100); /* main's end, and what it leaves time for */
    program_free(&program);
}

static void who_polls_sees_a_change_that_nobody_was_told_of(void **state)
{
    (void)state;
    returns("static struct chan *c;\n"
            "static void send(void *arg)\n"
            "{\n"
            "    (void)arg;\n"
            "    for (int i = 0; i < 3; i++) { go_send(c, &i); go_sleep(SECOND); }\n"
            "}\n"
            "int main(void)\n"
            "{\n"
            "    int got = 0, v, sum = 0;\n"
            "    c = go_chan(int, 3);\n"
            "    go(send, NULL);\n"
            "    while (got < 3)\n"
            "        if (go_select_default(RECV(c, &v)) == 0) { got++; sum = sum * 3 + v; }\n"
            "    return sum + 10 * (int)(go_now() / SECOND);\n"
            "}\n", 0 * 9 + 1 * 3 + 2 + 10 * 2);
}

/* --- channels ------------------------------------------------------------------ */

static void elements_of_any_size_come_out_as_they_went_in(void **state)
{
    (void)state;
    returns("struct large { char text[40]; int n; };\n"
            "int main(void)\n"
            "{\n"
            "    struct chan *bytes = go_chan(char, 3), *large = go_chan(struct large, 2);\n"
            "    struct large one = {\"one\", 1}, two = {\"two\", 2}, got;\n"
            "    char c, word[8] = \"\";\n"
            "    int sum = 0;\n"
            "    for (int i = 0; i < 7; i++) {\n" /* round the ring more than twice */
            "        go_send(bytes, &\"abcdefg\"[i]);\n"
            "        go_recv(bytes, &c);\n"
            "        word[i] = c;\n"
            "    }\n"
            "    for (int i = 0; i < 3; i++) {\n"
            "        go_send(large, &one);\n"
            "        go_send(large, &two);\n"
            "        go_recv(large, &got);\n"
            "        if (strcmp(got.text, \"one\") == 0) sum += got.n;\n"
            "        go_recv(large, &got);\n"
            "        if (strcmp(got.text, \"two\") == 0) sum += got.n;\n"
            "    }\n"
            "    return strcmp(word, \"abcdefg\") == 0 ? sum : 0;\n"
            "}\n", 9);
}

static void who_waits_to_receive_is_woken(void **state)
{
    (void)state;
    returns("static struct chan *c;\n"
            "static struct wg wg;\n"
            "static int sum;\n"
            "static void take(void *arg)\n"
            "{\n"
            "    int v;\n"
            "    (void)arg;\n"
            "    while (go_recv(c, &v)) sum += v;\n"
            "    wg_done(&wg);\n"
            "}\n"
            "int main(void)\n"
            "{\n"
            "    c = go_chan(int, 2);\n"
            "    wg_add(&wg, 2);\n"
            "    go(take, NULL);\n"
            "    go(take, NULL);\n"
            "    for (int i = 1; i <= 20; i++) {\n"
            "        go_send(c, &i);\n"
            "        if (i % 5 == 0) go_sched();\n"
            "    }\n"
            "    go_close(c);\n"
            "    wg_wait(&wg);\n"
            "    return sum;\n"
            "}\n", 210);
}

static void what_is_left_in_a_closed_channel_is_received(void **state)
{
    (void)state;
    returns("int main(void)\n"
            "{\n"
            "    struct chan *c = go_chan(int, 4);\n"
            "    int v, sum = 0;\n"
            "    go_send(c, &(int){1});\n"
            "    go_send(c, &(int){2});\n"
            "    go_close(c);\n"
            "    while (go_recv(c, &v)) sum = sum * 10 + v;\n"
            "    return sum + v;\n"
            "}\n", 12);
}

static void a_view_goes_one_way(void **state)
{
    (void)state;
    returns("int main(void)\n"
            "{\n"
            "    struct chan *c = go_chan(int, 2);\n"
            "    struct send_chan *to = go_sender(c);\n"
            "    struct recv_chan *from = go_receiver(c);\n"
            "    int v;\n"
            "    go_send(to, &(int){5});\n"
            "    go_recv(from, &v);\n"
            "    return v;\n"
            "}\n", 5);
    panics("int main(void)\n"
           "{\n"
           "    void *from = go_receiver(go_chan(int, 2));\n"
           "    go_send(from, &(int){5});\n"
           "}\n", "invalid operation: cannot send to receive-only channel", 5);
}

static void what_cannot_be_sent_is_refused(void **state)
{
    (void)state;
    panics("int main(void)\n"
           "{\n"
           "    struct chan *c = go_chan(int, 2);\n"
           "    go_close(c);\n"
           "    go_send(c, &(int){5});\n"
           "}\n", "send on closed channel", 6);
    panics("int main(void)\n"
           "{\n"
           "    struct chan *c = go_chan(int, 2);\n"
           "    go_send(c, &(char){5});\n"
           "}\n", "send of 1 bytes on a channel of int (4 bytes)", 5);
    panics("int main(void)\n"
           "{\n"
           "    struct chan *c = go_after(SECOND);\n"
           "    go_send(c, &(int64_t){5});\n"
           "}\n", "invalid operation: cannot send to receive-only channel", 5);
}

static void who_waits_to_send_when_it_is_closed_panics(void **state)
{
    (void)state;
    panics("static struct chan *c;\n"
           "static void shut(void *arg)\n"
           "{\n"
           "    (void)arg;\n"
           "    go_close(c);\n"
           "}\n"
           "int main(void)\n"
           "{\n"
           "    c = go_chan(int, 0);\n"
           "    go(shut, NULL);\n"
           "    go_send(c, &(int){5});\n"
           "}\n", "send on closed channel", 12);
}

static void wild_elements_are_found(void **state)
{
    static const char *const texts[] = {
        "int main(void) { struct chan *c = go_chan(int, 2); int *p = NULL; go_send(c, p); }\n",
        "int main(void) { struct chan *c = go_chan(int, 0); int *p = NULL; go_send(c, p); }\n",
        ("int main(void)\n"
         "{ struct chan *c = go_chan(int, 0); int *p = (int *)(intptr_t)4096; go_recv(c, p); }\n"),
        "int main(void) { struct mu *m = NULL; mu_lock(m); }\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ends(texts[i], 0, RUN_WILD);
}

static void nobody_sends_on_no_channel(void **state)
{
    (void)state;
    ends("int main(void) { struct chan *c = NULL; go_send(c, &(int){1}); }\n",
         0, RUN_DEADLOCK);
}

static void received_values_may_be_thrown_away(void **state)
{
    (void)state;
    returns("int main(void)\n"
            "{\n"
            "    struct chan *c = go_chan(int, 3);\n"
            "    int v;\n"
            "    for (int i = 0; i < 3; i++) go_send(c, &i);\n"
            "    go_recv_any(c);\n"
            "    go_recv(c, (int *)NULL);\n"
            "    go_recv(c, &v);\n"
            "    return v;\n"
            "}\n", 2);
}

#define TESTS                                                                              \
    cmocka_unit_test(the_engine_is_called_for_the_first_lock_only),                        \
    cmocka_unit_test(the_engine_is_called_for_a_channel_that_is_full_or_empty),            \
    cmocka_unit_test(who_waits_for_a_mutex_gets_it_in_turn),                               \
    cmocka_unit_test(what_is_locked_is_named_once),                                        \
    cmocka_unit_test(nothing_can_be_deferred),                                             \
    cmocka_unit_test(an_unlocked_mutex_is_not_unlocked),                                   \
    cmocka_unit_test(a_copied_mutex_is_found),                                             \
    cmocka_unit_test(a_mutex_that_was_never_zeroed_is_found),                              \
    cmocka_unit_test(who_locks_twice_is_stuck),                                            \
    cmocka_unit_test(a_loop_of_steps_ends),                                                \
    cmocka_unit_test(a_loop_that_main_left_behind_ends),                                   \
    cmocka_unit_test(who_polls_sees_a_change_that_nobody_was_told_of),                     \
    cmocka_unit_test(elements_of_any_size_come_out_as_they_went_in),                       \
    cmocka_unit_test(who_waits_to_receive_is_woken),                                       \
    cmocka_unit_test(what_is_left_in_a_closed_channel_is_received),                        \
    cmocka_unit_test(a_view_goes_one_way),                                                 \
    cmocka_unit_test(what_cannot_be_sent_is_refused),                                      \
    cmocka_unit_test(who_waits_to_send_when_it_is_closed_panics),                          \
    cmocka_unit_test(wild_elements_are_found),                                             \
    cmocka_unit_test(nobody_sends_on_no_channel),                                          \
    cmocka_unit_test(received_values_may_be_thrown_away),

int main(void)
{
    const struct CMUnitTest by_gcc[] = {TESTS}, by_clang[] = {TESTS};

    return cmocka_run_group_tests(by_gcc, program_use_gcc, NULL) +
           cmocka_run_group_tests(by_clang, program_use_clang, NULL);
}
