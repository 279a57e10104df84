/* pthread_lock.c -- mutexes, spin locks and condition variables of pthread.h.
 *
 * The engine's mutex knows no owner's rights; they are kept here.  What POSIX leaves
 * undefined (to unlock what another thread locked, to wait without the mutex) ends the run
 * with words: it is a fault wherever it happens to work.
 */
#include "c/posix.h"
#include "sync/mutex.h"

#include <errno.h>
#include <pthread.h>

#define ENTER() c_enter(__builtin_return_address(0))

/* --- mutexes ------------------------------------------------------------- */

static struct posix_mutex *mutex_of_kind(struct run *run, const char *name, int kind)
{
    struct posix_mutex *m = region_alloc(&run->objects, sizeof *m);

    if (!m)
        return NULL;
    *m = (struct posix_mutex){.mutex = mutex_make(run, name), .kind = kind};
    return m->mutex ? m : NULL;
}

static void *make_mutex(struct run *run, const void *variable, const char *name)
{
    /* as a static initializer left it; the kinds are those of PTHREAD_MUTEX_... */
    return mutex_of_kind(run, name, ((const pthread_mutex_t *)variable)->__data.__kind & 3);
}

static const struct posix_type mutex_type = {"pthread_mutex_t", sizeof(pthread_mutex_t), true,
                                             make_mutex};

struct posix_mutex *posix_mutex(struct run *run, void *variable)
{
    return posix_of(run, variable, &mutex_type);
}

int posix_mutex_init(struct run *run, void *variable, int kind)
{
    struct posix_mutex *m = posix_init(run, variable, &mutex_type);

    m->kind = kind;
    return 0;
}

static void taken(struct run *run, struct posix_mutex *m)
{
    m->owner = run->self->id;
    m->depth = 1;
}

/* The calling thread has it already: 0 if it may have it once more, else an errno; -1: it
 * has not, or would wait for itself. */
static int relock(struct run *run, struct posix_mutex *m, int error)
{
    if (m->owner != run->self->id)
        return -1;
    if (m->kind == PTHREAD_MUTEX_RECURSIVE) {
        m->depth++;
        return 0;
    }
    return m->kind == PTHREAD_MUTEX_ERRORCHECK ? error : -1;
}

static int lock(struct run *run, struct posix_mutex *m)
{
    int result = relock(run, m, EDEADLK);

    if (result >= 0)
        return result;
    mutex_lock(run, m->mutex);
    taken(run, m);
    return 0;
}

static bool try(struct run *run, void *object)
{
    struct posix_mutex *m = object;

    if (!mutex_try_lock(run, m->mutex))
        return false;
    taken(run, m);
    return true;
}

/* 0, or EPERM; ends the run where POSIX says nothing.  what: the call. */
static int must_own(struct run *run, const struct posix_mutex *m, const char *what)
{
    if (m->owner == run->self->id)
        return 0;
    if (m->kind == PTHREAD_MUTEX_RECURSIVE || m->kind == PTHREAD_MUTEX_ERRORCHECK)
        return EPERM;
    run_fault(run, FAULT_NONE, m->mutex->id);
    c_panic(run, false, m->owner ? "%s of a mutex that another thread has locked"
                                 : "%s of a mutex that is not locked", what);
}

static int unlock(struct run *run, struct posix_mutex *m)
{
    int error = must_own(run, m, "unlock");

    if (error)
        return error;
    if (m->depth > 1) {
        m->depth--;
        return 0;
    }
    /* nobody else looks at the owner before the step; after it, it may be another's */
    m->owner = m->depth = 0;
    mutex_unlock(run, m->mutex);
    posix_released(run, &m->timed);
    return 0;
}

int posix_mutex_lock(struct run *run, void *variable)
{
    return lock(run, posix_mutex(run, variable));
}

int posix_mutex_trylock(struct run *run, void *variable)
{
    struct posix_mutex *m = posix_mutex(run, variable);
    int result = relock(run, m, EBUSY);

    return result >= 0 ? result : try(run, m) ? 0 : EBUSY;
}

int posix_mutex_until(struct run *run, void *variable, int64_t when)
{
    struct posix_mutex *m = posix_mutex(run, variable);
    int result = relock(run, m, EDEADLK);

    if (result >= 0)
        return result;
    return posix_until(run, &(struct posix_wait){try, m, &m->timed, m->mutex->id, WAIT_LOCK}, when);
}

