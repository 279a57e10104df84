/* test_misuse.c -- what Go's types rule out and C's do not: each is told in words, at its line. */
#include "unit/c/program.h"

#include "rt/hook.h"

/* --- while it runs ---------------------------------------------------------- */

static const struct misuse {
    const char *code;
    const char *message;    /* of the panic; NULL: it is a wild access: */
    enum c_fault_kind wild;
} misuses[] = {
    /* views kept as any value */
    {"struct chan *c = (void *)go_receiver(go_chan(int, 1)); int v = 1; go_send(c, &v);",
     "invalid operation: cannot send to receive-only channel", 0},
    {"struct chan *c = (void *)go_receiver(go_chan(int, 1)); go_close(c);",
     "invalid operation: cannot close receive-only channel", 0},
    {"struct chan *c = (void *)go_sender(go_chan(int, 1)); int v; go_recv(c, &v);",
     "invalid operation: cannot receive from send-only channel", 0},
    {"struct chan *c = (void *)go_sender(go_chan(int, 1)); go_select(RECV(c));",
     "invalid operation: cannot receive from send-only channel", 0},
    {"struct chan *c = (void *)go_receiver(go_chan(int, 1)); int v = 1; go_select(SEND(c, &v));",
     "invalid operation: cannot send to receive-only channel", 0},
    {"struct chan *c = (void *)go_receiver(go_chan(int, 1)); go_sender(c);",
     "invalid operation: cannot send to receive-only channel", 0},
    {"go_close(go_after(SECOND));", "invalid operation: cannot close receive-only channel", 0},
    {"int64_t t = 1; go_send(go_after(SECOND), &t);",
     "invalid operation: cannot send to receive-only channel", 0},
    {"go_close(ctx_done(ctx_with_cancel(ctx_background())));",
     "invalid operation: cannot close receive-only channel", 0},
    {"long other[40] = {0}; go_len((struct chan *)((char *)other + 1));", NULL, C_FAULT_NOT_CHAN},
};

enum { MISUSES = sizeof misuses / sizeof *misuses, FIRST_LINE = 2 };

/* Draws the number of the misuse that the program is to commit. */
static uint32_t wanted;

static uint32_t draw(struct strategy *self, const struct choice *choice)
{
    (void)self;
    return choice->kind == CHOICE_RAND ? wanted : 0;
}

static void each_is_told_at_its_line(void **state)
{
    struct strategy strategy = {.name = "drawn", .choose = draw};
    struct program program;
    struct text source = {0};

    (void)state;
    for (int i = 0; i < MISUSES; i++)
        text_addf(&source, "static void misuse%d(void) { %s }\n", i, misuses[i].code);
    text_addf(&source, "int main(void)\n{\n    switch (go_rand(%d)) {\n", MISUSES + 1);
    for (int i = 0; i < MISUSES; i++)
        text_addf(&source, "    case %d: misuse%d(); break;\n", i, i);
    text_add(&source, "    }\n}\n");
    program_load(&program, text_string(&source));
    program.run.strategy = &strategy;
    for (wanted = 0; wanted < MISUSES; wanted++) {
        const struct misuse *m = &misuses[wanted];
        enum run_end end = program_run(&program);
        const struct event *event = program_event(&program, EVENT_PANIC, 0);
        const char *text = event ? trace_text(program.trace, event->text) : "none";
        uint32_t pc = event ? event->pc : c_face_fault(program.face)->pc;

        if (end != (m->message ? RUN_PANIC : RUN_WILD))
            fail_msg("%s\nended as %d: '%s'", m->code, end, text);
        if (m->message)
            assert_string_equal(text, m->message);
        else
            assert_int_equal(c_face_fault(program.face)->kind, m->wild);
        if (symbol_line(program.compiled.object, pc) != FIRST_LINE + wanted)
            fail_msg("%s\ntold at another line", m->code);
    }
    program_free(&program);
    text_release(&source);
}

/* --- before it runs ---------------------------------------------------------- */

static const struct refused {
    const char *code, *message;
} refused[] = {
    {"go_send(go_receiver(c), &v);", "cannot send to receive-only channel go_receiver(c)"},
    {"struct recv_chan *r = go_receiver(c); go_close(r);",
     "cannot close receive-only channel r"},
    {"struct send_chan *s = go_sender(c); go_recv(s, &v);",
     "cannot receive from send-only channel s"},
    {"struct send_chan *s = go_sender(c); go_recv_any(s);",
     "cannot receive from send-only channel s"},
    {"struct send_chan *s = go_sender(c); go_select(RECV(s, &v));",
     "cannot receive from send-only channel s"},
    {"struct recv_chan *r = go_receiver(c); go_select(SEND(r, &v));",
     "cannot send to receive-only channel r"},
    {"struct recv_chan *r = go_receiver(c); struct chan *d = r; (void)d;",
     "incompatible pointer type"},
    {"struct recv_chan *r = go_receiver(c); go_sender(r);", "incompatible pointer type"},
    {"go_send(v, &v);", "[-Werror=int-conversion]"},
    {"go_close(&v);", "incompatible pointer type"},
};

/* All in one file: each must be an error of its own line. */
static void the_compiler_refuses_each_at_its_line(void **state)
{
    struct program program;
    struct text source = {0};

    (void)state;
    setenv("BRAID_CC", "gcc", 1);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        text_addf(&source, "void f%zu(struct chan *c, int v); "
                  "void f%zu(struct chan *c, int v) { %s }\n", i, i, refused[i].code);
    program_write(&program, text_string(&source));
    program_compile(&program, NULL);
    assert_int_equal(program.compiled.end, COMPILE_ERRORS);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char place[32];
        const char *line, *end;

        snprintf(place, sizeof place, "program.c:%zu:", FIRST_LINE + i);
        line = strstr(program.compiled.text, place);
        end = line ? strchr(line, '\n') : NULL;
        if (!line || !strstr(line, " error: ") || strstr(line, refused[i].message) > end)
            fail_msg("%s\nno '%s' at its line in:\n%s", refused[i].code, refused[i].message,
                     program.compiled.text);
    }
    compile_result_release(&program.compiled);
    unlink(program.source);
    rmdir(program.directory);
    text_release(&source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_told_at_its_line),
        cmocka_unit_test(the_compiler_refuses_each_at_its_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
