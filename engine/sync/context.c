/* context.c -- package context. */
#include "sync/context.h"
#include "sync/waiters.h"

#include <string.h>

struct nothing { char none; };

static int64_t show_nothing(struct run *run, const void *element, enum value_kind *kind)
{
    (void)run, (void)element;
    *kind = VALUE_NONE;
    return 0;
}

static const struct chan_type done_type = {sizeof(struct nothing), show_nothing};

const char *context_error_text(enum context_error error)
{
    switch (error) {
    case CONTEXT_CANCELED: return "context canceled";
    case CONTEXT_DEADLINE: return "context deadline exceeded";
    case CONTEXT_LIVE: break;
    }
    return NULL;
}

static void mark(struct run *run, struct context *context, enum context_error error,
                   const struct goroutine *by, struct context *above)
{

    struct event event = event_make(run, EVENT_CANCEL, by, context->id);
    const char *text = context_error_text(error);

    if (by) { /* the clock's doing is nobody's step */
        sched_touch(run, context->id, TOUCH_CHANGE);
        sched_touch(run, context->done->id, TOUCH_CLOSE);
    }
    context->error = error;
    context->cause = above ? above->cause : context;
    timer_disarm(&run->timers, &context->timer);
    event.other = above ? above->id : 0;
    event.text = run_text(run, text, strlen(text));
    event_emit(run, &event);
    chan_close_quietly(run, context->done);
    for (struct context *child = context->children; child; child = child->next_sibling)
        if (child->error == CONTEXT_LIVE)
            mark(run, child, error, by, context);
}

static void call_hooks(struct run *run, struct context *context, const struct goroutine *by)
{
    struct context_hook *hook;

    while ((hook = context->first_hook)) {
        context_hook_remove(context, hook);
        hook->cancelled(run, hook, by);
    }
    for (struct context *child = context->children; child; child = child->next_sibling)
        call_hooks(run, child, by);
}

/* Cancels a live context and what hangs below it: one step.  above: why, or NULL. */
static void cancel(struct run *run, struct context *context, enum context_error error,
                   const struct goroutine *by, struct context *above)
{
    mark(run, context, error, by, above);
    call_hooks(run, context, by); /* when all are cancelled: none must be served meanwhile */
}

static void deadline(struct run *run, struct timer *timer)
{
    struct context *context = (struct context *)((char *)timer - offsetof(struct context, timer));

    cancel(run, context, CONTEXT_DEADLINE, NULL, NULL);
}

static struct context *make(struct run *run, struct context *parent, int64_t when)
{
    struct context *context = region_alloc(&run->objects, sizeof *context);

    if (!context)
        return NULL;
    context->parent = parent;
    context->source = context;
    context->deadline = when;
    context->timer.fire = deadline;
    context->id = run_object(run, OBJECT_CONTEXT, parent ? parent->id : 0, when, NULL);
    if (!parent)
        return context;
    context->done = chan_make(run, &done_type, 0, context->id, NULL);
    if (!context->done)
        return NULL;
    parent = parent->source;
    sched_touch(run, parent->id, TOUCH_LOOK); /* what comes after a cancelling is cancelled */
    if (parent->last_child)
        parent->last_child->next_sibling = context;
    else
        parent->children = context;
    parent->last_child = context;
    if (parent->error != CONTEXT_LIVE)
        cancel(run, context, parent->error, run->self, parent);
    return context;
}

struct context *context_background(struct run *run)
{
    return make(run, NULL, -1);
}

struct context *context_with_cancel(struct run *run, struct context *parent)
{
    return make(run, parent, parent->deadline);
}

struct context *context_with_deadline(struct run *run, struct context *parent, int64_t when)
{
    bool sooner = parent->deadline < 0 || when < parent->deadline;
    struct context *context = make(run, parent, sooner ? when : parent->deadline);

    /* the parent's own timer cancels us too when it is not later */
    if (!context || !sooner || context->error != CONTEXT_LIVE)
        return context;
    if (when <= run->now)
        cancel(run, context, CONTEXT_DEADLINE, run->self, parent->source);
    else if (!timer_arm(&run->timers, &context->timer, when))
        return NULL;
    return context;
}

struct context *context_with_timeout(struct run *run, struct context *parent, int64_t timeout)
{
    int64_t when = timeout > INT64_MAX - run->now ? INT64_MAX : run->now + timeout;

    return context_with_deadline(run, parent, when < 0 ? 0 : when);
}

