/* test_exhaustive.c -- the tree of choices: known trees, and programs whose
 * interleavings were counted by hand. */
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static uint32_t ask(struct strategy *strategy, enum choice_kind kind, uint32_t n, uint32_t current)
{
    static const uint32_t options[] = {1, 2, 3, 4, 5, 6, 7, 8};
    struct choice choice = {.kind = kind, .n = n, .options = options, .current = current};

    return strategy->choose(strategy, &choice);
}

/* --- trees without a runtime ---------------------------------------------- */

static void every_path_once_in_order(void **state)
{
    static const char *const expected[] = {"00", "01", "02", "10", "11", "12"};
    struct strategy *s = exhaustive_new(0);
    char path[3] = "";

    (void)state;
    for (int run = 0; run < 6; run++) {
        s->begin(s);
        path[0] = (char)('0' + ask(s, CHOICE_CASE, 2, 2));
        path[1] = (char)('0' + ask(s, CHOICE_CASE, 3, 3));
        assert_string_equal(path, expected[run]);
        assert_false(exhaustive_done(s));
        assert_int_equal(s->end(s), run < 5);
    }
    assert_true(exhaustive_done(s));
    s->free(s);
}

/* After answer 0 a choice of two, after 1 none, after 2 a choice of three: 6 leaves. */
static void trees_may_be_uneven(void **state)
{
    struct strategy *s = exhaustive_new(0);
    int leaves = 0;
    bool more;

    (void)state;
    do {
        s->begin(s);
        switch (ask(s, CHOICE_PARTNER, 3, 3)) {
        case 0: ask(s, CHOICE_CASE, 2, 2); break;
        case 2: ask(s, CHOICE_RAND, 3, 3); break;
        }
        leaves++;
        more = s->end(s);
    } while (more);
    assert_int_equal(leaves, 6);
    assert_true(exhaustive_done(s));
    s->free(s);
}

static void no_choice_is_one_run(void **state)
{
    struct strategy *s = exhaustive_new(0);

    (void)state;
    s->begin(s);
    assert_false(s->end(s));
    assert_true(exhaustive_done(s));
    s->free(s);
}

static void who_goes_on_comes_first(void **state)
{
    static const uint32_t expected[] = {2, 0, 1, 3};
    struct strategy *s = exhaustive_new(0);

    (void)state;
    for (int run = 0; run < 4; run++) {
        s->begin(s);
        assert_int_equal(ask(s, CHOICE_GOROUTINE, 4, 2), expected[run]);
        assert_int_equal(s->end(s), run < 3);
    }
    s->free(s);
}

static void a_budget_is_kept(void **state)
{
    struct strategy *s = exhaustive_new(3);

    (void)state;
    for (int run = 0; run < 3; run++) {
        s->begin(s);
        ask(s, CHOICE_CASE, 4, 4);
        assert_int_equal(s->end(s), run < 2);
    }
    assert_false(exhaustive_done(s));
    s->free(s);
}

/* The budget just suffices. */
static void a_space_of_the_budgets_size_is_done(void **state)
{
    struct strategy *s = exhaustive_new(4);

    (void)state;
    for (int run = 0; run < 4; run++) {
        s->begin(s);
        ask(s, CHOICE_CASE, 4, 4);
        assert_int_equal(s->end(s), run < 3);
    }
    assert_true(exhaustive_done(s));
    s->free(s);
}

/* The second run offers other options: no claim is made, and it comes to an end. */
static void a_program_that_is_not_repeatable_is_never_done(void **state)
{
    struct strategy *s = exhaustive_new(0);

    (void)state;
    s->begin(s);
    ask(s, CHOICE_CASE, 2, 2);
    ask(s, CHOICE_CASE, 2, 2);
    assert_true(s->end(s));
    s->begin(s);
    ask(s, CHOICE_CASE, 3, 3);
    for (int run = 0; run < 2; run++) {
        assert_true(s->end(s));
        s->begin(s);
        ask(s, CHOICE_CASE, 3, 3);
    }
    assert_false(s->end(s));
    assert_false(exhaustive_done(s));
    s->free(s);
}

