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
    /* the rest of the vocabulary */
    {"int v = 1; long w = 1; struct chan *c = go_chan(int, 1); go_send(c, &v); go_send(c, &w);",
     "send of 8 bytes on a channel of int (4 bytes)", 0},
    {"long w; go_recv(go_chan(int, 1), &w);",
     "receive of 8 bytes on a channel of int (4 bytes)", 0},
    {"char ch; go_select(RECV(go_chan(int, 1), &ch));",
     "receive of 1 bytes on a channel of int (4 bytes)", 0},
    {"int v; go_send(go_chan(int, 1), (int *)NULL); (void)v;", NULL, C_FAULT_NULL},
    {"go_select(SEND(go_chan(int, 1), (int *)NULL));", NULL, C_FAULT_NULL},
    {"int v; go_recv(ctx_done(ctx_with_cancel(ctx_background())), &v);",
     "receive of a value on a Done channel, which carries none", 0},
    {"go_chan(int, -1);", "makechan: size out of range", 0},
    {"go_chan(int, 1L << 40);", "makechan: size out of range", 0},
    {"int x = 0; go_close((struct chan *)&x);", NULL, C_FAULT_NOT_CHAN},
    {"static int x[64]; go_len((struct chan *)x);", NULL, C_FAULT_NOT_CHAN},
    {"go_cap((struct chan *)\"a string that is no channel at all, long enough to look at\");",
     NULL, C_FAULT_NOT_CHAN},
    {"go(NULL, NULL);", "fatal error: go of nil func value", 0},
    {"go_close(NULL);", "close of nil channel", 0},
    {"struct chan *c = go_chan(int, 1); go_close(c); go_close(c);", "close of closed channel", 0},
    {"struct chan *c = go_chan(int, 1); go_close(c); go_send(c, &(int){1});",
     "send on closed channel", 0},
    {"go_rand(0);", "invalid argument to Intn", 0},
    {"struct mu *m = malloc(sizeof *m); memset(m, 1, sizeof *m); mu_lock(m);",
     "sync: Mutex used before it was set to zero", 0},
    {"struct mu *m = NULL; mu_lock(m);", NULL, C_FAULT_NULL},
    {"struct mu *m = calloc(1, sizeof *m); free(m); mu_lock(m);", NULL, C_FAULT_FREED},
    {"struct mu m = {0}; mu_unlock(&m);", "fatal error: sync: unlock of unlocked mutex", 0},
    {"struct rw r = {0}; rw_unlock(&r);", "fatal error: sync: Unlock of unlocked RWMutex", 0},
    {"struct rw r = {0}; rw_runlock(&r);", "fatal error: sync: RUnlock of unlocked RWMutex", 0},
    {"struct rw r = {0}; rlocker_unlock(rw_rlocker(&r));",
     "fatal error: sync: RUnlock of unlocked RWMutex", 0},
    {"struct wg w = {0}; wg_done(&w);", "sync: negative WaitGroup counter", 0},
    {"struct wg w = {0}; wg_add(&w, -2147483647 - 1);", "sync: negative WaitGroup counter", 0},
    {"struct mu a = {0}; mu_lock(&a); struct mu b = a; mu_unlock(&b);",
     "sync: copied after first use", 0},
    {"struct wg a = {0}; wg_add(&a, 1); struct wg b = a; wg_done(&b);",
     "sync: copied after first use", 0},
    {"struct rw a = {0}; rw_rlock(&a); struct rw b = a; rw_runlock(&b);",
     "sync: copied after first use", 0},
    {"struct once a = {0}; once_do(&a, nothing, NULL); struct once b = a; once_do(&b, "
     "nothing, NULL);",
     "sync: copied after first use", 0},
    {"struct cv a = {0}; cv_signal(&a); struct cv b = a; cv_signal(&b);",
     "sync: copied after first use", 0},
    {"struct a64 a = {0}; a64_add(&a, 1); struct a64 b = a; a64_load(&b);",
     "sync: copied after first use", 0},
    {"struct group a = {0}; group_wait(&a); struct group b = a; group_wait(&b);",
     "sync: copied after first use", 0},
    {"struct go_map a = {0}; go_map_clear(&a); struct go_map b = a; go_map_clear(&b);",
     "sync: copied after first use", 0},
    {"struct go_pool a = {0}; go_pool_put(&a, &a); struct go_pool b = a; go_pool_get(&b);",
     "sync: copied after first use", 0},
    {"struct cv c = {0}; struct mu m = {0}; cv_wait(&c, &m);",
     "fatal error: sync: unlock of unlocked mutex", 0},
    {"struct once o = {0}; once_do(&o, NULL, NULL);", "once_do of a nil function", 0},
    {"struct once_value v = {0}; once_value(&v);", "a Once of a nil function", 0},
    {"struct aval a = {0}; int i = 1; long l = 2; aval_store(&a, &i); aval_store(&a, &l);",
     "sync/atomic: store of inconsistently typed value into Value", 0},
    {"struct aval a = {0}; int i = 1; float f = 2; aval_store(&a, &i); aval_swap(&a, &f, "
     "NULL);",
     "sync/atomic: swap of inconsistently typed value into Value", 0},
    {"struct aval a = {0}; int i = 1; long l; aval_store(&a, &i); aval_load(&a, &l);",
     "aval_load into a variable of another type than the Value holds", 0},
    {"struct aval a = {0}; aval_store(&a, (int *)NULL);",
     "sync/atomic: store of nil value into Value", 0},
    {"struct go_map m = {0}; go_map_range(&m, NULL, NULL);", "go_map_range with a nil function", 0},
    {"struct go_map m = {0}; go_map_store(&m, (char *)0x12345678, NULL);", NULL, C_FAULT_WILD},
    {"struct go_flight f = {0}; go_flight_do(&f, 1, NULL, NULL);",
     "go_flight_do of a nil function", 0},
    {"ctx_with_cancel(NULL);", "cannot create context from nil parent", 0},
    {"ctx_cancel(NULL);", NULL, C_FAULT_NULL},
    {"ctx_cancel(ctx_background());", "ctx_cancel of a context that cannot be cancelled", 0},
    {"static long x[32]; ctx_err((struct ctx *)x);", NULL, C_FAULT_NOT_CONTEXT},
    {"ctx_with_value(ctx_background(), NULL, NULL);", "nil key", 0},
    {"ctx_after_func(ctx_background(), NULL, NULL);", "fatal error: go of nil func value", 0},
    {"go_ticker(0);", "non-positive interval for NewTicker", 0},
    {"struct ticker t = {0}; ticker_stop(&t);",
     "ticker_stop of a ticker that go_ticker did not make", 0},
    {"struct ticker t = go_ticker(1); ticker_reset(&t, 0);",
     "non-positive interval for Ticker.Reset", 0},
    {"struct go_timer t = {0}; timer_stop(&t);", "timer_stop of a timer that was never made", 0},
    {"go_after_func(1, NULL, NULL);", "fatal error: go of nil func value", 0},
    {"go_sema(-1);", "go_sema: -1 is negative", 0},
    {"sema_acquire(NULL, NULL, 1);", "nil semaphore", 0},
    {"sema_release(go_sema(1), 1);", "semaphore: released more than held", 0},
    {"sema_acquire(go_sema(1), NULL, -1);", "sema_acquire: -1 is negative", 0},
    {"static long x[32]; sema_try_acquire((struct sema *)x, 1);",
     "what is used as a semaphore is none", 0},
    {"struct group g = {0}; group_go(&g, NULL, NULL);", "fatal error: go of nil func value", 0},
    {"struct group g = {0}; group_with_context(&g, NULL);",
     "cannot create context from nil parent", 0},
    {"limit_allow(NULL, 1);", "nil limiter", 0},
    {"limit_allow(go_limit(1, 1), -1);", "limit_allow: -1 is negative", 0},
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
    text_add(&source, "static void nothing(void *arg) { (void)arg; } ");
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
