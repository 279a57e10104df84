/* test_pthread.c -- programs of pthread.h, semaphore.h and threads.h, unchanged. */
#include "unit/c/program.h"

#define PTHREAD "#include <pthread.h>\n#include <errno.h>\n"

/* --- threads ------------------------------------------------------------- */

static void create_and_join(void **state)
{
    (void)state;
    program_prints(PTHREAD
                   "static void *twice(void *arg) { return (void *)(2 * (long)arg); }\n"
                   "static void *leaves(void *arg) { pthread_exit(arg); }\n"
                   "int main(void)\n"
                   "{\n"
                   "    pthread_t a, b;\n"
                   "    void *x, *y;\n"
                   "    pthread_create(&a, NULL, twice, (void *)21);\n"
                   "    pthread_create(&b, NULL, leaves, (void *)5);\n"
                   "    printf(\"%d\\n\", pthread_equal(a, b) || pthread_equal(a, pthread_self()));\n"
                   "    pthread_join(b, &y);\n"
                   "    pthread_join(a, &x);\n"
                   "    printf(\"%ld %ld\\n\", (long)x, (long)y);\n"
                   "}\n",
                   RUN_DONE, "0\n42 5\n");
}

static void joins_that_fail(void **state)
{
    (void)state;
    program_prints(PTHREAD
                   "static void *nothing(void *arg) { return arg; }\n"
                   "int main(void)\n"
                   "{\n"
                   "    pthread_t a, b;\n"
                   "    pthread_create(&a, NULL, nothing, NULL);\n"
                   "    pthread_create(&b, NULL, nothing, NULL);\n"
                   "    pthread_detach(b);\n"
                   "    printf(\"%d\\n\", pthread_join(pthread_self(), NULL) == EDEADLK);\n"
                   "    printf(\"%d\\n\", pthread_join(b, NULL) == EINVAL);\n"
                   "    printf(\"%d\\n\", pthread_join(99, NULL) == ESRCH);\n"
                   "    printf(\"%d\\n\", pthread_join(a, NULL));\n"
                   "    printf(\"%d\\n\", pthread_join(a, NULL) == EINVAL);\n"
                   "}\n",
                   RUN_DONE, "1\n1\n1\n0\n1\n");
}

static void the_others_run_on_after_mains_pthread_exit(void **state)
{
    (void)state;
    program_prints(PTHREAD
                   "static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;\n"
                   "static void *worker(void *arg)\n"
                   "{\n"
                   "    pthread_mutex_lock(&m);\n"
                   "    printf(\"%s\\n\", (char *)arg);\n"
                   "    pthread_mutex_unlock(&m);\n"
                   "    return NULL;\n"
                   "}\n"
                   "static void last(void) { printf(\"last\\n\"); }\n"
                   "int main(void)\n"
                   "{\n"
                   "    pthread_t t;\n"
                   "    atexit(last);\n"
                   "    pthread_create(&t, NULL, worker, \"one\");\n"
                   "    pthread_create(&t, NULL, worker, \"two\");\n"
                   "    pthread_exit(NULL);\n"
                   "}\n",
                   RUN_DONE, "one\ntwo\nlast\n");
}

static void main_waits_for_a_thread_that_waits_for_ever(void **state)
{
    (void)state;
    program_prints(PTHREAD
                   "static pthread_mutex_t m;\n"
                   "static void *worker(void *arg) { pthread_mutex_lock(&m); return arg; }\n"
                   "int main(void)\n"
                   "{\n"
                   "    pthread_t t;\n"
                   "    pthread_mutex_lock(&m);\n"
                   "    pthread_create(&t, NULL, worker, NULL);\n"
                   "    pthread_join(t, NULL);\n"
                   "}\n",
                   RUN_DEADLOCK, "");
}

static void keys_and_once(void **state)
{
    (void)state;
    program_prints(PTHREAD
                   "static pthread_key_t key;\n"
                   "static pthread_once_t once = PTHREAD_ONCE_INIT;\n"
                   "static void end(void *value) { printf(\"end %s\\n\", (char *)value); }\n"
                   "static void begin(void) { pthread_key_create(&key, end); }\n"
                   "static void *worker(void *arg)\n"
                   "{\n"
                   "    pthread_once(&once, begin);\n"
                   "    printf(\"%d\\n\", pthread_getspecific(key) == NULL);\n"
                   "    pthread_setspecific(key, arg);\n"
                   "    return pthread_getspecific(key);\n"
                   "}\n"
                   "int main(void)\n"
                   "{\n"
                   "    pthread_t t;\n"
                   "    void *result;\n"
                   "    for (int i = 0; i < 2; i++) {\n"
                   "        pthread_create(&t, NULL, worker, i ? \"b\" : \"a\");\n"
                   "        pthread_join(t, &result);\n"
                   "        printf(\"%s\\n\", (char *)result);\n"
                   "    }\n"
                   "    pthread_key_delete(key);\n"
                   "    printf(\"%d\\n\", pthread_setspecific(key, &t) == EINVAL);\n"
                   "}\n",
                   RUN_DONE, "1\nend a\na\n1\nend b\nb\n1\n");
}