/* What was below the place where it broke off is given up. */
static void a_run_that_breaks_off_early_is_never_done(void **state)
{
    struct strategy *s = exhaustive_new(0);

    (void)state;
    s->begin(s);
    ask(s, CHOICE_CASE, 2, 2);
    ask(s, CHOICE_CASE, 3, 3);
    assert_true(s->end(s));
    s->begin(s);
    assert_int_equal(ask(s, CHOICE_CASE, 2, 2), 0);
    assert_true(s->end(s));
    s->begin(s);
    assert_int_equal(ask(s, CHOICE_CASE, 2, 2), 1);
    assert_false(s->end(s));
    assert_false(exhaustive_done(s));
    s->free(s);
}

/* --- programs -------------------------------------------------------------- */

/* Explores all of it; no two runs may have the same schedule. */
static uint64_t leaves(void (*main)(void *), enum run_end odd, uint64_t *odd_count)
{
    struct run run;
    struct strategy *s = exhaustive_new(100000);
    struct trace *last = NULL;
    uint64_t count = 0;
    bool more;

    *odd_count = 0;
    assert_true(bench_init(&run, true));
    do {
        *odd_count += bench_run(&run, s, main) == odd;
        count++;
        if (last)
            assert_false(traces_equal(last, run.trace));
        free(last);
        last = trace_dup(run.trace);
        more = s->end(s);
    } while (more);
    assert_true(exhaustive_done(s));
    free(last);
    s->free(s);
    bench_release(&run);
    return count;
}

static void has_leaves(void (*main)(void *), uint64_t expected)
{
    uint64_t odd;

    assert_int_equal(leaves(main, RUN_DEADLOCK, &odd), expected);
    assert_int_equal(odd, 0);
}

static void independent_steps(void **state)
{
    (void)state;
    has_leaves(three_and_three, 35);
    has_leaves(two_and_two_and_two, 210);
}

static void hand_offs(void **state)
{
    (void)state;
    has_leaves(three_hand_offs, 1);
    has_leaves(two_senders, 2);
}

static void buffers(void **state)
{
    (void)state;
    has_leaves(buffer_of_one, 1);
    has_leaves(buffer_of_two, 8);
    has_leaves(buffer_of_three, 13);
    has_leaves(buffer_of_four, 14);
}

static void select_cases(void **state)
{
    (void)state;
    has_leaves(two_ready_cases, 2);
}

static void locks(void **state)
{
    (void)state;
    has_leaves(three_lock, 42);
    has_leaves(three_done, 6);
}

static void draws(void **state)
{
    (void)state;
    has_leaves(draw_twice, 12);
}

static void deadlocks_are_among_them(void **state)
{
    uint64_t deadlocks;

    (void)state;
    assert_int_equal(leaves(philosophers, RUN_DEADLOCK, &deadlocks), 24);
    assert_int_equal(deadlocks, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_path_once_in_order),
        cmocka_unit_test(trees_may_be_uneven),
        cmocka_unit_test(no_choice_is_one_run),
        cmocka_unit_test(who_goes_on_comes_first),
        cmocka_unit_test(a_budget_is_kept),
        cmocka_unit_test(a_space_of_the_budgets_size_is_done),
        cmocka_unit_test(a_program_that_is_not_repeatable_is_never_done),
        cmocka_unit_test(a_run_that_breaks_off_early_is_never_done),
        cmocka_unit_test(independent_steps),
        cmocka_unit_test(hand_offs),
        cmocka_unit_test(buffers),
        cmocka_unit_test(select_cases),
        cmocka_unit_test(locks),
        cmocka_unit_test(draws),
        cmocka_unit_test(deadlocks_are_among_them),
    };
    return cmocka_run_group_tests_name("exhaustive", tests, NULL, NULL);
}
