/* scene.c -- the state of a program after the first n events of its trace.
 *
 * What never changes along the trace is worked out once (struct fixed).  The state is two flat
 * arrays, so a copy of it is two memcpy's; copies are kept along the way, far enough apart that
 * all of them together stay in proportion to the trace.
 *
 * Buffers are not stored: the values in a channel are those of its sends number received + 1 to
 * sent, and `sends` lists the events that put a value into it, in order.
 */
#include "view/scene_state.h"

#include <stdlib.h>
#include <string.h>

enum { KEEP_EVERY = 1024 }; /* events between copies, at least */

/* --- the fixed part ------------------------------------------------------ */

static uint32_t goroutine_in(const struct event *event)
{
    uint32_t other = event->kind == EVENT_GO || event->kind == EVENT_SEND ||
                     event->kind == EVENT_RECV ? event->other : 0;

    return other > event->g ? other : event->g;
}

static void measure(struct scene *scene)
{
    uint32_t most = scene->trace->count + 16; /* higher ids are a stray write's garbage */

    scene->ngoroutines = 1;
    for (uint32_t i = 0; i < scene->trace->count; i++) {
        const struct event *event = &scene->trace->events[i];
        uint32_t g = goroutine_in(event);

        if (g > scene->ngoroutines && g <= most)
            scene->ngoroutines = g;
        if (event->obj > scene->nobjects && event->obj <= most)
            scene->nobjects = event->obj;
    }
}

/* Whether an event puts a value into channel *chan. */
static bool fills(const struct scene *scene, const struct event *event, uint32_t *chan)
{
    *chan = event->obj;
    if (!scene_knows(scene, event->obj))
        return false;
    if (event->kind == EVENT_FIRE)
        *chan = scene->fixed[event->obj].channel;
    return (event->kind == EVENT_SEND || event->kind == EVENT_FIRE) && scene_knows(scene, *chan) &&
           scene->fixed[*chan].cap > 0;
}

/* Lists the sends of each channel.  A tick that finds its channel full is lost. */
static bool list_sends(struct scene *scene)
{
    const struct trace *trace = scene->trace;
    uint32_t *received = calloc((size_t)scene->nobjects + 1, sizeof *received);
    uint32_t total = 0, chan;

    if (!received)
        return false;
    for (uint32_t i = 0; i < trace->count; i++)
        if (fills(scene, &trace->events[i], &chan))
            scene->fixed[chan].nsends++;
    for (uint32_t obj = 1; obj <= scene->nobjects; obj++) {
        scene->fixed[obj].first = total;
        total += scene->fixed[obj].nsends;
        scene->fixed[obj].nsends = 0;
    }
    scene->sends = malloc(((size_t)total + 1) * sizeof *scene->sends);
    for (uint32_t i = 0; scene->sends && i < trace->count; i++) {
        const struct event *event = &trace->events[i];

        if (event->kind == EVENT_RECV && scene_knows(scene, event->obj) && !(event->flags & EVENT_CLOSED))
            received[event->obj]++;
        if (fills(scene, event, &chan)) {
            struct fixed *fixed = &scene->fixed[chan];

            if (event->kind == EVENT_SEND || fixed->nsends - received[chan] < fixed->cap)
                scene->sends[fixed->first + fixed->nsends++] = i;
        }
    }
    free(received);
    return scene->sends != NULL;
}

static bool fix(struct scene *scene)
{
    scene->fixed = calloc((size_t)scene->nobjects + 1, sizeof *scene->fixed);
    if (!scene->fixed)
        return false;
    for (uint32_t i = 0; i < scene->trace->count; i++) {
        const struct event *event = &scene->trace->events[i];

        if (event->kind != EVENT_MAKE || !scene_knows(scene, event->obj) || event->extra != OBJECT_CHAN)
            continue;
        scene->fixed[event->obj].cap = event->value < 0 || event->value > UINT32_MAX
                                           ? 0 : (uint32_t)event->value;
        if (scene_knows(scene, event->other)) {
            scene->fixed[event->obj].belongs = event->other;
            scene->fixed[event->other].channel = event->obj;
        }
    }
    return list_sends(scene);
}

/* --- states -------------------------------------------------------------- */

static bool state_init(const struct scene *scene, struct state *state)
{
    *state = (struct state){0};
    state->goroutines = calloc((size_t)scene->ngoroutines + 1, sizeof *state->goroutines);
    state->objects = calloc((size_t)scene->nobjects + 1, sizeof *state->objects);
    return state->goroutines && state->objects;
}

