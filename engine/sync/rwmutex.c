/* rwmutex.c -- sync.RWMutex.
 *
 * Claiming is a step of its own, as in Go: between it and the last reader's leaving, a
 * second RLock of a reader inside waits for the writer who waits for that reader.
 *
 * Free mode serves as Go does: who unlocks lets all waiting readers in, then the next
 * writer claims.
 */
#include "sync/rwmutex.h"

struct rwmutex *rwmutex_make(struct run *run, const char *name)
{
    struct rwmutex *rw = region_alloc(&run->objects, sizeof *rw);

    if (rw)
        rw->id = run_object(run, OBJECT_RWMUTEX, 0, 0, name);
    return rw;
}

static bool is_closed(const struct rwmutex *rw)
{
    return rw->locked || rw->claimant;
}

static enum ready no_writer(struct goroutine *g)
{
    return is_closed(g->op) ? READY_NO : READY_YES;
}

static enum ready no_reader(struct goroutine *g)
{
    return ((struct rwmutex *)g->op)->readers ? READY_NO : READY_YES;
}

/* --- the changes, told for whoever they happen to ------------------------- */

static void tell(struct run *run, enum event_kind kind, const struct rwmutex *rw,
                 const struct goroutine *g)
{
    struct event event = event_make(run, kind, g, rw->id);

    event.extra = rw->readers;
    event_emit(run, &event);
}

static struct reader *reader_of(const struct rwmutex *rw, uint32_t g)
{
    struct reader *reader = rw->readers_ever;

    while (reader && reader->g != g)
        reader = reader->next;
    return reader;
}

/* Notes that the goroutine has one more read lock of its own. */
static void enter_own(struct run *run, struct rwmutex *rw, uint32_t g)
{
    struct reader *reader = reader_of(rw, g);

    if (!reader) {
        reader = region_alloc(&run->objects, sizeof *reader);
        if (!reader)
            run_stop(run, RUN_MEMORY);
        *reader = (struct reader){.g = g, .next = rw->readers_ever};
        rw->readers_ever = reader;
    }
    reader->locks++;
}

static void enter(struct run *run, struct rwmutex *rw, const struct goroutine *g)
{
    if (run->explored)
        enter_own(run, rw, g->id);
    rw->readers++;
    tell(run, EVENT_RLOCK, rw, g);
}

static void take(struct run *run, struct rwmutex *rw, const struct goroutine *g)
{
    rw->claimant = NULL;
    rw->locked = true;
    tell(run, EVENT_LOCK, rw, g);
}

static void claim(struct run *run, struct rwmutex *rw, struct goroutine *g)
{
    rw->claimant = g;
    tell(run, EVENT_CLAIM, rw, g);
}

static void wait(struct run *run, struct rwmutex *rw, enum wait_kind kind, struct waiters *queue)
{
    struct waiter waiter = {.g = run->self};

    waiters_put(queue, &waiter);
    sched_wait(run, kind, rw->id, no_writer, NULL, rw, (struct touches){0});
}

/* --- writers -------------------------------------------------------------- */

void rwmutex_lock(struct run *run, struct rwmutex *rw)
{
    struct touch touch = {.obj = rw->id, .mode = TOUCH_LOCK};
    struct touches touches = {&touch, run->explored};

    if (run->explored)
        sched_wait(run, WAIT_LOCK, rw->id, no_writer, NULL, rw, touches);
    else
        sched_step(run, rw->id, TOUCH_CHANGE);
    if (is_closed(rw)) {
        wait(run, rw, WAIT_LOCK, &rw->writing); /* free mode; has it when this returns */
        return;
    }
    touch.before.level = (int32_t)rw->readers;
    if (rw->readers == 0) {
        take(run, rw, run->self);
        return;
    }
    claim(run, rw, run->self);
    touch = (struct touch){.obj = rw->id, .mode = TOUCH_ALONE, .before.shut = true};
    sched_wait(run, WAIT_READERS, rw->id, no_reader, NULL, rw, touches);
    if (run->explored)
        take(run, rw, run->self);
}

/* Free mode: the writer next in line, if nobody is before it. */
static void next_writer(struct run *run, struct rwmutex *rw)
{
    struct waiter *waiter = waiters_take(&rw->writing);
    struct event event;

    if (!waiter)
        return;
    if (rw->readers == 0) {
        take(run, rw, waiter->g);
        sched_wake(run, waiter->g);
        return;
    }
    claim(run, rw, waiter->g);
    waiter->g->wait = WAIT_READERS;
    event = event_make(run, EVENT_BLOCK, waiter->g, rw->id);
    event.extra = WAIT_READERS;
    event_emit(run, &event);
}

