/* order.c -- happens-before, out of events.
 *
 * A release leaves a moment with the goroutine's tick in its name, hands the moment out and
 * raises the tick; what the goroutine does from then on is not yet covered by it.
 */
#include "check/order.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void order_clear(struct order *order)
{
    moments_clear(&order->moments);
    region_clear(&order->slots);
    if (order->ngoroutines)
        memset(order->goroutines, 0, (order->last_goroutine + 1) * sizeof *order->goroutines);
    if (order->nobjects)
        memset(order->objects, 0, (order->last_object + 1) * sizeof *order->objects);
    if (order->atomics.count)
        memset(order->atomic_clocks, 0, order->natomics * sizeof *order->atomic_clocks);
    places_clear(&order->atomics);
    order->last_goroutine = order->last_object = 0;
    order->seen = 0;
    order->failed = false;
}

void order_release(struct order *order)
{
    moments_release(&order->moments);
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
    array = memory_resize(array, room * size);
    if (!array)
        return NULL;
    memset((char *)array + *count * size, 0, (room - *count) * size);
    *count = (uint32_t)room;
    return array;
}

static __attribute__((noinline)) struct order_goroutine *first_use(struct order *order, uint32_t id)
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
    if (id > order->last_goroutine)
        order->last_goroutine = id;
    g = &order->goroutines[id];
    if (g->tick == 0)
        g->tick = 1;
    return g;
}

/* The record of a goroutine, made at its first use; NULL: memory ran out. */
static inline struct order_goroutine *goroutine(struct order *order, uint32_t id)
{
    if (id < order->ngoroutines && order->goroutines[id].tick != 0)
        return &order->goroutines[id];
    return first_use(order, id);
}

static __attribute__((noinline)) struct order_object *first_sight(struct order *order, uint32_t id)
{
    if (id >= order->nobjects) {
        struct order_object *o = grow(order->objects, &order->nobjects, id, sizeof *o);
        if (!o) {
            order->failed = true;
            return NULL;
        }
        order->objects = o;
    }
    order->last_object = id;
    return &order->objects[id];
}

/* The record of an object; NULL: memory ran out. */
static inline struct order_object *object(struct order *order, uint32_t id)
{
    return id <= order->last_object && order->nobjects ? &order->objects[id]
                                                       : first_sight(order, id);
}

uint32_t order_first_tick(struct order *order, uint32_t id)
{
    const struct order_goroutine *g = goroutine(order, id);

    return g ? g->tick : 0;
}

/* --- release and acquire ------------------------------------------------- */

/* The moment knows all that g, of this id, did so far, and nothing it will do; 0: memory ran out. */
static inline uint32_t leave(struct order *order, struct order_goroutine *g, uint32_t id)
{
    return moments_publish(&order->moments, &g->knows, id, g->tick++, order->seen);
}

static inline uint32_t publish(struct order *order, uint32_t id)
{
    struct order_goroutine *g = goroutine(order, id);

    return g ? leave(order, g, id) : 0;
}

static inline void hear(struct order *order, uint32_t id, uint32_t moment)
{
    struct order_goroutine *g = goroutine(order, id);

    if (g)
        moments_hear(&order->moments, &g->knows, moment, order->seen);
}

static inline void acquire(struct order *order, uint32_t id, struct order_clock *from)
{
    if (from->heir == id)
        return;
    hear(order, id, from->moment);
    from->heir = id;
}

/* The clock hands on what it did, and what g knows. */
static inline void release(struct order *order, uint32_t id, struct order_clock *to)
{
    uint32_t moment = publish(order, id);
    bool knows = to->moment == 0 || to->heir == id;

    to->moment = knows ? moment : moments_join(&order->moments, moment, to->moment, order->seen);
    to->heir = knows ? id : 0;
}

/* Acquires what the clock hands on, and releases in its place. */
static inline void exchange(struct order *order, uint32_t id, struct order_clock *clock)
{
    struct order_goroutine *g = goroutine(order, id);

    if (!g)
        return;
    if (clock->heir != id)
        moments_hear(&order->moments, &g->knows, clock->moment, order->seen);
    clock->moment = leave(order, g, id);
    clock->heir = id;
}

/* The clock of an atomic place, NULL: memory ran out. */
static struct order_clock *atomic_clock(struct order *order, uint64_t where)
{
    int64_t number = places_number(&order->atomics, where);

