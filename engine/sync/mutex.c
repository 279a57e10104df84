/* mutex.c -- sync.Mutex.
 *
 * Free mode hands a released mutex to who has waited longest; in explored mode
 * everybody at Lock is an option when it is free, as Go lets newcomers barge in.
 */
#include "sync/mutex.h"

#include "rt/free.h"
#include "sync/waiters.h"

struct mutex_waiter {
    struct goroutine *g;
    struct mutex_waiter *next;
};

struct mutex *mutex_make(struct run *run, const char *name)
{
    struct mutex *mutex = region_alloc(&run->objects, sizeof *mutex);

    if (mutex)
        mutex->id = run_object(run, OBJECT_MUTEX, 0, 0, name);
    return mutex;
}

static void tell(struct run *run, enum event_kind kind, const struct mutex *mutex,
                 const struct goroutine *g)
{
    event_close_step(run, event_open(run, kind, g, mutex->id));
}

static inline void take(struct run *run, struct mutex *mutex, struct goroutine *g)
{
    mutex->locked = true;
    if (!run_quiet_step(run))
        tell(run, EVENT_LOCK, mutex, g);
}

static enum ready unlocked(struct goroutine *g)
{
    return ((struct mutex *)g->op)->locked ? READY_NO : READY_YES;
}

/* Explored mode: who is picked finds it unlocked. */
static void lock_in_turn(struct run *run, struct mutex *mutex)
{
    struct touch touch = {.obj = mutex->id, .mode = TOUCH_LOCK};

    sched_wait(run, WAIT_LOCK, mutex->id, unlocked, NULL, mutex, (struct touches){&touch, 1});
    take(run, mutex, run->self);
}

/* Free mode: until it is handed over. */
static void wait(struct run *run, struct mutex *mutex)
{
    struct mutex_waiter waiter = {.g = run->self};

    if (mutex->last)
        mutex->last->next = &waiter;
    else
        mutex->first = &waiter;
    mutex->last = &waiter;
    free_wait(run, run->self, WAIT_LOCK, mutex->id, unlocked, NULL, mutex);
}

void mutex_lock(struct run *run, struct mutex *mutex)
{
    if (run->explored) {
        lock_in_turn(run, mutex);
        return;
    }
    free_step(run);
    if (!mutex->locked)
        take(run, mutex, run->self);
    else
        wait(run, mutex);
}

bool mutex_try_lock(struct run *run, struct mutex *mutex)
{
    sched_poll(run, mutex->id, TOUCH_CHANGE);
    sched_turned_out(run, mutex->locked ? TOUCH_LOOK : TOUCH_LOCK, 0, mutex->locked);
    if (!mutex->locked) {
        take(run, mutex, run->self);
        return true;
    }
    waiter_look(run, mutex->id, PATIENCE_SPIN, 0);
    return false;
}

enum fault mutex_unlock(struct run *run, struct mutex *mutex)
{
    sched_step(run, mutex->id, TOUCH_UNLOCK);
    sched_turned_out(run, TOUCH_UNLOCK, 0, mutex->locked);
    return mutex_put_down(run, mutex);
}

enum fault mutex_put_down(struct run *run, struct mutex *mutex)
{
    struct mutex_waiter *waiter = mutex->first;

    if (!mutex->locked)
        return run_fault(run, FAULT_UNLOCK_UNLOCKED, mutex->id);
    mutex->locked = false;
    if (!run_quiet_step(run))
        tell(run, EVENT_UNLOCK, mutex, run->self);
    if (waiter) {
        mutex->first = waiter->next;
        if (!mutex->first)
            mutex->last = NULL;
        take(run, mutex, waiter->g);
        free_wake(run, waiter->g);
    }
    return FAULT_NONE;
}

static void lock(struct run *run, void *mutex)
{
    mutex_lock(run, mutex);
}

static enum fault put_down(struct run *run, void *mutex)
{
    return mutex_put_down(run, mutex);
}

struct locker mutex_locker(struct mutex *mutex)
{
    return (struct locker){mutex, mutex->id, TOUCH_UNLOCK, lock, put_down};
}
