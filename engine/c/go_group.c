/* go_group.c -- the functions of go.h for semaphore, errgroup and rate. */
#include "go.h"
#include "c/go_inside.h"
#include "sync/errgroup.h"
#include "sync/limiter.h"

#define ENTER() c_enter(__builtin_return_address(0))

enum { TEXT_MAX = 120 };

/* The context of an argument that may be NULL. */
static struct context *optional(struct run *run, struct ctx *ctx)
{
    return ctx ? go_context_of(run, ctx) : NULL;
}

static void check_count(struct run *run, const char *what, int64_t n)
{
    if (n < 0)
        c_panic(run, false, "%s: %lld is negative", what, (long long)n);
}

/* --- semaphore ------------------------------------------------------------ */

static struct semaphore *sema_of(struct run *run, struct sema *sema)
{
    go_check_handle(run, sema, offsetof(struct semaphore, id), "semaphore");
    return (struct semaphore *)sema;
}

struct sema *go_sema(int64_t size)
{
    struct run *run = ENTER();
    struct semaphore *semaphore;

    check_count(run, "go_sema", size);
    semaphore = semaphore_make(run, size, NULL);
    if (!semaphore)
        run_stop(run, RUN_MEMORY);
    return (struct sema *)semaphore;
}

bool sema_acquire(struct sema *sema, struct ctx *ctx, int64_t n)
{
    struct run *run = ENTER();

    check_count(run, "sema_acquire", n);
    return semaphore_acquire(run, sema_of(run, sema), n, optional(run, ctx)) == CONTEXT_LIVE;
}

bool sema_try_acquire(struct sema *sema, int64_t n)
{
    struct run *run = ENTER();

    check_count(run, "sema_try_acquire", n);
    return semaphore_try_acquire(run, sema_of(run, sema), n);
}

void sema_release(struct sema *sema, int64_t n)
{
    struct run *run = ENTER();

    check_count(run, "sema_release", n);
    go_check_fault(run, semaphore_release(run, sema_of(run, sema), n));
}

/* --- errgroup ------------------------------------------------------------- */

struct task {
    struct errgroup *group;
    const char *error;
};

struct job {
    struct task *task;
    const char *(*fn)(void *);
    void *arg;
};

static void *make_task(struct run *run)
{
    struct task *task = region_alloc(&run->objects, sizeof *task);

    if (!task)
        return NULL;
    task->group = errgroup_make(run, NULL, NULL);
    return task->group ? task : NULL;
}

static struct task *task_of(struct run *run, struct group *group)
{
    return go_object(run, group, sizeof *group, &group->impl, &group->run, "Group", make_task);
}

struct ctx *group_with_context(struct group *group, struct ctx *parent)
{
    struct run *run = ENTER();
    struct task *task = task_of(run, group);

    if (!parent)
        c_panic(run, false, CONTEXT_NIL_PARENT);
    if (task->group->context)
        c_panic(run, false, "group_with_context of a group that has a context");
    task->group->context = context_with_cancel(run, go_context_of(run, parent));
    return go_context_made(run, task->group->context);
}

void group_set_limit(struct group *group, int64_t limit)
{
    struct run *run = ENTER();
    int64_t active = errgroup_set_limit(run, task_of(run, group)->group, limit);
    char text[TEXT_MAX];

    if (!active)
        return;
    errgroup_limit_text(active, text, sizeof text);
    c_panic(run, false, "%s", text);
}

static void end_job(void *group)
{
    errgroup_end(run_current, group);
}

static void do_job(void *arg)
{
    struct run *run = run_current;
    struct job *job = arg;
    struct deferred end;
    const char *error;

    arg = job->arg;
    job->arg = NULL; /* whoever is given it now holds it */
    c_defer(run, &end, end_job, job->task->group, (uintptr_t)__builtin_frame_address(0));
    error = job->fn(arg);
    c_undefer(run, &end);
    c_returned(run, (const void *)job->fn);
    if (error && errgroup_fail(run, job->task->group, error))
        job->task->error = error;
    errgroup_end(run, job->task->group);
    c_goroutine_ends(run);
}

static void start_job(struct run *run, struct task *task, const char *(*fn)(void *), void *arg)
{
    struct job *job = region_alloc(&run->objects, sizeof *job);

    if (!job)
        run_stop(run, RUN_MEMORY);
    *job = (struct job){task, fn, arg};
    c_go(run, do_job, job, (const void *)fn);
}

void group_go(struct group *group, const char *(*fn)(void *), void *arg)
{
    struct run *run = ENTER();
    struct task *task = task_of(run, group);

    if (!fn)
        c_panic(run, true, "go of nil func value");
    go_check_fault(run, errgroup_begin(run, task->group));
    start_job(run, task, fn, arg);
}

bool group_try_go(struct group *group, const char *(*fn)(void *), void *arg)
{
    struct run *run = ENTER();
    struct task *task = task_of(run, group);
    bool begun;

    if (!fn)
        c_panic(run, true, "go of nil func value");
    go_check_fault(run, errgroup_try_begin(run, task->group, &begun));
    if (begun)
        start_job(run, task, fn, arg);
    return begun;
}

const char *group_wait(struct group *group)
{
    struct run *run = ENTER();
    struct task *task = task_of(run, group);

    go_check_fault(run, errgroup_wait(run, task->group));
    return task->error;
}

/* --- rate ----------------------------------------------------------------- */

static struct limiter *limit_of(struct run *run, struct limit *limit)
{
    go_check_handle(run, limit, offsetof(struct limiter, id), "limiter");
    return (struct limiter *)limit;
}

struct limit *go_limit(int64_t every, int64_t burst)
{
    struct run *run = ENTER();
    struct limiter *limiter = limiter_make(run, every, burst, NULL);

    if (!limiter)
        run_stop(run, RUN_MEMORY);
    return (struct limit *)limiter;
}

bool limit_allow(struct limit *limit, int64_t n)
{
    struct run *run = ENTER();

    check_count(run, "limit_allow", n);
    return limiter_allow(run, limit_of(run, limit), n);
}

int64_t limit_reserve(struct limit *limit, int64_t n)
{
    struct run *run = ENTER();
    struct reservation r;

    check_count(run, "limit_reserve", n);
    r = limiter_reserve(run, limit_of(run, limit), n);
    return r.ok ? r.delay : -1;
}

const char *limit_wait(struct limit *limit, struct ctx *ctx, int64_t n)
{
    struct run *run = ENTER();
    struct limiter *limiter = limit_of(run, limit);
    struct context *context = optional(run, ctx);
    enum limiter_error error;
    char *text;

    check_count(run, "limit_wait", n);
    error = limiter_wait(run, limiter, n, context);
    if (error == LIMITER_OK)
        return NULL;
    if (error == LIMITER_CANCELLED)
        return context_error_text(context_error(context));
    text = region_alloc(&run->objects, TEXT_MAX);
    if (!text)
        run_stop(run, RUN_MEMORY);
    limiter_error_text(limiter, error, n, text, TEXT_MAX);
    return text;
}