int posix_mutex_unlock(struct run *run, void *variable)
{
    return unlock(run, posix_mutex(run, variable));
}

int posix_mutex_destroy(struct run *run, void *variable)
{
    if (posix_mutex(run, variable)->mutex->locked)
        return EBUSY;
    posix_destroy(run, variable, &mutex_type);
    return 0;
}

C_WRAP(int, pthread_mutex_init, pthread_mutex_t *m, const pthread_mutexattr_t *attributes)
{
    struct run *run = ENTER();
    int kind = PTHREAD_MUTEX_DEFAULT;

    if (attributes) {
        c_check(run, attributes, sizeof *attributes, false);
        pthread_mutexattr_gettype(attributes, &kind);
    }
    return posix_mutex_init(run, m, kind);
}

C_WRAP(int, pthread_mutex_lock, pthread_mutex_t *m)
{
    return posix_mutex_lock(ENTER(), m);
}

C_WRAP(int, pthread_mutex_trylock, pthread_mutex_t *m)
{
    return posix_mutex_trylock(ENTER(), m);
}

C_WRAP(int, pthread_mutex_timedlock, pthread_mutex_t *m, const struct timespec *until)
{
    struct run *run = ENTER();
    int64_t when;

    if (!posix_deadline(run, until, CLOCK_REALTIME, &when))
        return EINVAL;
    return posix_mutex_until(run, m, when);
}

C_WRAP(int, pthread_mutex_unlock, pthread_mutex_t *m)
{
    return posix_mutex_unlock(ENTER(), m);
}

C_WRAP(int, pthread_mutex_destroy, pthread_mutex_t *m)
{
    return posix_mutex_destroy(ENTER(), m);
}

/* --- spin locks ---------------------------------------------------------- */

static void *make_spin(struct run *run, const void *variable, const char *name)
{
    (void)variable;
    return mutex_of_kind(run, name, PTHREAD_MUTEX_NORMAL);
}

static const struct posix_type spin_type = {"pthread_spinlock_t", sizeof(pthread_spinlock_t),
                                            false, make_spin};

C_WRAP(int, pthread_spin_init, pthread_spinlock_t *spin, int shared)
{
    (void)shared;
    posix_init(ENTER(), (void *)spin, &spin_type);
    return 0;
}

C_WRAP(int, pthread_spin_lock, pthread_spinlock_t *spin)
{
    struct run *run = ENTER();

    return lock(run, posix_of(run, (void *)spin, &spin_type));
}

C_WRAP(int, pthread_spin_trylock, pthread_spinlock_t *spin)
{
    struct run *run = ENTER();

    return try(run, posix_of(run, (void *)spin, &spin_type)) ? 0 : EBUSY;
}

C_WRAP(int, pthread_spin_unlock, pthread_spinlock_t *spin)
{
    struct run *run = ENTER();

    return unlock(run, posix_of(run, (void *)spin, &spin_type));
}

C_WRAP(int, pthread_spin_destroy, pthread_spinlock_t *spin)
{
    posix_destroy(ENTER(), (void *)spin, &spin_type);
    return 0;
}

/* --- condition variables ------------------------------------------------- */

struct posix_cond {
    struct cond *cond;
    struct mutex none;   /* the engine's condition variable has a mutex from the start */
    clockid_t clock;
};

static void *make_cond(struct run *run, const void *variable, const char *name)
{
    struct posix_cond *c = region_alloc(&run->objects, sizeof *c);

    (void)variable;
    if (!c)
        return NULL;
    *c = (struct posix_cond){.clock = CLOCK_REALTIME};
    c->cond = cond_make(run, &c->none, name);
    return c->cond ? c : NULL;
}

static const struct posix_type cond_type = {"pthread_cond_t", sizeof(pthread_cond_t), true,
                                            make_cond};

int posix_cond_init(struct run *run, void *variable, clockid_t clock)
{
    struct posix_cond *c = posix_init(run, variable, &cond_type);

    c->clock = clock;
    return 0;
}

/* The end of a timed wait. */
struct alarm {
    struct timer timer; /* first: a timer's address is its alarm's */
    struct goroutine *g;
    struct cond *cond;
    bool rang;
};

