/* between.c -- what lies between the two accesses of a race, and fails to order them. */
#include "grade/between.h"

#include <string.h>

/* The two parties, each where it makes its access. */
struct parties {
    const struct trace *trace;
    const struct finding_place *at[2];
    uint32_t index[2]; /* events before it are before the access */
};

/* --- locks --------------------------------------------------------------- */

static void take(struct held_lock *held, uint32_t *n, uint32_t obj, bool reading)
{
    if (*n < HELD_MAX)
        held[(*n)++] = (struct held_lock){obj, reading};
}

static void give(struct held_lock *held, uint32_t *n, uint32_t obj)
{
    for (uint32_t i = *n; i-- > 0;)
        if (held[i].obj == obj) {
            memmove(&held[i], &held[i + 1], (*n - i - 1) * sizeof *held);
            --*n;
            return;
        }
}

uint32_t between_held(const struct trace *trace, const struct finding_place *place,
                      struct held_lock held[HELD_MAX])
{
    uint32_t n = 0;

    for (uint32_t i = 0; place->event < trace->count && i <= place->event; i++) {
        const struct event *event = &trace->events[i];

        if (event->kind == EVENT_UNLOCK) /* whoever does it */
            give(held, &n, event->obj);
        else if (event->g != place->g)
            continue;
        else if (event->kind == EVENT_LOCK || event->kind == EVENT_RLOCK)
            take(held, &n, event->obj, event->kind == EVENT_RLOCK);
        else if (event->kind == EVENT_RUNLOCK)
            give(held, &n, event->obj);
    }
    return n;
}

static bool common(const struct held_lock *a, uint32_t na, const struct held_lock *b, uint32_t nb,
                   uint32_t *obj)
{
    for (uint32_t i = 0; i < na; i++)
        for (uint32_t k = 0; k < nb; k++)
            if (a[i].obj == b[k].obj) {
                *obj = a[i].obj;
                return true;
            }
    return false;
}

static bool reads_only(const struct held_lock *held, uint32_t n, uint32_t obj)
{
    for (uint32_t i = 0; i < n; i++)
        if (held[i].obj == obj)
            return held[i].reading;
    return false;
}

static bool by_locks(const struct parties *p, struct between *b)
{
    struct held_lock held[2][HELD_MAX];
    uint32_t n[2];

    for (int i = 0; i < 2; i++)
        n[i] = between_held(p->trace, p->at[i], held[i]);
    if (n[0] == 0 && n[1] == 0)
        return false;
    if (n[0] == 0 || n[1] == 0) {
        b->kind = BETWEEN_ONE_LOCK;
        b->who = n[0] == 0;
        b->obj = held[b->who][n[b->who] - 1].obj;
    } else if (common(held[0], n[0], held[1], n[1], &b->obj)) {
        b->kind = BETWEEN_READ_LOCK;
        b->who = !(p->at[0]->write && reads_only(held[0], n[0], b->obj));
    } else {
        b->kind = BETWEEN_TWO_LOCKS;
        b->obj = held[0][n[0] - 1].obj;
        b->other_obj = held[1][n[1] - 1].obj;
    }
    return true;
}

/* --- what comes too late, or too early ------------------------------------ */

/* The first event in [from, to) that g makes, of a kind, on obj (0: any); UINT32_MAX: none. */
static uint32_t find(const struct trace *trace, uint32_t from, uint32_t to, uint32_t g,
                     uint32_t kind, uint32_t obj)
{
    for (uint32_t i = from; i < to && i < trace->count; i++) {
        const struct event *event = &trace->events[i];

        if (event->kind == kind && event->g == g && (!obj || event->obj == obj))
            return i;
    }
    return UINT32_MAX;
}

/* The first event in [from, to) with which g tells who waits at obj: a send, a close, a Done. */
static uint32_t gives(const struct trace *trace, uint32_t from, uint32_t to, uint32_t g,
                      uint32_t obj)
{
    for (uint32_t i = from; i < to && i < trace->count; i++) {
        const struct event *event = &trace->events[i];

        if (event->obj != obj)
            continue;
        if (event->kind == EVENT_RECV && event->other == g)
            return i; /* a hand-off is the receiver's step */
        if (event->g == g && (event->kind == EVENT_SEND || event->kind == EVENT_CLOSE ||
                              (event->kind == EVENT_WG_ADD && event->value < 0)))
            return i;
    }
    return UINT32_MAX;
}

/* The first event in [from, to) with which g learns of something: a Wait, a receive, a join. */
static uint32_t learns(const struct trace *trace, uint32_t from, uint32_t to, uint32_t g)
{
    for (uint32_t i = from; i < to && i < trace->count; i++) {
        const struct event *event = &trace->events[i];

        if (event->g == g && (event->kind == EVENT_WG_WAIT || event->kind == EVENT_RECV ||
                              (event->kind == EVENT_WAKE && event->obj)))
            return i;
    }
    return UINT32_MAX;
}