/* --- locks --------------------------------------------------------------- */

static void kinds_of_mutexes(void **state)
{
    (void)state;
    program_prints(PTHREAD
                   "static pthread_mutex_t r = {.__data.__kind = PTHREAD_MUTEX_RECURSIVE}, e, n;\n"
                   "static void *other(void *arg)\n"
                   "{\n"
                   "    printf(\"%d %d\\n\", pthread_mutex_trylock(&r) == EBUSY,\n"
                   "           pthread_mutex_unlock(&e) == EPERM);\n"
                   "    return arg;\n"
                   "}\n"
                   "int main(void)\n"
                   "{\n"
                   "    pthread_mutexattr_t a;\n"
                   "    pthread_t t;\n"
                   "    pthread_mutexattr_init(&a);\n"
                   "    pthread_mutexattr_settype(&a, PTHREAD_MUTEX_ERRORCHECK);\n"
                   "    pthread_mutex_init(&e, &a);\n"
                   "    pthread_mutex_lock(&r);\n"
                   "    pthread_mutex_lock(&r);\n"
                   "    pthread_mutex_unlock(&r);\n"
                   "    pthread_mutex_lock(&e);\n"
                   "    printf(\"%d %d\\n\", pthread_mutex_lock(&e) == EDEADLK,\n"
                   "           pthread_mutex_destroy(&e) == EBUSY);\n"
                   "    pthread_create(&t, NULL, other, NULL);\n"
                   "    pthread_join(t, NULL);\n"
                   "    printf(\"%d \", pthread_mutex_unlock(&r));\n"
                   "    printf(\"%d\\n\", pthread_mutex_unlock(&r) == EPERM);\n"
                   "    printf(\"%d \", pthread_mutex_trylock(&n));\n"
                   "    printf(\"%d\\n\", pthread_mutex_trylock(&n) == EBUSY);\n"
                   "}\n",
                   RUN_DONE, "1 1\n1 1\n0 1\n0 1\n");
}

static void misuse_of_mutexes(void **state)
{
    (void)state;
    program_panics(PTHREAD "static pthread_mutex_t m;\n"
                   "int main(void)\n{\n    pthread_mutex_unlock(&m);\n}\n",
                   "unlock of a mutex that is not locked", 7);
    program_panics(PTHREAD "static pthread_mutex_t m, copy;\n"
                   "int main(void)\n{\n    pthread_mutex_lock(&m);\n    copy = m;\n"
                   "    pthread_mutex_unlock(&copy);\n}\n",
                   "a copy of a pthread_mutex_t is used: only the original may be", 9);
    program_panics(PTHREAD "static pthread_mutex_t m;\n"
                   "int main(void)\n{\n    pthread_mutex_destroy(&m);\n    pthread_mutex_lock(&m);\n}\n",
                   "a pthread_mutex_t is used after it was destroyed", 8);
    program_panics(PTHREAD "int main(void)\n{\n    pthread_mutex_t m;\n"
                   "    pthread_mutex_lock(&m);\n}\n",
                   "a pthread_mutex_t is used before it was initialized", 7);
    program_panics(PTHREAD "static pthread_barrier_t b;\n"
                   "int main(void)\n{\n    pthread_barrier_wait(&b);\n}\n",
                   "a pthread_barrier_t is used before it was initialized", 7);
    program_panics(PTHREAD "static pthread_mutex_t m;\nstatic pthread_cond_t c;\n"
                   "int main(void)\n{\n    pthread_cond_wait(&c, &m);\n}\n",
                   "wait of a mutex that is not locked", 8);
}

