/* test_bound.c -- bounds on preemptions: known numbers of runs, fewest preemptions first. */
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

/* Runs made; *reached, *all: what is said in the end. */
static uint64_t runs(void (*program)(void *), uint64_t most, uint32_t preemptions,
                     uint32_t *reached, bool *all)
{
    struct strategy *s = bound_new(most, preemptions);
    struct run run;
    uint64_t n = 0;
    bool more;

    assert_true(bench_init(&run, true));
    do {
        bench_run(&run, s, program);
        n++;
        more = s->end(s);
    } while (more);
    *reached = bound_reached(s);
    *all = exhaustive_done(s);
    s->free(s);
    bench_release(&run);
    return n;
}

/* Four steps of main's (with its end) among three of another's.  With r blocks of steps of one
 * goroutine there are r - 2 preemptions, for the last switch leaves one who is through.  Blocks:
 * 4 = sum of a, 3 = sum of b, C(3, a - 1) C(2, b - 1) ways; r = 2: 2; 3: 3 + 2; 4: 6 + 6; 5: 6 + 3;
 * 6: 3 + 3; 7: 1.  So with at most 0, 1, 2, 3, 4, 5 preemptions 2, 7, 19, 28, 34, 35 runs. */
static void known_numbers(void **state)
{
    uint32_t reached;
    bool all;

    (void)state;
    assert_int_equal(runs(three_and_three, 0, 0, &reached, &all), 2);
    assert_int_equal(reached, 1);
    assert_false(all);
    assert_int_equal(runs(three_and_three, 0, 1, &reached, &all), 2 + 7);
    assert_int_equal(runs(three_and_three, 0, 2, &reached, &all), 2 + 7 + 19);
    assert_int_equal(reached, 3);
    assert_false(all);
    assert_int_equal(runs(three_and_three, 0, 99, &reached, &all), 2 + 7 + 19 + 28 + 34 + 35);
    assert_int_equal(reached, 6);
    assert_true(all);
}

/* Who blocks gives way for nothing: in hand-offs nobody is ever preempted. */
static void blocking_is_no_preemption(void **state)
{
    uint32_t reached;
    bool all;

    (void)state;
    assert_int_equal(runs(three_hand_offs, 0, 0, &reached, &all), 1);
    assert_true(all);
}

/* Cases and partners are no preemptions. */
static void other_choices_are_not_bounded(void **state)
{
    uint32_t reached;
    bool all;

    (void)state;
    assert_int_equal(runs(draw_twice, 0, 0, &reached, &all), 12);
    assert_int_equal(runs(two_senders, 0, 0, &reached, &all), 2);
    assert_true(all);
}

static void a_budget_is_kept(void **state)
{
    uint32_t reached;
    bool all;

    (void)state;
    assert_int_equal(runs(three_and_three, 5, 2, &reached, &all), 5);
    assert_int_equal(reached, 1); /* in the midst of those with one */
    assert_false(all);
}

/* Two philosophers need one preemption to starve. */
static void a_deadlock_needs_one(void **state)
{
    struct run run;
    int at[2] = {0};

    (void)state;
    assert_true(bench_init(&run, true));
    for (uint32_t bound = 0; bound < 2; bound++) {
        struct strategy *s = bound_new(0, bound);
        bool more;

        do {
            at[bound] += bench_run(&run, s, philosophers) == RUN_DEADLOCK;
            more = s->end(s);
        } while (more);
        s->free(s);
    }
    bench_release(&run);
    assert_int_equal(at[0], 0);
    assert_true(at[1] > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_numbers),
        cmocka_unit_test(blocking_is_no_preemption),
        cmocka_unit_test(other_choices_are_not_bounded),
        cmocka_unit_test(a_budget_is_kept),
        cmocka_unit_test(a_deadlock_needs_one),
    };
    return cmocka_run_group_tests_name("bound", tests, NULL, NULL);
}
