/* go_fast.h -- what a program compiled without checks does by itself, for speed.
 *
 * go.h includes it when GO_FAST is defined, as c/compile.h does for such a
 * program.  Nothing is called otherwise than before: mu_lock and the like become
 * macros that look whether there is anything to be asked of the engine.  To lock
 * what is free, or to send where there is room and nobody waits, is then a few
 * instructions in the program itself; half of what it took was the call.
 *
 * Whatever is not as plain as that calls the engine: who must wait or be woken, a
 * copied lock, a closed channel, a view, elements of the wrong size, the first use
 * of a struct, a step that somebody wants to be told of, the last step allowed.
 * So the engine finds and words all faults, and steps are counted as ever.  Only
 * go_defer does not compile: it is the hooks that tell when a function returns.
 *
 * The structs are the beginnings of the engine's own; c/go_fast.c holds them
 * against those.
 */
#ifndef BRAID_GO_FAST_H
#define BRAID_GO_FAST_H

/* struct run.  Steps below `fast_until` are only to be counted, when nobody waits
 * for a change: the last two are 0. */
struct go_fast_run {
    uint64_t steps, fast_until;
    uint64_t stamp; /* what a struct mu of this run says in its `run` */
    uint32_t vain, npolled;
};

/* The run that goes on; NULL: none. */
extern _Thread_local struct go_fast_run *go_fast_current __asm__("run_current")
    __attribute__((tls_model("initial-exec")));

/* What a struct mu points to: struct go_lazy. */
struct go_fast_lazy {
    uintptr_t owner; /* ~ its address */
    struct go_fast_mutex *object;
};

struct go_fast_mutex {
    uint32_t id;
    bool locked;
    void *first; /* who waits; NULL: nobody */
};

struct go_fast_chan {
    uint32_t own_size; /* of an element, where the program may send it by itself; else 0 */
    uint32_t cap, len, head;
    unsigned char *buffer;
    struct { void *first, *last; } senders, receivers; /* who waits; first is NULL: nobody */
};

#define GO_FAST_INLINE static inline __attribute__((always_inline, unused))

/* The run, if it lets the program take a step by itself; else NULL. */
GO_FAST_INLINE struct go_fast_run *go_fast_begin(void)
{
    struct go_fast_run *run = go_fast_current;

    return run && run->steps < run->fast_until && (run->vain | run->npolled) == 0 ? run : NULL;
}

/* --- Mutex ---------------------------------------------------------------- */

/* The mutex, if it is one of this run and used where it was made; else NULL. */
GO_FAST_INLINE struct go_fast_mutex *go_fast_mutex(const struct go_fast_run *run,
                                                   const struct mu *mu)
{
    const struct go_fast_lazy *lazy = mu->impl;

    return mu->run == run->stamp && lazy->owner == ~(uintptr_t)mu ? lazy->object : NULL;
}

GO_FAST_INLINE bool go_fast_lock(struct mu *mu)
{
    struct go_fast_run *run = go_fast_begin();
    struct go_fast_mutex *mutex = run ? go_fast_mutex(run, mu) : NULL;

    if (!mutex || mutex->locked)
        return false;
    mutex->locked = true;
    run->steps++;
    return true;
}

GO_FAST_INLINE bool go_fast_unlock(struct mu *mu)
{
    struct go_fast_run *run = go_fast_begin();
    struct go_fast_mutex *mutex = run ? go_fast_mutex(run, mu) : NULL;

    if (!mutex || !mutex->locked || mutex->first)
        return false;
    mutex->locked = false;
    run->steps++;
    return true;
}

/* What is called lies on the program's own line: that is where faults are told. */
#define mu_lock(m) \
    __extension__({ \
        struct mu *go_fast_mu = (m); \
        if (!go_fast_lock(go_fast_mu)) \
            (mu_lock)(go_fast_mu); \
    })
#define mu_unlock(m) \
    __extension__({ \
        struct mu *go_fast_mu = (m); \
        if (!go_fast_unlock(go_fast_mu)) \
            (mu_unlock)(go_fast_mu); \
    })

/* --- channels -------------------------------------------------------------- */

/* The channel, if it is one of elements of this size (no view), and this is a step
 * to be taken here; else NULL. */
GO_FAST_INLINE struct go_fast_chan *go_fast_chan(void *c, size_t size)
{
    struct go_fast_chan *chan = c;
    bool fits = c && (uintptr_t)c % sizeof c == 0 && size > 0 && chan->own_size == size;

    return fits && go_fast_begin() ? chan : NULL;
}

GO_FAST_INLINE unsigned char *go_fast_slot(const struct go_fast_chan *chan, uint32_t at,
                                           size_t size)
{
    return chan->buffer + (size_t)(at >= chan->cap ? at - chan->cap : at) * size;
}

/* The engine's go_send_at and go_recv_at for what go_fast_chan has found good. */
void go_fast_send_at(struct go_fast_chan *chan, const void *element);
bool go_fast_recv_at(struct go_fast_chan *chan, void *element);

GO_FAST_INLINE bool go_fast_send(struct go_fast_chan *chan, const void *element, size_t size)
{
    if (chan->len >= chan->cap || chan->receivers.first)
        return false;
    __builtin_memcpy(go_fast_slot(chan, chan->head + chan->len, size), element, size);
    chan->len++;
    go_fast_current->steps++;
    return true;
}

GO_FAST_INLINE bool go_fast_recv(struct go_fast_chan *chan, void *element, size_t size)
{
    if (chan->len == 0 || chan->senders.first || !element)
        return false;
    __builtin_memcpy(element, go_fast_slot(chan, chan->head, size), size);
    chan->head = chan->head + 1 == chan->cap ? 0 : chan->head + 1;
    chan->len--;
    go_fast_current->steps++;
    return true;
}

#define go_send_at(c, p, size) \
    __extension__({ \
        void *go_fast_c = (c); \
        const void *go_fast_p = (p); \
        struct go_fast_chan *go_fast_it = go_fast_chan(go_fast_c, (size)); \
        if (!go_fast_it) \
            (go_send_at)(go_fast_c, go_fast_p, (size)); \
        else if (!go_fast_send(go_fast_it, go_fast_p, (size))) \
            go_fast_send_at(go_fast_it, go_fast_p); \
    })
#define go_recv_at(c, p, size) \
    __extension__({ \
        void *go_fast_c = (c), *go_fast_p = (p); \
        struct go_fast_chan *go_fast_it = go_fast_chan(go_fast_c, (size)); \
        !go_fast_it ? (go_recv_at)(go_fast_c, go_fast_p, (size)) \
        : go_fast_recv(go_fast_it, go_fast_p, (size)) ? true \
        : go_fast_recv_at(go_fast_it, go_fast_p); \
    })

/* --- select ------------------------------------------------------------------ */

GO_FAST_INLINE struct go_value go_fast_value(void *element, bool *ok, size_t size, bool send,
                                             const char *name)
{
    return (struct go_value){element, ok, size, name, send};
}
#define go_value_of go_fast_value

#undef go_defer
#define go_defer(fn, arg) _Static_assert(0, "go_defer needs the checks")

#endif
