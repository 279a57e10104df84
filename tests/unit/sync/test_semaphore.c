/* test_semaphore.c -- units taken in order of arrival, given back, waited for in vain. */
#include "unit/sync/bench.h"

#include "sync/semaphore.h"

static struct outcomes found;
static struct semaphore *sem;
static struct context *ctx;
static int inside;

static void acquire(int64_t n)
{
    assert_int_equal(semaphore_acquire(run_current, sem, n, NULL), CONTEXT_LIVE);
}

static void release(int64_t n)
{
    must(semaphore_release(run_current, sem, n));
}

static void worker(void *arg)
{
    (void)arg;
    acquire(1);
    see(++inside);
    release(1);
    inside--; /* before anybody else makes a step */
}

static void three_workers(void *arg)
{
    (void)arg;
    sem = semaphore_make(run_current, 2, NULL);
    inside = 0;
    for (int i = 0; i < 3; i++)
        start(worker, NULL);
    clock_sleep(run_current, 1);
}

/* Each sees itself, or itself and another, but not all see two: the first is alone.
 * 2^3 - 1 = 7. */
static void never_more_than_its_size(void **state)
{
    (void)state;
    explores(three_workers, 7, &found);
    for (size_t i = 0; i < found.n; i++)
        assert_null(strstr(found.at[i], ":3"));
}

static void big(void *arg)
{
    (void)arg;
    acquire(2);
    see(2);
    release(2);
}

static void small(void *arg)
{
    acquire(1);
    release(1);
    must(chan_close(run_current, arg));
}

/* Main holds one of two and waits for the small one.  When the big one came first, the
 * small one stands behind it: deadlock. */
static void big_before_small(void *arg)
{
    struct chan *done = ints(0);

    (void)arg;
    sem = semaphore_make(run_current, 2, NULL);
    acquire(1);
    start(big, NULL);
    start(small, done);
    receive(done, NULL);
    release(1);
}

static void first_come_first_served(void **state)
{
    (void)state;
    explores(big_before_small, 2, &found);
    assert_true(has_outcome(&found, "1/0 2:2"));
    assert_true(found.ends[RUN_DEADLOCK] > 0);
}

static void impatient(void *arg)
{
    enum context_error error = semaphore_acquire(run_current, sem, (int64_t)(intptr_t)arg, ctx);

    see((int)error);
    see((int)run_current->now);
    if (error == CONTEXT_LIVE)
        release((int64_t)(intptr_t)arg);
}

/* 2 wants both until 100, 3 one and 4 (more than there are) five; main holds one. */
static void with_deadline(void *arg)
{
    (void)arg;
    sem = semaphore_make(run_current, 2, NULL);
    ctx = context_with_timeout(run_current, context_background(run_current), 100);
    acquire(1);
    start(impatient, (void *)2);
    clock_sleep(run_current, 1);
    start(impatient, (void *)1);
    start(impatient, (void *)5);
    clock_sleep(run_current, 499);
    see((int)sem->used);
    release(1);
    impatient((void *)1);
}

static void a_context_ends_the_wait(void **state)
{
    char expected[100];

    (void)state;
    /* all give up at 100; main, later, does not even try */
    snprintf(expected, sizeof expected, "%d/0 1:1 1:%d 1:500 2:%d 2:100 3:%d 3:100 4:%d 4:100",
             RUN_DONE, CONTEXT_DEADLINE, CONTEXT_DEADLINE, CONTEXT_DEADLINE, CONTEXT_DEADLINE);
    runs(with_deadline, expected);
    explores(with_deadline, 1, &found);
}

static void canceller(void *arg)
{
    (void)arg;
    context_cancel(run_current, ctx);
}

/* 2 may have both units before it is cancelled, or leave; 3 gets its one in any case. */
static void head_leaves(void *arg)
{
    (void)arg;
    sem = semaphore_make(run_current, 2, NULL);
    ctx = context_with_cancel(run_current, context_background(run_current));
    acquire(1);
    start(impatient, (void *)2);
    clock_sleep(run_current, 1);
    start(worker, NULL);
    inside = 0;
    clock_sleep(run_current, 1);
    start(canceller, NULL);
    release(1);
    clock_sleep(run_current, 1);
}

static void who_leaves_the_head_lets_others_in(void **state)
{
    char got[100], left[100];

    (void)state;
    snprintf(got, sizeof got, "1/0 2:%d 2:2 3:1", CONTEXT_LIVE);
    snprintf(left, sizeof left, "1/0 2:%d 2:2 3:1", CONTEXT_CANCELED);
    explores(head_leaves, 2, &found);
    assert_true(has_outcome(&found, got));
    assert_true(has_outcome(&found, left));
}

static void trying(void *arg)
{
    (void)arg;
    sem = semaphore_make(run_current, 3, NULL);
    see(semaphore_try_acquire(run_current, sem, 2));
    see(semaphore_try_acquire(run_current, sem, 2));
    see(semaphore_try_acquire(run_current, sem, 1));
    see((int)semaphore_release(run_current, sem, 4));
    see((int)semaphore_release(run_current, sem, 3));
}

static void trying_and_misuse(void **state)
{
    char expected[100];

    (void)state;
    snprintf(expected, sizeof expected, "%d/0 1:1 1:0 1:1 1:%d 1:0", RUN_DONE,
             FAULT_SEMAPHORE_RELEASE);
    runs(trying, expected);
    assert_string_equal(fault_text(FAULT_SEMAPHORE_RELEASE), "semaphore: released more than held");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(never_more_than_its_size), T(first_come_first_served), T(a_context_ends_the_wait),
        T(who_leaves_the_head_lets_others_in), T(trying_and_misuse),
    };
    return cmocka_run_group_tests_name("semaphore", tests, NULL, NULL);
}
