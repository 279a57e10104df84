/* past.c -- what happens before one point of a run, by Go's memory model.
 *
 * The events go through the order of check/ once; each is remembered by the ticks its goroutines
 * had then.  Afterwards the last known event of each is looked for from the end.
 */
#include "view/past.h"

#include "check/order.h"

#include <stdlib.h>

struct ticks { uint32_t own, partner, seen; };

static bool is_hand_off(const struct event *event)
{
    return (event->kind == EVENT_SEND || event->kind == EVENT_RECV) && event->other != 0;
}

static bool believable(const struct trace *trace, const struct event *event, uint32_t goroutines,
                       uint32_t objects)
{
    uint32_t ids = goroutines > objects ? goroutines : objects;

    if (is_hand_off(event) || event->kind == EVENT_GO)
        ids = goroutines;
    return event->kind < EVENT_KIND_COUNT && event->g <= goroutines && event->obj <= objects &&
           event->other <= ids && event->seq <= trace->count &&
           (event->kind != EVENT_CLOSE || event->extra <= objects);
}

/* Keeps event i of `id` if g knows of it, and of nothing later. */
static void look(uint32_t *last, struct order *order, uint32_t id, uint32_t tick, uint32_t seen,
                 uint32_t i, uint32_t g)
{
    if (tick > 0 && last[id] == UINT32_MAX && order_before(order, id, tick, seen, g))
        last[id] = i;
}

bool past_find(uint32_t *last, const struct trace *trace, uint32_t goroutines, uint32_t objects,
               uint32_t events, uint32_t g)
{
    struct order order = {0};
    struct ticks *ticks;
    bool whole;

    if (events > trace->count)
        events = trace->count;
    for (uint32_t id = 0; id <= goroutines; id++)
        last[id] = UINT32_MAX;
    ticks = calloc((size_t)events + 1, sizeof *ticks);
    if (!ticks)
        return false;
    for (uint32_t i = 0; i < events; i++) {
        const struct event *event = &trace->events[i];

        if (!believable(trace, event, goroutines, objects))
            continue;
        ticks[i].seen = order.seen;
        if (event->g)
            ticks[i].own = order_tick(&order, event->g);
        if (is_hand_off(event))
            ticks[i].partner = order_tick(&order, event->other);
        order_event(&order, event);
    }
    whole = g > 0 && g <= goroutines && order_tick(&order, g) && !order.failed;
    for (uint32_t i = events; whole && i-- > 0;) {
        const struct event *event = &trace->events[i];

        look(last, &order, event->g, ticks[i].own, ticks[i].seen, i, g);
        look(last, &order, event->other, ticks[i].partner, ticks[i].seen, i, g);
    }
    order_release(&order);
    free(ticks);
    return whole;
}
