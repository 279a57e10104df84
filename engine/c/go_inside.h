/* go_inside.h -- what the files with the functions of go.h share; of no use to others. */
#ifndef BRAID_C_GO_INSIDE_H
#define BRAID_C_GO_INSIDE_H

#include "c/inside.h"

struct context;
struct ctx;
struct mu;
struct mutex;

/* What a struct wg or mu points to; go_fast.h sees it up to the object. */
struct go_lazy {
    uintptr_t owner;   /* c_weak of the learner's struct: a copy of it is not it */
    void *object;
    uint32_t id;       /* of the object, or of the first of several; it was made at the first use */
};

/* See go_object: at its first use, or misused. */
void *go_object_first(struct run *run, const void *owner, void **impl, uint64_t *stamp,
                      const char *what, void *(*make)(struct run *run));

/* The object behind a learner's struct that is ready when zeroed (owner, of `size` bytes, with
 * its impl and run), made at first use.  Ends the run when it is a copy or was never zeroed. */
static inline void *go_object(struct run *run, const void *owner, size_t size, void **impl,
                              uint64_t *stamp, const char *what,
                              void *(*make)(struct run *run))
{
    const struct go_lazy *lazy;

    c_check(run, owner, size, true);
    lazy = *impl;
    if (lazy && *stamp == run->stamp && lazy->owner == c_weak(owner))
        return lazy->object;
    return go_object_first(run, owner, impl, stamp, what, make);
}

/* Defines name_of(run, p): the object behind a struct of go.h, made by the expression. */
#define GO_LAZY(name, type, object, what, making)                                          \
    static void *make_##name(struct run *run)                                              \
    {                                                                                      \
        return making;                                                                     \
    }                                                                                      \
                                                                                           \
    static object *name##_of(struct run *run, type *p)                                     \
    {                                                                                      \
        return go_object(run, p, sizeof *p, &p->impl, &p->run, what, make_##name);         \
    }

struct mutex *go_mutex_of(struct run *run, struct mu *mu);

/* go.c: go_chan_make for a caller who is in the run already, and a channel's <-chan. */
struct chan;
struct recv_chan;
struct chan *go_chan_new(struct run *run, size_t size, ptrdiff_t cap, const char *type, char kind,
                         const char *name);
struct recv_chan *go_receiver_of(struct chan *chan);

/* go_map.c: numbers for keys, from 1 in the order of their first use.  NULL: out of memory, which
 * ends the run when it happens later. */
struct go_key;
struct go_keys;
struct go_keys *go_keys_make(struct run *run);
uint32_t go_keys_number(struct run *run, struct go_keys *keys, struct go_key key);

/* The context a learner's pointer means; ends the run when it is none. */
struct context *go_context_of(struct run *run, struct ctx *ctx);
struct ctx *go_context_made(struct run *run, struct context *context); /* NULL: out of memory */

/* The channel, of elements of `size` bytes, on which a learner's pointer lets somebody send; NULL
 * for NULL; ends the run when it does not. */
struct chan *go_chan_to_send(struct run *run, struct chan *view, size_t size);

/* Ends the run with Go's words, unless there is no fault. */
void go_check_fault(struct run *run, enum fault fault);

/* A goroutine's stack counts as the program's memory: for one that run_go did not start by c_go. */
void go_note_stack(struct run *run, const struct goroutine *g);

/* A pointer that a function of go.h handed out, looked at for its object id; ends the run when
 * it is wild, and with "what" in words when it is no such thing. */
void go_check_handle(struct run *run, const void *handle, uint32_t id_offset, const char *what);

#endif
