/* semaphore.c -- semaphore.h: semaphores of POSIX.
 *
 * The engine's weighted semaphore serves in order of arrival; here a post may be taken by
 * anybody, newcomers included, so in explored mode all who wait are options when there is
 * something to take.
 */
#include "sync/semaphore.h"
#include "c/posix.h"

#include <errno.h>
#include <limits.h>
#include <semaphore.h>

#define ENTER() c_enter(__builtin_return_address(0))

static void *make_semaphore(struct run *run, const void *variable, const char *name)
{
    (void)variable;
    return semaphore_make(run, INT_MAX, name);
}

static const struct posix_type sem_type = {"sem_t", sizeof(sem_t), false, make_semaphore};

static struct semaphore *semaphore_of(struct run *run, sem_t *sem)
{
    return posix_of(run, sem, &sem_type);
}

static int failed(int error)
{
    errno = error;
    return -1;
}

static int64_t value_of(const struct semaphore *semaphore)
{
    return semaphore->size - semaphore->used;
}

static enum ready positive(struct goroutine *g)
{
    return value_of(g->op) > 0 ? READY_YES : READY_NO;
}

static bool try(struct run *run, void *semaphore)
{
    return semaphore_try_acquire(run, semaphore, 1);
}

C_WRAP(int, sem_init, sem_t *sem, int shared, unsigned value)
{
    struct run *run = ENTER();
    struct semaphore *semaphore;

    (void)shared;
    if (value > INT_MAX)
        return failed(EINVAL);
    semaphore = posix_init(run, sem, &sem_type);
    semaphore->used = semaphore->size - value;
    return 0;
}

C_WRAP(int, sem_wait, sem_t *sem)
{
    struct run *run = ENTER();
    struct semaphore *semaphore = semaphore_of(run, sem);
    struct touch touch = {semaphore->id, TOUCH_CHANGE};
    struct event event;

    if (!run->explored) {
        semaphore_acquire(run, semaphore, 1, NULL);
        return 0;
    }
    sched_wait(run, WAIT_SEMAPHORE, semaphore->id, positive, NULL, semaphore,
               (struct touches){&touch, 1});
    semaphore->used++;
    event = event_make(run, EVENT_ACQUIRE, run->self, semaphore->id);
    event.value = 1;
    event.value_kind = VALUE_INT;
    event.extra = (uint32_t)semaphore->used;
    event_emit(run, &event);
    return 0;
}

C_WRAP(int, sem_trywait, sem_t *sem)
{
    struct run *run = ENTER();

    return try(run, semaphore_of(run, sem)) ? 0 : failed(EAGAIN);
}

C_WRAP(int, sem_timedwait, sem_t *sem, const struct timespec *until)
{
    struct run *run = ENTER();
    struct semaphore *semaphore = semaphore_of(run, sem);
    int64_t when;
    int error = EINVAL;

    if (posix_deadline(run, until, CLOCK_REALTIME, &when))
        error = posix_until(run, try, semaphore, when);
    return error ? failed(error) : 0;
}

C_WRAP(int, sem_post, sem_t *sem)
{
    struct run *run = ENTER();

    return semaphore_release(run, semaphore_of(run, sem), 1) == FAULT_NONE ? 0 : failed(EOVERFLOW);
}

C_WRAP(int, sem_getvalue, sem_t *sem, int *value)
{
    struct run *run = ENTER();
    const struct semaphore *semaphore = semaphore_of(run, sem);
    uint32_t pc = run->self->pc;
    int now;

    sched_step(run, semaphore->id, TOUCH_LOOK);
    now = (int)value_of(semaphore);
    waiter_look(run, semaphore->id, now, VALUE_INT);
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
