/* go_sync.c -- the functions of go.h for time, WaitGroup, Mutex and context. */
#include "go.h"
#include "c/go_inside.h"
#include "rt/basic.h"
#include "sync/clock.h"
#include "sync/context.h"
#include "sync/mutex.h"
#include "sync/waitgroup.h"

#define ENTER() c_enter(__builtin_return_address(0))

/* --- time ---------------------------------------------------------------- */

int64_t go_now(void)
{
    return ENTER()->now;
}

void go_sleep(int64_t duration)
{
    clock_sleep(ENTER(), duration);
}

struct chan *go_after(int64_t duration)
{
    struct run *run = ENTER();
    struct clock_timer *timer = clock_after(run, duration);

    if (!timer)
        run_stop(run, RUN_MEMORY);
    return timer->chan;
}

struct ticker go_ticker(int64_t period)
{
    struct run *run = ENTER();
    struct clock_timer *timer;
    enum fault fault;

    timer = clock_ticker(run, period, &fault);
    if (fault == FAULT_NO_MEMORY)
        run_stop(run, RUN_MEMORY);
    if (!timer)
        c_panic(run, fault_is_fatal(fault), "%s", fault_text(fault));
    return (struct ticker){timer->chan, timer};
}

void ticker_stop(struct ticker *ticker)
{
    struct run *run = ENTER();

    c_check(run, ticker, sizeof *ticker, false);
    if (!ticker->impl)
        c_panic(run, false, "ticker_stop of a ticker that go_ticker did not make");
    clock_stop(run, ticker->impl);
}

void go_check_handle(struct run *run, const void *handle, uint32_t id_offset, const char *what)
{
    struct c_face *face = c_face_of(run);
    uint32_t id;

    if (!handle)
        c_panic(run, false, "nil %s", what);
    c_probe_begin(face, C_FAULT_NULL);
    memcpy(&id, (const char *)handle + id_offset, sizeof id);
    c_probe_end(face);
    if (id < 1 || id > run->last_object)
        c_panic(run, false, "what is used as a %s is none", what);
}

/* --- objects that are ready when zeroed ---------------------------------- */

void *go_object_first(struct run *run, const void *owner, void **impl, uint64_t *stamp,
                      const char *what, void *(*make)(struct run *run))
{
    struct go_lazy *lazy;

    if (!*impl && *stamp == 0) {
        lazy = region_alloc(&run->objects, sizeof *lazy);
        if (lazy)
            lazy->id = run->last_object + 1;
        run_own(run, owner);
        if (!lazy || !(lazy->object = make(run)))
            run_stop(run, RUN_MEMORY);
        run_own(run, NULL);
        lazy->owner = c_weak(owner);
        *impl = lazy;
        *stamp = run->stamp;
        return lazy->object;
    }
    if (*stamp != run->stamp)
        c_panic(run, false, "sync: %s used before it was set to zero", what);
    lazy = *impl;
    go_check_fault(run, run_fault(run, FAULT_COPIED, lazy->id));
    return NULL; /* a fault has ended the run, or unwound it */
}

static void *make_wg(struct run *run)
{
    return waitgroup_make(run, NULL);
}

static void *make_mu(struct run *run)
{
    return mutex_make(run, NULL);
}

static struct waitgroup *wg_of(struct run *run, struct wg *wg)
{
    return go_object(run, wg, sizeof *wg, &wg->impl, &wg->run, "WaitGroup", make_wg);
}

struct mutex *go_mutex_of(struct run *run, struct mu *mu)
{
    return go_object(run, mu, sizeof *mu, &mu->impl, &mu->run, "Mutex", make_mu);
}

void go_check_fault(struct run *run, enum fault fault)
{
    if (fault != FAULT_NONE)
        c_panic(run, fault_is_fatal(fault), "%s", fault_text(fault));
}

void wg_add(struct wg *wg, int delta)
{
    struct run *run = ENTER();

    go_check_fault(run, waitgroup_add(run, wg_of(run, wg), delta));
}

