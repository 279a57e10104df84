/* test_scene.c -- the state of a program after the first n events of its trace. */
#include "unit/view/tale.h"

#include "view/scene.h"

static void test_pool(void **state)
{
    struct trace *trace = pool_tale();
    struct scene *scene = scene_new(trace);
    uint32_t who[4];

    (void)state;
    assert_non_null(scene);
    assert_int_equal(scene_goroutines(scene), 3);
    assert_int_equal(scene_objects(scene), 3);
    assert_int_equal(scene_state(scene, 1), SCENE_READY);
    assert_int_equal(scene_state(scene, 2), SCENE_UNBORN);
    assert_int_equal(scene_object(scene, POOL_JOBS)->kind, OBJECT_NONE);

    scene_go(scene, 9); /* both workers wait for a job */
    assert_int_equal(scene_state(scene, 1), SCENE_RUNNING);
    assert_int_equal(scene_state(scene, 2), SCENE_BLOCKED);
    assert_int_equal(scene_goroutine(scene, 2)->line, 5);
    assert_int_equal(scene_waiters(scene, POOL_JOBS, WAIT_RECV, who, 4), 2);
    assert_int_equal(who[0], 2);
    assert_int_equal(who[1], 3);
    assert_int_equal(scene_waiters(scene, POOL_JOBS, WAIT_SEND, who, 4), 0);
    assert_int_equal(scene_object(scene, POOL_WG)->counter, 2);

    scene_go(scene, 10); /* main handed 1 to worker 1 */
    assert_int_equal(scene_state(scene, 2), SCENE_READY);
    assert_int_equal(scene_goroutine(scene, 2)->got, 9);
    assert_int_equal(scene_len(scene, POOL_JOBS), 0);

    scene_go(scene, 14); /* 1 and 4 lie in results, 1 is the oldest */
    assert_int_equal(scene_cap(scene, POOL_RESULTS), 2);
    assert_int_equal(scene_len(scene, POOL_RESULTS), 2);
    assert_int_equal(scene_slot(scene, POOL_RESULTS, 0), 10);
    assert_int_equal(scene_slot(scene, POOL_RESULTS, 1), 13);
    assert_int_equal(scene_slot(scene, POOL_RESULTS, 2), UINT32_MAX);

    scene_go(scene, UINT32_MAX);
    assert_int_equal(scene_at(scene), 20);
    for (uint32_t g = 1; g <= 3; g++)
        assert_int_equal(scene_state(scene, g), SCENE_BLOCKED);
    assert_int_equal(scene_waiters(scene, POOL_RESULTS, WAIT_SEND, who, 1), 2);
    assert_int_equal(who[0], 2); /* the first to come, although there is room for one id only */
    scene_free(scene);
    free(trace);
}

/* A limiter gives a token that is there in 10 ms: whoever waits for it is asleep until then. */
static void test_limiter(void **state)
{
    struct trace *trace = tale_new();
    struct scene *scene;

    (void)state;
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 1, .extra = OBJECT_LIMITER);
    TELL(trace, .kind = EVENT_SLEEP, .g = 1, .value = 5000000);
    TELL(trace, .kind = EVENT_TAKE, .g = 1, .obj = 1, .value = 1, .extra = 10000, .time = 5000000);
    TELL(trace, .kind = EVENT_BLOCK, .g = 1, .obj = 1, .extra = WAIT_SLEEP, .time = 5000000);
    scene = scene_new(trace);
    assert_non_null(scene);
    scene_go(scene, UINT32_MAX);
    assert_int_equal(scene_state(scene, 1), SCENE_BLOCKED);
    assert_int_equal(scene_goroutine(scene, 1)->until, 15000000);
    scene_free(scene);
    free(trace);
}

