/* semaphore.c -- semaphore.Weighted (golang.org/x/sync).
 *
 * The queue's order decides, so to queue up is a step; to be served is part of the step
 * that made room.
 */
#include "sync/semaphore.h"

struct request {
    struct waiter waiter;      /* first: a waiter's address is its request's */
    struct context_hook hook;
    struct semaphore *semaphore;
    struct context *context;
    bool cancelled;
};

struct semaphore *semaphore_make(struct run *run, int64_t size, const char *name)
{
    struct semaphore *semaphore = region_alloc(&run->objects, sizeof *semaphore);

    if (!semaphore)
        return NULL;
    semaphore->size = size;
    semaphore->id = run_object(run, OBJECT_SEMAPHORE, 0, size, name);
    return semaphore;
}

static void tell(struct run *run, enum event_kind kind, const struct semaphore *semaphore,
                 int64_t n)
{
    struct event event = event_make(run, kind, run->self, semaphore->id);

    event.value = n;
    event.value_kind = VALUE_INT;
    event.extra = (uint32_t)semaphore->used;
    event_emit(run, &event);
}

/* Units came free: serves the queue from its head as far as they go. */
static void serve(struct run *run, struct semaphore *semaphore, const struct goroutine *by)
{
    struct waiter *first;

    while ((first = semaphore->queue.first) && first->n <= semaphore->size - semaphore->used) {
        struct request *request = (struct request *)first;

        if (request->context)
            sched_touch(run, request->context->source->id, TOUCH_LOOK);
        if (request->context && context_error(request->context) != CONTEXT_LIVE)
            return; /* it is about to be told that it was cancelled, and leaves */
        semaphore->used += first->n;
        waiters_remove(&semaphore->queue, first);
        if (request->context)
            context_hook_remove(request->context, &request->hook);
        waiter_wake(run, first->g, semaphore->id, by, (uint32_t)semaphore->used);
    }
}

static void cancelled(struct run *run, struct context_hook *hook, const struct goroutine *by)
{
    struct request *request = (struct request *)((char *)hook - offsetof(struct request, hook));
    struct semaphore *semaphore = request->semaphore;

    if (by)
        sched_touch(run, semaphore->id, TOUCH_CHANGE);
    request->cancelled = true;
    if (request->waiter.queued)
        waiters_remove(&semaphore->queue, &request->waiter);
    waiter_wake(run, request->waiter.g, request->context->source->id, by, 0);
    serve(run, semaphore, by); /* it may have been all that stood in the way */
}

static bool has_room(const struct semaphore *semaphore, int64_t n)
{
    return n <= semaphore->size - semaphore->used && !semaphore->queue.first;
}

enum context_error semaphore_acquire(struct run *run, struct semaphore *semaphore, int64_t n,
                                     struct context *context)
{
    struct request request = {.waiter = {.g = run->self, .n = n}, .hook.cancelled = cancelled,
                              .semaphore = semaphore, .context = context};

    sched_step(run, semaphore->id, TOUCH_CHANGE);
    if (context)
        sched_touch(run, context->source->id, TOUCH_LOOK);
    if (context && context_error(context) != CONTEXT_LIVE) {
        waiter_look(run, context->source->id, PATIENCE_SPIN, 0);
        return context_error(context);
    }
    if (has_room(semaphore, n)) {
        semaphore->used += n;
        tell(run, EVENT_ACQUIRE, semaphore, n);
        return CONTEXT_LIVE;
    }
    tell(run, EVENT_QUEUE, semaphore, n);
    if (n <= semaphore->size) /* what can never be had must not keep others waiting */
        waiters_put(&semaphore->queue, &request.waiter);
    if (context)
        context_hook_add(context, &request.hook);
    waiter_block(run, WAIT_SEMAPHORE, semaphore->id, semaphore,
                 context ? context->source : NULL);
    return request.cancelled ? context_error(context) : CONTEXT_LIVE;
}

bool semaphore_try_acquire(struct run *run, struct semaphore *semaphore, int64_t n)
{
    sched_poll(run, semaphore->id, TOUCH_CHANGE);
    if (!has_room(semaphore, n)) {
        waiter_look(run, semaphore->id, PATIENCE_SPIN, 0);
        return false;
    }
    semaphore->used += n;
    tell(run, EVENT_ACQUIRE, semaphore, n);
    return true;
}

enum fault semaphore_release(struct run *run, struct semaphore *semaphore, int64_t n)
{
    sched_step(run, semaphore->id, TOUCH_CHANGE);
    if (n > semaphore->used)
        return run_fail(run, FAULT_SEMAPHORE_RELEASE, semaphore->id);
    semaphore->used -= n;
    tell(run, EVENT_RELEASE, semaphore, n);
    serve(run, semaphore, run->self);
    return FAULT_NONE;
}