static void conditions_and_time(void **state)
{
    (void)state;
    program_prints(PTHREAD "#include <time.h>\n"
                   "static pthread_mutex_t m;\n"
                   "static pthread_cond_t c = PTHREAD_COND_INITIALIZER;\n"
                   "static int ready;\n"
                   "static void *worker(void *arg)\n"
                   "{\n"
                   "    struct timespec second = {1, 0};\n"
                   "    nanosleep(&second, NULL);\n"
                   "    pthread_mutex_lock(&m);\n"
                   "    ready = 1;\n"
                   "    pthread_cond_broadcast(&c);\n"
                   "    pthread_mutex_unlock(&m);\n"
                   "    return arg;\n"
                   "}\n"
                   "int main(void)\n"
                   "{\n"
                   "    struct timespec until;\n"
                   "    pthread_t t;\n"
                   "    int n = 0;\n"
                   "    clock_gettime(CLOCK_REALTIME, &until);\n"
                   "    pthread_create(&t, NULL, worker, NULL);\n"
                   "    pthread_mutex_lock(&m);\n"
                   "    while (!ready) {\n"
                   "        until.tv_nsec = (n * 400 % 1000) * 1000000;\n"
                   "        if (pthread_cond_timedwait(&c, &m, &until) == ETIMEDOUT)\n"
                   "            printf(\"%ld ms\\n\", (long)(go_now() / 1000000));\n"
                   "        if (++n == 3)\n"
                   "            until.tv_sec++;\n"
                   "    }\n"
                   "    printf(\"%ld ms\\n\", (long)(go_now() / 1000000));\n"
                   "    until.tv_nsec = -1;\n"
                   "    printf(\"%d\\n\", pthread_cond_timedwait(&c, &m, &until) == EINVAL);\n"
                   "    pthread_mutex_unlock(&m);\n"
                   "    pthread_join(t, NULL);\n"
                   "}\n",
                   /* deadlines 0, 400, 800 and 1200 ms: the last is met by the broadcast */
                   RUN_DONE, "0 ms\n400 ms\n800 ms\n1000 ms\n1\n");
}

static void timed_locks(void **state)
{
    (void)state;
    program_prints(PTHREAD "#include <semaphore.h>\n#include <time.h>\n"
                   "static pthread_mutex_t m;\n"
                   "static pthread_rwlock_t l;\n"
                   "static sem_t s;\n"
                   "static void *worker(void *arg)\n"
                   "{\n"
                   "    struct timespec until;\n"
                   "    clock_gettime(CLOCK_REALTIME, &until);\n"
                   "    until.tv_sec++;\n"
                   "    printf(\"%d\\n\", pthread_mutex_timedlock(&m, &until) == ETIMEDOUT);\n"
                   "    until.tv_sec++;\n"
                   "    printf(\"%d\\n\", pthread_rwlock_timedrdlock(&l, &until) == ETIMEDOUT);\n"
                   "    until.tv_sec++;\n"
                   "    printf(\"%d\\n\", sem_timedwait(&s, &until) == -1 && errno == ETIMEDOUT);\n"
                   "    printf(\"%ld\\n\", (long)(go_now() / 1000000000));\n"
                   "    until.tv_sec++;\n"
                   "    printf(\"%d\\n\", pthread_mutex_timedlock(&m, &until));\n"
                   "    pthread_mutex_unlock(&m);\n"
                   "    return arg;\n"
                   "}\n"
                   "int main(void)\n"
                   "{\n"
                   "    struct timespec wait = {3, 500000000};\n"
                   "    pthread_t t;\n"
                   "    sem_init(&s, 0, 0);\n"
                   "    pthread_mutex_lock(&m);\n"
                   "    pthread_rwlock_wrlock(&l);\n"
                   "    pthread_create(&t, NULL, worker, NULL);\n"
                   "    nanosleep(&wait, NULL);\n"
                   "    pthread_mutex_unlock(&m);\n"
                   "    pthread_join(t, NULL);\n"
                   "    printf(\"%ld\\n\", (long)(go_now() / 100000000));\n"
                   "}\n",
                   RUN_DONE, "1\n1\n1\n3\n0\n35\n");
}

