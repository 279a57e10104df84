/* threads.c -- threads.h of C11: the same threads and locks as pthread.h's, other words. */
#include "c/posix.h"
#include "rt/basic.h"
#include "sync/clock.h"

#include <errno.h>
#include <pthread.h>
#include <threads.h>

#define ENTER() c_enter(__builtin_return_address(0))

static int word(int error)
{
    switch (error) {
    case 0: return thrd_success;
    case EBUSY: return thrd_busy;
    case ENOMEM: return thrd_nomem;
    case ETIMEDOUT: return thrd_timedout;
    default: return thrd_error;
    }
}

/* --- threads ------------------------------------------------------------- */

C_WRAP(int, thrd_create, thrd_t *to, thrd_start_t function, void *arg)
{
    return word(posix_create(ENTER(), to, &(struct posix_thread){.c11 = function, .arg = arg}));
}

C_WRAP(int, thrd_join, thrd_t thread, int *result)
{
    struct run *run = ENTER();
    void *value;
    int error;

    error = posix_join(run, thread, &value);
    if (!error && result) {
        c_access(run, result, sizeof *result, true, false);
        *result = (int)(intptr_t)value;
    }
    return word(error);
}

C_WRAP(int, thrd_detach, thrd_t thread)
{
    return word(posix_detach(ENTER(), thread));
}

C_WRAP(_Noreturn void, thrd_exit, int result)
{
    posix_exit(ENTER(), (void *)(intptr_t)result);
}

C_WRAP(thrd_t, thrd_current, void)
{
    return ENTER()->self->id;
}

C_WRAP(int, thrd_equal, thrd_t a, thrd_t b)
{
    return a == b;
}

C_WRAP(void, thrd_yield, void)
{
    basic_yield(ENTER());
}

C_WRAP(int, thrd_sleep, const struct timespec *duration, struct timespec *rest)
{
    struct run *run = ENTER();
    int64_t ns;

    (void)rest; /* nothing interrupts */
    if (!posix_deadline(run, duration, CLOCK_MONOTONIC, &ns))
        return -2;
    clock_sleep(run, ns);
    return 0;
}

/* --- mutexes and condition variables ------------------------------------- */

C_WRAP(int, mtx_init, mtx_t *m, int kind)
{
    return word(posix_mutex_init(ENTER(), m, kind & mtx_recursive ? PTHREAD_MUTEX_RECURSIVE
                                                                  : PTHREAD_MUTEX_NORMAL));
}

C_WRAP(int, mtx_lock, mtx_t *m)
{
    return word(posix_mutex_lock(ENTER(), m));
}

C_WRAP(int, mtx_trylock, mtx_t *m)
{
    return word(posix_mutex_trylock(ENTER(), m));
}

C_WRAP(int, mtx_timedlock, mtx_t *m, const struct timespec *until)
{
    struct run *run = ENTER();
    int64_t when;

    if (!posix_deadline(run, until, CLOCK_REALTIME, &when))
        return thrd_error;
    return word(posix_mutex_until(run, m, when));
}

C_WRAP(int, mtx_unlock, mtx_t *m)
{
    return word(posix_mutex_unlock(ENTER(), m));
}

C_WRAP(void, mtx_destroy, mtx_t *m)
{
    posix_mutex_destroy(ENTER(), m);
}

C_WRAP(int, cnd_init, cnd_t *cond)
{
    return word(posix_cond_init(ENTER(), cond, CLOCK_REALTIME));
}

C_WRAP(int, cnd_wait, cnd_t *cond, mtx_t *m)
{
    return word(posix_cond_wait(ENTER(), cond, m));
}

C_WRAP(int, cnd_timedwait, cnd_t *cond, mtx_t *m, const struct timespec *until)
{
    return word(posix_cond_until(ENTER(), cond, m, until, -1));
}

C_WRAP(int, cnd_signal, cnd_t *cond)
{
    return word(posix_cond_signal(ENTER(), cond));
}

C_WRAP(int, cnd_broadcast, cnd_t *cond)
{
    return word(posix_cond_broadcast(ENTER(), cond));
}

C_WRAP(void, cnd_destroy, cnd_t *cond)
{
    posix_cond_destroy(ENTER(), cond);
}

/* --- once and keys ------------------------------------------------------- */

C_WRAP(void, call_once, once_flag *once, void (*function)(void))
{
    posix_once(ENTER(), once, function);
}

C_WRAP(int, tss_create, tss_t *key, tss_dtor_t destructor)
{
    return word(posix_key_create(ENTER(), key, destructor));
}

C_WRAP(void *, tss_get, tss_t key)
{
    return posix_get(ENTER(), key);
}

C_WRAP(int, tss_set, tss_t key, void *value)
{
    return word(posix_set(ENTER(), key, value));
}

C_WRAP(void, tss_delete, tss_t key)
{
    posix_key_delete(ENTER(), key);
}