void wg_done(struct wg *wg)
{
    struct run *run = ENTER();

    go_check_fault(run, waitgroup_add(run, wg_of(run, wg), -1));
}

void wg_wait(struct wg *wg)
{
    struct run *run = ENTER();

    go_check_fault(run, waitgroup_wait(run, wg_of(run, wg)));
}

void mu_lock(struct mu *mu)
{
    struct run *run = ENTER();

    mutex_lock(run, go_mutex_of(run, mu));
}

bool mu_try_lock(struct mu *mu)
{
    struct run *run = ENTER();

    return mutex_try_lock(run, go_mutex_of(run, mu));
}

void mu_unlock(struct mu *mu)
{
    struct run *run = ENTER();

    go_check_fault(run, mutex_unlock(run, go_mutex_of(run, mu)));
}

/* --- context ------------------------------------------------------------- */

struct context *go_context_of(struct run *run, struct ctx *ctx)
{
    struct context *context = (struct context *)ctx;
    struct c_face *face = c_face_of(run);
    bool fits;

    if (!context)
        c_wild(run, C_FAULT_NULL, ctx, 0, false);
    if ((uintptr_t)ctx % _Alignof(struct context) != 0)
        c_wild(run, C_FAULT_NOT_CONTEXT, ctx, 0, false);
    c_probe_begin(face, C_FAULT_NOT_CONTEXT);
    fits = context->id >= 1 && context->id <= run->last_object &&
           context->source && context->source->source == context->source &&
           (context->parent || !context->done);
    c_probe_end(face);
    if (!fits)
        c_wild(run, C_FAULT_NOT_CONTEXT, ctx, 0, false);
    return context;
}

static struct context *parent_of(struct run *run, struct ctx *parent)
{
    if (!parent)
        c_panic(run, false, CONTEXT_NIL_PARENT);
    return go_context_of(run, parent);
}

struct ctx *go_context_made(struct run *run, struct context *context)
{
    if (!context)
        run_stop(run, RUN_MEMORY);
    return (struct ctx *)context;
}

struct ctx *ctx_background(void)
{
    struct run *run = ENTER();

    return go_context_made(run, context_background(run));
}

struct ctx *ctx_todo(void)
{
    struct run *run = ENTER();

    return go_context_made(run, context_background(run));
}

bool ctx_deadline(struct ctx *ctx, int64_t *deadline)
{
    struct run *run = ENTER();
    const struct context *context = go_context_of(run, ctx);

    if (context->deadline < 0)
        return false;
    if (deadline) {
        c_access(run, deadline, sizeof *deadline, true, false);
        *deadline = context->deadline;
    }
    return true;
}

struct ctx *ctx_with_cancel(struct ctx *parent)
{
    struct run *run = ENTER();

    return go_context_made(run, context_with_cancel(run, parent_of(run, parent)));
}

struct ctx *ctx_with_timeout(struct ctx *parent, int64_t timeout)
{
    struct run *run = ENTER();

    return go_context_made(run, context_with_timeout(run, parent_of(run, parent), timeout));
}

struct ctx *ctx_with_deadline(struct ctx *parent, int64_t deadline)
{
    struct run *run = ENTER();

    return go_context_made(run, context_with_deadline(run, parent_of(run, parent), deadline));
}

struct chan *ctx_done(struct ctx *ctx)
{
    return go_context_of(ENTER(), ctx)->done;
}

const char *ctx_err(struct ctx *ctx)
{
    struct run *run = ENTER();

    return context_error_text(context_look(run, go_context_of(run, ctx)));
}

void ctx_cancel(struct ctx *ctx)
{
    struct run *run = ENTER();
    struct context *context = go_context_of(run, ctx);

    if (!context->done || context->source != context)
        c_panic(run, false, "ctx_cancel of a context that cannot be cancelled");
    context_cancel(run, context);
}