/* A context without a Done of its own. */
static struct context *make_plain(struct run *run, struct context *parent, int64_t when)
{
    struct context *context = region_alloc(&run->objects, sizeof *context);

    if (!context)
        return NULL;
    context->parent = parent;
    context->source = context;
    context->deadline = when;
    context->id = run_object(run, OBJECT_CONTEXT, parent->id, when, NULL);
    return context;
}

struct context *context_with_value(struct run *run, struct context *parent)
{
    struct context *context = make_plain(run, parent, parent->deadline);

    if (context) {
        context->source = parent->source;
        context->done = parent->done;
    }
    return context;
}

struct context *context_without_cancel(struct run *run, struct context *parent)
{
    return make_plain(run, parent, -1);
}

bool context_cancel(struct run *run, struct context *context)
{
    struct event event;

    sched_step(run, context->id, TOUCH_CHANGE);
    if (context->error == CONTEXT_LIVE) {
        cancel(run, context, CONTEXT_CANCELED, run->self, NULL);
        return true;
    }
    event = event_make(run, EVENT_LOOK, run->self, context->id);
    event.value = context->error;
    event.extra = 1;
    event_emit(run, &event);
    return false;
}

void context_cancel_quietly(struct run *run, struct context *context)
{
    if (context->error == CONTEXT_LIVE)
        cancel(run, context, CONTEXT_CANCELED, NULL, NULL);
}

enum context_error context_look(struct run *run, struct context *context)
{
    enum context_error error;

    context = context->source;
    sched_poll(run, context->id, TOUCH_LOOK);
    error = context->error; /* before who polls gives way */
    waiter_look(run, context->id, PATIENCE_SPIN, error);
    return error;
}

/* --- being told ----------------------------------------------------------- */

void context_hook_add(struct context *context, struct context_hook *hook)
{
    context = context->source;
    hook->queued = true;
    hook->next = NULL;
    hook->prev = context->last_hook;
    if (context->last_hook)
        context->last_hook->next = hook;
    else
        context->first_hook = hook;
    context->last_hook = hook;
}

void context_hook_remove(struct context *context, struct context_hook *hook)
{
    if (!hook->queued)
        return;
    context = context->source;
    hook->queued = false;
    if (hook->prev)
        hook->prev->next = hook->next;
    else
        context->first_hook = hook->next;
    if (hook->next)
        hook->next->prev = hook->prev;
    else
        context->last_hook = hook->prev;
}

struct context_after {
    struct context_hook hook; /* first: a hook's address is its own */
    struct context *context;
    uint32_t id;
    void (*entry)(void *arg);
    void *arg;
    const char *name;
    uint32_t line, file, pc;  /* where it was set */
};

static void start_after(struct run *run, struct context_hook *hook, const struct goroutine *by)
{
    struct context_after *after = (struct context_after *)hook;
    struct goroutine *g;

    if (run->main_done)
        return; /* in Go the program would be gone already */
    g = run_go_by(run, by, after->id, after->entry, after->arg, after->name);
    if (!g)
        run_stop(run, RUN_MEMORY);
    g->line = after->line;
    g->file = after->file;
    g->pc = after->pc;
}

struct context_after *context_after_func(struct run *run, struct context *context,
                                         void (*entry)(void *arg), void *arg, const char *name)
{
    struct context_after *after = region_alloc(&run->objects, sizeof *after);
    const struct goroutine *self = run->self;
    struct event event;

    if (!after)
        return NULL;
    *after = (struct context_after){
        .hook.cancelled = start_after, .context = context, .entry = entry, .arg = arg,
        .name = name, .line = self->line, .file = self->file, .pc = self->pc,
    };
    after->id = run_object(run, OBJECT_TIMER, context->id, -1, NULL);
    sched_poll(run, context->source->id, TOUCH_LOOK);
    if (context_error(context) != CONTEXT_LIVE)
        start_after(run, &after->hook, self);
    else
        context_hook_add(context, &after->hook);
    event = event_make(run, EVENT_LOOK, self, context->source->id);
    event.value = context_error(context);
    event_emit(run, &event);
    return after;
}

bool context_after_stop(struct run *run, struct context_after *after)
{
    struct event event;
    bool was;

    sched_step(run, after->context->source->id, TOUCH_CHANGE);
    was = after->hook.queued;
    context_hook_remove(after->context, &after->hook);
    event = event_make(run, EVENT_TIMER_STOP, run->self, after->id);
    event.value = was;
    event.value_kind = VALUE_BOOL;
    event_emit(run, &event);
    return was;
}
