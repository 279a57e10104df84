/* cone.c -- what happens before one point of a run, and what after.
 *
 * The events go through the order of check/ once.  That leaves a graph of moments
 * (check/moments.h), of which we keep two things: for each moment of a goroutine the last event it
 * tells of, and each *hearing*, an event at which a goroutine came to know of a moment that is not
 * its own.  Between two hearings a goroutine learns nothing; so a past is found by going through
 * the hearings from the point back, a future by going through them forward.  Moments of nobody join
 * two others: what the Dones of a WaitGroup leave is a chain of them.
 */
#include "view/cone.h"

#include "check/order.h"

#include <stdlib.h>
#include <string.h>

struct hearing { uint32_t event, g, moment; };

/* What a goroutine knows of: moments, 0: none. */
struct place { uint32_t last, heard; };

struct cones {
    const struct trace *trace;
    uint32_t goroutines, objects;
    struct order order;
    struct place *place;         /* by goroutine, while the trace is gone through */
    uint32_t *newest;            /* by goroutine: the last event it took part in so far */
    struct hearing *hearings;    /* by event */
    uint32_t nhearings, hearings_cap;
    uint32_t *told;              /* by moment: the last event of its goroutine that it tells of;
                                    of those of nobody, the event at which it was made */
    uint32_t told_cap;
    uint32_t *joins, njoins;     /* the moments of nobody, the oldest first */
    uint32_t *known;             /* by moment of nobody: that of a goroutine in the future that is
                                    joined in it, 0: there is none; or 1: seen by this search */
    uint32_t *todo;              /* of a search */
};

static bool is_hand_off(const struct event *event)
{
    return (event->kind == EVENT_SEND || event->kind == EVENT_RECV) && event->other != 0;
}

static bool has_partner(const struct event *event)
{
    return event->kind == EVENT_GO || is_hand_off(event);
}

static bool believable(const struct cones *cones, const struct event *event)
{
    uint32_t ids = cones->goroutines > cones->objects ? cones->goroutines : cones->objects;

    if (has_partner(event))
        ids = cones->goroutines;
    return event->kind < EVENT_KIND_COUNT && event->g <= cones->goroutines &&
           event->obj <= cones->objects && event->other <= ids &&
           event->seq <= cones->trace->count &&
           (event->kind != EVENT_CLOSE || event->extra <= cones->objects);
}

/* --- the whole trace ----------------------------------------------------- */

/* Notes what the moments made in event i tell of; false: out of memory. */
static bool note_moments(struct cones *cones, uint32_t first, uint32_t i)
{
    const struct moments *moments = &cones->order.moments;

    if (moments->count >= cones->told_cap) {
        uint32_t cap = 2 * moments->count + 1024;
        uint32_t *grown = realloc(cones->told, cap * sizeof *grown);

        if (!grown)
            return false;
        cones->told = grown;
        cones->told_cap = cap;
    }
    for (uint32_t m = first; m <= moments->count; m++) {
        uint32_t g = moments->at[m].g;

        cones->told[m] = g == 0 ? i : g <= cones->goroutines ? cones->newest[g] : UINT32_MAX;
        cones->njoins += g == 0;
    }
    return true;
}

static bool add_hearing(struct cones *cones, uint32_t event, uint32_t g, uint32_t moment)
{
    if (cones->nhearings == cones->hearings_cap) {
        uint32_t cap = 2 * cones->hearings_cap + 256;
        struct hearing *grown = realloc(cones->hearings, cap * sizeof *grown);

        if (!grown)
            return false;
        cones->hearings = grown;
        cones->hearings_cap = cap;
    }
    cones->hearings[cones->nhearings++] = (struct hearing){event, g, moment};
    return true;
}

/* Of what g knows by a moment it did not know before event i: what it heard; through the moments
 * of its own that were made in the event (from `first` on). */
static bool note_heard(struct cones *cones, uint32_t i, uint32_t g, uint32_t moment, uint32_t first)
{
    const struct moment *m = &cones->order.moments.at[moment];
    const struct place *old = &cones->place[g];

    if (moment == 0 || moment == old->last || moment == old->heard)
        return true;
    if (moment >= first && (m->g == g || m->g == 0))
        return note_heard(cones, i, g, m->before, first) &&
               note_heard(cones, i, g, m->heard, first);
    return m->g == g || add_hearing(cones, i, g, moment);
}

static bool note_place(struct cones *cones, uint32_t i, uint32_t g, uint32_t first)
{
    const struct order_goroutine *now;
    bool whole;

    if (g == 0 || !order_tick(&cones->order, g))
        return true;
    now = &cones->order.goroutines[g];
    whole = note_heard(cones, i, g, now->knows.last, first) &&
            note_heard(cones, i, g, now->knows.heard, first);
    cones->place[g] = (struct place){now->knows.last, now->knows.heard};
    return whole;
}

static bool go_through(struct cones *cones)
{
    for (uint32_t g = 0; g <= cones->goroutines; g++)
        cones->newest[g] = UINT32_MAX;
    for (uint32_t i = 0; i < cones->trace->count; i++) {
        const struct event *event = &cones->trace->events[i];
        uint32_t first = cones->order.moments.count + 1;

        if (!believable(cones, event))
            continue;
        cones->newest[event->g] = i;
        if (is_hand_off(event))
            cones->newest[event->other] = i;
        order_event(&cones->order, event);
        if (cones->order.moments.count >= first && !note_moments(cones, first, i))
            return false;
        if (!note_place(cones, i, event->g, first) ||
            (has_partner(event) && !note_place(cones, i, event->other, first)))
            return false;
    }
    return !cones->order.failed;
}