static void rwlocks_barriers_spins(void **state)
{
    (void)state;
    program_prints(PTHREAD
                   "static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;\n"
                   "static pthread_barrier_t b;\n"
                   "static pthread_spinlock_t s;\n"
                   "static int sum, seen[3];\n"
                   "static void *worker(void *arg)\n"
                   "{\n"
                   "    pthread_spin_lock(&s);\n"
                   "    sum += (int)(long)arg;\n"
                   "    pthread_spin_unlock(&s);\n"
                   "    int serial = pthread_barrier_wait(&b) == PTHREAD_BARRIER_SERIAL_THREAD;\n"
                   "    seen[(long)arg] = sum;\n"
                   "    return (void *)(long)serial;\n"
                   "}\n"
                   "int main(void)\n"
                   "{\n"
                   "    pthread_t t[3];\n"
                   "    void *serial;\n"
                   "    long serials = 0;\n"
                   "    printf(\"%d %d\\n\", pthread_rwlock_rdlock(&l), pthread_rwlock_tryrdlock(&l));\n"
                   "    printf(\"%d\\n\", pthread_rwlock_trywrlock(&l) == EBUSY);\n"
                   "    pthread_rwlock_unlock(&l);\n"
                   "    pthread_rwlock_unlock(&l);\n"
                   "    printf(\"%d \", pthread_rwlock_wrlock(&l));\n"
                   "    printf(\"%d\\n\", pthread_rwlock_rdlock(&l) == EDEADLK);\n"
                   "    pthread_rwlock_unlock(&l);\n"
                   "    pthread_spin_init(&s, 0);\n"
                   "    pthread_barrier_init(&b, NULL, 3);\n"
                   "    for (long i = 0; i < 3; i++)\n"
                   "        pthread_create(&t[i], NULL, worker, (void *)i);\n"
                   "    for (int i = 0; i < 3; i++) {\n"
                   "        pthread_join(t[i], &serial);\n"
                   "        serials += (long)serial;\n"
                   "    }\n"
                   "    printf(\"%d %d %d, %ld\\n\", seen[0], seen[1], seen[2], serials);\n"
                   "}\n",
                   RUN_DONE, "0 0\n1\n0 1\n3 3 3, 1\n");
}

/* --- others -------------------------------------------------------------- */

static void semaphores(void **state)
{
    (void)state;
    program_prints(PTHREAD "#include <semaphore.h>\n"
                   "static sem_t full, empty;\n"
                   "static int slot;\n"
                   "static void *producer(void *arg)\n"
                   "{\n"
                   "    for (int i = 1; i <= 3; i++) {\n"
                   "        sem_wait(&empty);\n"
                   "        slot = i;\n"
                   "        sem_post(&full);\n"
                   "    }\n"
                   "    return arg;\n"
                   "}\n"
                   "int main(void)\n"
                   "{\n"
                   "    pthread_t t;\n"
                   "    int n;\n"
                   "    sem_init(&full, 0, 0);\n"
                   "    sem_init(&empty, 0, 1);\n"
                   "    sem_getvalue(&empty, &n);\n"
                   "    printf(\"%d %d\\n\", n, sem_trywait(&full) == -1 && errno == EAGAIN);\n"
                   "    pthread_create(&t, NULL, producer, NULL);\n"
                   "    for (int i = 0; i < 3; i++) {\n"
                   "        sem_wait(&full);\n"
                   "        printf(\"%d\\n\", slot);\n"
                   "        sem_post(&empty);\n"
                   "    }\n"
                   "    pthread_join(t, NULL);\n"
                   "    sem_post(&empty);\n"
                   "    sem_getvalue(&empty, &n);\n"
                   "    printf(\"%d\\n\", n);\n"
                   "    sem_destroy(&full);\n"
                   "}\n",
                   RUN_DONE, "1 1\n1\n2\n3\n2\n");
}

static void threads_of_c11(void **state)
{
    (void)state;
    program_prints("#include <threads.h>\n"
                   "static mtx_t m;\n"
                   "static cnd_t c;\n"
                   "static once_flag once = ONCE_FLAG_INIT;\n"
                   "static tss_t key;\n"
                   "static int turns;\n"
                   "static void begin(void) { tss_create(&key, NULL); }\n"
                   "static int worker(void *arg)\n"
                   "{\n"
                   "    call_once(&once, begin);\n"
                   "    tss_set(key, arg);\n"
                   "    mtx_lock(&m);\n"
                   "    turns++;\n"
                   "    cnd_signal(&c);\n"
                   "    mtx_unlock(&m);\n"
                   "    thrd_exit(tss_get(key) == arg ? 7 : 8);\n"
                   "}\n"
                   "int main(void)\n"
                   "{\n"
                   "    struct timespec until = {0, 0}, tick = {0, 5000000};\n"
                   "    thrd_t t;\n"
                   "    int result;\n"
                   "    mtx_init(&m, mtx_plain);\n"
                   "    cnd_init(&c);\n"
                   "    thrd_create(&t, worker, &turns);\n"
                   "    mtx_lock(&m);\n"
                   "    printf(\"%d\\n\", mtx_trylock(&m) == thrd_busy);\n"
                   "    while (turns == 0)\n"
                   "        cnd_wait(&c, &m);\n"
                   "    printf(\"%d\\n\", cnd_timedwait(&c, &m, &until) == thrd_timedout);\n"
                   "    mtx_unlock(&m);\n"
                   "    printf(\"%d \", thrd_join(t, &result) == thrd_success);\n"
                   "    thrd_sleep(&tick, NULL);\n"
                   "    printf(\"%d %d\\n\", result, (int)(go_now() / 1000000));\n"
                   "}\n",
                   RUN_DONE, "1\n1\n1 7 5\n");
}

