/* order.c -- happens-before, out of events.
 *
 * A release puts the goroutine's tick into its clock, hands the clock out and
 * raises the tick; what the goroutine does from then on is not yet covered by
 * what it handed out.
 */
#include "check/order.h"

#include <stdlib.h>
#include <string.h>

void order_clear(struct order *order)
{
    vclock_pool_clear(&order->pool);
    region_clear(&order->slots);
    places_clear(&order->atomics);
    if (order->ngoroutines)
        memset(order->goroutines, 0, order->ngoroutines * sizeof *order->goroutines);
    if (order->nobjects)
        memset(order->objects, 0, order->nobjects * sizeof *order->objects);
    if (order->natomics)
        memset(order->atomic_clocks, 0, order->natomics * sizeof *order->atomic_clocks);
    order->seen = 0;
    order->failed = false;
}

void order_release(struct order *order)
{
    vclock_pool_release(&order->pool);
    region_release(&order->slots);
    places_release(&order->atomics);
    free(order->goroutines);
    free(order->objects);
    free(order->atomic_clocks);
    *order = (struct order){0};
}

/* Makes room for index i in a zero-filled array; NULL: memory ran out, the array stays. */
static void *grow(void *array, uint32_t *count, uint32_t i, size_t size)
{
    size_t room = *count < 16 ? 16 : *count;

    while (room <= i)
        room *= 2;
    array = realloc(array, room * size);
    if (!array)
        return NULL;
    memset((char *)array + *count * size, 0, (room - *count) * size);
    *count = (uint32_t)room;
    return array;
}

static struct order_goroutine *goroutine(struct order *order, uint32_t id)
{
    struct order_goroutine *g;

    if (id >= order->ngoroutines) {
        g = grow(order->goroutines, &order->ngoroutines, id, sizeof *g);
        if (!g) {
            order->failed = true;
            return NULL;
        }
        order->goroutines = g;
    }
    g = &order->goroutines[id];
    if (g->tick == 0)
        g->tick = 1;
    return g;
}

static struct order_object *object(struct order *order, uint32_t id)
{
    if (id >= order->nobjects) {
        struct order_object *o = grow(order->objects, &order->nobjects, id, sizeof *o);
        if (!o) {
            order->failed = true;
            return NULL;
        }
        order->objects = o;
    }
    return &order->objects[id];
}

uint32_t order_tick(struct order *order, uint32_t id)
{
    const struct order_goroutine *g = goroutine(order, id);

    return g ? g->tick : 0;
}

/* --- release and acquire ------------------------------------------------- */

/* After it, g's clock covers all that g did so far, and nothing it will do. */
static void publish(struct order *order, struct order_goroutine *g, uint32_t id)
{
    vclock_set(&order->pool, &g->clock, id, g->tick++);
}

static void release(struct order *order, uint32_t id, struct vclock *to)
{
    struct order_goroutine *g = goroutine(order, id);

    if (!g)
        return;
    publish(order, g, id);
    vclock_join(&order->pool, to, &g->clock);
}

static void acquire(struct order *order, uint32_t id, const struct vclock *from)
{
    struct order_goroutine *g = goroutine(order, id);

    if (g)
        vclock_join(&order->pool, &g->clock, from);
}

/* The clock of an atomic place, NULL: memory ran out. */
static struct vclock *atomic_clock(struct order *order, uint64_t where)
{
    int64_t number = places_number(&order->atomics, where);

    if (number != PLACE_NONE && number >= order->natomics) {
        struct vclock *clocks = grow(order->atomic_clocks, &order->natomics, (uint32_t)number,
                                     sizeof *clocks);
        if (clocks)
            order->atomic_clocks = clocks;
        else
            number = PLACE_NONE;
    }
    if (number == PLACE_NONE) {
        order->failed = true;
        return NULL;
    }
    return &order->atomic_clocks[number];
}

void order_atomic_acquire(struct order *order, uint32_t g, uint64_t where)
{
    const struct vclock *clock = atomic_clock(order, where);

    if (clock)
        acquire(order, g, clock);
}

