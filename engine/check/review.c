/* review.c -- runs added up by places: the tables, and what one run has of its own. */
#include "check/review_inside.h"

#include "base/memory.h"
#include "check/finding.h"

#include <stdlib.h>
#include <string.h>

/* --- tables --------------------------------------------------------------- */

static uint32_t place_of(struct review *review, uint32_t line, uint32_t pc)
{
    struct review_place *places = review->places;

    if (line == 0 && pc == 0)
        return 0;
    for (uint32_t i = 1; i <= review->nplaces; i++)
        if (places[i].pc == pc && (pc || places[i].line == line))
            return i;
    if (review->nplaces + 1 >= REVIEW_PLACES) {
        review->full = 1;
        return 0;
    }
    places[++review->nplaces] = (struct review_place){line, pc};
    return review->nplaces;
}

uint32_t review_place_at(struct review *review, const struct event *event)
{
    return place_of(review, event->line, event->pc);
}

void *review_record(struct review *review, void *table, uint32_t *count, size_t size,
                    struct review_object of)
{
    char *at = table;

    for (uint32_t i = 0; i < *count; i++, at += size)
        if (memcmp(at, &of, sizeof of) == 0)
            return at;
    if (*count == REVIEW_MOST) {
        review->full = 1;
        return NULL;
    }
    ++*count;
    memcpy(at, &of, sizeof of);
    return at;
}

void review_see(const struct review *review, struct review_seen *seen)
{
    if (seen->run == review->runs)
        return;
    seen->run = review->runs;
    seen->runs++;
}

/* --- what a run has ------------------------------------------------------- */

/* Room for all of a run, emptied.  False: out of memory. */
static bool prepare(struct reviewer *self, const struct run *run)
{
    if (run->last_object >= self->nobjects) {
        free(self->objects);
        self->nobjects = run->last_object + 64;
        self->objects = memory_alloc(self->nobjects * sizeof *self->objects);
    }
    if (run->last_id >= self->ngoroutines) {
        free(self->goroutines);
        self->ngoroutines = run->last_id + 64;
        self->goroutines = memory_alloc(self->ngoroutines * sizeof *self->goroutines);
    }
    if (!self->objects || !self->goroutines) {
        self->nobjects = self->objects ? self->nobjects : 0;
        self->ngoroutines = self->goroutines ? self->ngoroutines : 0;
        return false;
    }
    self->last_object = run->last_object;
    self->last_goroutine = run->last_id;
    memset(self->objects, 0, (self->last_object + 1) * sizeof *self->objects);
    memset(self->goroutines, 0, (self->last_goroutine + 1) * sizeof *self->goroutines);
    memset(self->made_at, 0, sizeof self->made_at);
    return true;
}

struct seen_object *review_seen_object(struct reviewer *self, uint32_t id)
{
    return &self->objects[id <= self->last_object ? id : 0];
}

struct seen_goroutine *review_seen_goroutine(struct reviewer *self, uint32_t id)
{
    return &self->goroutines[id <= self->last_goroutine ? id : 0];
}

/* --- a run --------------------------------------------------------------- */

void reviewer_take(struct reviewer *self, const struct run *run)
{
    if (!prepare(self, run))
        return;
    self->review->runs++;
    for (uint32_t i = 0; i < run->trace->count; i++)
        review_event(self, run, &run->trace->events[i]);
    review_rest(self, run);
}

struct reviewer *reviewer_new(struct review *review)
{
    struct reviewer *self = memory_zeroed(1, sizeof *self);

    if (self)
        self->review = review;
    return self;
}

void reviewer_free(struct reviewer *self)
{
    if (!self)
        return;
    free(self->objects);
    free(self->goroutines);
    free(self);
}

/* --- for who reads it ------------------------------------------------------ */

static void bound(uint32_t *n, uint32_t most)
{
    if (*n > most)
        *n = most;
}

/* Every place that is none becomes the unknown one. */
static void bound_place(uint32_t *place)
{
    if (*place >= REVIEW_PLACES)
        *place = 0;
}

void review_bound(struct review *review)
{
    bound(&review->nplaces, REVIEW_PLACES - 1);
    bound(&review->nstarts, REVIEW_MOST);
    bound(&review->nchans, REVIEW_MOST);
    bound(&review->nwaits, REVIEW_MOST);
    bound(&review->nheld, REVIEW_MOST);
    bound(&review->nlocks, REVIEW_MOST);
    bound(&review->norders, REVIEW_MOST);
    bound(&review->nerrors, REVIEW_MOST);
    bound_place(&review->copied);
    for (uint32_t i = 0; i < REVIEW_MOST; i++) {
        bound_place(&review->starts[i].of.place);
        bound_place(&review->starts[i].stuck_at);
        bound_place(&review->chans[i].of.place);
        for (uint32_t k = 0; k < REVIEW_SIZES; k++)
            bound(&review->chans[i].sizes[k].fault, FINDING_INTERNAL);
        bound(&review->chans[i].nclosers, REVIEW_CLOSERS);
        for (uint32_t k = 0; k < REVIEW_CLOSERS; k++)
            bound_place(&review->chans[i].closers[k]);
        bound_place(&review->waits[i].of.place);
        bound_place(&review->held[i].of.place);
        bound_place(&review->locks[i].of.place);
        bound_place(&review->locks[i].waited_at);
        bound_place(&review->locks[i].longest_at);
        bound_place(&review->orders[i].place);
        bound_place(&review->orders[i].first.place);
        bound_place(&review->orders[i].second.place);
        bound_place(&review->errors[i].of.place);
        bound_place(&review->errors[i].waited_at);
    }
}
