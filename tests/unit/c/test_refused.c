/* test_refused.c -- a C program that makes one of each, each allocation of ours failing in turn. */
#include "unit/c/program.h"

#include "unit/refuse.h"

static const char source[] =
    "static struct chan *c;\n"
    "static struct wg wg;\n"
    "static void send(void *arg) { (void)arg; go_send(c, &(int){1}); wg_done(&wg); }\n"
    "static void nothing(void *arg) { (void)arg; }\n"
    "static void *give(void *arg, const char **err) { (void)err; return arg; }\n"
    "static void *value(void *arg) { return arg; }\n"
    "static const char *fails(void *arg) { (void)arg; return err_new(\"%s\", \"an error\"); }\n"
    "static void rescue(void *arg) { (void)arg; go_recover(); }\n"
    "static void panics(void) { go_defer(rescue, NULL); go_panic(\"oh\"); }\n"
    "static bool see(struct go_key k, void *v, void *arg)\n"
    "{\n    (void)k, (void)v, (void)arg;\n    return true;\n}\n"
    "int main(void)\n{\n"
    "    struct mu mu = {0}; struct rw rw = {0}; struct once once = {0}; struct cv cv = {0};\n"
    "    struct go_pool pool = {0}; struct go_map map = {0}; struct a32 n = {0};\n"
    "    struct aval held = {0}; struct once_value lazy = {value, NULL}; int v;\n"
    "    struct group group = {0}; struct go_flight flight = {0}; struct go_result result;\n"
    "    c = go_chan_named(int, 1, \"c\");\n"
    "    wg_add(&wg, 2);\n"
    "    for (int i = 0; i < 2; i++) go(send, NULL);\n"
    "    for (int i = 0; i < 2; i++) go_recv(go_receiver(c), &v);\n"
    "    wg_wait(&wg);\n"
    "    go_select_default(RECV(c, &v), SEND(NULL, &v));\n"
    "    mu_lock(&mu); mu_unlock(&mu); rw_rlock(&rw); rw_runlock(&rw);\n"
    "    once_do(&once, nothing, NULL); once_value(&lazy); cv_broadcast(&cv);\n"
    "    go_pool_put(&pool, &v); go_pool_get(&pool);\n"
    "    for (int i = 0; i < 20; i++) go_map_store(&map, i, &v);\n"
    "    go_map_store(&map, \"text\", &v); go_map_range(&map, see, NULL);\n"
    "    a32_add(&n, 1); aval_store(&held, &v);\n"
    "    struct ctx *ctx = ctx_with_timeout(ctx_with_value(ctx_background(), &v, &v), 100);\n"
    "    ctx_after_func(ctx, nothing, NULL); go_after_func(5, nothing, NULL);\n"
    "    go_recv_any(go_after(10)); struct ticker t = go_ticker(5); ticker_stop(&t);\n"
    "    struct limit *limit = go_limit(5, 1);\n"
    "    limit_wait(limit, ctx, 1); limit_wait(limit, ctx, 1); limit_wait(limit, ctx, 5);\n"
    "    struct sema *sema = go_sema(1); sema_acquire(sema, ctx, 1); sema_release(sema, 1);\n"
    "    group_set_limit(&group, 1); group_go(&group, fails, NULL); group_wait(&group);\n"
    "    go_flight_do(&flight, \"k\", give, NULL);\n"
    "    go_recv(go_flight_do_chan(&flight, \"k\", give, NULL), &result);\n"
    "    err_join(err_wrap(err_new(\"a\"), \"b\"), err_of(&v, &v, \"c\"));\n"
    "    panics();\n"
    "    free(malloc(100)); ctx_cancel_cause(ctx, \"enough\");\n"
    "    printf(\"%s\\n\", ctx_cause(ctx));\n"
    "}\n";

static void each_in_turn(struct program *program, bool for_ever)
{
    uint32_t nth = 1, ended = 0;
    bool was_refused;

    do {
        enum run_end end;

        refuse_begin(nth, for_ever);
        end = program_run(program);
        was_refused = refuse_end();
        if (end != (was_refused ? RUN_MEMORY : RUN_DONE))
            fail_msg("allocation %u refused: ended as %d", nth, end);
        ended += was_refused;
        nth++;
    } while (was_refused);
    assert_true(ended > 60);
    assert_int_equal(program_run(program), RUN_DONE);
}

static void refused(void **state)
{
    struct program program;

    (void)state;
    program_load(&program, source);
    each_in_turn(&program, false);
    each_in_turn(&program, true);
    program_free(&program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