void order_atomic_release(struct order *order, uint32_t g, uint64_t where)
{
    struct vclock *clock = atomic_clock(order, where);

    if (clock)
        release(order, g, clock);
}

/* --- events -------------------------------------------------------------- */

static void started(struct order *order, const struct event *event)
{
    uint32_t parent = event->g, child = event->other;
    /* the child first: its record may move the array */
    struct order_goroutine *c = goroutine(order, child);
    struct order_goroutine *p = goroutine(order, parent);
    const struct order_object *timer;

    if (!c || !p)
        return;
    c = &order->goroutines[child];
    if (parent) {
        publish(order, p, parent);
        vclock_copy(&order->pool, &c->clock, &p->clock);
    }
    c->born = order->seen;
    if (event->obj && (timer = object(order, event->obj)))
        acquire(order, child, &timer->clock);
}

/* What `by` did so far happens before what g does from now on. */
static void woken(struct order *order, uint32_t g, uint32_t by)
{
    struct order_goroutine *a = goroutine(order, g), *b = goroutine(order, by);

    if (!a || !b)
        return;
    a = &order->goroutines[g];
    publish(order, b, by);
    vclock_join(&order->pool, &a->clock, &b->clock);
}

static void met(struct order *order, uint32_t one, uint32_t two)
{
    struct order_goroutine *a = goroutine(order, one), *b = goroutine(order, two);

    if (!a || !b)
        return;
    a = &order->goroutines[one];
    publish(order, a, one);
    publish(order, b, two);
    vclock_join(&order->pool, &a->clock, &b->clock);
    vclock_copy(&order->pool, &b->clock, &a->clock);
}

/* The clock of the buffer's slot that the seq-th send or receive uses. */
static struct vclock *slot(struct order *order, struct order_object *chan, uint32_t seq)
{
    uint32_t i = (seq - 1) % chan->cap;

    if (i >= chan->nslots) {
        uint64_t room = chan->nslots < 8 ? 8 : 2 * (uint64_t)chan->nslots;
        struct vclock *slots;

        while (room <= i)
            room *= 2;
        if (room > chan->cap)
            room = chan->cap;
        slots = region_alloc(&order->slots, room * sizeof *slots);
        if (!slots) {
            order->failed = true;
            return NULL;
        }
        if (chan->nslots)
            memcpy(slots, chan->slots, chan->nslots * sizeof *slots);
        chan->slots = slots;
        chan->nslots = (uint32_t)room;
    }
    return &chan->slots[i];
}

/* The clock that a step on the object, or on its key or item seq, goes by. */
static struct vclock *clock_of(struct order *order, const struct event *event)
{
    struct order_object *o = object(order, event->obj);

    if (!o || event->seq == 0)
        return o ? &o->clock : NULL;
    o->cap = UINT32_MAX;
    return slot(order, o, event->seq);
}

/* A look at an atomic, at a key of a Map or at all of it. */
static void loaded(struct order *order, const struct event *event)
{
    const struct vclock *clock = clock_of(order, event);
    const struct order_object *o = object(order, event->obj);

    if (clock)
        acquire(order, event->g, clock);
    for (uint32_t i = 0; o && event->seq == 0 && i < o->nslots; i++)
        acquire(order, event->g, &o->slots[i]);
}

static void stored(struct order *order, const struct event *event)
{
    struct vclock *clock = clock_of(order, event);
    struct order_goroutine *g = goroutine(order, event->g);

    if (!clock || !g)
        return;
    if (event->extra == CELL_STORE) { /* who sees it sees nothing of what was there before */
        publish(order, g, event->g);
        vclock_copy(&order->pool, clock, &g->clock);
    } else {
        acquire(order, event->g, clock);
        release(order, event->g, clock);
    }
}

/* A send or a receive. */
static void passed(struct order *order, const struct event *event)
{
    struct order_object *chan;
    struct vclock *clock;

    if (event->other) {
        met(order, event->g, event->other);
        return;
    }
    chan = object(order, event->obj);
    if (!chan)
        return;
    if (event->flags & EVENT_CLOSED) {
        acquire(order, event->g, &chan->clock);
    } else if (chan->cap > 0 && event->seq > 0 && (clock = slot(order, chan, event->seq))) {
        /* the slot's last user is the receive that freed it or the send that filled it */
        acquire(order, event->g, clock);
        release(order, event->g, clock);
    }
}

