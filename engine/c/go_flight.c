/* go_flight.c -- the functions of go.h for singleflight. */
#include "go.h"
#include "c/go_inside.h"
#include "rt/panic.h"
#include "sync/chan.h"
#include "sync/flight.h"

#define ENTER() c_enter(__builtin_return_address(0))

struct group_of_calls {
    struct flight *flight;
    struct go_keys *keys;
};

/* A channel that gets the result of a call. */
struct listener {
    struct chan *chan;
    struct listener *next;
};

/* A call in flight, its `result`. */
struct flown {
    struct group_of_calls *group;
    struct flight_call *call;
    void *(*fn)(void *arg, const char **err);
    void *arg;
    struct go_result result;
    const char *panic; /* its text; NULL: it returned */
    struct listener *first, **last;
};

static void *make_group(struct run *run)
{
    struct group_of_calls *group = region_alloc(&run->objects, sizeof *group);

    if (!group)
        return NULL;
    group->keys = go_keys_make(run);
    group->flight = flight_make(run, NULL);
    return group->keys && group->flight ? group : NULL;
}

static struct group_of_calls *group_of(struct run *run, struct go_flight *f)
{
    return go_object(run, f, sizeof *f, &f->impl, &f->run, "Group", make_group);
}

static void *alloc(struct run *run, size_t size)
{
    void *at = region_alloc(&run->objects, size);

    if (!at)
        run_stop(run, RUN_MEMORY);
    return at;
}

/* --- the call -------------------------------------------------------------------- */

/* Joins the call of the key, or begins it: *begun. */
static struct flown *join(struct run *run, struct group_of_calls *group, struct go_key key,
                          void *(*fn)(void *arg, const char **err), void *arg, bool waits,
                          bool *begun)
{
    struct flown *flown;
    struct flight_call *call;

    if (!fn)
        c_panic(run, false, "go_flight_do of a nil function");
    *begun = flight_begin(run, group->flight, go_keys_number(run, group->keys, key), waits, &call);
    if (!*begun)
        return call->result;
    flown = alloc(run, sizeof *flown);
    *flown = (struct flown){.group = group, .call = call, .fn = fn, .arg = arg};
    flown->last = &flown->first;
    call->result = flown;
    return flown;
}

static void land(struct run *run, struct flown *flown)
{
    flown->result.shared = flown->call->joined > 0;
    flight_end(run, flown->group->flight, flown->call);
    for (const struct listener *l = flown->first; l; l = l->next)
        chan_send(run, l->chan, &flown->result); /* there is room for one */
}

/* The call ends by a panic, or by Goexit. */
static void crash(void *arg)
{
    struct flown *flown = arg;

    if (run_current->self->panic)
        flown->panic = run_current->self->panic->text;
    land(run_current, flown);
}

static void make_call(struct run *run, struct flown *flown)
{
    struct deferred end;

    c_defer(run, &end, crash, flown, (uintptr_t)__builtin_frame_address(0));
    flown->result.value = flown->fn(flown->arg, &flown->result.err);
    c_undefer(run, &end);
    land(run, flown);
}

struct go_result go_flight_do_at(struct go_flight *f, struct go_key key,
                                 void *(*fn)(void *arg, const char **err), void *arg)
{
    struct run *run = ENTER();
    struct group_of_calls *group = group_of(run, f);
    uint32_t pc = run->self->pc;
    struct go_result result;
    bool begun;
    struct flown *flown = join(run, group, key, fn, arg, true, &begun);

    if (begun)
        make_call(run, flown);
    run->self->pc = pc;
    if (flown->panic) /* of another: as Go does, all of them panic */
        c_panic(run, false, "%s", flown->panic);
    result = flown->result;
    result.shared |= !begun;
    return result;
}

static void enter_call(void *arg)
{
    struct flown *flown = arg;

    make_call(run_current, flown);
    c_returned(run_current, (const void *)flown->fn);
    c_goroutine_ends(run_current);
}

struct recv_chan *go_flight_do_chan_at(struct go_flight *f, struct go_key key,
                                       void *(*fn)(void *arg, const char **err), void *arg)
{
    struct run *run = ENTER();
    struct group_of_calls *group = group_of(run, f);
    struct listener *listener = alloc(run, sizeof *listener);
    struct flown *flown;
    bool begun;

    listener->chan = go_chan_new(run, sizeof(struct go_result), 1, "struct go_result", 'x', NULL);
    flown = join(run, group, key, fn, arg, false, &begun);
    *flown->last = listener;
    flown->last = &listener->next;
    if (begun)
        c_go(run, enter_call, flown, (const void *)fn);
    return go_receiver_of(listener->chan);
}

void go_flight_forget_at(struct go_flight *f, struct go_key key)
{
    struct run *run = ENTER();
    struct group_of_calls *group = group_of(run, f);

    flight_forget(run, group->flight, go_keys_number(run, group->keys, key));
}
