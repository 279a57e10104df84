/* test_rwmutex.c -- readers together, writers alone, and who claims first. */
#include "unit/sync/bench.h"

#include "sync/cell.h"
#include "sync/rwmutex.h"

static struct outcomes found;
static struct rwmutex *rw;
static struct atomic *together;
static int inside, value;

static void begin(void)
{
    rw = rwmutex_make(run_current, "rw");
    together = atomic_make(run_current, 0, NULL);
    inside = value = 0;
}

static void reader(void *arg)
{
    (void)arg;
    rwmutex_rlock(run_current, rw);
    see((int)atomic_add(run_current, together, 1));
    atomic_add(run_current, together, -1);
    must(rwmutex_runlock(run_current, rw));
}

/* One after the other: both see one inside; together: who counts itself first sees one, the
 * other two. */
static void two_readers(void *arg)
{
    (void)arg;
    begin();
    start(reader, NULL);
    start(reader, NULL);
}

static void readers_share(void **state)
{
    (void)state;
    explores(two_readers, 3, &found);
}

static void get_in(void *arg)
{
    (void)arg;
    rwmutex_rlock(run_current, rw);
    must(rwmutex_runlock(run_current, rw));
}

/* Three that only read, and main asleep meanwhile. */
static void three_get_in(void *arg)
{
    (void)arg;
    begin();
    for (int i = 0; i < 3; i++)
        start(get_in, NULL);
    clock_sleep(run_current, 1);
}

static void reader_locks_commute(void **state)
{
    (void)state;
    explores(three_get_in, 1, &found);
    /* neither who gets in nor who leaves is seen by those who only read */
    assert_int_equal(found.ends[RUN_DONE], 1);
}

static void writer(void *arg)
{
    (void)arg;
    rwmutex_lock(run_current, rw);
    see(value);
    value += 10;
    see(inside);
    step();
    value++;
    must(rwmutex_unlock(run_current, rw));
}

/* Writers exclude each other and the reader: who is second sees 11; nobody is inside. */
static void writers_and_reader(void *arg)
{
    (void)arg;
    begin();
    start(writer, NULL);
    start(writer, NULL);
    rwmutex_rlock(run_current, rw);
    inside++;
    see(value);
    step();
    inside--;
    must(rwmutex_runlock(run_current, rw));
}

static void writers_are_alone(void **state)
{
    (void)state;
    /* main sees 0, 11 or 22, and either writer is the first of the two: 3 * 2 */
    explores(writers_and_reader, 6, &found);
    for (size_t i = 0; i < found.n; i++) {
        assert_null(strstr(found.at[i], ":1 "));
        assert_null(strstr(found.at[i], ":10"));
    }
}

static void lock_once(void *arg)
{
    (void)arg;
    rwmutex_lock(run_current, rw);
    must(rwmutex_unlock(run_current, rw));
}

/* A reader that locks again while a writer waits for it: deadlock. */
static void recursive(void *arg)
{
    (void)arg;
    begin();
    start(lock_once, NULL);
    rwmutex_rlock(run_current, rw);
    rwmutex_rlock(run_current, rw);
    must(rwmutex_runlock(run_current, rw));
    must(rwmutex_runlock(run_current, rw));
}

static void a_claim_blocks_new_readers(void **state)
{
    (void)state;
    explores(recursive, 2, &found);
    assert_true(found.ends[RUN_DEADLOCK] > 0);
    assert_true(found.ends[RUN_DONE] > 0);
}

static void trying(void *arg)
{
    (void)arg;
    begin();
    see(rwmutex_try_rlock(run_current, rw));
    see(rwmutex_try_rlock(run_current, rw));
    see(rwmutex_try_lock(run_current, rw));
    must(rwmutex_runlock(run_current, rw));
    must(rwmutex_runlock(run_current, rw));
    see(rwmutex_try_lock(run_current, rw));
    see(rwmutex_try_lock(run_current, rw));
    see(rwmutex_try_rlock(run_current, rw));
    must(rwmutex_unlock(run_current, rw));
    see((int)rwmutex_unlock(run_current, rw));
    see((int)rwmutex_runlock(run_current, rw));
}

static void trying_never_waits(void **state)
{
    char expected[100];

    (void)state;
    snprintf(expected, sizeof expected, "%d/0 1:1 1:1 1:0 1:1 1:0 1:0 1:%d 1:%d", RUN_DONE,
             FAULT_RW_UNLOCK, FAULT_RW_RUNLOCK);
    runs(trying, expected);
    assert_string_equal(fault_text(FAULT_RW_UNLOCK), "sync: Unlock of unlocked RWMutex");
    assert_string_equal(fault_text(FAULT_RW_RUNLOCK), "sync: RUnlock of unlocked RWMutex");
    assert_true(fault_is_fatal(FAULT_RW_UNLOCK) && fault_is_fatal(FAULT_RW_RUNLOCK));
}

static void late_reader(void *arg)
{
    (void)arg;
    clock_sleep(run_current, 20);
    rwmutex_rlock(run_current, rw);
    see((int)run_current->now);
    must(rwmutex_runlock(run_current, rw));
}

static void late_writer(void *arg)
{
    clock_sleep(run_current, (int64_t)(intptr_t)arg);
    rwmutex_lock(run_current, rw);
    see((int)run_current->now);
    clock_sleep(run_current, 100);
    must(rwmutex_unlock(run_current, rw));
}

/* Main reads till 50; 3 wants to write from 10 on, 4 from 15, 2 to read from 20: 3 gets it
 * at 50, then (free mode) the reader at 150, then 4. */
static void queued(void *arg)
{
    (void)arg;
    begin();
    rwmutex_rlock(run_current, rw);
    start(late_reader, NULL);
    start(late_writer, (void *)10);
    start(late_writer, (void *)15);
    clock_sleep(run_current, 50);
    must(rwmutex_runlock(run_current, rw));
    clock_sleep(run_current, 1000);
}

static void free_mode_serves_readers_first(void **state)
{
    char text[200];
    struct run run;

    (void)state;
    assert_true(bench_init(&run, false));
    unsee();
    bench_run(&run, NULL, queued);
    outcome_of(&run, text, sizeof text);
    assert_string_equal(text, "1/0 2:150 3:50 4:150");
    bench_release(&run);
    explores(queued, 2, &found); /* who is let in at 150: 2 and then 4, or 4 until 250 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(readers_share), T(reader_locks_commute), T(writers_are_alone),
        T(a_claim_blocks_new_readers), T(trying_never_waits), T(free_mode_serves_readers_first),
    };
    return cmocka_run_group_tests_name("rwmutex", tests, NULL, NULL);
}
