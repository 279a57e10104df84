/* flight.c -- singleflight.Group (golang.org/x/sync). */
#include "sync/flight.h"

struct flight *flight_make(struct run *run, const char *name)
{
    struct flight *flight = region_alloc(&run->objects, sizeof *flight);

    if (flight)
        flight->id = run_object(run, OBJECT_FLIGHT, 0, 0, name);
    return flight;
}

static void tell(struct run *run, enum event_kind kind, const struct flight *flight, uint32_t key)
{
    struct event event = event_make(run, kind, run->self, flight->id);

    event.seq = key;
    event_emit(run, &event);
}

static struct flight_call *find(const struct flight *flight, uint32_t key)
{
    struct flight_call *call = flight->calls;

    while (call && (call->key != key || call->forgotten))
        call = call->next;
    return call;
}

bool flight_begin(struct run *run, struct flight *flight, uint32_t key, bool waits,
                  struct flight_call **out)
{
    struct flight_call *call;

    sched_step(run, flight->id, TOUCH_CHANGE);
    call = find(flight, key);
    if (call) {
        struct waiter waiter = {.g = run->self};

        *out = call;
        call->joined++;
        tell(run, EVENT_JOIN, flight, key);
        if (waits) {
            waiters_put(&call->waiters, &waiter);
            waiter_block(run, WAIT_FLIGHT, flight->id, flight, NULL);
        }
        return false;
    }
    call = region_alloc(&run->objects, sizeof *call);
    if (!call)
        run_stop(run, RUN_MEMORY);
    call->key = key;
    call->next = flight->calls;
    flight->calls = call;
    *out = call;
    tell(run, EVENT_ONCE_BEGIN, flight, key);
    return true;
}

void flight_end(struct run *run, struct flight *flight, struct flight_call *call)
{
    struct flight_call **link = &flight->calls;
    struct waiter *waiter;

    sched_step(run, flight->id, TOUCH_CHANGE);
    while (*link != call)
        link = &(*link)->next;
    *link = call->next;
    tell(run, EVENT_ONCE_END, flight, call->key);
    while ((waiter = waiters_take(&call->waiters)))
        waiter_wake(run, waiter->g, flight->id, run->self, 0);
}

void flight_forget(struct run *run, struct flight *flight, uint32_t key)
{
    struct flight_call *call;

    sched_step(run, flight->id, TOUCH_CHANGE);
    call = find(flight, key);
    if (call)
        call->forgotten = true;
    tell(run, EVENT_FORGET, flight, key);
}