static bool make_searches(struct cones *cones)
{
    const struct moments *moments = &cones->order.moments;
    size_t room = (size_t)moments->count + 2;
    uint32_t n = 0;

    cones->joins = calloc((size_t)cones->njoins + 1, sizeof *cones->joins);
    cones->known = calloc(room, sizeof *cones->known);
    cones->todo = calloc(room, sizeof *cones->todo);
    if (!cones->joins || !cones->known || !cones->todo)
        return false;
    for (uint32_t m = 1; m <= moments->count; m++)
        if (moments->at[m].g == 0)
            cones->joins[n++] = m;
    return true;
}

struct cones *cones_new(const struct trace *trace, uint32_t goroutines, uint32_t objects)
{
    struct cones *cones = calloc(1, sizeof *cones);

    if (!cones)
        return NULL;
    cones->trace = trace;
    cones->goroutines = goroutines;
    cones->objects = objects;
    cones->place = calloc((size_t)goroutines + 1, sizeof *cones->place);
    cones->newest = calloc((size_t)goroutines + 1, sizeof *cones->newest);
    if (cones->place && cones->newest && go_through(cones) && make_searches(cones))
        return cones;
    cones_free(cones);
    return NULL;
}

void cones_free(struct cones *cones)
{
    if (!cones)
        return;
    order_release(&cones->order);
    free(cones->place);
    free(cones->newest);
    free(cones->hearings);
    free(cones->told);
    free(cones->joins);
    free(cones->known);
    free(cones->todo);
    free(cones);
}

/* --- one point ----------------------------------------------------------- */

static bool begin(const struct cones *cones, struct reach *reach, uint32_t g)
{
    for (uint32_t id = 0; id <= cones->goroutines; id++)
        reach[id] = (struct reach){.event = UINT32_MAX};
    return g > 0 && g <= cones->goroutines;
}

/* The first hearing at this event or later. */
static uint32_t first_hearing(const struct cones *cones, uint32_t event)
{
    uint32_t low = 0, high = cones->nhearings;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (cones->hearings[middle].event < event)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What is heard is in the past, with the moments it joins, each of which is looked at once. */
static void add_to_past(struct cones *cones, struct reach *past, const struct hearing *hearing,
                        uint32_t g)
{
    const struct moments *moments = &cones->order.moments;
    uint32_t todo = 0;

    cones->todo[todo++] = hearing->moment;
    while (todo > 0) {
        uint32_t id = cones->todo[--todo];
        const struct moment *m = &moments->at[id];

        if (id == 0 || m->g == g || m->g > cones->goroutines)
            continue;
        if (m->g == 0 && !cones->known[id]) {
            cones->known[id] = 1;
            cones->todo[todo++] = m->before;
            cones->todo[todo++] = m->heard;
        } else if (m->g > 0 && (past[m->g].event == UINT32_MAX ||
                                past[m->g].event <= cones->told[id])) {
            /* of several who heard of it, the earliest */
            past[m->g] = (struct reach){cones->told[id], hearing->g, hearing->event};
        }
    }
}

bool cones_past(struct cones *cones, struct reach *past, uint32_t events, uint32_t g)
{
    const struct trace *trace = cones->trace;

    if (!begin(cones, past, g))
        return false;
    for (uint32_t i = 0; i < cones->njoins; i++)
        cones->known[cones->joins[i]] = 0;
    if (events > trace->count)
        events = trace->count;
    for (uint32_t i = first_hearing(cones, events); i-- > 0;) {
        const struct hearing *hearing = &cones->hearings[i];
        uint32_t last = past[hearing->g].event;

        if (hearing->g == g || (last != UINT32_MAX && hearing->event <= last))
            add_to_past(cones, past, hearing, g);
    }
    for (uint32_t i = events; i-- > 0 && past[g].event == UINT32_MAX;) {
        const struct event *event = &trace->events[i];

        if (believable(cones, event) &&
            (event->g == g || (is_hand_off(event) && event->other == g)))
            past[g].event = i;
    }
    return true;
}

/* A moment of a goroutine by which one knows of the future so far; 0: there is none. */
static uint32_t known_by(const struct cones *cones, const struct reach *future, uint32_t moment)
{
    uint32_t g = cones->order.moments.at[moment].g;

    if (moment == 0 || g > cones->goroutines)
        return 0;
    if (g == 0)
        return cones->known[moment];
    return future[g].event != UINT32_MAX && cones->told[moment] != UINT32_MAX &&
                   future[g].event <= cones->told[moment] ? moment : 0;
}

bool cones_future(struct cones *cones, struct reach *future, uint32_t event, uint32_t g)
{
    const struct moments *moments = &cones->order.moments;
    uint32_t join = 0;

    if (!begin(cones, future, g))
        return false;
    future[g].event = event;
    for (uint32_t i = first_hearing(cones, event); i < cones->nhearings; i++) {
        const struct hearing *hearing = &cones->hearings[i];
        uint32_t source;

        for (; join < cones->njoins && cones->told[cones->joins[join]] < hearing->event; join++) {
            const struct moment *m = &moments->at[cones->joins[join]];

            source = known_by(cones, future, m->before);
            cones->known[cones->joins[join]] = source ? source : known_by(cones, future, m->heard);
        }
        source = known_by(cones, future, hearing->moment);
        if (source && future[hearing->g].event == UINT32_MAX)
            future[hearing->g] = (struct reach){hearing->event, moments->at[source].g,
                                                cones->told[source]};
    }
    return true;
}
