/* test_cond.c -- signals that wake, signals that get lost. */
#include "unit/sync/bench.h"

#include "sync/cond.h"

static struct outcomes found;
static struct mutex *mutex;
static struct cond *cond;
static bool ready_now;
static int tokens;

static void begin(void)
{
    mutex = mutex_make(run_current, NULL);
    cond = cond_make(run_current, mutex, NULL);
    ready_now = false;
    tokens = 0;
}

static void waits_in_a_loop(void *arg)
{
    (void)arg;
    mutex_lock(run_current, mutex);
    while (!ready_now)
        must(cond_wait(run_current, cond));
    see(1);
    must(mutex_unlock(run_current, mutex));
}

static void right(void *arg)
{
    (void)arg;
    begin();
    start(waits_in_a_loop, NULL);
    mutex_lock(run_current, mutex);
    ready_now = true;
    cond_signal(run_current, cond);
    must(mutex_unlock(run_current, mutex));
}

static void a_loop_around_wait_is_right(void **state)
{
    (void)state;
    explores(right, 1, &found);
}

static void waits_without_looking(void *arg)
{
    (void)arg;
    mutex_lock(run_current, mutex);
    must(cond_wait(run_current, cond));
    see(1);
    must(mutex_unlock(run_current, mutex));
}

static void wrong(void *arg)
{
    (void)arg;
    begin();
    start(waits_without_looking, NULL);
    mutex_lock(run_current, mutex);
    cond_signal(run_current, cond);
    must(mutex_unlock(run_current, mutex));
}

/* 2 is woken, or the signal came first and 2 waits for ever. */
static void a_signal_without_waiter_is_lost(void **state)
{
    (void)state;
    explores(wrong, 2, &found);
    assert_true(has_outcome(&found, "1/0 2:1"));
    assert_true(has_outcome(&found, "1/1"));
}

static void takes_one(void *arg)
{
    (void)arg;
    mutex_lock(run_current, mutex);
    must(cond_wait(run_current, cond));
    see(++tokens);
    must(mutex_unlock(run_current, mutex));
}

static void one_signal_for_three(void *arg)
{
    (void)arg;
    begin();
    for (int i = 0; i < 3; i++)
        start(takes_one, NULL);
    clock_sleep(run_current, 1);
    cond_signal(run_current, cond);
    clock_sleep(run_current, 1);
}

/* All three wait when time goes on; any of them may be woken, two are left. */
static void a_signal_wakes_any_one(void **state)
{
    (void)state;
    explores(one_signal_for_three, 3, &found);
    assert_true(has_outcome(&found, "1/2 2:1"));
    assert_true(has_outcome(&found, "1/2 3:1"));
    assert_true(has_outcome(&found, "1/2 4:1"));
}

static void broadcast_to_three(void *arg)
{
    (void)arg;
    begin();
    for (int i = 0; i < 3; i++)
        start(takes_one, NULL);
    clock_sleep(run_current, 1);
    cond_broadcast(run_current, cond);
    clock_sleep(run_current, 1);
    see(tokens);
}

/* All are woken, in any order they get the lock: 3! */
static void a_broadcast_wakes_all(void **state)
{
    (void)state;
    explores(broadcast_to_three, 6, &found);
    for (size_t i = 0; i < found.n; i++)
        assert_non_null(strstr(found.at[i], "1/0 1:3"));
}

static void without_lock(void *arg)
{
    (void)arg;
    begin();
    see((int)cond_wait(run_current, cond));
}

static void wait_needs_the_lock(void **state)
{
    char expected[40];

    (void)state;
    snprintf(expected, sizeof expected, "%d/0 1:%d", RUN_DONE, FAULT_UNLOCK_UNLOCKED);
    runs(without_lock, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_loop_around_wait_is_right), T(a_signal_without_waiter_is_lost),
        T(a_signal_wakes_any_one), T(a_broadcast_wakes_all), T(wait_needs_the_lock),
    };
    return cmocka_run_group_tests_name("cond", tests, NULL, NULL);
}
