/* pthread_sync.c -- read-write locks and barriers of pthread.h.
 *
 * A writer that waits keeps new readers out, as in Go and as POSIX lets a system choose: a
 * program that relies on the contrary is wrong on some of them.
 */
#include "c/posix.h"
#include "sync/cell.h"
#include "sync/rwmutex.h"

#include <errno.h>
#include <pthread.h>

#define ENTER() c_enter(__builtin_return_address(0))

/* --- read-write locks ---------------------------------------------------- */

struct posix_rwlock {
    struct rwmutex *rw;
    uint32_t writer; /* goroutine's id; 0: none */
    struct waiters timed; /* who waits for it with a deadline */
};

static void *make_rwlock(struct run *run, const void *variable, const char *name)
{
    struct posix_rwlock *l = region_alloc(&run->objects, sizeof *l);

    (void)variable;
    if (!l)
        return NULL;
    *l = (struct posix_rwlock){.rw = rwmutex_make(run, name)};
    return l->rw ? l : NULL;
}

static const struct posix_type rwlock_type = {"pthread_rwlock_t", sizeof(pthread_rwlock_t), true,
                                              make_rwlock};

static bool try_read(struct run *run, void *object)
{
    const struct posix_rwlock *l = object;

    return rwmutex_try_rlock(run, l->rw);
}

static bool try_write(struct run *run, void *object)
{
    struct posix_rwlock *l = object;

    if (!rwmutex_try_lock(run, l->rw))
        return false;
    l->writer = run->self->id;
    return true;
}

static int until(struct run *run, struct posix_rwlock *l, const struct timespec *deadline,
                 clockid_t clock, bool write)
{
    int64_t when;

    if (l->writer == run->self->id)
        return EDEADLK;
    if (!posix_deadline(run, deadline, clock, &when))
        return EINVAL;
    return posix_until(run, &(struct posix_wait){write ? try_write : try_read, l, &l->timed,
                                                 l->rw->id, write ? WAIT_LOCK : WAIT_RLOCK}, when);
}

C_WRAP(int, pthread_rwlock_init, pthread_rwlock_t *lock, const pthread_rwlockattr_t *attributes)
{
    (void)attributes;
    posix_init(ENTER(), lock, &rwlock_type);
    return 0;
}

C_WRAP(int, pthread_rwlock_rdlock, pthread_rwlock_t *lock)
{
    struct run *run = ENTER();
    const struct posix_rwlock *l = posix_of(run, lock, &rwlock_type);

    if (l->writer == run->self->id)
        return EDEADLK;
    rwmutex_rlock(run, l->rw);
    return 0;
}

C_WRAP(int, pthread_rwlock_wrlock, pthread_rwlock_t *lock)
{
    struct run *run = ENTER();
    struct posix_rwlock *l = posix_of(run, lock, &rwlock_type);

    if (l->writer == run->self->id)
        return EDEADLK;
    rwmutex_lock(run, l->rw);
    l->writer = run->self->id;
    return 0;
}

C_WRAP(int, pthread_rwlock_tryrdlock, pthread_rwlock_t *lock)
{
    struct run *run = ENTER();

    return try_read(run, posix_of(run, lock, &rwlock_type)) ? 0 : EBUSY;
}

C_WRAP(int, pthread_rwlock_trywrlock, pthread_rwlock_t *lock)
{
    struct run *run = ENTER();

    return try_write(run, posix_of(run, lock, &rwlock_type)) ? 0 : EBUSY;
}

C_WRAP(int, pthread_rwlock_timedrdlock, pthread_rwlock_t *lock, const struct timespec *deadline)
{
    struct run *run = ENTER();

    return until(run, posix_of(run, lock, &rwlock_type), deadline, CLOCK_REALTIME, false);
}

C_WRAP(int, pthread_rwlock_timedwrlock, pthread_rwlock_t *lock, const struct timespec *deadline)
{
    struct run *run = ENTER();

    return until(run, posix_of(run, lock, &rwlock_type), deadline, CLOCK_REALTIME, true);
}

C_WRAP(int, pthread_rwlock_unlock, pthread_rwlock_t *lock)
{
    struct run *run = ENTER();
    struct posix_rwlock *l = posix_of(run, lock, &rwlock_type);

    if (l->writer == run->self->id) {
        l->writer = 0;
        rwmutex_unlock(run, l->rw);
    } else if (l->rw->locked || rwmutex_runlock(run, l->rw) != FAULT_NONE) {
        run_fault(run, FAULT_NONE, 0);
        c_panic(run, false, "unlock of a read-write lock that the thread has not locked");
    }
    posix_released(run, &l->timed);
    return 0;
}

C_WRAP(int, pthread_rwlock_destroy, pthread_rwlock_t *lock)
{
    struct run *run = ENTER();
    const struct posix_rwlock *l = posix_of(run, lock, &rwlock_type);

    if (l->rw->locked || l->rw->readers)
        return EBUSY;
    posix_destroy(run, lock, &rwlock_type);
    return 0;
}

/* --- barriers ------------------------------------------------------------ */

/* To arrive is a step, told as an addition to what has arrived: it hands on and takes over
 * what happened before.  Who arrives last lets the others go. */
struct posix_barrier {
    struct cell *cell;
    unsigned count, arrived;
    struct waiters waiters;
};

static void *make_barrier(struct run *run, const void *variable, const char *name)
{
    struct posix_barrier *b = region_alloc(&run->objects, sizeof *b);

    (void)variable;
    if (!b)
        return NULL;
    *b = (struct posix_barrier){.cell = cell_make(run, OBJECT_BARRIER, name)};
    return b->cell ? b : NULL;
}

static const struct posix_type barrier_type = {"pthread_barrier_t", sizeof(pthread_barrier_t),
                                               false, make_barrier};

C_WRAP(int, pthread_barrier_init, pthread_barrier_t *barrier,
       const pthread_barrierattr_t *attributes, unsigned count)
{
    struct run *run = ENTER();
    struct posix_barrier *b;

    (void)attributes;
    if (count == 0)
        return EINVAL;
    b = posix_init(run, barrier, &barrier_type);
    b->count = count;
    return 0;
}

C_WRAP(int, pthread_barrier_wait, pthread_barrier_t *barrier)
{
    struct run *run = ENTER();
    struct posix_barrier *b = posix_of(run, barrier, &barrier_type);
    struct waiter self = {.g = run->self}, *waiter;

    cell_step(run, b->cell, true);
    cell_tell(run, b->cell, &(struct cell_told){
        .op = CELL_ADD, .changed = true, .value = ++b->arrived, .kind = VALUE_INT});
    if (b->arrived < b->count) {
        waiters_put(&b->waiters, &self);
        waiter_block(run, WAIT_BARRIER, b->cell->id, NULL, NULL);
        return 0;
    }
    b->arrived = 0;
    while ((waiter = waiters_take(&b->waiters)))
        waiter_wake(run, waiter->g, b->cell->id, run->self, 0);
    return PTHREAD_BARRIER_SERIAL_THREAD;
}

C_WRAP(int, pthread_barrier_destroy, pthread_barrier_t *barrier)
{
    struct run *run = ENTER();
    const struct posix_barrier *b = posix_of(run, barrier, &barrier_type);

    if (b->arrived)
        c_panic(run, false, "a barrier is destroyed while threads wait at it");
    posix_destroy(run, barrier, &barrier_type);
    return 0;
}
