/* test_plan.c -- plans: names, budgets as marks on the whole, what is said of a stage. */
#include "grade/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void assert_name(const struct plan_stage *stage, const char *name)
{
    struct text text = {0};

    plan_stage_name(&text, stage);
    assert_string_equal(text_string(&text), name);
    text_release(&text);
}

static void test_names(void **state)
{
    static const char *const good[][2] = {
        {"rr", "rr"}, {"random", "random"}, {"pct", "pct:3"}, {"pct:7", "pct:7"}, {"pos", "pos"},
        {"bound", "bound:2"}, {"bound:0", "bound:0"}, {"sleep", "sleep"}, {"dpor", "dpor"},
        {"exhaustive", "exhaustive"},
    };
    static const char *const bad[] = {"", "luck", "rando", "randomly", "pct:", "pct:x", "pct:17",
                                      "pct:-1", "pct:3x", "random:3", "replay", ":3"};
    struct plan plan;

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(plan_make(&plan, good[i][0], 10));
        assert_int_equal(plan.count, 1);
        assert_name(&plan.at[0], good[i][1]);
        assert_true(plan_spent(&plan.at[0], 10, 0));
        assert_false(plan_spent(&plan.at[0], 9, UINT64_MAX));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(plan_make(&plan, bad[i], 10));
}

/* Marks rise to the budget, and its last stage uses it up. */
static void test_portfolio(void **state)
{
    static const uint64_t budgets[] = {1, 2, 9, 50, 999, 1000, 100000};

    (void)state;
    for (size_t i = 0; i < sizeof budgets / sizeof *budgets; i++) {
        struct plan plan;

        assert_true(plan_make(&plan, NULL, budgets[i]));
        assert_true(plan.count > 3 && plan.count <= PLAN_MAX);
        assert_name(&plan.at[0], "rr");
        assert_int_equal(plan.at[0].runs, 1);
        for (uint32_t k = 1; k < plan.count; k++) {
            assert_true(plan.at[k].runs >= plan.at[k - 1].runs);
            assert_int_equal(plan.at[k].steps, 0);
        }
        assert_int_equal(plan.at[plan.count - 1].runs, budgets[i]);
    }
}

/* Without a budget steps are bounded, too; a strategy that comes to an end has no bound. */
static void test_defaults(void **state)
{
    struct plan plan;

    (void)state;
    assert_true(plan_make(&plan, "portfolio", 0));
    assert_true(plan.at[plan.count - 1].runs > 1000);
    assert_true(plan.at[plan.count - 1].steps > 1000 * 1000);
    assert_true(plan_make(&plan, "dpor", 0));
    assert_false(plan_spent(&plan.at[0], UINT64_MAX, UINT64_MAX));
    assert_true(plan_make(&plan, "random", 0));
    assert_true(plan_spent(&plan.at[0], 100000, 0));
}

/* Every stage can be begun; no two of one plan draw the same numbers. */
static void test_strategies(void **state)
{
    struct plan plan;

    (void)state;
    assert_true(plan_make(&plan, NULL, 0));
    for (uint32_t i = 0; i < plan.count; i++) {
        struct strategy *strategy = plan_strategy_new(&plan, i, 1, NULL);
        struct plan_strength strength;

        assert_non_null(strategy);
        plan_strength(&strength, &plan.at[i], strategy, false);
        assert_false(strength.complete);
        assert_true(strength.missed == 0);
        strategy->free(strategy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_portfolio),
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_strategies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
