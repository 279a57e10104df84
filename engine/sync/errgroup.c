/* errgroup.c -- errgroup.Group (golang.org/x/sync), from a WaitGroup, a context and a
 * semaphore. */
#include "sync/errgroup.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct errgroup *errgroup_make(struct run *run, struct context *parent, const char *name)
{
    struct errgroup *group = region_alloc(&run->objects, sizeof *group);

    if (!group)
        return NULL;
    group->id = run_object(run, OBJECT_GROUP, 0, 0, name);
    group->wg.id = run_object(run, OBJECT_WAITGROUP, group->id, 0, NULL);
    if (parent)
        group->context = context_with_cancel(run, parent);
    return !parent || group->context ? group : NULL;
}

int64_t errgroup_set_limit(struct run *run, struct errgroup *group, int64_t limit)
{
    if (group->limit && group->limit->used > 0)
        return group->limit->used;
    group->limit = NULL;
    if (limit >= 0 && !(group->limit = semaphore_make(run, limit, "limit")))
        run_stop(run, RUN_MEMORY);
    return 0;
}

void errgroup_limit_text(int64_t active, char *text, size_t size)
{
    snprintf(text, size, "errgroup: modify limit while %" PRId64
             " goroutines in the group are still active", active);
}

enum fault errgroup_begin(struct run *run, struct errgroup *group)
{
    if (group->limit)
        semaphore_acquire(run, group->limit, 1, NULL);
    return waitgroup_add(run, &group->wg, 1);
}

enum fault errgroup_try_begin(struct run *run, struct errgroup *group, bool *begun)
{
    *begun = !group->limit || semaphore_try_acquire(run, group->limit, 1);
    return *begun ? waitgroup_add(run, &group->wg, 1) : FAULT_NONE;
}

bool errgroup_fail(struct run *run, struct errgroup *group, const char *text)
{
    struct event event;
    bool first;

    sched_step(run, group->id, TOUCH_CHANGE);
    first = !group->failed;
    group->failed = true;
    event = event_make(run, EVENT_ERROR, run->self, group->id);
    event.extra = first;
    event.text = run_text(run, text, strlen(text));
    event_emit(run, &event);
    if (first && group->context)
        context_cancel(run, group->context);
    return first;
}

void errgroup_end(struct run *run, struct errgroup *group)
{
    if (group->limit)
        semaphore_release(run, group->limit, 1);
    waitgroup_add(run, &group->wg, -1);
}

enum fault errgroup_wait(struct run *run, struct errgroup *group)
{
    enum fault fault = waitgroup_wait(run, &group->wg);

    if (!fault && group->context)
        context_cancel(run, group->context);
    return fault;
}