/* A run leaves nothing of its variables to the next, and threads are goroutines to go.h. */
static void runs_and_faces_mix(void **state)
{
    struct program program;

    (void)state;
    program_load(&program,
                 PTHREAD
                 "static pthread_mutex_t m;\n"
                 "static struct chan *c;\n"
                 "static void *worker(void *arg)\n"
                 "{\n"
                 "    pthread_mutex_lock(&m);\n"
                 "    go_send(c, &(int){(int)pthread_self()});\n"
                 "    return arg;\n"
                 "}\n"
                 "int main(void)\n"
                 "{\n"
                 "    pthread_t t;\n"
                 "    int x;\n"
                 "    c = go_chan(int, 0);\n"
                 "    pthread_create(&t, NULL, worker, NULL);\n"
                 "    go_recv(c, &x);\n"
                 "    printf(\"%d %lu\\n\", x, (unsigned long)t);\n"
                 "}\n");
    for (int round = 0; round < 2; round++) {
        char *printed;

        assert_int_equal(program_run(&program), RUN_DONE);
        printed = program_output(&program);
        assert_string_equal(printed, "2 2\n");
        free(printed);
    }
    program_free(&program);
}

/* --- atomics ------------------------------------------------------------- */

static void atomics_are_steps_on_their_objects(void **state)
{
    struct program program;
    const struct event *event;

    (void)state;
    program_load(&program,
                 "#include <stdatomic.h>\n"
                 "static atomic_int a[3];\n"
                 "int main(void)\n"
                 "{\n"
                 "    atomic_store(&a[1], -4);\n"
                 "    int seen = atomic_load(&a[1]);\n"
                 "    atomic_compare_exchange_strong(&a[1], &seen, 9);\n"
                 "    atomic_compare_exchange_strong(&a[1], &seen, 1);\n"
                 "}\n");
    assert_int_equal(program_run(&program), RUN_DONE);
    event = program_event(&program, EVENT_MAKE, 0);
    assert_int_equal(event->extra, OBJECT_ATOMIC);
    assert_string_equal(trace_text(program.trace, event->text), "a[1]");
    event = program_event(&program, EVENT_STORE, 0);
    assert_int_equal(event->value, -4);
    assert_int_equal(event->extra, CELL_STORE);
    event = program_event(&program, EVENT_LOAD, 0);
    assert_int_equal(event->value, -4);
    event = program_event(&program, EVENT_STORE, 1);
    assert_int_equal(event->extra, CELL_CAS);
    assert_int_equal(event->value, 9);
    event = program_event(&program, EVENT_LOAD, 1);
    assert_int_equal(event->extra, CELL_CAS);
    assert_int_equal(event->value, 9);
    assert_null(program_event(&program, EVENT_MAKE, 1));
    program_free(&program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(create_and_join),
        cmocka_unit_test(joins_that_fail),
        cmocka_unit_test(the_others_run_on_after_mains_pthread_exit),
        cmocka_unit_test(main_waits_for_a_thread_that_waits_for_ever),
        cmocka_unit_test(keys_and_once),
        cmocka_unit_test(kinds_of_mutexes),
        cmocka_unit_test(misuse_of_mutexes),
        cmocka_unit_test(conditions_and_time),
        cmocka_unit_test(timed_locks),
        cmocka_unit_test(rwlocks_barriers_spins),
        cmocka_unit_test(semaphores),
        cmocka_unit_test(threads_of_c11),
        cmocka_unit_test(runs_and_faces_mix),
        cmocka_unit_test(atomics_are_steps_on_their_objects),
    };

    return cmocka_run_group_tests(tests, program_use_gcc, NULL) +
           cmocka_run_group_tests(tests, program_use_clang, NULL);
}