static void ring(struct run *run, struct timer *timer)
{
    struct alarm *alarm = (struct alarm *)timer;
    struct waiter *waiter = alarm->cond->waiters.first;

    while (waiter && waiter->g != alarm->g)
        waiter = waiter->next;
    if (!waiter)
        return; /* it was woken, and waits for the mutex */
    alarm->rang = true;
    waiters_remove(&alarm->cond->waiters, waiter);
    sched_touch(run, alarm->cond->id, TOUCH_CHANGE);
    waiter_wake(run, alarm->g, 0, NULL, 0);
}

/* when: NULL for ever */
static int wait(struct run *run, struct posix_cond *c, void *mutex, const int64_t *when)
{
    struct posix_mutex *m = posix_mutex(run, mutex);
    struct alarm alarm = {.timer.fire = ring, .g = run->self, .cond = c->cond};
    int error = must_own(run, m, "wait");
    uint32_t depth = m->depth;

    if (error)
        return error;
    if (c->cond->waiters.first && c->cond->locker.object != m->mutex)
        c_panic(run, false, "threads wait for one condition variable with two mutexes");
    m->owner = m->depth = 0;
    if (when && *when <= run->now) {
        mutex_unlock(run, m->mutex);
        posix_released(run, &m->timed);
        mutex_lock(run, m->mutex);
        alarm.rang = true;
    } else {
        if (when && !timer_arm(&run->timers, &alarm.timer, *when))
            run_stop(run, RUN_MEMORY);
        c->cond->locker = mutex_locker(m->mutex);
        posix_released(run, &m->timed); /* the wait's step is about to release it */
        cond_wait(run, c->cond);
        timer_disarm(&run->timers, &alarm.timer);
    }
    m->owner = run->self->id;
    m->depth = depth;
    return alarm.rang ? ETIMEDOUT : 0;
}

int posix_cond_wait(struct run *run, void *variable, void *mutex)
{
    return wait(run, posix_of(run, variable, &cond_type), mutex, NULL);
}

int posix_cond_until(struct run *run, void *variable, void *mutex, const struct timespec *until,
                     clockid_t clock)
{
    struct posix_cond *c = posix_of(run, variable, &cond_type);
    int64_t when;

    if (!posix_deadline(run, until, clock < 0 ? c->clock : clock, &when))
        return EINVAL;
    return wait(run, c, mutex, &when);
}

int posix_cond_signal(struct run *run, void *variable)
{
    const struct posix_cond *c = posix_of(run, variable, &cond_type);

    cond_signal(run, c->cond);
    return 0;
}

int posix_cond_broadcast(struct run *run, void *variable)
{
    const struct posix_cond *c = posix_of(run, variable, &cond_type);

    cond_broadcast(run, c->cond);
    return 0;
}

int posix_cond_destroy(struct run *run, void *variable)
{
    const struct posix_cond *c = posix_of(run, variable, &cond_type);

    if (c->cond->waiters.first)
        c_panic(run, false, "a condition variable is destroyed while threads wait for it");
    posix_destroy(run, variable, &cond_type);
    return 0;
}

C_WRAP(int, pthread_cond_init, pthread_cond_t *cond, const pthread_condattr_t *attributes)
{
    struct run *run = ENTER();
    clockid_t clock = CLOCK_REALTIME;

    if (attributes) {
        c_check(run, attributes, sizeof *attributes, false);
        pthread_condattr_getclock(attributes, &clock);
    }
    return posix_cond_init(run, cond, clock);
}

C_WRAP(int, pthread_cond_wait, pthread_cond_t *cond, pthread_mutex_t *m)
{
    return posix_cond_wait(ENTER(), cond, m);
}

C_WRAP(int, pthread_cond_timedwait, pthread_cond_t *cond, pthread_mutex_t *m,
       const struct timespec *until)
{
    return posix_cond_until(ENTER(), cond, m, until, -1);
}

C_WRAP(int, pthread_cond_clockwait, pthread_cond_t *cond, pthread_mutex_t *m, clockid_t clock,
       const struct timespec *until)
{
    return posix_cond_until(ENTER(), cond, m, until, clock);
}

C_WRAP(int, pthread_cond_signal, pthread_cond_t *cond)
{
    return posix_cond_signal(ENTER(), cond);
}

C_WRAP(int, pthread_cond_broadcast, pthread_cond_t *cond)
{
    return posix_cond_broadcast(ENTER(), cond);
}

C_WRAP(int, pthread_cond_destroy, pthread_cond_t *cond)
{
    return posix_cond_destroy(ENTER(), cond);
}
