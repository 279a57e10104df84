/* go_locks.c -- the functions of go.h for RWMutex, Once, Cond, Pool and atomics. */
#include "go.h"
#include "c/go_inside.h"
#include "sync/cell.h"
#include "sync/cond.h"
#include "sync/once.h"
#include "sync/pool.h"
#include "sync/rwmutex.h"

#define ENTER() c_enter(__builtin_return_address(0))

/* Defines name_of(run, p), the object behind a struct of go.h. */
#define LAZY(name, type, object, what, making)                                             \
    static void *make_##name(struct run *run)                                              \
    {                                                                                      \
        return making;                                                                     \
    }                                                                                      \
                                                                                           \
    static object *name##_of(struct run *run, type *p)                                     \
    {                                                                                      \
        return go_object(run, p, sizeof *p, &p->impl, &p->run, what, make_##name);         \
    }

/* --- RWMutex -------------------------------------------------------------- */

LAZY(rw, struct rw, struct rwmutex, "RWMutex", rwmutex_make(run, NULL))

void rw_lock(struct rw *rw)
{
    struct run *run = ENTER();

    rwmutex_lock(run, rw_of(run, rw));
}

bool rw_try_lock(struct rw *rw)
{
    struct run *run = ENTER();

    return rwmutex_try_lock(run, rw_of(run, rw));
}

void rw_unlock(struct rw *rw)
{
    struct run *run = ENTER();

    go_check_fault(run, rwmutex_unlock(run, rw_of(run, rw)));
}

void rw_rlock(struct rw *rw)
{
    struct run *run = ENTER();

    rwmutex_rlock(run, rw_of(run, rw));
}

bool rw_try_rlock(struct rw *rw)
{
    struct run *run = ENTER();

    return rwmutex_try_rlock(run, rw_of(run, rw));
}

void rw_runlock(struct rw *rw)
{
    struct run *run = ENTER();

    go_check_fault(run, rwmutex_runlock(run, rw_of(run, rw)));
}

/* --- Once ----------------------------------------------------------------- */

LAZY(once, struct once, struct sync_once, "Once", sync_once_make(run, NULL))

static void end_once(void *once)
{
    sync_once_end(run_current, once);
}

void once_do(struct once *once, void (*fn)(void *), void *arg)
{
    struct run *run = ENTER();
    struct sync_once *object = once_of(run, once);
    uint32_t pc = run->self->pc;
    struct deferred end;

    if (!fn)
        c_panic(run, false, "once_do of a nil function");
    if (!sync_once_begin(run, object))
        return;
    /* Go: a function that panics counts as having returned */
    c_defer(run, &end, end_once, object, (uintptr_t)__builtin_frame_address(0));
    fn(arg);
    c_undefer(run, &end);
    run->self->pc = pc;
    sync_once_end(run, object);
}

/* --- Cond ----------------------------------------------------------------- */

LAZY(cv, struct cv, struct cond, "Cond", cond_make(run, NULL, NULL))

void cv_wait(struct cv *cv, struct mu *mu)
{
    struct run *run = ENTER();
    struct cond *cond = cv_of(run, cv);
    struct mutex *mutex = go_mutex_of(run, mu);

    if (cond->waiters.first && cond->mutex != mutex)
        c_panic(run, false, "cv_wait with another Mutex than those who wait already");
    cond->mutex = mutex;
    go_check_fault(run, cond_wait(run, cond));
}

void cv_signal(struct cv *cv)
{
    struct run *run = ENTER();

    cond_signal(run, cv_of(run, cv));
}

void cv_broadcast(struct cv *cv)
{
    struct run *run = ENTER();

    cond_broadcast(run, cv_of(run, cv));
}

/* --- Pool ----------------------------------------------------------------- */

/* What was put, by its number. */
struct items {
    struct sync_pool *pool;
    void **at;
    uint32_t cap;
};

static void *make_items(struct run *run)
{
    struct items *items = region_alloc(&run->objects, sizeof *items);

    if (!items)
        return NULL;
    items->pool = sync_pool_make(run, NULL);
    return items->pool ? items : NULL;
}

static struct items *pool_of(struct run *run, struct go_pool *pool)
{
    return go_object(run, pool, sizeof *pool, &pool->impl, &pool->run, "Pool", make_items);
}

void *go_pool_get(struct go_pool *pool)
{
    struct run *run = ENTER();
    struct items *items = pool_of(run, pool);
    uint32_t number = sync_pool_get(run, items->pool);

    if (number)
        return items->at[number];
    return pool->make ? pool->make() : NULL;
}

void go_pool_put(struct go_pool *pool, void *item)
{
    struct run *run = ENTER();
    struct items *items = pool_of(run, pool);
    uint32_t number;

    if (!item)
        return; /* as Go: nothing is put */
    number = sync_pool_put(run, items->pool);
    if (number >= items->cap) {
        uint32_t cap = items->cap ? 2 * items->cap : 16;
        void **at = region_alloc(&run->objects, cap * sizeof *at);

        if (!at)
            run_stop(run, RUN_MEMORY);
        if (items->cap)
            memcpy(at, items->at, items->cap * sizeof *at);
        items->at = at;
        items->cap = cap;
    }
    if (!number)
        run_stop(run, RUN_MEMORY);
    items->at[number] = item;
}

/* --- atomics -------------------------------------------------------------- */

LAZY(a64, struct a64, struct atomic, "Int64", atomic_make(run, 0, NULL))

int64_t a64_load(struct a64 *a)
{
    struct run *run = ENTER();

    return atomic_load(run, a64_of(run, a));
}

void a64_store(struct a64 *a, int64_t value)
{
    struct run *run = ENTER();

    atomic_store(run, a64_of(run, a), value);
}

int64_t a64_add(struct a64 *a, int64_t delta)
{
    struct run *run = ENTER();

    return atomic_add(run, a64_of(run, a), delta);
}

int64_t a64_swap(struct a64 *a, int64_t value)
{
    struct run *run = ENTER();

    return atomic_swap(run, a64_of(run, a), value);
}

bool a64_cas(struct a64 *a, int64_t old, int64_t value)
{
    struct run *run = ENTER();

    return atomic_cas(run, a64_of(run, a), old, value);
}
