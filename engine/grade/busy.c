/* busy.c -- who is busy while virtual time passes. */
#include "grade/busy.h"

#include <stdlib.h>
#include <string.h>

static bool begins(const struct event *event)
{
    return (event->kind == EVENT_SLEEP || event->kind == EVENT_WORK) && event->value > 0;
}

static bool room_for(struct busy *busy, uint32_t g)
{
    uint32_t room = busy->room ? busy->room : 64;
    bool *is;

    if (g < busy->room)
        return true;
    while (room <= g)
        room *= 2;
    is = realloc(busy->is, room);
    if (!is)
        return false;
    memset(is + busy->room, 0, room - busy->room);
    busy->is = is;
    busy->room = room;
    return true;
}

void busy_event(struct busy *busy, const struct event *event)
{
    if (event->kind == EVENT_TIME) {
        if (busy->now > busy->most)
            busy->most = busy->now;
        busy->total += (int64_t)busy->now * (event->time - busy->time);
        busy->besides += (int64_t)(busy->now - (busy->room > 1 && busy->is[1])) *
                         (event->time - busy->time);
        busy->time = event->time;
    } else if (begins(event) && room_for(busy, event->g) && !busy->is[event->g]) {
        busy->is[event->g] = true;
        busy->now++;
        if (event->g > busy->last)
            busy->last = event->g;
    } else if (event->kind == EVENT_WAKE && event->g < busy->room && busy->is[event->g]) {
        busy->is[event->g] = false;
        busy->now--;
    }
}

void busy_clear(struct busy *busy)
{
    if (busy->room)
        memset(busy->is, 0, busy->last + 1);
    busy->now = busy->most = busy->last = 0;
    busy->total = busy->besides = busy->time = 0;
}

void busy_release(struct busy *busy)
{
    free(busy->is);
    *busy = (struct busy){0};
}

/* --- the critical path ------------------------------------------------------ */

/* What a chain came to when somebody passed here. */
struct passed {
    int64_t wrote, read;    /* by those that come after all, after writers only */
    uint32_t parent;        /* channels: the context it tells of */
    uint32_t room;          /* channels: how many values are told apart, at least 1 */
    int64_t *sent, *got;    /* by number, modulo room */
};

struct chains {
    int64_t *of;            /* by goroutine: the longest chain that ends in it */
    int64_t *since;         /* since when it is busy; -1: it is not */
    struct passed *objects;
    uint32_t ngoroutines, nobjects;
    bool failed;
};

static void raise_to(int64_t *chain, int64_t other)
{
    if (*chain < other)
        *chain = other;
}

/* What each does follows from what all others did before. */
static void meet(int64_t *a, int64_t *b)
{
    raise_to(a, *b);
    raise_to(b, *a);
}

static bool make_channel(struct chains *c, const struct event *event)
{
    struct passed *o = &c->objects[event->obj];

    if (event->extra != OBJECT_CHAN)
        return true;
    o->parent = event->other < c->nobjects ? event->other : 0;
    o->room = event->value > 0 && event->value < 1 << 20 ? (uint32_t)event->value : 1;
    o->sent = calloc(o->room, sizeof *o->sent);
    o->got = calloc(o->room, sizeof *o->got);
    return o->sent && o->got;
}

/* The n-th receive of a channel with room for C comes after the n-th send, and before the send
 * number n + C is over. */
static void pass_value(struct chains *c, const struct event *event)
{
    struct passed *o = &c->objects[event->obj];
    int64_t *g = &c->of[event->g];

    if (event->other && event->other < c->ngoroutines) {
        meet(g, &c->of[event->other]);
    } else if (event->flags & EVENT_CLOSED || !o->room) {
        raise_to(g, o->wrote);
        raise_to(g, c->objects[o->parent].wrote);
    } else if (event->kind == EVENT_SEND) {
        raise_to(g, o->got[event->seq % o->room]);
        o->sent[event->seq % o->room] = *g;
    } else {
        raise_to(g, o->sent[event->seq % o->room]);
        o->got[event->seq % o->room] = *g;
    }
}

