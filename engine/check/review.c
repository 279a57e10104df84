/* review.c -- a run's trace, added up by places.
 *
 * Two passes over objects and goroutines of one run: the trace is read from its beginning, and what
 * stands at its end (who is blocked, what is locked, live or unread) is looked at once.
 */
#include "check/review.h"

#include "base/memory.h"
#include "check/blocked.h"

#include <stdlib.h>
#include <string.h>

enum { HELD_MAX = 8 };

struct seen_object {
    struct review_object of;
    uint32_t kind, other;
    int64_t capacity, len, fill; /* channels: values in it */
    uint32_t closers[REVIEW_CLOSERS], nclosers;
    uint32_t sender, receiver;   /* who did last */
    bool closed, again, by_receiver;
    bool over, released;         /* contexts, tickers, timers */
    bool live;                   /* ... when main returned */
    bool cancellable;           /* contexts: not Background, not WithValue */
    uint32_t holder, locked_at;  /* locks: who, 0: nobody */
    bool reading, waited;
    uint32_t waited_at, longest_at;
    int64_t since, longest;
    uint64_t locked, first, later;
    uint32_t wait_place;         /* groups */
};

struct seen_goroutine {
    uint32_t start;              /* place; 0: main */
    bool ended, exited;
    bool blocked, callable;      /* in a wait that can be called off */
    uint32_t wait, at, obj;
    uint32_t held[HELD_MAX], nheld;
};

struct reviewer {
    struct review *review;
    struct seen_object *objects;
    struct seen_goroutine *goroutines;
    uint32_t nobjects, ngoroutines; /* room */
    uint32_t last_object, last_goroutine;
    uint32_t made_at[REVIEW_PLACES]; /* how many objects this run has made there */
};

/* --- tables --------------------------------------------------------------- */

static uint32_t place_of(struct review *review, uint32_t line, uint32_t pc)
{
    struct review_place *places = review->places;

    if (line == 0 && pc == 0)
        return 0;
    for (uint32_t i = 1; i <= review->nplaces; i++)
        if (places[i].pc == pc && (pc || places[i].line == line))
            return i;
    if (review->nplaces + 1 >= REVIEW_PLACES) {
        review->full = 1;
        return 0;
    }
    places[++review->nplaces] = (struct review_place){line, pc};
    return review->nplaces;
}

static uint32_t place_at(struct review *review, const struct event *event)
{
    return place_of(review, event->line, event->pc);
}

/* The record of something; every record begins with what it is about.  NULL: the table is full. */
static void *record(struct review *review, void *table, uint32_t *count, size_t size,
                    struct review_object of)
{
    char *at = table;

    for (uint32_t i = 0; i < *count; i++, at += size)
        if (memcmp(at, &of, sizeof of) == 0)
            return at;
    if (*count == REVIEW_MOST) {
        review->full = 1;
        return NULL;
    }
    ++*count;
    memcpy(at, &of, sizeof of);
    return at;
}

