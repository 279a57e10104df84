/* past.c -- what happens before one point of a run, by Go's memory model.
 *
 * The events go through the order of check/ once.  What that leaves is a graph of moments
 * (check/moments.h); we note which event of its goroutine each of them came with, and behind every
 * event where in the graph its goroutines stand.  The past of a point is what is reached from
 * there.
 */
#include "view/past.h"

#include "check/order.h"

#include <stdlib.h>

/* Where in the graph a goroutine stands: the moments it knows of, 0: none. */
struct place { uint32_t last, heard; };

struct past {
    const struct trace *trace;
    uint32_t goroutines, objects;
    struct order order;
    struct place *own, *partner; /* by event, after it: of its g, of the other one in it */
    uint32_t *event_of;          /* by moment: the last event of its goroutine it covers */
    uint32_t moments_cap;
    uint32_t *visited, *todo;    /* by moment: the last search that came by; those of this search */
    uint32_t search;
};

static bool is_hand_off(const struct event *event)
{
    return (event->kind == EVENT_SEND || event->kind == EVENT_RECV) && event->other != 0;
}

static bool has_partner(const struct event *event)
{
    return event->kind == EVENT_GO || is_hand_off(event);
}

static bool believable(const struct past *past, const struct event *event)
{
    uint32_t ids = past->goroutines > past->objects ? past->goroutines : past->objects;

    if (has_partner(event))
        ids = past->goroutines;
    return event->kind < EVENT_KIND_COUNT && event->g <= past->goroutines &&
           event->obj <= past->objects && event->other <= ids && event->seq <= past->trace->count &&
           (event->kind != EVENT_CLOSE || event->extra <= past->objects);
}

static struct place place_of(struct past *past, uint32_t g)
{
    const struct order_goroutine *goroutine = NULL;

    if (g > 0 && order_tick(&past->order, g))
        goroutine = &past->order.goroutines[g];
    return goroutine ? (struct place){goroutine->knows.last, goroutine->knows.heard}
                     : (struct place){0, 0};
}

/* Notes what the moments from the first new one on cover; false: out of memory. */
static bool note_moments(struct past *past, uint32_t first, const uint32_t *newest)
{
    const struct moments *moments = &past->order.moments;

    if (moments->count >= past->moments_cap) {
        uint32_t cap = 2 * moments->count + 1024;
        uint32_t *grown = realloc(past->event_of, cap * sizeof *grown);

        if (!grown)
            return false;
        past->event_of = grown;
        past->moments_cap = cap;
    }
    for (uint32_t m = first; m <= moments->count; m++)
        past->event_of[m] = moments->at[m].g <= past->goroutines ? newest[moments->at[m].g]
                                                                 : UINT32_MAX;
    return true;
}

/* newest: by goroutine, room for the last event it took part in. */
static bool go_through(struct past *past, uint32_t *newest)
{
    for (uint32_t g = 0; g <= past->goroutines; g++)
        newest[g] = UINT32_MAX;
    for (uint32_t i = 0; i < past->trace->count; i++) {
        const struct event *event = &past->trace->events[i];
        uint32_t first = past->order.moments.count + 1;

        if (!believable(past, event))
            continue;
        if (event->g)
            newest[event->g] = i;
        if (is_hand_off(event))
            newest[event->other] = i;
        order_event(&past->order, event);
        if (past->order.moments.count >= first && !note_moments(past, first, newest))
            return false;
        past->own[i] = place_of(past, event->g);
        if (has_partner(event))
            past->partner[i] = place_of(past, event->other);
    }
    return !past->order.failed;
}

struct past *past_new(const struct trace *trace, uint32_t goroutines, uint32_t objects)
{
    struct past *past = calloc(1, sizeof *past);
    uint32_t *newest = calloc((size_t)goroutines + 1, sizeof *newest);
    bool whole = false;

    if (past) {
        past->trace = trace;
        past->goroutines = goroutines;
        past->objects = objects;
        past->own = calloc((size_t)trace->count + 1, sizeof *past->own);
        past->partner = calloc((size_t)trace->count + 1, sizeof *past->partner);
        whole = newest && past->own && past->partner && go_through(past, newest);
    }
    if (whole) {
        past->visited = calloc((size_t)past->order.moments.count + 1, sizeof *past->visited);
        past->todo = calloc((size_t)past->order.moments.count + 2, sizeof *past->todo);
        whole = past->visited && past->todo;
    }
    free(newest);
    if (whole)
        return past;
    past_free(past);
    return NULL;
}

void past_free(struct past *past)
{
    if (!past)
        return;
    order_release(&past->order);
    free(past->own);
    free(past->partner);
    free(past->event_of);
    free(past->visited);
    free(past->todo);
    free(past);
}

/* --- one point ----------------------------------------------------------- */

static uint32_t push(struct past *past, uint32_t todo, uint32_t moment)
{
    if (moment == 0 || past->visited[moment] == past->search)
        return todo;
    past->visited[moment] = past->search;
    past->todo[todo] = moment;
    return todo + 1;
}

static void collect(struct past *past, uint32_t *last, struct place from)
{
    uint32_t todo = 0;

    past->search++;
    todo = push(past, todo, from.last);
    todo = push(past, todo, from.heard);
    while (todo > 0) {
        uint32_t m = past->todo[--todo], event = past->event_of[m];
        const struct moment *moment = &past->order.moments.at[m];

        if (moment->g && event != UINT32_MAX &&
            (last[moment->g] == UINT32_MAX || last[moment->g] < event))
            last[moment->g] = event;
        todo = push(past, todo, moment->before);
        todo = push(past, todo, moment->heard);
    }
}

bool past_find(struct past *past, uint32_t *last, uint32_t events, uint32_t g)
{
    for (uint32_t id = 0; id <= past->goroutines; id++)
        last[id] = UINT32_MAX;
    if (g == 0 || g > past->goroutines)
        return false;
    if (events > past->trace->count)
        events = past->trace->count;
    for (uint32_t i = events; i-- > 0;) {
        const struct event *event = &past->trace->events[i];
        bool other = has_partner(event) && event->other == g;

        if ((event->g != g && !other) || !believable(past, event))
            continue;
        collect(past, last, event->g == g ? past->own[i] : past->partner[i]);
        if (event->g == g || is_hand_off(event))
            last[g] = i;
        break;
    }
    return true;
}
