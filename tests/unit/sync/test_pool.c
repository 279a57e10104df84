/* test_pool.c -- what was put may come back, or not. */
#include "unit/sync/bench.h"

#include "sync/pool.h"

static struct outcomes found;

static void one_goroutine(void *arg)
{
    struct sync_pool *pool = sync_pool_make(run_current, NULL);

    (void)arg;
    see((int)sync_pool_get(run_current, pool));
    assert_int_equal(sync_pool_put(run_current, pool), 1);
    assert_int_equal(sync_pool_put(run_current, pool), 2);
    see((int)sync_pool_get(run_current, pool));
    see((int)sync_pool_get(run_current, pool));
}

/* Nothing at first.  Then 0, 1 or 2, and what is left of them: (0: 0 1 2) (1: 0 2) (2: 0 1). */
static void any_item_or_none(void **state)
{
    (void)state;
    explores(one_goroutine, 7, &found);
    assert_false(has_outcome(&found, "1/0 1:0 1:2 1:2"));
    /* who does not ask gets what was put last */
    runs(one_goroutine, "1/0 1:0 1:2 1:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {T(any_item_or_none)};
    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
