/* review_rest.c -- what stands at the end of a run. */
#include "check/review_inside.h"

#include "check/blocked.h"

/* Those who are left. */
static void take_goroutines(struct reviewer *self, const struct run *run)
{
    struct review *review = self->review;
    bool over = run->end == RUN_DONE || run->end == RUN_DEADLOCK || run->main_done;

    for (struct goroutine *g = run->live; g; g = g->next) {
        struct seen_goroutine *seen = review_seen_goroutine(self, g->id);
        bool stuck = over && goroutine_is_blocked(g);
        struct review_start *start =
            seen->start ? RECORD(review, starts, place_only(seen->start)) : NULL;

        if (stuck && seen->blocked) {
            struct review_wait *wait =
                review_in_channels(seen) ? RECORD(review, waits, place_only(seen->at)) : NULL;
            struct seen_object *o = review_seen_object(self, seen->obj);
            struct review_chan *chan = review_own_chan(o) ? RECORD(review, chans, o->of) : NULL;

            review_waited(self, g->id);
            if (wait)
                review_see(review, &wait->stuck);
            if (chan && seen->wait == WAIT_RECV && !o->closed)
                review_see(review, &chan->awaited);
            if (chan && seen->wait == WAIT_SEND)
                review_see(review, &chan->full);
        }
        if (!start)
            continue;
        start->stuck += stuck;
        start->going += over && !stuck;
        start->cut += !over;
        if (!stuck)
            continue;
        if (start->stuck_in.runs == 0) {
            start->stuck_at = seen->at;
            start->stuck_wait = g->wait;
        }
        review_see(review, &start->stuck_in);
    }
    for (uint32_t id = 2; id <= self->last_goroutine; id++) {
        struct seen_goroutine *seen = review_seen_goroutine(self, id);
        struct review_start *start =
            seen->ended ? RECORD(review, starts, place_only(seen->start)) : NULL;

        if (start && seen->exited)
            start->exited++;
        else if (start)
            start->returned++;
    }
}

static void take_chan(struct review *review, const struct seen_object *o)
{
    struct review_chan *chan = RECORD(review, chans, o->of);

    if (!chan)
        return;
    chan->made++;
    if (o->capacity > chan->capacity)
        chan->capacity = o->capacity;
    if (o->fill > chan->fill)
        chan->fill = o->fill;
    if (o->closed)
        review_see(review, &chan->closed);
    if (o->again)
        review_see(review, &chan->again);
    if (o->by_receiver)
        review_see(review, &chan->by_receiver);
    if (o->len > 0)
        review_see(review, &chan->left);
    for (uint32_t i = 0; i < o->nclosers; i++) {
        uint32_t k = 0;

        while (k < chan->nclosers && chan->closers[k] != o->closers[i])
            k++;
        if (k == chan->nclosers && k < REVIEW_CLOSERS)
            chan->closers[chan->nclosers++] = o->closers[i];
    }
}

static void take_held(struct review *review, const struct run *run, const struct seen_object *o)
{
    struct review_held *held = RECORD(review, held, o->of);

    if (!held)
        return;
    held->kind = o->kind;
    held->made++;
    held->released += o->released;
    if (run->main_done && o->live && !o->released && (!o->over || o->kind == OBJECT_TIMER))
        review_see(review, &held->live); /* a timer's own firing later does not help */
    else if (o->over && !o->released)
        review_see(review, &held->unpaid);
    if (o->kind == OBJECT_CONTEXT && o->over && run->live)
        review_see(review, &held->stuck);
}

static void take_lock(struct review *review, const struct run *run, const struct seen_object *o)
{
    struct review_lock *lock = RECORD(review, locks, o->of);

    if (!lock)
        return;
    lock->kind = o->kind;
    lock->locked += o->locked;
    if (o->holder && run->end == RUN_DONE)
        review_see(review, &lock->kept);
    if (o->waited) {
        review_see(review, &lock->waited);
        lock->waited_at = o->waited_at;
    }
    if (o->longest > lock->longest) {
        lock->longest = o->longest;
        lock->longest_at = o->longest_at;
    }
}

static void take_group(struct review *review, const struct seen_object *o)
{
    struct review_error *error = RECORD(review, errors, o->of);

    if (!error)
        return;
    error->kind = EVENT_ERROR;
    error->first += o->first;
    error->later += o->later;
    if (o->wait_place)
        error->waited_at = o->wait_place;
    review_see(review, &error->seen);
}

static void take_objects(struct reviewer *self, const struct run *run)
{
    struct review *review = self->review;

    for (uint32_t id = 1; id <= self->last_object; id++) {
        const struct seen_object *o = review_seen_object(self, id);

        switch (o->kind) {
        case OBJECT_CHAN:
            if (review_own_chan(o))
                take_chan(review, o);
            break;
        case OBJECT_CONTEXT:
            if (o->cancellable)
                take_held(review, run, o);
            break;
        case OBJECT_TIMER:
            if (o->other == 0)
                take_held(review, run, o);
            break;
        case OBJECT_TICKER: take_held(review, run, o); break;
        case OBJECT_MUTEX:
        case OBJECT_RWMUTEX: take_lock(review, run, o); break;
        case OBJECT_GROUP: take_group(review, o); break;
        default: break;
        }
    }
}

void review_rest(struct reviewer *self, const struct run *run)
{
    take_goroutines(self, run);
    take_objects(self, run);
}