/* Contexts, timers, locks, select. */
static void test_others(void **state)
{
    struct trace *trace = tale_new();
    struct scene *scene;
    uint32_t who[2];

    (void)state;
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 1, .extra = OBJECT_CONTEXT, .value = -1);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 2, .extra = OBJECT_CONTEXT, .other = 1,
         .value = 50);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 3, .extra = OBJECT_CHAN, .other = 2);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 4, .extra = OBJECT_TIMER, .value = 20);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 5, .extra = OBJECT_CHAN, .other = 4, .value = 1);
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 6, .extra = OBJECT_MUTEX);
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2);
    TELL(trace, .kind = EVENT_LOCK, .g = 1, .obj = 6);
    TELL(trace, .kind = EVENT_BLOCK, .g = 2, .obj = 6, .extra = WAIT_LOCK);
    TELL(trace, .kind = EVENT_BLOCK, .g = 1, .extra = WAIT_SELECT); /* 9 */
    TELL(trace, .kind = EVENT_BLOCK_CASE, .g = 1, .obj = 3, .extra = WAIT_RECV, .value = 0);
    TELL(trace, .kind = EVENT_BLOCK_CASE, .g = 1, .obj = 5, .extra = WAIT_RECV, .value = 1);
    TELL(trace, .kind = EVENT_TIME, .time = 20);                    /* 12 */
    TELL(trace, .kind = EVENT_FIRE, .obj = 4, .time = 20);
    TELL(trace, .kind = EVENT_RECV, .g = 1, .obj = 5, .time = 20, .flags = EVENT_IN_SELECT);
    TELL(trace, .kind = EVENT_UNLOCK, .g = 1, .obj = 6, .time = 20);
    TELL(trace, .kind = EVENT_CANCEL, .obj = 2, .time = 50);        /* 16 */
    TELL(trace, .kind = EVENT_END, .g = 1, .time = 50);

    scene = scene_new(trace);
    scene_go(scene, 12);
    assert_int_equal(scene_channel_of(scene, 2), 3);
    assert_int_equal(scene_owner_of(scene, 5), 4);
    assert_int_equal(scene_object(scene, 6)->owner, 1);
    assert_int_equal(scene_state(scene, 1), SCENE_BLOCKED);
    assert_int_equal(scene_waiters(scene, 3, WAIT_RECV, who, 2), 1); /* by its select */
    assert_int_equal(scene_waiters(scene, 5, WAIT_RECV, who, 2), 1);
    assert_int_equal(who[0], 1);
    scene_go(scene, 14); /* the timer put its tick into the channel: main could go on */
    assert_int_equal(scene_time(scene), 20);
    assert_int_equal(scene_len(scene, 5), 1);
    assert_int_equal(scene_slot(scene, 5, 0), 13);
    assert_int_equal(scene_state(scene, 1), SCENE_READY);
    assert_int_equal(scene_state(scene, 2), SCENE_BLOCKED);
    scene_go(scene, 16);
    assert_int_equal(scene_len(scene, 5), 0);
    assert_int_equal(scene_state(scene, 2), SCENE_READY); /* the mutex is free */
    assert_false(scene_object(scene, 3)->closed);
    scene_go(scene, 18);
    assert_true(scene_object(scene, 3)->closed);          /* cancelling closes the done channel */
    assert_true(scene_main_done(scene));
    assert_int_equal(scene_state(scene, 1), SCENE_ENDED);
    scene_free(scene);
    free(trace);
}

static void assert_same(const struct scene *a, const struct scene *b)
{
    assert_int_equal(scene_at(a), scene_at(b));
    assert_int_equal(scene_time(a), scene_time(b));
    assert_int_equal(scene_current(a), scene_current(b));
    assert_int_equal(scene_main_done(a), scene_main_done(b));
    for (uint32_t g = 1; g <= scene_goroutines(a); g++)
        assert_memory_equal(scene_goroutine(a, g), scene_goroutine(b, g),
                            sizeof(struct scene_goroutine));
    for (uint32_t obj = 1; obj <= scene_objects(a); obj++)
        assert_memory_equal(scene_object(a, obj), scene_object(b, obj),
                            sizeof(struct scene_object));
}

/* The state at n is the same by whatever way one came there. */
static void test_any_path(void **state)
{
    uint64_t seed = 7;

    (void)state;
    for (int round = 0; round < 4; round++) {
        struct trace *trace = wild_tale((uint64_t)round, 5000);
        struct scene *walker = scene_new(trace);

        assert_true(scene_goroutines(walker) < 6000); /* ids without an event are not believed */
        for (int jump = 0; jump < 40; jump++) {
            struct scene *fresh = scene_new(trace);
            uint32_t n = draw_number(&seed, 5001);

            scene_go(walker, n);
            scene_go(fresh, n);
            assert_same(walker, fresh);
            scene_free(fresh);
        }
        scene_free(walker);
        free(trace);
    }
}

static void test_empty(void **state)
{
    struct trace *trace = tale_new();
    struct scene *scene = scene_new(trace);

    (void)state;
    scene_go(scene, 5);
    assert_int_equal(scene_at(scene), 0);
    assert_int_equal(scene_state(scene, 1), SCENE_READY);
    assert_int_equal(scene_state(scene, 99), SCENE_UNBORN);
    assert_int_equal(scene_len(scene, 99), 0);
    scene_free(scene);
    free(trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pool),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_limiter),
        cmocka_unit_test(test_any_path),
        cmocka_unit_test(test_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
