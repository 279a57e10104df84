/* go_later.c -- the functions of go.h for timers, and for contexts with values, causes and
 * what starts after them. */
#include "go.h"
#include "c/go_inside.h"
#include "sync/clock.h"
#include "sync/context.h"

#define ENTER() c_enter(__builtin_return_address(0))

/* --- functions started by the clock or a context --------------------------- */

struct later {
    void (*fn)(void *);
    void *arg;
    char name[64]; /* "": unknown */
};

static struct later *make_later(struct run *run, void (*fn)(void *), void *arg)
{
    struct later *later = region_alloc(&run->objects, sizeof *later);
    const char *name;

    if (!fn)
        c_panic(run, true, "go of nil func value");
    if (!later)
        run_stop(run, RUN_MEMORY);
    later->fn = fn;
    later->arg = arg;
    name = c_function_name(run, (const void *)fn);
    snprintf(later->name, sizeof later->name, "%s", name ? name : "");
    return later;
}

static void enter_later(void *arg)
{
    struct run *run = run_current;
    struct later *later = arg;

    go_note_stack(run, run->self);
    later->fn(later->arg);
    c_returned(run, (const void *)later->fn);
    c_goroutine_ends(run);
}

/* --- timers ---------------------------------------------------------------- */

static struct go_timer timer_made(struct run *run, struct clock_timer *timer)
{
    if (!timer)
        run_stop(run, RUN_MEMORY);
    return (struct go_timer){timer->chan, timer};
}

struct go_timer go_timer(int64_t duration)
{
    struct run *run = ENTER();

    return timer_made(run, clock_after(run, duration));
}

struct go_timer go_after_func(int64_t duration, void (*fn)(void *), void *arg)
{
    struct run *run = ENTER();
    struct later *later = make_later(run, fn, arg);

    return timer_made(run, clock_after_func(run, duration, enter_later, later, later->name));
}

static struct clock_timer *timer_of(struct run *run, const void *at, size_t size, void *const *impl,
                                    const char *what)
{
    c_check(run, at, size, false);
    if (!*impl)
        c_panic(run, false, "%s that was never made", what);
    go_check_handle(run, *impl, offsetof(struct clock_timer, id), what);
    return *impl;
}

bool timer_stop(struct go_timer *t)
{
    struct run *run = ENTER();

    return clock_stop(run, timer_of(run, t, sizeof *t, &t->impl, "timer_stop of a timer"));
}

static bool reset(struct run *run, struct clock_timer *timer, int64_t duration)
{
    bool was = false;

    go_check_fault(run, clock_reset(run, timer, duration, &was));
    return was;
}

bool timer_reset(struct go_timer *t, int64_t duration)
{
    struct run *run = ENTER();

    return reset(run, timer_of(run, t, sizeof *t, &t->impl, "timer_reset of a timer"), duration);
}

void ticker_reset(struct ticker *t, int64_t period)
{
    struct run *run = ENTER();

    reset(run, timer_of(run, t, sizeof *t, &t->impl, "ticker_reset of a ticker"), period);
}

struct chan *go_tick(int64_t period)
{
    struct run *run = ENTER();
    struct clock_timer *timer;
    enum fault fault;

    if (period <= 0)
        return NULL;
    timer = clock_ticker(run, period, &fault);
    return timer_made(run, timer).c;
}

/* --- contexts ---------------------------------------------------------------- */

/* A context's `face`. */
struct more {
    const void *key;
    void *value;
    const char *why;
};

static struct more *more_of(struct run *run, struct context *context)
{
    if (!context->face)
        context->face = region_alloc(&run->objects, sizeof(struct more));
    if (!context->face)
        run_stop(run, RUN_MEMORY);
    return context->face;
}

static struct context *parent_of(struct run *run, struct ctx *parent)
{
    if (!parent)
        c_panic(run, false, CONTEXT_NIL_PARENT);
    return go_context_of(run, parent);
}

struct ctx *ctx_with_value(struct ctx *parent, const void *key, void *value)
{
    struct run *run = ENTER();
    struct ctx *made;
    struct more *more;

    if (!key)
        c_panic(run, false, "nil key");
    made = go_context_made(run, context_with_value(run, parent_of(run, parent)));
    more = more_of(run, (struct context *)made);
    more->key = key;
    more->value = value;
    return made;
}

void *ctx_value(struct ctx *ctx, const void *key)
{
    struct run *run = ENTER();

    for (struct context *c = go_context_of(run, ctx); c; c = c->parent) {
        const struct more *more = c->face;

        if (more && more->key == key)
            return more->value;
    }
    return NULL;
}

struct ctx *ctx_without_cancel(struct ctx *parent)
{
    struct run *run = ENTER();

    return go_context_made(run, context_without_cancel(run, parent_of(run, parent)));
}

void ctx_cancel_cause(struct ctx *ctx, const char *why)
{
    struct run *run = ENTER();
    struct context *context = go_context_of(run, ctx);
    bool first;

    if (!context->done || context->source != context)
        c_panic(run, false, "ctx_cancel_cause of a context that cannot be cancelled");
    first = context_cancel(run, context);
    if (first)
        more_of(run, context)->why = why;
}

const char *ctx_cause(struct ctx *ctx)
{
    struct run *run = ENTER();
    struct context *context = go_context_of(run, ctx);
    enum context_error error = context_look(run, context);
    const struct more *more = error == CONTEXT_LIVE ? NULL : context->source->cause->face;

    return more && more->why ? more->why : context_error_text(error);
}

struct ctx_after *ctx_after_func(struct ctx *ctx, void (*fn)(void *), void *arg)
{
    struct run *run = ENTER();
    struct context *context = go_context_of(run, ctx);
    struct later *later = make_later(run, fn, arg);
    struct context_after *after = context_after_func(run, context, enter_later, later, later->name);

    if (!after)
        run_stop(run, RUN_MEMORY);
    return (struct ctx_after *)after;
}

bool ctx_after_stop(struct ctx_after *after)
{
    struct run *run = ENTER();

    if (!after)
        c_panic(run, false, "ctx_after_stop of NULL");
    return context_after_stop(run, (struct context_after *)after);
}