static void state_release(struct state *state)
{
    free(state->goroutines);
    free(state->objects);
    *state = (struct state){0};
}

static void state_copy(const struct scene *scene, struct state *to, const struct state *from)
{
    struct scene_goroutine *goroutines = to->goroutines;
    struct scene_object *objects = to->objects;

    memcpy(goroutines, from->goroutines, ((size_t)scene->ngoroutines + 1) * sizeof *goroutines);
    memcpy(objects, from->objects, ((size_t)scene->nobjects + 1) * sizeof *objects);
    *to = *from;
    to->goroutines = goroutines;
    to->objects = objects;
}

static void begin(const struct scene *scene, struct state *state)
{
    state->at = state->current = 0;
    state->time = 0;
    state->main_done = false;
    for (uint32_t g = 0; g <= scene->ngoroutines; g++)
        state->goroutines[g] = (struct scene_goroutine){.block = UINT32_MAX, .got = UINT32_MAX};
    for (uint32_t obj = 0; obj <= scene->nobjects; obj++)
        state->objects[obj] = (struct scene_object){.event = UINT32_MAX, .ended = UINT32_MAX};
    state->goroutines[1].state = SCENE_READY;
}

/* Keeps a copy of the present state, if it is time for one.  Without memory it does without. */
static void keep(struct scene *scene)
{
    struct state copy;

    if (scene->nkept > 0 &&
        scene->now.at < scene->kept[scene->nkept - 1].at + scene->keep_every)
        return;
    if (scene->now.at < scene->keep_every)
        return;
    if (scene->nkept == scene->kept_cap) {
        uint32_t cap = scene->kept_cap ? 2 * scene->kept_cap : 16;
        struct state *kept = realloc(scene->kept, cap * sizeof *kept);

        if (!kept)
            return;
        scene->kept = kept;
        scene->kept_cap = cap;
    }
    if (!state_init(scene, &copy)) {
        state_release(&copy);
        return;
    }
    state_copy(scene, &copy, &scene->now);
    scene->kept[scene->nkept++] = copy;
}

/* --- outside ------------------------------------------------------------- */

struct scene *scene_new(const struct trace *trace)
{
    struct scene *scene = calloc(1, sizeof *scene);

    if (!scene)
        return NULL;
    scene->trace = trace;
    measure(scene);
    scene->keep_every = 4 * (scene->ngoroutines + scene->nobjects);
    if (scene->keep_every < KEEP_EVERY)
        scene->keep_every = KEEP_EVERY;
    if (!fix(scene) || !state_init(scene, &scene->now)) {
        scene_free(scene);
        return NULL;
    }
    begin(scene, &scene->now);
    return scene;
}

void scene_free(struct scene *scene)
{
    if (!scene)
        return;
    for (uint32_t i = 0; i < scene->nkept; i++)
        state_release(&scene->kept[i]);
    free(scene->kept);
    state_release(&scene->now);
    free(scene->fixed);
    free(scene->sends);
    free(scene);
}

void scene_go(struct scene *scene, uint32_t n)
{
    uint32_t best = UINT32_MAX;

    if (n > scene->trace->count)
        n = scene->trace->count;
    for (uint32_t i = scene->nkept; i-- > 0 && best == UINT32_MAX;)
        if (scene->kept[i].at <= n)
            best = i;
    if (best != UINT32_MAX && (n < scene->now.at || scene->kept[best].at > scene->now.at))
        state_copy(scene, &scene->now, &scene->kept[best]);
    else if (n < scene->now.at)
        begin(scene, &scene->now);
    while (scene->now.at < n) {
        scene_apply(scene);
        keep(scene);
    }
}

uint32_t scene_at(const struct scene *scene)
{
    return scene->now.at;
}

uint32_t scene_goroutines(const struct scene *scene)
{
    return scene->ngoroutines;
}

uint32_t scene_objects(const struct scene *scene)
{
    return scene->nobjects;
}

const struct scene_goroutine *scene_goroutine(const struct scene *scene, uint32_t g)
{
    return &scene->now.goroutines[g <= scene->ngoroutines ? g : 0];
}

const struct scene_object *scene_object(const struct scene *scene, uint32_t obj)
{
    return &scene->now.objects[obj <= scene->nobjects ? obj : 0];
}

