/* test_round_robin.c -- turns: who goes on, who is next, and that nobody starves. */
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "explore/turns.h"

/* Asks about the goroutines given; current is an id, 0 = none of them. */
static uint32_t ask(struct strategy *strategy, uint32_t current, uint32_t n, const uint32_t *ids)
{
    struct choice choice = {.kind = CHOICE_GOROUTINE, .n = n, .options = ids, .current = n};

    for (uint32_t i = 0; i < n; i++)
        if (ids[i] == current)
            choice.current = i;
    return ids[strategy->choose(strategy, &choice)];
}

#define ASK(strategy, current, ...)                                                            \
    ask(strategy, current, sizeof((uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t),               \
        (uint32_t[]){__VA_ARGS__})

static void who_can_goes_on(void **state)
{
    struct strategy *s = round_robin_new();

    (void)state;
    s->begin(s);
    for (int i = 0; i < 10; i++)
        assert_int_equal(ASK(s, 2, 1, 2, 3), 2);
    s->free(s);
}

static void else_the_next_by_id(void **state)
{
    struct strategy *s = round_robin_new();

    (void)state;
    s->begin(s);
    assert_int_equal(ASK(s, 0, 1, 2, 5), 1);
    assert_int_equal(ASK(s, 0, 1, 2, 5), 2);
    assert_int_equal(ASK(s, 0, 1, 2, 5), 5);
    assert_int_equal(ASK(s, 0, 1, 2, 5), 1);
    assert_int_equal(ASK(s, 0, 3, 4), 3);
    assert_int_equal(ASK(s, 4, 3, 4), 4);
    assert_int_equal(ASK(s, 0, 2, 3), 2);
    s->free(s);
}

static void nobody_goes_on_for_ever(void **state)
{
    struct strategy *s = round_robin_new();

    (void)state;
    s->begin(s);
    for (int i = 0; i < TURNS_MAX; i++)
        assert_int_equal(ASK(s, 2, 1, 2, 3), 2);
    assert_int_equal(ASK(s, 2, 1, 2, 3), 3);
    for (int i = 1; i < TURNS_MAX; i++)
        assert_int_equal(ASK(s, 3, 1, 2, 3), 3);
    assert_int_equal(ASK(s, 3, 1, 2, 3), 1);
    s->free(s);
}

static void other_choices_take_the_first(void **state)
{
    static const enum choice_kind kinds[] = {CHOICE_CASE, CHOICE_PARTNER, CHOICE_RAND};
    struct strategy *s = round_robin_new();

    (void)state;
    s->begin(s);
    for (int i = 0; i < 3; i++) {
        struct choice choice = {.kind = kinds[i], .n = 3, .current = 3,
                                .options = (uint32_t[]){4, 5, 6}};
        assert_int_equal(s->choose(s, &choice), 0);
    }
    s->free(s);
}

static void begin_forgets(void **state)
{
    struct strategy *s = round_robin_new();

    (void)state;
    s->begin(s);
    assert_int_equal(ASK(s, 0, 1, 2), 1);
    assert_false(s->end(s));
    s->begin(s);
    assert_int_equal(ASK(s, 0, 1, 2), 1);
    s->free(s);
}

static void runs_repeat(void **state)
{
    struct strategy *s = round_robin_new();
    struct run a, b;

    (void)state;
    assert_true(bench_init(&a, true));
    assert_true(bench_init(&b, true));
    for (int i = 0; i < PROGRAM_COUNT; i++) {
        bench_run(&a, s, programs[i].main);
        bench_run(&b, s, programs[i].main);
        assert_true(traces_equal(a.trace, b.trace));
    }
    bench_release(&a);
    bench_release(&b);
    s->free(s);
}

static struct chan *box;

/* Fills and empties a box that nobody else looks into, without end. */
static void busy(void *arg)
{
    (void)arg;
    for (;;) {
        send(box, 1);
        receive(box, NULL);
    }
}

static void beside_the_busy(void *arg)
{
    (void)arg;
    box = ints(1);
    start(busy, NULL);
    start(busy, NULL);
    for (int i = 0; i < 5; i++)
        step();
}

/* Two that never end do not keep main from its end. */
static void main_gets_its_turn(void **state)
{
    struct strategy *both[] = {round_robin_new(), pct_new(1, 1, 3)};

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct run run;

        assert_true(bench_init(&run, true));
        bench_run(&run, both[i], beside_the_busy);
        assert_true(run.main_done);
        assert_int_equal(run.end, RUN_DONE); /* and the budget after main ends the rest */
        bench_release(&run);
        both[i]->free(both[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_can_goes_on),
        cmocka_unit_test(else_the_next_by_id),
        cmocka_unit_test(nobody_goes_on_for_ever),
        cmocka_unit_test(other_choices_take_the_first),
        cmocka_unit_test(begin_forgets),
        cmocka_unit_test(runs_repeat),
        cmocka_unit_test(main_gets_its_turn),
    };
    return cmocka_run_group_tests_name("round robin", tests, NULL, NULL);
}
