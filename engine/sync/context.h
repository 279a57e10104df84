/* context.h -- package context: a tree of cancellations.
 *
 * Cancelling a context closes its done channel and cancels its children, in
 * order of creation, in one step.  Contexts belong to the run.
 */
#ifndef BRAID_SYNC_CONTEXT_H
#define BRAID_SYNC_CONTEXT_H

#include "sync/chan.h"

enum context_error { CONTEXT_LIVE, CONTEXT_CANCELED, CONTEXT_DEADLINE };

struct context;

/* Told, within the step that cancels (by: its goroutine; NULL: the clock), and then forgotten. */
struct context_hook {
    void (*cancelled)(struct run *run, struct context_hook *hook, const struct goroutine *by);
    struct context_hook *prev, *next;
    bool queued;
};

struct context {
    uint32_t id;
    struct context *parent;            /* NULL: Background */
    struct context *source;            /* whose cancelling is ours: itself; WithValue: above */
    struct context *cause;             /* cancelled: where the cancelling began */
    struct context_hook *first_hook, *last_hook;
    void *face;                        /* the language face's own data */
    struct context *children, *last_child, *next_sibling;
    struct chan *done;                 /* NULL: can never be cancelled */
    enum context_error error;          /* of a source; see context_error() */
    int64_t deadline;                  /* absolute virtual ns; -1 none */
    struct timer timer;
};

/* NULL: out of memory, from all of these.  A deadline already past cancels at once. */
struct context *context_background(struct run *run);
struct context *context_with_cancel(struct run *run, struct context *parent);
struct context *context_with_deadline(struct run *run, struct context *parent, int64_t deadline);
struct context *context_with_timeout(struct run *run, struct context *parent, int64_t timeout);

/* Shares the parent's Done and Err; key and value are the face's. */
struct context *context_with_value(struct run *run, struct context *parent);

/* Is not cancelled with its parent: Done is nil, there is no deadline. */
struct context *context_without_cancel(struct run *run, struct context *parent);

/* A step, also when it was cancelled before; true: it was this call that cancelled. */
bool context_cancel(struct run *run, struct context *context);

/* Cancels as a part of what the world does: no step; nothing when it was cancelled before. */
void context_cancel_quietly(struct run *run, struct context *context);

/* Err: what it was cancelled for.  A step: what it sees depends on when it looks. */
enum context_error context_look(struct run *run, struct context *context);

/* The same without a step, for who has just made one. */
static inline enum context_error context_error(const struct context *context)
{
    return context->source->error;
}

/* Waits to be told of the cancelling; the context must live. */
void context_hook_add(struct context *context, struct context_hook *hook);
void context_hook_remove(struct context *context, struct context_hook *hook); /* if still there */

/* AfterFunc: starts entry(arg) as a goroutine when the context is cancelled, at once when it has
 * been.  NULL: out of memory. */
struct context_after;
struct context_after *context_after_func(struct run *run, struct context *context,
                                         void (*entry)(void *arg), void *arg, const char *name);

/* Its stop function: false when the function was started, or stopped before. */
bool context_after_stop(struct run *run, struct context_after *after);

/* What Go says, panicking, to who gives no parent. */
#define CONTEXT_NIL_PARENT "cannot create context from nil parent"

/* "context canceled", "context deadline exceeded", or NULL while it lives. */
const char *context_error_text(enum context_error error);

#endif
