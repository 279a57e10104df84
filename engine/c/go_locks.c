/* go_locks.c -- the functions of go.h for RWMutex, Once, Cond and Pool. */
#include "go.h"
#include "c/go_inside.h"
#include "rt/panic.h"
#include "sync/cond.h"
#include "sync/once.h"
#include "sync/pool.h"
#include "sync/rwmutex.h"

#define ENTER() c_enter(__builtin_return_address(0))

/* --- RWMutex -------------------------------------------------------------- */

GO_LAZY(rw, struct rw, struct rwmutex, "RWMutex", rwmutex_make(run, NULL))

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

/* A struct rlocker is the struct rw it is of. */
struct rlocker *rw_rlocker(struct rw *rw)
{
    rw_of(ENTER(), rw);
    return (struct rlocker *)rw;
}

void rlocker_lock(struct rlocker *l)
{
    struct run *run = ENTER();

    rwmutex_rlock(run, rw_of(run, (struct rw *)l));
}

void rlocker_unlock(struct rlocker *l)
{
    struct run *run = ENTER();

    go_check_fault(run, rwmutex_runlock(run, rw_of(run, (struct rw *)l)));
}

/* --- Once ----------------------------------------------------------------- */

GO_LAZY(once, struct once, struct sync_once, "Once", sync_once_make(run, NULL))

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

/* --- OnceFunc, OnceValue, OnceValues ---------------------------------------- */

/* What the call came to. */
struct once_result {
    struct sync_once *once;
    void *value;
    const char *err;
    const char *panic; /* its text; NULL: it returned */
};

static void *make_result(struct run *run)
{
    struct once_result *result = region_alloc(&run->objects, sizeof *result);

    if (!result)
        return NULL;
    result->once = sync_once_make(run, NULL);
    return result->once ? result : NULL;
}

/* The call ends by a panic, or by Goexit. */
static void end_result(void *arg)
{
    struct once_result *result = arg;

    if (run_current->self->panic)
        result->panic = run_current->self->panic->text;
    sync_once_end(run_current, result->once);
}

/* Makes the call if it is the first; as Go's, a panic of it is every later call's, too. */
static struct once_result *call_once(struct run *run, struct once_values *of)
{
    struct once_result *result = go_object(run, of, sizeof *of, &of->impl, &of->run, "Once",
                                           make_result);
    uint32_t pc = run->self->pc;
    struct deferred end;

    if (!of->fn)
        c_panic(run, false, "a Once of a nil function");
    if (sync_once_begin(run, result->once)) {
        c_defer(run, &end, end_result, result, (uintptr_t)__builtin_frame_address(0));
        result->value = of->fn(of->arg, &result->err);
        c_undefer(run, &end);
        run->self->pc = pc;
        sync_once_end(run, result->once);
    }
    if (result->panic)
        c_panic(run, false, "%s", result->panic);
    return result;
}

/* The three structs are laid out alike; a function may be called with more arguments than it
 * takes, and what one returned that returns nothing is not looked at. */
void once_func(struct once_func *f)
{
    call_once(ENTER(), (struct once_values *)f);
}

void *once_value(struct once_value *v)
{
    return call_once(ENTER(), (struct once_values *)v)->value;
}

void *once_values(struct once_values *v, const char **err)
{
    struct run *run = ENTER();
    struct once_result *result = call_once(run, v);

    if (err) {
        c_check(run, err, sizeof *err, true);
        *err = result->err;
    }
    return result->value;
}

/* --- Cond ----------------------------------------------------------------- */

GO_LAZY(cv, struct cv, struct cond, "Cond", cond_make(run, NULL, NULL))

static struct locker locker_of(struct run *run, void *l, char kind)
{
    if (kind == 'w')
        return rwmutex_locker(rw_of(run, l));
    if (kind == 'r')
        return rwmutex_rlocker(rw_of(run, l));
    return mutex_locker(go_mutex_of(run, l));
}

void cv_wait_at(struct cv *cv, void *l, char kind)
{
    struct run *run = ENTER();
    struct cond *cond = cv_of(run, cv);
    struct locker locker = locker_of(run, l, kind);

    if (cond->waiters.first && !locker_same(&cond->locker, &locker))
        c_panic(run, false, "cv_wait with another Locker than those who wait already");
    cond->locker = locker;
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

    if (number) {
        void *item = items->at[number];

        items->at[number] = NULL;
        return item;
    }
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
