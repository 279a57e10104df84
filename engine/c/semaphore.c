/* semaphore.c -- semaphore.h: semaphores of POSIX.
 *
 * Not the engine's weighted semaphore, which serves in order of arrival: a post may be taken
 * by anybody, newcomers included, so in explored mode all who wait are options when there is
 * something to take.  Free mode hands it to who has waited longest.
 */
#include "c/posix.h"

#include <errno.h>
#include <limits.h>
#include <semaphore.h>

#define ENTER() c_enter(__builtin_return_address(0))

struct posix_sem {
    uint32_t id;
    unsigned value;
    struct waiters waiters; /* free mode */
    struct waiters timed;   /* who waits with a deadline */
};

static void *make_sem(struct run *run, const void *variable, const char *name)
{
    struct posix_sem *s = region_alloc(&run->objects, sizeof *s);

    (void)variable;
    if (s)
        *s = (struct posix_sem){.id = run_object(run, OBJECT_SEMAPHORE, 0, -1, name)};
    return s;
}

static const struct posix_type sem_type = {"sem_t", sizeof(sem_t), false, make_sem};

static int failed(int error)
{
    errno = error;
    return -1;
}

static void tell(struct run *run, enum event_kind kind, const struct posix_sem *s,
                 const struct goroutine *g)
{
    struct event event = event_make(run, kind, g, s->id);

    event.value = 1;
    event.value_kind = VALUE_INT;
    event.extra = s->value;
    event_emit(run, &event);
}

static void take(struct run *run, struct posix_sem *s, const struct goroutine *g)
{
    s->value--;
    tell(run, EVENT_ACQUIRE, s, g);
}

static enum ready positive(struct goroutine *g)
{
    return ((const struct posix_sem *)g->op)->value > 0 ? READY_YES : READY_NO;
}

static bool try(struct run *run, void *object)
{
    struct posix_sem *s = object;

    sched_step(run, s->id, TOUCH_TAKE);
    sched_turned_out(run, s->value > 0 ? TOUCH_TAKE : TOUCH_LOOK, s->value, false);
    if (s->value > 0) {
        take(run, s, run->self);
        return true;
    }
    waiter_look(run, s->id, 0, VALUE_NONE);
    return false;
}

C_WRAP(int, sem_init, sem_t *sem, int shared, unsigned value)
{
    struct run *run = ENTER();
    struct posix_sem *s;

    (void)shared;
    if (value > INT_MAX)
        return failed(EINVAL);
    s = posix_init(run, sem, &sem_type);
    s->value = value;
    return 0;
}

C_WRAP(int, sem_wait, sem_t *sem)
{
    struct run *run = ENTER();
    struct posix_sem *s = posix_of(run, sem, &sem_type);
    struct touch touch = {.obj = s->id, .mode = TOUCH_TAKE};
    struct waiter waiter = {.g = run->self};

    if (run->explored) {
        sched_wait(run, WAIT_POST, s->id, positive, NULL, s, (struct touches){&touch, 1});
        touch.before.level = (int32_t)s->value;
        take(run, s, run->self);
        return 0;
    }
    sched_step(run, s->id, TOUCH_TAKE);
    if (s->value > 0) {
        take(run, s, run->self);
        return 0;
    }
    waiters_put(&s->waiters, &waiter);
    sched_wait(run, WAIT_POST, s->id, positive, NULL, s, (struct touches){0});
    return 0;
}

C_WRAP(int, sem_trywait, sem_t *sem)
{
    struct run *run = ENTER();

    return try(run, posix_of(run, sem, &sem_type)) ? 0 : failed(EAGAIN);
}

C_WRAP(int, sem_timedwait, sem_t *sem, const struct timespec *until)
{
    struct run *run = ENTER();
    struct posix_sem *s = posix_of(run, sem, &sem_type);
    int error = EINVAL;
    int64_t when;

    if (posix_deadline(run, until, CLOCK_REALTIME, &when))
        error = posix_until(run, &(struct posix_wait){try, s, &s->timed, s->id, WAIT_POST}, when);
    return error ? failed(error) : 0;
}

C_WRAP(int, sem_post, sem_t *sem)
{
    struct run *run = ENTER();
    struct posix_sem *s = posix_of(run, sem, &sem_type);
    struct waiter *waiter;

    sched_step(run, s->id, TOUCH_POST);
    sched_turned_out(run, s->value == INT_MAX ? TOUCH_LOOK : TOUCH_POST, s->value, false);
    if (s->value == INT_MAX) {
        waiter_look(run, s->id, s->value, VALUE_INT);
        return failed(EOVERFLOW);
    }
    s->value++;
    tell(run, EVENT_RELEASE, s, run->self);
    if ((waiter = waiters_take(&s->waiters))) {
        take(run, s, waiter->g);
        sched_wake(run, waiter->g);
    }
    posix_released(run, &s->timed);
    return 0;
}

C_WRAP(int, sem_getvalue, sem_t *sem, int *value)
{
    struct run *run = ENTER();
    const struct posix_sem *s = posix_of(run, sem, &sem_type);
    uint32_t pc = run->self->pc;
    int now;

    sched_step(run, s->id, TOUCH_LOOK);
    now = (int)s->value;
    waiter_look(run, s->id, now, VALUE_INT);
    run->self->pc = pc;
    c_access(run, value, sizeof *value, true, false);
    *value = now;
    return 0;
}

C_WRAP(int, sem_destroy, sem_t *sem)
{
    posix_destroy(ENTER(), sem, &sem_type);
    return 0;
}
