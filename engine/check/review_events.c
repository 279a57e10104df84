/* review_events.c -- what a run did, event by event. */
#include "check/review_inside.h"

#include <string.h>

static void made(struct reviewer *self, const struct event *event)
{
    struct seen_object *o = review_seen_object(self, event->obj);

    *o = (struct seen_object){.kind = event->extra, .other = event->other,
                              .capacity = event->value};
    o->of.place = review_place_at(self->review, event);
    o->of.ordinal = self->made_at[o->of.place];
    if (o->of.ordinal + 1 < REVIEW_APART)
        self->made_at[o->of.place]++;
    if (event->extra == OBJECT_CHAN && event->other &&
        review_seen_object(self, event->other)->kind == OBJECT_CONTEXT)
        review_seen_object(self, event->other)->cancellable = true;
}

bool review_own_chan(const struct seen_object *o)
{
    return o->kind == OBJECT_CHAN && o->other == 0;
}

/* A wait at it can be called off: it belongs to a context or to the clock. */
static bool calls_off(struct reviewer *self, uint32_t obj)
{
    const struct seen_object *o = review_seen_object(self, obj);

    return o->kind == OBJECT_CHAN && o->other != 0;
}

static void filled(struct reviewer *self, const struct event *event)
{
    struct seen_object *o = review_seen_object(self, event->obj);
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
    struct seen_object *o = review_seen_object(self, event->obj);
    uint32_t place = review_place_at(self->review, event), i = 0;

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
    struct seen_object *o = review_seen_object(self, event->obj), *gate = NULL;
    struct seen_goroutine *g = review_seen_goroutine(self, event->g);
    uint32_t place = review_place_at(review, event);

    for (uint32_t i = 0; i < g->nheld; i++) {
        const struct seen_object *first = review_seen_object(self, g->held[i]);
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
        review_see(review, &order->seen);
        gate = review_seen_object(self, g->held[i]);
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
    struct seen_object *o = review_seen_object(self, event->obj);
    struct seen_goroutine *g = review_seen_goroutine(self, o->holder);

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
    struct seen_goroutine *g = review_seen_goroutine(self, event->g);

    g->blocked = true;
    g->wait = event->extra;
    g->obj = event->obj;
    g->at = review_place_at(self->review, event);
    g->callable = event->obj && calls_off(self, event->obj);
    if (g->nheld > 0 && event->extra != WAIT_LOCK && event->extra != WAIT_RLOCK &&
        event->extra != WAIT_READERS && event->extra != WAIT_COND) {
        struct seen_object *o = review_seen_object(self, g->held[g->nheld - 1]);

        o->waited = true;
        o->waited_at = g->at;
    }
}

bool review_in_channels(const struct seen_goroutine *g)
{
    return g->wait == WAIT_SEND || g->wait == WAIT_RECV || g->wait == WAIT_SELECT;
}

void review_waited(struct reviewer *self, uint32_t id)
{
    struct seen_goroutine *g = review_seen_goroutine(self, id);
    struct review_wait *wait;

    if (!g->blocked)
        return;
    g->blocked = false;
    if (!review_in_channels(g))
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
    struct seen_object *o = review_seen_object(self, event->obj);

    if (event->extra)
        o->first++;
    else
        o->later++;
}

static void panicked(struct reviewer *self, const struct run *run, const struct event *event)
{
    struct review *review = self->review;
    uint32_t place = review_place_at(review, event);
    struct review_error *error = RECORD(review, errors, place_only(place));

    if (strcmp(trace_text(run->trace, event->text), fault_text(FAULT_COPIED)) == 0) {
        review->copied = place;
        review_see(review, &review->copied_in);
    }
    if (!error)
        return;
    error->kind = event->kind;
    review_see(review, &error->seen);
}

static void started(struct reviewer *self, const struct event *event)
{
    struct review_start *start;
    uint32_t place = review_place_at(self->review, event);

    review_seen_goroutine(self, event->other)->start = place;
    start = RECORD(self->review, starts, place_only(place));
    if (start)
        start->started++;
}

/* What can be cancelled or stopped has been, or is over by itself. */
static void ended(struct reviewer *self, const struct event *event)
{
    struct seen_object *o = review_seen_object(self, event->obj);

    if (event->kind == EVENT_CANCEL && event->g)
        review_see(self->review, &self->review->cancelled);
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
        review_seen_object(self, id)->live = !review_seen_object(self, id)->over;
}

void review_event(struct reviewer *self, const struct run *run, const struct event *event)
{
    if (event->g && event->kind != EVENT_BLOCK && event->kind != EVENT_BLOCK_CASE &&
        event->kind != EVENT_STUCK && event->kind != EVENT_OPTION)
        review_waited(self, event->g);
    switch (event->kind) {
    case EVENT_GO: started(self, event); break;
    case EVENT_END:
        review_seen_goroutine(self, event->g)->ended = true;
        review_seen_goroutine(self, event->g)->exited = event->extra == 1;
        if (event->g == 1)
            main_returned(self);
        break;
    case EVENT_MAKE: made(self, event); break;
    case EVENT_SEND:
    case EVENT_RECV:
        if (event->other)
            review_waited(self, event->other);
        filled(self, event);
        break;
    case EVENT_CLOSE: closed(self, event); break;
    case EVENT_FAIL:
        if (review_seen_object(self, event->obj)->kind == OBJECT_CHAN)
            review_seen_object(self, event->obj)->again = true;
        break;
    case EVENT_LOCK: locked(self, event, false); break;
    case EVENT_RLOCK: locked(self, event, true); break;
    case EVENT_UNLOCK:
    case EVENT_RUNLOCK: unlocked(self, event); break;
    case EVENT_BLOCK: waits(self, event); break;
    case EVENT_BLOCK_CASE:
        review_seen_goroutine(self, event->g)->callable |= calls_off(self, event->obj);
        break;
    case EVENT_SLEEP:
        if (review_seen_goroutine(self, event->g)->nheld > 0 && event->value > 0) {
            struct seen_goroutine *g = review_seen_goroutine(self, event->g);
            struct seen_object *o = review_seen_object(self, g->held[g->nheld - 1]);

            o->waited = true;
            o->waited_at = review_place_at(self->review, event);
        }
        break;
    case EVENT_CANCEL:
    case EVENT_TIMER_STOP:
    case EVENT_FIRE: ended(self, event); break;
    case EVENT_TIMER_RESET: review_seen_object(self, event->obj)->over = false; break;
    case EVENT_LOOK:
        if (event->extra == 1)
            ended(self, event);
        break;
    case EVENT_ERROR: failed(self, event); break;
    case EVENT_WG_WAIT:
        if (review_seen_object(self, event->obj)->other)
            review_seen_object(self, review_seen_object(self, event->obj)->other)->wait_place =
                review_place_at(self->review, event);
        break;
    case EVENT_PANIC:
    case EVENT_RECOVER: panicked(self, run, event); break;
    default: break;
    }
}
