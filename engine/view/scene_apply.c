/* scene_apply.c -- what one event changes in the state of a program. */
#include "view/scene_state.h"

/* Events of g that do not mean it went on by itself. */
static bool only_tells(const struct event *event)
{
    return event->kind == EVENT_BLOCK || event->kind == EVENT_BLOCK_CASE ||
           event->kind == EVENT_END || event->kind == EVENT_WAKE || event->kind == EVENT_PANIC ||
           event->kind == EVENT_NAME || event->kind == EVENT_OPTION ||
           event->kind == EVENT_FRAME || event->kind == EVENT_RECOVER ||
           event->kind == EVENT_MARK ||
           (event->kind == EVENT_CANCEL && event->other);
}

static void unblock(struct scene_goroutine *g)
{
    if (g->state == SCENE_BLOCKED || g->state == SCENE_UNBORN)
        g->state = SCENE_READY;
    g->wait = WAIT_NONE;
    g->obj = 0;
    g->block = UINT32_MAX;
}

static void apply_to_goroutine(struct state *now, struct scene_goroutine *g,
                               const struct event *event, uint32_t index)
{
    if (event->kind == EVENT_FRAME || event->kind == EVENT_PLACE)
        return; /* of a function further out, or from where memory is */
    if (event->line && !(event->kind == EVENT_CANCEL && event->other)) {
        g->line = event->line;
        g->file = event->file;
    }
    switch (event->kind) {
    case EVENT_BLOCK:
        g->state = SCENE_BLOCKED;
        g->wait = (uint8_t)event->extra;
        g->obj = event->obj;
        g->block = index;
        break;
    case EVENT_BLOCK_CASE:
    case EVENT_CANCEL:
    case EVENT_OPTION:
        break;
    case EVENT_END:
    case EVENT_EXIT:
        g->state = SCENE_ENDED;
        if (event->g == 1 && !event->extra)
            now->main_done = true;
        break;
    case EVENT_PANIC:
        g->state = SCENE_PANICKED;
        break;
    case EVENT_SLEEP:
    case EVENT_WORK:
        unblock(g);
        g->until = event->time + event->value;
        break;
    case EVENT_TAKE: /* of a limiter: it may sleep for its tokens; else nobody asks */
        unblock(g);
        g->until = event->time + (int64_t)event->extra * 1000;
        break;
    case EVENT_RECV:
        unblock(g);
        g->got =
            event->value_kind == VALUE_NONE || event->flags & EVENT_CLOSED ? UINT32_MAX : index;
        break;
    default:
        unblock(g);
        break;
    }
}

/* The other party of an unbuffered hand-off. */
static void apply_to_partner(struct scene_goroutine *g, const struct event *event, uint32_t index)
{
    unblock(g);
    if (event->kind == EVENT_SEND && event->value_kind != VALUE_NONE)
        g->got = index;
}

/* What happens to channels, contexts and timers; false: it is something else. */
static bool apply_to_channel(struct scene *scene, const struct event *event, uint32_t index)
{
    struct scene_object *objects = scene->now.objects, *object = &objects[event->obj];
    uint32_t chan = scene->fixed[event->obj].channel;

    switch (event->kind) {
    case EVENT_MAKE:
        object->kind = (uint8_t)event->extra;
        object->event = index;
        break;
    case EVENT_SEND:
        object->sent++;
        if (scene->fixed[event->obj].cap == 0)
            object->received++;
        break;
    case EVENT_RECV:
        if (event->flags & EVENT_CLOSED)
            break;
        object->received++;
        if (scene->fixed[event->obj].cap == 0)
            object->sent++;
        break;
    case EVENT_FIRE:
        object->fired = true;
        if (scene_knows(scene, chan) && scene_len(scene, chan) < scene->fixed[chan].cap)
            objects[chan].sent++;
        break;
    case EVENT_CLOSE:
        object->closed = true;
        object->ended = index;
        if (event->extra && scene_knows(scene, event->extra)) {
            objects[event->extra].closed = true;
            objects[event->extra].ended = index;
        }
        break;
    case EVENT_CANCEL:
        object->closed = true;
        object->ended = index;
        if (scene_knows(scene, chan)) {
            objects[chan].closed = true;
            objects[chan].ended = index;
        }
        break;
    default: return false;
    }
    return true;
}

static void apply_to_object(struct scene *scene, const struct event *event, uint32_t index)
{
    struct scene_object *object = &scene->now.objects[event->obj];

    if (apply_to_channel(scene, event, index))
        return;
    switch (event->kind) {
    case EVENT_TIMER_STOP: object->closed = true; break;
    case EVENT_LOCK:
        object->owner = event->g;
        object->closed = false;
        break;
    case EVENT_CLAIM: object->closed = true; break;
    case EVENT_RLOCK:
    case EVENT_RUNLOCK:
    case EVENT_ACQUIRE:
    case EVENT_RELEASE:
    case EVENT_WORK: object->counter = (int32_t)event->extra; break;
    case EVENT_PROCESSORS: object->ended = index; break;
    case EVENT_WAKE:
        if (object->kind == OBJECT_SEMAPHORE || object->kind == OBJECT_PROCESSORS)
            object->counter = (int32_t)event->extra;
        break;
    case EVENT_FINISH: object->closed = true; break;
    case EVENT_ONCE_BEGIN: object->owner = event->g; break;
    case EVENT_ONCE_END:
        object->owner = 0;
        object->closed = true;
        break;
    case EVENT_STORE:
    case EVENT_ERROR:
        if (event->kind == EVENT_STORE || event->extra)
            object->ended = index;
        break;
    case EVENT_PUT: object->counter++; break;
    case EVENT_GET: object->counter -= event->seq != 0; break;
    case EVENT_UNLOCK: object->owner = 0; break;
    case EVENT_WG_ADD: object->counter = (int32_t)event->extra; break;
    default: break;
    }
}

void scene_apply(struct scene *scene)
{
    struct state *now = &scene->now;
    uint32_t index = now->at++;
    const struct event *event = &scene->trace->events[index];

    if (event->time > now->time)
        now->time = event->time;
    if (event->kind == EVENT_TIME)
        now->current = 0;
    if (event->kind == EVENT_EXIT)
        now->main_done = true;
    if (event->g > 0 && event->g <= scene->ngoroutines) {
        apply_to_goroutine(now, &now->goroutines[event->g], event, index);
        if (!only_tells(event))
            now->current = event->g;
    }
    if (event->other > 0 && event->other <= scene->ngoroutines) {
        if (event->kind == EVENT_GO)
            now->goroutines[event->other].state = SCENE_READY;
        else if (event->kind == EVENT_SEND || event->kind == EVENT_RECV)
            apply_to_partner(&now->goroutines[event->other], event, index);
    }
    if (scene_knows(scene, event->obj))
        apply_to_object(scene, event, index);
}