static bool is_thread_of(const struct trace *trace, uint32_t obj, uint32_t g)
{
    return find(trace, 0, trace->count, g, EVENT_FINISH, obj) != UINT32_MAX;
}

/* Who learns after its access what the other tells after its own. */
static bool late(const struct parties *p, int who, struct between *b)
{
    uint32_t g = p->at[who]->g, other = p->at[!who]->g, all = p->trace->count;

    for (uint32_t i = learns(p->trace, p->index[who], all, g); i != UINT32_MAX;
         i = learns(p->trace, i + 1, all, g)) {
        const struct event *event = &p->trace->events[i];
        bool join = event->kind == EVENT_WAKE;

        if (join ? !is_thread_of(p->trace, event->obj, other)
                 : gives(p->trace, p->index[!who], all, other, event->obj) == UINT32_MAX)
            continue;
        *b = (struct between){
            .kind = join                            ? BETWEEN_LATE_JOIN
                    : event->kind == EVENT_WG_WAIT  ? BETWEEN_LATE_WAIT
                                                    : BETWEEN_LATE_RECV,
            .who = who, .obj = event->obj, .event = i};
        return true;
    }
    return false;
}

/* Who tells before its access what the other learns before its own. */
static bool early(const struct parties *p, int who, struct between *b)
{
    uint32_t g = p->at[who]->g, other = p->at[!who]->g;

    for (uint32_t i = learns(p->trace, 0, p->index[!who], other); i != UINT32_MAX;
         i = learns(p->trace, i + 1, p->index[!who], other)) {
        const struct event *event = &p->trace->events[i];
        uint32_t told = event->kind == EVENT_WAKE
                            ? UINT32_MAX
                            : gives(p->trace, 0, p->index[who], g, event->obj);

        if (told == UINT32_MAX || told > i)
            continue;
        *b = (struct between){.kind = event->kind == EVENT_WG_WAIT ? BETWEEN_EARLY_DONE
                                                                   : BETWEEN_EARLY_SEND,
                              .who = who, .obj = event->obj, .event = told};
        return true;
    }
    return false;
}

/* Who sends before its access on a buffered channel what the other receives after its own. */
static bool buffered(const struct parties *p, int who, struct between *b)
{
    uint32_t g = p->at[who]->g, other = p->at[!who]->g;

    for (uint32_t i = find(p->trace, 0, p->index[who], g, EVENT_SEND, 0); i != UINT32_MAX;
         i = find(p->trace, i + 1, p->index[who], g, EVENT_SEND, 0)) {
        uint32_t obj = p->trace->events[i].obj;
        uint32_t received =
            find(p->trace, p->index[!who], p->trace->count, other, EVENT_RECV, obj);

        if (received == UINT32_MAX)
            continue;
        *b = (struct between){.kind = BETWEEN_BUFFERED, .who = who, .obj = obj, .event = i,
                              .other_event = received};
        return true;
    }
    return false;
}

static bool started(const struct parties *p, int who, struct between *b)
{
    for (uint32_t i = 0; i < p->index[who]; i++) {
        const struct event *event = &p->trace->events[i];

        if (event->kind == EVENT_GO && event->g == p->at[who]->g &&
            event->other == p->at[!who]->g) {
            *b = (struct between){.kind = BETWEEN_STARTED, .who = who, .event = i};
            return true;
        }
    }
    return false;
}

/* Who writes to what it has just given away: it is no matter when it waits. */
static bool started_and_writes(const struct parties *p, int who, struct between *b)
{
    return p->at[who]->write && started(p, who, b);
}

static bool either(const struct parties *p, struct between *b,
                   bool (*by)(const struct parties *, int, struct between *))
{
    return by(p, 0, b) || by(p, 1, b);
}

struct between between(const struct trace *trace, const struct finding *race)
{
    struct parties p = {.trace = trace, .at = {&race->other, &race->at}};
    struct between b = {.kind = BETWEEN_NOTHING};

    for (int i = 0; i < 2; i++)
        p.index[i] = p.at[i]->event < trace->count ? p.at[i]->event + 1 : 0;
    if (race->at.atomic != race->other.atomic)
        return (struct between){.kind = BETWEEN_ATOMIC, .who = race->at.atomic};
    (void)(either(&p, &b, started_and_writes) || either(&p, &b, late) || by_locks(&p, &b) ||
           either(&p, &b, early) || either(&p, &b, buffered) || either(&p, &b, started));
    return b;
}