#define RECORD(review, table, of)                                                                \
    record(review, (review)->table, &(review)->n##table, sizeof *(review)->table, of)

static struct review_object place_only(uint32_t place)
{
    return (struct review_object){place, 0};
}

static void see(const struct review *review, struct review_seen *seen)
{
    if (seen->run == review->runs)
        return;
    seen->run = review->runs;
    seen->runs++;
}

/* --- what a run has ------------------------------------------------------- */

/* Room for all of a run, emptied.  False: out of memory. */
static bool prepare(struct reviewer *self, const struct run *run)
{
    if (run->last_object >= self->nobjects) {
        free(self->objects);
        self->nobjects = run->last_object + 64;
        self->objects = memory_alloc(self->nobjects * sizeof *self->objects);
    }
    if (run->last_id >= self->ngoroutines) {
        free(self->goroutines);
        self->ngoroutines = run->last_id + 64;
        self->goroutines = memory_alloc(self->ngoroutines * sizeof *self->goroutines);
    }
    if (!self->objects || !self->goroutines) {
        self->nobjects = self->objects ? self->nobjects : 0;
        self->ngoroutines = self->goroutines ? self->ngoroutines : 0;
        return false;
    }
    self->last_object = run->last_object;
    self->last_goroutine = run->last_id;
    memset(self->objects, 0, (self->last_object + 1) * sizeof *self->objects);
    memset(self->goroutines, 0, (self->last_goroutine + 1) * sizeof *self->goroutines);
    memset(self->made_at, 0, sizeof self->made_at);
    return true;
}

/* Number 0 stands for nobody. */
static struct seen_object *object(struct reviewer *self, uint32_t id)
{
    return &self->objects[id <= self->last_object ? id : 0];
}

static struct seen_goroutine *goroutine(struct reviewer *self, uint32_t id)
{
    return &self->goroutines[id <= self->last_goroutine ? id : 0];
}

/* --- events --------------------------------------------------------------- */

static void made(struct reviewer *self, const struct event *event)
{
    struct seen_object *o = object(self, event->obj);

    *o = (struct seen_object){.kind = event->extra, .other = event->other,
                              .capacity = event->value};
    o->of.place = place_at(self->review, event);
    o->of.ordinal = self->made_at[o->of.place];
    if (o->of.ordinal + 1 < REVIEW_APART)
        self->made_at[o->of.place]++;
    if (event->extra == OBJECT_CHAN && event->other &&
        object(self, event->other)->kind == OBJECT_CONTEXT)
        object(self, event->other)->cancellable = true;
}

static bool own_chan(const struct seen_object *o)
{
    return o->kind == OBJECT_CHAN && o->other == 0;
}

/* A wait at it can be called off: it belongs to a context or to the clock. */
static bool calls_off(struct reviewer *self, uint32_t obj)
{
    const struct seen_object *o = object(self, obj);

    return o->kind == OBJECT_CHAN && o->other != 0;
}

static void filled(struct reviewer *self, const struct event *event)
{
    struct seen_object *o = object(self, event->obj);
    bool sent = event->kind == EVENT_SEND;

    if (event->flags & EVENT_CLOSED)
        return;
    if (sent || event->other)
        o->sender = sent ? event->g : event->other;
    if (!sent || event->other)
        o->receiver = sent ? event->other : event->g;
    if (event->other)
        return; /* from hand to hand */
    o->len += sent ? 1 : -1;
    if (o->len > o->fill)
        o->fill = o->len;
}

static void closed(struct reviewer *self, const struct event *event)
{
    struct seen_object *o = object(self, event->obj);
    uint32_t place = place_at(self->review, event), i = 0;

    o->again |= o->closed;
    o->closed = true;
    o->by_receiver |= o->receiver == event->g && o->sender != event->g;
    while (i < o->nclosers && o->closers[i] != place)
        i++;
    if (i == o->nclosers && i < REVIEW_CLOSERS)
        o->closers[o->nclosers++] = place;
}

static void locked(struct reviewer *self, const struct event *event, bool reading)
{
    struct review *review = self->review;
    struct seen_object *o = object(self, event->obj), *gate = NULL;
    struct seen_goroutine *g = goroutine(self, event->g);
    uint32_t place = place_at(review, event);

    for (uint32_t i = 0; i < g->nheld; i++) {
        const struct seen_object *first = object(self, g->held[i]);
        struct review_object one = first->of, two = o->of;
        struct review_object third = gate ? gate->of : place_only(0);
        struct review_order *order = NULL;

        if (g->held[i] == event->obj || (reading && first->reading))
            continue;
        for (uint32_t k = 0; k < review->norders && !order; k++) {
            struct review_order *at = &review->orders[k];

            if (at->place == place && memcmp(&at->first, &one, sizeof one) == 0 &&
                memcmp(&at->second, &two, sizeof two) == 0)
                order = at;
        }
        if (!order && review->norders < REVIEW_MOST) {
            order = &review->orders[review->norders++];
            *order = (struct review_order){place, one, two, third, event->g, {0, 0}};
        }
        if (!order) {
            review->full = 1;
            continue;
        }
        if (order->g != event->g)
            order->g = 0;
        if (memcmp(&order->gate, &third, sizeof third) != 0)
            order->gate = place_only(0);
        see(review, &order->seen);
        gate = object(self, g->held[i]);
    }
    if (g->nheld < HELD_MAX)
        g->held[g->nheld++] = event->obj;
    o->holder = event->g;
    o->locked_at = place;
    o->reading = reading;
    o->since = event->time;
    o->locked++;
}

static void unlocked(struct reviewer *self, const struct event *event)
{
    struct seen_object *o = object(self, event->obj);
    struct seen_goroutine *g = goroutine(self, o->holder);

    if (event->time - o->since > o->longest) {
        o->longest = event->time - o->since;
        o->longest_at = o->locked_at;
    }
    for (uint32_t i = g->nheld; i-- > 0;)
        if (g->held[i] == event->obj) {
            memmove(&g->held[i], &g->held[i + 1], (--g->nheld - i) * sizeof g->held[0]);
            break;
        }
    if (event->kind == EVENT_UNLOCK || event->extra == 0)
        o->holder = 0;
}

static void waits(struct reviewer *self, const struct event *event)
{
    struct seen_goroutine *g = goroutine(self, event->g);

    g->blocked = true;
    g->wait = event->extra;
    g->obj = event->obj;
    g->at = place_at(self->review, event);
    g->callable = event->obj && calls_off(self, event->obj);
    if (g->nheld > 0 && event->extra != WAIT_LOCK && event->extra != WAIT_RLOCK &&
        event->extra != WAIT_READERS && event->extra != WAIT_COND) {
        struct seen_object *o = object(self, g->held[g->nheld - 1]);

        o->waited = true;
        o->waited_at = g->at;
    }
}

static bool in_channels(const struct seen_goroutine *g)
{
    return g->wait == WAIT_SEND || g->wait == WAIT_RECV || g->wait == WAIT_SELECT;
}

/* The wait of g is told at its end, when all of the select's cases are known. */
static void waited(struct reviewer *self, uint32_t id)
{
    struct seen_goroutine *g = goroutine(self, id);
    struct review_wait *wait;

    if (!g->blocked)
        return;
    g->blocked = false;
    if (!in_channels(g))
        return;
    wait = RECORD(self->review, waits, place_only(g->at));
    if (!wait)
        return;
    wait->kind = g->wait;
    wait->waits++;
    wait->alone += !g->callable;
}

static void failed(struct reviewer *self, const struct event *event)
{
    struct seen_object *o = object(self, event->obj);

    if (event->extra)
        o->first++;
    else
        o->later++;
}

static void panicked(struct reviewer *self, const struct run *run, const struct event *event)
{
    struct review *review = self->review;
    uint32_t place = place_at(review, event);
    struct review_error *error = RECORD(review, errors, place_only(place));

    if (strcmp(trace_text(run->trace, event->text), fault_text(FAULT_COPIED)) == 0)
        review->copied = place;
    if (!error)
        return;
    error->kind = event->kind;
    see(review, &error->seen);
}

static void started(struct reviewer *self, const struct event *event)
{
    struct review_start *start;
    uint32_t place = place_at(self->review, event);

    goroutine(self, event->other)->start = place;
    start = RECORD(self->review, starts, place_only(place));
    if (start)
        start->started++;
}

/* What can be cancelled or stopped has been, or is over by itself. */
static void ended(struct reviewer *self, const struct event *event)
{
    struct seen_object *o = object(self, event->obj);

    if (event->kind == EVENT_CANCEL && event->g)
        see(self->review, &self->review->cancelled);
    if (event->kind == EVENT_TIMER_STOP || event->kind == EVENT_LOOK || event->g)
        o->released |= event->kind != EVENT_CANCEL || event->other == 0;
    if (event->kind == EVENT_CANCEL && (event->g || !(event->flags & EVENT_AFTERMATH)))
        o->over = true;
    if (event->kind == EVENT_TIMER_STOP || (event->kind == EVENT_FIRE && o->kind == OBJECT_TIMER))
        o->over = true;
}

static void main_returned(struct reviewer *self)
{
    for (uint32_t id = 1; id <= self->last_object; id++)
        object(self, id)->live = !object(self, id)->over;
}

static void take_event(struct reviewer *self, const struct run *run, const struct event *event)
{
    if (event->g && event->kind != EVENT_BLOCK && event->kind != EVENT_BLOCK_CASE &&
        event->kind != EVENT_OPTION)
        waited(self, event->g);
    switch (event->kind) {
    case EVENT_GO: started(self, event); break;
    case EVENT_END:
        goroutine(self, event->g)->ended = true;
        goroutine(self, event->g)->exited = event->extra == 1;
        if (event->g == 1)
            main_returned(self);
        break;
    case EVENT_MAKE: made(self, event); break;
    case EVENT_SEND:
    case EVENT_RECV:
        if (event->other)
            waited(self, event->other);
        filled(self, event);
        break;
    case EVENT_CLOSE: closed(self, event); break;
    case EVENT_FAIL:
        if (object(self, event->obj)->kind == OBJECT_CHAN)
            object(self, event->obj)->again = true;
        break;
    case EVENT_LOCK: locked(self, event, false); break;
    case EVENT_RLOCK: locked(self, event, true); break;
    case EVENT_UNLOCK:
    case EVENT_RUNLOCK: unlocked(self, event); break;
    case EVENT_BLOCK: waits(self, event); break;
    case EVENT_BLOCK_CASE:
        goroutine(self, event->g)->callable |= calls_off(self, event->obj);
        break;
    case EVENT_SLEEP:
        if (goroutine(self, event->g)->nheld > 0 && event->value > 0) {
            struct seen_goroutine *g = goroutine(self, event->g);

            object(self, g->held[g->nheld - 1])->waited = true;
            object(self, g->held[g->nheld - 1])->waited_at = place_at(self->review, event);
        }
        break;
    case EVENT_CANCEL:
    case EVENT_TIMER_STOP:
    case EVENT_FIRE: ended(self, event); break;
    case EVENT_TIMER_RESET: object(self, event->obj)->over = false; break;
    case EVENT_LOOK:
        if (event->extra == 1)
            ended(self, event);
        break;
    case EVENT_ERROR: failed(self, event); break;
    case EVENT_WG_WAIT:
        if (object(self, event->obj)->other)
            object(self, object(self, event->obj)->other)->wait_place =
                place_at(self->review, event);
        break;
    case EVENT_PANIC:
    case EVENT_RECOVER: panicked(self, run, event); break;
    default: break;
    }
}

/* --- the end of a run ------------------------------------------------------ */

/* Those who are left. */
static void take_goroutines(struct reviewer *self, const struct run *run)
{
    struct review *review = self->review;
    bool over = run->end == RUN_DONE || run->end == RUN_DEADLOCK || run->main_done;

    for (struct goroutine *g = run->live; g; g = g->next) {
        struct seen_goroutine *seen = goroutine(self, g->id);
        bool stuck = over && goroutine_is_blocked(g);
        struct review_start *start = seen->start ? RECORD(review, starts, place_only(seen->start)) : NULL;

        if (stuck && seen->blocked) {
            struct review_wait *wait =
                in_channels(seen) ? RECORD(review, waits, place_only(seen->at)) : NULL;
            struct seen_object *o = object(self, seen->obj);
            struct review_chan *chan = own_chan(o) ? RECORD(review, chans, o->of) : NULL;

            waited(self, g->id);
            if (wait)
                see(review, &wait->stuck);
            if (chan && seen->wait == WAIT_RECV && !o->closed)
                see(review, &chan->awaited);
            if (chan && seen->wait == WAIT_SEND)
                see(review, &chan->full);
        }
        if (!start)
            continue;
        start->stuck += stuck;
        start->going += over && !stuck;
        start->cut += !over;
        if (!stuck)
            continue;
        if (start->stuck_in.runs == 0) {
            start->stuck_at = seen->at;
            start->stuck_wait = g->wait;
        }
        see(review, &start->stuck_in);
    }
    for (uint32_t id = 2; id <= self->last_goroutine; id++) {
        struct seen_goroutine *seen = goroutine(self, id);
        struct review_start *start =
            seen->ended ? RECORD(review, starts, place_only(seen->start)) : NULL;

        if (start && seen->exited)
            start->exited++;
        else if (start)
            start->returned++;
    }
}

static void take_chan(struct review *review, const struct seen_object *o)
{
    struct review_chan *chan = RECORD(review, chans, o->of);

    if (!chan)
        return;
    chan->made++;
    if (o->capacity > chan->capacity)
        chan->capacity = o->capacity;
    if (o->fill > chan->fill)
        chan->fill = o->fill;
    if (o->closed)
        see(review, &chan->closed);
    if (o->again)
        see(review, &chan->again);
    if (o->by_receiver)
        see(review, &chan->by_receiver);
    if (o->len > 0)
        see(review, &chan->left);
    for (uint32_t i = 0; i < o->nclosers; i++) {
        uint32_t k = 0;

        while (k < chan->nclosers && chan->closers[k] != o->closers[i])
            k++;
        if (k == chan->nclosers && k < REVIEW_CLOSERS)
            chan->closers[chan->nclosers++] = o->closers[i];
    }
}

static void take_held(struct review *review, const struct run *run, const struct seen_object *o)
{
    struct review_held *held = RECORD(review, held, o->of);

    if (!held)
        return;
    held->kind = o->kind;
    held->made++;
    held->released += o->released;
    if (run->main_done && o->live && !o->released && !o->over)
        see(review, &held->live);
    else if (o->over && !o->released)
        see(review, &held->unpaid);
    if (o->kind == OBJECT_CONTEXT && o->over && run->live)
        see(review, &held->stuck);
}

static void take_lock(struct review *review, const struct run *run, const struct seen_object *o)
{
    struct review_lock *lock = RECORD(review, locks, o->of);

    if (!lock)
        return;
    lock->kind = o->kind;
    lock->locked += o->locked;
    if (o->holder && run->end == RUN_DONE)
        see(review, &lock->kept);
    if (o->waited) {
        see(review, &lock->waited);
        lock->waited_at = o->waited_at;
    }
    if (o->longest > lock->longest) {
        lock->longest = o->longest;
        lock->longest_at = o->longest_at;
    }
}

static void take_group(struct review *review, const struct seen_object *o)
{
    struct review_error *error = RECORD(review, errors, o->of);

    if (!error)
        return;
    error->kind = EVENT_ERROR;
    error->first += o->first;
    error->later += o->later;
    if (o->wait_place)
        error->waited_at = o->wait_place;
    see(review, &error->seen);
}

static void take_objects(struct reviewer *self, const struct run *run)
{
    struct review *review = self->review;

    for (uint32_t id = 1; id <= self->last_object; id++) {
        const struct seen_object *o = object(self, id);

        switch (o->kind) {
        case OBJECT_CHAN:
            if (own_chan(o))
                take_chan(review, o);
            break;
        case OBJECT_CONTEXT:
            if (o->cancellable)
                take_held(review, run, o);
            break;
        case OBJECT_TICKER: take_held(review, run, o); break;
        case OBJECT_MUTEX:
        case OBJECT_RWMUTEX: take_lock(review, run, o); break;
        case OBJECT_GROUP: take_group(review, o); break;
        default: break;
        }
    }
}

void reviewer_take(struct reviewer *self, const struct run *run)
{
    if (!prepare(self, run))
        return;
    self->review->runs++;
    for (uint32_t i = 0; i < run->trace->count; i++)
        take_event(self, run, &run->trace->events[i]);
    take_goroutines(self, run);
    take_objects(self, run);
}

struct reviewer *reviewer_new(struct review *review)
{
    struct reviewer *self = memory_zeroed(1, sizeof *self);

    if (self)
        self->review = review;
    return self;
}

void reviewer_free(struct reviewer *self)
{
    if (!self)
        return;
    free(self->objects);
    free(self->goroutines);
    free(self);
}

/* --- for who reads it ------------------------------------------------------ */

static void bound(uint32_t *n, uint32_t most)
{
    if (*n > most)
        *n = most;
}

/* Every place that is none becomes the unknown one. */
static void bound_place(uint32_t *place)
{
    if (*place >= REVIEW_PLACES)
        *place = 0;
}

void review_bound(struct review *review)
{
    bound(&review->nplaces, REVIEW_PLACES - 1);
    bound(&review->nstarts, REVIEW_MOST);
    bound(&review->nchans, REVIEW_MOST);
    bound(&review->nwaits, REVIEW_MOST);
    bound(&review->nheld, REVIEW_MOST);
    bound(&review->nlocks, REVIEW_MOST);
    bound(&review->norders, REVIEW_MOST);
    bound(&review->nerrors, REVIEW_MOST);
    bound_place(&review->copied);
    for (uint32_t i = 0; i < REVIEW_MOST; i++) {
        bound_place(&review->starts[i].of.place);
        bound_place(&review->starts[i].stuck_at);
        bound_place(&review->chans[i].of.place);
        bound(&review->chans[i].nclosers, REVIEW_CLOSERS);
        for (uint32_t k = 0; k < REVIEW_CLOSERS; k++)
            bound_place(&review->chans[i].closers[k]);
        bound_place(&review->waits[i].of.place);
        bound_place(&review->held[i].of.place);
        bound_place(&review->locks[i].of.place);
        bound_place(&review->locks[i].waited_at);
        bound_place(&review->locks[i].longest_at);
        bound_place(&review->orders[i].place);
        bound_place(&review->orders[i].first.place);
        bound_place(&review->orders[i].second.place);
        bound_place(&review->errors[i].of.place);
        bound_place(&review->errors[i].waited_at);
    }
}
