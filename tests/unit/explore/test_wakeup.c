/* test_wakeup.c -- deeds are kept once, those in use for ever; what a tree covers, by hand. */
#include "explore/wakeup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* Goroutine g changes, or looks at, the object. */
static struct deed *deed(struct wakeup *wakeup, uint32_t g, uint32_t obj, enum touch_mode mode)
{
    struct touch touch = {.obj = obj, .mode = (uint8_t)mode};

    return deed_of(wakeup, (struct mover){.g = g}, (struct touches){&touch, 1}, NULL, 0);
}

static void test_deeds_are_shared(void **state)
{
    struct wakeup wakeup = {0};
    struct deed *one = deed(&wakeup, 1, 7, TOUCH_CHANGE), *many[1000];
    uint32_t answers[] = {3, 4};

    (void)state;
    assert_ptr_equal(deed(&wakeup, 1, 7, TOUCH_CHANGE), one);
    assert_ptr_not_equal(deed(&wakeup, 2, 7, TOUCH_CHANGE), one);
    assert_ptr_not_equal(deed(&wakeup, 1, 8, TOUCH_CHANGE), one);
    assert_ptr_not_equal(deed(&wakeup, 1, 7, TOUCH_LOOK), one);
    assert_ptr_not_equal(deed_of(&wakeup, one->mover, one->touches, answers, 2), one);
    assert_int_equal(wakeup.ndeeds, 5);
    deed_leave(one);
    for (uint32_t i = 0; i < 1000; i++)
        many[i] = deed(&wakeup, i + 10, 1, TOUCH_CHANGE);
    for (uint32_t i = 0; i < 1000; i++)
        assert_ptr_equal(deed(&wakeup, i + 10, 1, TOUCH_CHANGE), many[i]);
    assert_int_equal(wakeup.ndeeds, 1005);
    assert_ptr_equal(deed(&wakeup, 1, 7, TOUCH_CHANGE), one);
    wakeup_release(&wakeup);
}

/* Memory does not grow with what is used no more. */
static void test_unused_deeds_go(void **state)
{
    struct wakeup wakeup = {0};
    struct deed *kept = deed(&wakeup, 1, 1, TOUCH_LOOK);

    (void)state;
    for (uint32_t i = 0; i < 100000; i++)
        deed_leave(deed(&wakeup, 2, i + 1, TOUCH_LOOK));
    assert_true(wakeup.ndeeds < 1000);
    assert_ptr_equal(deed(&wakeup, 1, 1, TOUCH_LOOK), kept);
    wakeup_release(&wakeup);
}

static enum wakeup_put put(struct wakeup *wakeup, struct branch **tree, struct deed *a,
                           struct deed *b)
{
    struct wakeup_step steps[] = {{.deed = a, .open = !b}, {.deed = b, .open = true}};

    return wakeup_put(wakeup, tree, steps, b ? 2 : 1);
}

/* r and s look at x, w changes it: r and s commute with each other, w with neither. */
static void test_what_is_covered(void **state)
{
    struct wakeup wakeup = {0};
    struct deed *w = deed(&wakeup, 1, 7, TOUCH_CHANGE), *r = deed(&wakeup, 2, 7, TOUCH_LOOK);
    struct deed *s = deed(&wakeup, 3, 7, TOUCH_LOOK);
    struct branch *tree = NULL;

    (void)state;
    assert_int_equal(put(&wakeup, &tree, r, NULL), WAKEUP_PUT);
    assert_int_equal(put(&wakeup, &tree, r, w), WAKEUP_COVERED); /* r leaves open what follows */
    assert_int_equal(put(&wakeup, &tree, s, r), WAKEUP_COVERED); /* as r then s */
    assert_int_equal(put(&wakeup, &tree, s, NULL), WAKEUP_COVERED); /* r may come after it */
    assert_int_equal(put(&wakeup, &tree, s, w), WAKEUP_PUT);     /* r comes after w, if at all */
    assert_ptr_equal(tree->deed, r);
    assert_ptr_equal(tree->next->deed, s);
    assert_ptr_equal(tree->next->children->deed, w);
    assert_null(tree->next->children->next);
    assert_int_equal(put(&wakeup, &tree, s, w), WAKEUP_COVERED);
    while (tree) {
        struct branch *first = tree;

        tree = first->next;
        branch_free(&wakeup, first);
    }
    assert_int_equal(w->users, 1); /* ours: no branch is left */
    wakeup_release(&wakeup);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_deeds_are_shared),
        cmocka_unit_test(test_unused_deeds_go),
        cmocka_unit_test(test_what_is_covered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