    if (number != PLACE_NONE && number >= order->natomics) {
        struct order_clock *clocks = grow(order->atomic_clocks, &order->natomics, (uint32_t)number,
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
    struct order_clock *clock = atomic_clock(order, where);

    if (clock)
        acquire(order, g, clock);
}

void order_atomic_release(struct order *order, uint32_t g, uint64_t where)
{
    struct order_clock *clock = atomic_clock(order, where);

    if (clock)
        release(order, g, clock);
}

/* --- events -------------------------------------------------------------- */

static void started(struct order *order, const struct event *event)
{
    uint32_t moment = event->g ? publish(order, event->g) : 0;
    struct order_goroutine *child = goroutine(order, event->other);
    struct order_object *timer;

    if (!child)
        return;
    if (event->g)
        moments_inherit(&order->moments, &child->knows, &order->goroutines[event->g].knows, moment);
    child->born = order->seen;
    if (event->obj && (timer = object(order, event->obj)))
        acquire(order, event->other, &timer->clock);
}

/* What `by` did so far happens before what g does from now on. */
static void woken(struct order *order, uint32_t g, uint32_t by)
{
    hear(order, g, publish(order, by));
}

void order_met(struct order *order, uint32_t one, uint32_t two)
{
    struct order_goroutine *g = goroutine(order, one), *h = goroutine(order, two);
    uint32_t a, b;

    if (!g || !h)
        return;
    g = &order->goroutines[one]; /* they may have moved */
    a = leave(order, g, one);
    b = leave(order, h, two);
    moments_hear(&order->moments, &g->knows, b, order->seen);
    moments_hear(&order->moments, &h->knows, a, order->seen);
}

/* Makes room for slot i; false: memory ran out. */
static __attribute__((noinline)) bool more_slots(struct order *order, struct order_object *chan,
                                                 uint32_t i)
{
    uint64_t room = chan->nslots < 8 ? 8 : 2 * (uint64_t)chan->nslots;
    struct order_clock *slots;

    while (room <= i)
        room *= 2;
    if (room > chan->cap)
        room = chan->cap;
    slots = region_alloc(&order->slots, room * sizeof *slots);
    if (!slots) {
        order->failed = true;
        return false;
    }
    if (chan->nslots)
        memcpy(slots, chan->slots, chan->nslots * sizeof *slots);
    chan->slots = slots;
    chan->nslots = (uint32_t)room;
    return true;
}

/* The clock of the buffer's slot that the seq-th send or receive uses. */
static inline struct order_clock *slot(struct order *order, struct order_object *chan, uint32_t seq)
{
    uint32_t i = seq - 1;

    if (i >= chan->cap) /* a division would be most of the work */
        i = chan->cap & (chan->cap - 1) ? i % chan->cap : i & (chan->cap - 1);
    if (__builtin_expect(i >= chan->nslots, 0) && !more_slots(order, chan, i))
        return NULL;
    return &chan->slots[i];
}

/* The clock that a step on the object, or on its key or item seq, goes by. */
static struct order_clock *clock_of(struct order *order, const struct event *event)
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
    struct order_clock *clock = clock_of(order, event);
    const struct order_object *o = object(order, event->obj);

    if (clock)
        acquire(order, event->g, clock);
    for (uint32_t i = 0; o && event->seq == 0 && i < o->nslots; i++)
        acquire(order, event->g, &o->slots[i]);
}

static void stored(struct order *order, const struct event *event)
{
    struct order_clock *clock = clock_of(order, event);

    if (!clock)
        return;
    if (event->extra == CELL_STORE) { /* who sees it sees nothing of what was there before */
        *clock = (struct order_clock){publish(order, event->g), event->g};
    } else {
        acquire(order, event->g, clock);
        release(order, event->g, clock);
    }
}

void order_passed(struct order *order, const struct event *event)
{
    struct order_object *chan = object(order, event->obj);
    struct order_clock *clock;

    if (!chan)
        return;
    if (event->flags & EVENT_CLOSED) {
        acquire(order, event->g, &chan->clock);
    } else if (chan->cap > 0 && event->seq > 0 && (clock = slot(order, chan, event->seq))) {
        /* the slot's last user is the receive that freed it or the send that filled it */
        exchange(order, event->g, clock);
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

void order_other(struct order *order, const struct event *event)
{
    struct order_object *o;
    struct order_clock *clock;

    switch ((enum event_kind)event->kind) {
    case EVENT_GO:
        started(order, event);
        break;
    case EVENT_MAKE:
        made(order, event);
        break;
    case EVENT_CLOSE:
        closed(order, event->g, event->obj);
        if (event->extra)
            closed(order, event->g, event->extra);
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
            moments_drop(&order->moments, &order->goroutines[event->g].knows);
        break;
    default:
        break;
    }
}
