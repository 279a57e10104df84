/* context.c -- package context. */
#include "sync/context.h"

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

/* Cancels a live context and what hangs below it: one step. */
static void cancel(struct run *run, struct context *context, enum context_error error,
                   const struct goroutine *by, uint32_t cause)
{
    struct event event = event_make(run, EVENT_CANCEL, by, context->id);
    const char *text = context_error_text(error);

    context->error = error;
    timer_disarm(&run->timers, &context->timer);
    event.other = cause;
    event.text = run_text(run, text, strlen(text));
    event_emit(run, &event);
    chan_close_quietly(run, context->done);
    for (struct context *child = context->children; child; child = child->next_sibling)
        if (child->error == CONTEXT_LIVE)
            cancel(run, child, error, by, context->id);
}

static void deadline(struct run *run, struct timer *timer)
{
    struct context *context = (struct context *)((char *)timer - offsetof(struct context, timer));

    cancel(run, context, CONTEXT_DEADLINE, NULL, 0);
}

static struct context *make(struct run *run, struct context *parent, int64_t when)
{
    struct context *context = region_alloc(&run->objects, sizeof *context);

    if (!context)
        return NULL;
    context->parent = parent;
    context->deadline = when;
    context->timer.fire = deadline;
    context->id = run_object(run, OBJECT_CONTEXT, parent ? parent->id : 0, when, NULL);
    if (!parent)
        return context;
    context->done = chan_make(run, &done_type, 0, context->id, NULL);
    if (!context->done)
        return NULL;
    if (parent->last_child)
        parent->last_child->next_sibling = context;
    else
        parent->children = context;
    parent->last_child = context;
    if (parent->error != CONTEXT_LIVE)
        cancel(run, context, parent->error, run->self, parent->id);
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
        cancel(run, context, CONTEXT_DEADLINE, run->self, parent->id);
    else if (!timer_arm(&run->timers, &context->timer, when))
        return NULL;
    return context;
}

struct context *context_with_timeout(struct run *run, struct context *parent, int64_t timeout)
{
    int64_t when = timeout > INT64_MAX - run->now ? INT64_MAX : run->now + timeout;

    return context_with_deadline(run, parent, when < 0 ? 0 : when);
}

void context_cancel(struct run *run, struct context *context)
{
    /* It closes the done channels of a whole tree. */
    sched_step(run, TOUCH_ALL, TOUCH_CHANGE);
    if (context->error == CONTEXT_LIVE) {
        cancel(run, context, CONTEXT_CANCELED, run->self, 0);
    } else {
        struct event event = event_make(run, EVENT_LOOK, run->self, context->id);

        event_emit(run, &event);
    }
}

enum context_error context_look(struct run *run, struct context *context)
{
    struct event event;

    sched_step(run, context->id, TOUCH_LOOK);
    event = event_make(run, EVENT_LOOK, run->self, context->id);
    event.value = context->error;
    event_emit(run, &event);
    return context->error;
}
