/* context.h -- package context: a tree of cancellations.
 *
 * Cancelling a context closes its done channel and cancels its children, in
 * order of creation, in one step.  Contexts belong to the run.
 */
#ifndef BRAID_SYNC_CONTEXT_H
#define BRAID_SYNC_CONTEXT_H

#include "sync/chan.h"

enum context_error { CONTEXT_LIVE, CONTEXT_CANCELED, CONTEXT_DEADLINE };

struct context {
    uint32_t id;
    struct context *parent;            /* NULL: Background */
    struct context *children, *last_child, *next_sibling;
    struct chan *done;                 /* NULL: can never be cancelled */
    enum context_error error;
    int64_t deadline;                  /* absolute virtual ns; -1 none */
    struct timer timer;
};

/* NULL: out of memory, from all of these.  A deadline already past cancels at once. */
struct context *context_background(struct run *run);
struct context *context_with_cancel(struct run *run, struct context *parent);
struct context *context_with_deadline(struct run *run, struct context *parent, int64_t deadline);
struct context *context_with_timeout(struct run *run, struct context *parent, int64_t timeout);

/* A step, also when it was cancelled before. */
void context_cancel(struct run *run, struct context *context);

/* Err: what it was cancelled for.  A step: what it sees depends on when it looks. */
enum context_error context_look(struct run *run, struct context *context);

/* "context canceled", "context deadline exceeded", or NULL while it lives. */
const char *context_error_text(enum context_error error);

#endif