/* Whether a channel operation that waits could take effect by what the channel holds. */
static bool possible(const struct scene *scene, uint32_t chan, uint32_t wait)
{
    const struct scene_object *object = scene_object(scene, chan);

    if (object->closed && (wait == WAIT_SEND || wait == WAIT_RECV))
        return true;
    if (wait == WAIT_SEND)
        return scene_len(scene, chan) < scene_cap(scene, chan);
    return wait == WAIT_RECV && scene_len(scene, chan) > 0;
}

static bool can_go_on(const struct scene *scene, const struct scene_goroutine *g)
{
    switch (g->wait) {
    case WAIT_SEND:
    case WAIT_RECV:
        return possible(scene, g->obj, g->wait);
    case WAIT_LOCK:
    case WAIT_RLOCK:
        return scene_object(scene, g->obj)->owner == 0 && !scene_object(scene, g->obj)->closed;
    case WAIT_READERS:
        return scene_object(scene, g->obj)->counter == 0;
    case WAIT_ONCE:
        return scene_object(scene, g->obj)->owner == 0;
    case WAIT_WG:
        return scene_object(scene, g->obj)->counter == 0;
    case WAIT_SELECT:
        for (uint32_t i = g->block + 1; i < scene->trace->count; i++) {
            const struct event *event = &scene->trace->events[i];

            if (event->kind != EVENT_BLOCK_CASE || event->g != scene->trace->events[g->block].g)
                break;
            if (possible(scene, event->obj, event->extra))
                return true;
        }
        return false;
    default:
        return false;
    }
}

enum scene_state scene_state(const struct scene *scene, uint32_t g)
{
    const struct scene_goroutine *goroutine = scene_goroutine(scene, g);

    if (goroutine->state == SCENE_BLOCKED)
        return can_go_on(scene, goroutine) ? SCENE_READY : SCENE_BLOCKED;
    if (goroutine->state == SCENE_READY && g == scene->now.current)
        return SCENE_RUNNING;
    return goroutine->state;
}

uint32_t scene_current(const struct scene *scene)
{
    return scene->now.current;
}

int64_t scene_time(const struct scene *scene)
{
    return scene->now.time;
}

bool scene_main_done(const struct scene *scene)
{
    return scene->now.main_done;
}

uint32_t scene_cap(const struct scene *scene, uint32_t chan)
{
    return scene_knows(scene, chan) ? scene->fixed[chan].cap : 0;
}

uint32_t scene_len(const struct scene *scene, uint32_t chan)
{
    const struct scene_object *object = scene_object(scene, chan);

    return object->sent > object->received ? object->sent - object->received : 0;
}

uint32_t scene_slot(const struct scene *scene, uint32_t chan, uint32_t nth)
{
    uint32_t number = scene_object(scene, chan)->received + nth;

    if (!scene_knows(scene, chan) || number >= scene->fixed[chan].nsends)
        return UINT32_MAX;
    return scene->sends[scene->fixed[chan].first + number];
}

uint32_t scene_channel_of(const struct scene *scene, uint32_t obj)
{
    return scene_knows(scene, obj) ? scene->fixed[obj].channel : 0;
}

uint32_t scene_owner_of(const struct scene *scene, uint32_t chan)
{
    return scene_knows(scene, chan) ? scene->fixed[chan].belongs : 0;
}

static bool waits_for(const struct scene *scene, const struct scene_goroutine *g, uint32_t obj,
                      enum wait_kind wait)
{
    if (g->state != SCENE_BLOCKED)
        return false;
    if (g->wait != WAIT_SELECT)
        return g->wait == wait && g->obj == obj;
    for (uint32_t i = g->block + 1; i < scene->now.at; i++) {
        const struct event *event = &scene->trace->events[i];

        if (event->kind != EVENT_BLOCK_CASE || event->g != scene->trace->events[g->block].g)
            break;
        if (event->obj == obj && event->extra == wait)
            return true;
    }
    return false;
}

uint32_t scene_waiters(const struct scene *scene, uint32_t obj, enum wait_kind wait, uint32_t *out,
                       uint32_t most)
{
    uint32_t count = 0, held = 0;

    for (uint32_t id = 1; id <= scene->ngoroutines; id++) {
        const struct scene_goroutine *goroutines = scene->now.goroutines;
        uint32_t at;

        if (!waits_for(scene, &goroutines[id], obj, wait))
            continue;
        count++;
        for (at = held; at > 0 && goroutines[out[at - 1]].block > goroutines[id].block; at--)
            if (at < most)
                out[at] = out[at - 1];
        if (at < most) {
            out[at] = id;
            held += held < most;
        }
    }
    return count;
}