static void made(struct order *order, const struct event *event)
{
    struct order_object *o = object(order, event->obj);
    struct order_object *owner;

    if (o && event->extra == OBJECT_TIMER && event->g)
        release(order, event->g, &o->clock);
    if (!o || event->extra != OBJECT_CHAN)
        return;
    o->cap = (uint32_t)event->value;
    /* o may have moved, and is not needed any more */
    if (event->other && (owner = object(order, event->other)))
        owner->done = event->obj;
}

static void closed(struct order *order, uint32_t g, uint32_t id)
{
    struct order_object *chan = object(order, id);

    if (!chan || chan->closed)
        return; /* only the first one closes */
    chan->closed = true;
    if (g)
        release(order, g, &chan->clock);
}

/* The done channel of a context, 0: it has none. */
static uint32_t done_of(struct order *order, uint32_t context)
{
    const struct order_object *o = object(order, context);

    return o ? o->done : 0;
}

static void looked(struct order *order, uint32_t g, uint32_t context)
{
    uint32_t done = done_of(order, context);

    if (done && g)
        acquire(order, g, &order->objects[done].clock);
}

static void cancelled(struct order *order, const struct event *event)
{
    uint32_t done = done_of(order, event->obj);

    /* whoever makes a child of a cancelled context has seen that it was */
    if (event->other)
        looked(order, event->g, event->other);
    if (done)
        closed(order, event->g, done);
}

void order_event(struct order *order, const struct event *event)
{
    struct order_object *o;
    struct vclock *clock;

    switch ((enum event_kind)event->kind) {
    case EVENT_GO:
        started(order, event);
        break;
    case EVENT_MAKE:
        made(order, event);
        break;
    case EVENT_SEND:
    case EVENT_RECV:
        passed(order, event);
        break;
    case EVENT_CLOSE:
        closed(order, event->g, event->obj);
        break;
    case EVENT_CANCEL:
        cancelled(order, event);
        break;
    case EVENT_LOOK:
        looked(order, event->g, event->obj);
        break;
    case EVENT_LOCK:
        if ((o = object(order, event->obj)))
            acquire(order, event->g, &o->readers);
        /* fall through */
    case EVENT_RLOCK:
    case EVENT_WG_WAIT:
    case EVENT_ONCE_PASS:
    case EVENT_ACQUIRE:
        if ((o = object(order, event->obj)))
            acquire(order, event->g, &o->clock);
        break;
    case EVENT_UNLOCK:
    case EVENT_RELEASE:
    case EVENT_TIMER_RESET:
    case EVENT_FINISH:
        if ((o = object(order, event->obj)))
            release(order, event->g, &o->clock);
        break;
    case EVENT_RUNLOCK:
        if ((o = object(order, event->obj)))
            release(order, event->g, &o->readers);
        break;
    case EVENT_ONCE_END:
        if (event->seq == 0 && (o = object(order, event->obj)))
            release(order, event->g, &o->clock);
        break;
    case EVENT_WAKE:
        if (event->other)
            woken(order, event->g, event->other);
        if (event->obj && (o = object(order, event->obj)))
            acquire(order, event->g, &o->clock);
        break;
    case EVENT_LOAD:
        loaded(order, event);
        break;
    case EVENT_STORE:
        stored(order, event);
        break;
    case EVENT_PUT:
        if ((clock = clock_of(order, event)))
            release(order, event->g, clock);
        break;
    case EVENT_GET:
        if (event->seq && (clock = clock_of(order, event)))
            acquire(order, event->g, clock);
        break;
    case EVENT_WG_ADD:
        if (event->value < 0 && (o = object(order, event->obj)))
            release(order, event->g, &o->clock);
        break;
    case EVENT_END:
        /* Its tick stays: what it did is still compared with. */
        if (event->g < order->ngoroutines)
            vclock_drop(&order->pool, &order->goroutines[event->g].clock);
        break;
    default:
        break;
    }
    order->failed |= order->pool.failed;
    order->seen++;
}