bool rwmutex_try_lock(struct run *run, struct rwmutex *rw)
{
    sched_poll(run, rw->id, TOUCH_CHANGE);
    if (!is_closed(rw) && rw->readers == 0) {
        sched_turned_out(run, TOUCH_LOCK, 0, false);
        take(run, rw, run->self);
        return true;
    }
    sched_turned_out(run, TOUCH_LOOK, rw->readers, is_closed(rw));
    waiter_look(run, rw->id, PATIENCE_SPIN, 0);
    return false;
}

static enum fault put_down(struct run *run, void *object)
{
    struct rwmutex *rw = object;
    struct waiter *waiter;

    if (!rw->locked)
        return run_fault(run, FAULT_RW_UNLOCK, rw->id);
    rw->locked = false;
    tell(run, EVENT_UNLOCK, rw, run->self);
    while ((waiter = waiters_take(&rw->reading))) {
        enter(run, rw, waiter->g);
        sched_wake(run, waiter->g);
    }
    next_writer(run, rw);
    return FAULT_NONE;
}

enum fault rwmutex_unlock(struct run *run, struct rwmutex *rw)
{
    sched_step(run, rw->id, TOUCH_UNLOCK);
    sched_turned_out(run, TOUCH_UNLOCK, rw->readers, rw->locked);
    return put_down(run, rw);
}

/* --- readers -------------------------------------------------------------- */

void rwmutex_rlock(struct run *run, struct rwmutex *rw)
{
    struct touch touch = {.obj = rw->id, .mode = TOUCH_ENTER};

    if (run->explored) {
        sched_wait(run, WAIT_RLOCK, rw->id, no_writer, NULL, rw, (struct touches){&touch, 1});
    } else {
        sched_step(run, rw->id, TOUCH_ENTER);
        if (is_closed(rw)) {
            wait(run, rw, WAIT_RLOCK, &rw->reading);
            return;
        }
    }
    touch.before.level = (int32_t)rw->readers;
    enter(run, rw, run->self);
}

bool rwmutex_try_rlock(struct run *run, struct rwmutex *rw)
{
    sched_poll(run, rw->id, TOUCH_ENTER);
    sched_turned_out(run, is_closed(rw) ? TOUCH_LOOK : TOUCH_ENTER, rw->readers, is_closed(rw));
    if (!is_closed(rw)) {
        enter(run, rw, run->self);
        return true;
    }
    waiter_look(run, rw->id, PATIENCE_SPIN, 0);
    return false;
}

static enum fault rput_down(struct run *run, void *object)
{
    struct rwmutex *rw = object;
    struct reader *own = reader_of(rw, run->self->id);

    if (rw->readers == 0)
        return run_fault(run, FAULT_RW_RUNLOCK, rw->id);
    if (own && own->locks > 0)
        own->locks--;
    rw->readers--;
    tell(run, EVENT_RUNLOCK, rw, run->self);
    if (!run->explored && rw->readers == 0 && rw->claimant) {
        struct goroutine *writer = rw->claimant;

        take(run, rw, writer);
        sched_wake(run, writer);
    }
    return FAULT_NONE;
}

enum fault rwmutex_runlock(struct run *run, struct rwmutex *rw)
{
    const struct reader *own = reader_of(rw, run->self->id);
    enum touch_mode mode = own && own->locks > 0 ? TOUCH_LEAVE : TOUCH_CHANGE;

    sched_step(run, rw->id, mode);
    sched_turned_out(run, mode, rw->readers, is_closed(rw));
    return rput_down(run, rw);
}

/* --- as a Locker ------------------------------------------------------------ */

static void lock(struct run *run, void *rw)
{
    rwmutex_lock(run, rw);
}

static void rlock(struct run *run, void *rw)
{
    rwmutex_rlock(run, rw);
}

struct locker rwmutex_locker(struct rwmutex *rw)
{
    return (struct locker){rw, rw->id, TOUCH_UNLOCK, lock, put_down};
}

struct locker rwmutex_rlocker(struct rwmutex *rw)
{
    return (struct locker){rw, rw->id, TOUCH_LEAVE, rlock, rput_down};
}