/* The rest: by what it does to its object. */
static void pass_object(struct chains *c, const struct event *event)
{
    struct passed *o = &c->objects[event->obj];
    int64_t *g = &c->of[event->g];

    switch (event->kind) {
    case EVENT_RLOCK:
    case EVENT_WG_WAIT:
    case EVENT_ONCE_PASS:
    case EVENT_LOAD: raise_to(g, o->wrote); break;
    case EVENT_RUNLOCK: raise_to(&o->read, *g); break;
    case EVENT_LOCK:
        raise_to(g, o->read);
        raise_to(g, o->wrote);
        break;
    case EVENT_UNLOCK:
    case EVENT_CLOSE:
    case EVENT_CANCEL:
    case EVENT_WG_ADD:
    case EVENT_ONCE_END:
    case EVENT_FINISH:
    case EVENT_RELEASE: raise_to(&o->wrote, *g); break;
    case EVENT_LOOK:
    case EVENT_READ:
    case EVENT_WRITE:
    case EVENT_BLOCK:
    case EVENT_WORK:
    case EVENT_PROCESSORS: break;
    default:
        if (event_is_step(event))
            meet(g, &o->wrote);
    }
    if (event->kind == EVENT_CLOSE && event->extra && event->extra < c->nobjects)
        raise_to(&c->objects[event->extra].wrote, *g);
}

static void take(struct chains *c, const struct event *event)
{
    uint32_t g = event->g, obj = event->obj;

    if (g >= c->ngoroutines)
        return;
    if (g && c->since[g] >= 0 && event->kind == EVENT_WAKE) {
        c->of[g] += event->time - c->since[g];
        c->since[g] = -1;
    }
    if (g && begins(event))
        c->since[g] = event->time;
    if (event->kind == EVENT_GO && event->other < c->ngoroutines)
        c->of[event->other] = c->of[g];
    if (event->kind == EVENT_WAKE && event->other && event->other < c->ngoroutines && g)
        raise_to(&c->of[g], c->of[event->other]);
    if (obj == 0 || obj >= c->nobjects)
        return;
    if (event->kind == EVENT_MAKE)
        c->failed |= !make_channel(c, event);
    else if (g && (event->kind == EVENT_SEND || event->kind == EVENT_RECV))
        pass_value(c, event);
    else if (g)
        pass_object(c, event);
}

static void chains_release(struct chains *c)
{
    for (uint32_t i = 0; c->objects && i < c->nobjects; i++) {
        free(c->objects[i].sent);
        free(c->objects[i].got);
    }
    free(c->objects);
    free(c->of);
    free(c->since);
}

/* The longest chain, what is still going on left out. */
static int64_t longest(const struct chains *c)
{
    int64_t most = 0;

    for (uint32_t g = 0; g < c->ngoroutines; g++)
        raise_to(&most, c->of[g]);
    return most;
}

int64_t busy_chain(const struct trace *trace)
{
    struct chains c = {.ngoroutines = 2, .nobjects = 1};
    int64_t most = -1;

    for (uint32_t i = 0; i < trace->count; i++) {
        const struct event *event = &trace->events[i];

        if (event->kind == EVENT_GO && event->other >= c.ngoroutines)
            c.ngoroutines = event->other + 1;
        if (event->kind == EVENT_MAKE && event->obj >= c.nobjects)
            c.nobjects = event->obj + 1;
    }
    if (c.ngoroutines > trace->count + 2 || c.nobjects > trace->count + 1)
        return -1; /* no run makes more than it tells */
    c.of = calloc(c.ngoroutines, sizeof *c.of);
    c.since = malloc(c.ngoroutines * sizeof *c.since);
    c.objects = calloc(c.nobjects, sizeof *c.objects);
    if (c.of && c.since && c.objects) {
        memset(c.since, 0xff, c.ngoroutines * sizeof *c.since);
        for (uint32_t i = 0; i < trace->count && !c.failed; i++) {
            take(&c, &trace->events[i]);
            if (trace->events[i].kind == EVENT_END && trace->events[i].g == 1)
                break;
        }
        if (!c.failed)
            most = longest(&c);
    }
    chains_release(&c);
    return most;
}

int64_t busy_of_trace(struct busy *busy, const struct trace *trace)
{
    for (uint32_t i = 0; i < trace->count; i++) {
        busy_event(busy, &trace->events[i]);
        if (trace->events[i].kind == EVENT_END && trace->events[i].g == 1)
            break;
    }
    return busy_chain(trace);
}
