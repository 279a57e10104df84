/* dpor_order.c -- happens-before along a path, in vector clocks (Mattern, "Virtual Time and Global
 * States of Distributed Systems", 1989), and which steps had to do with which object.
 *
 * A step's clock is made of those of the steps that let its parties come to it, and for each
 * object and goroutine of the last step that it does not commute with there: so its work is in the
 * number of goroutines with its objects, not of steps.
 */
#include "explore/dpor.h"

#include <stdlib.h>
#include <string.h>

enum { LANES = 8 }; /* clocks are as long as some times this */

bool dpor_grow(void *array, uint32_t *cap, uint32_t n, size_t size)
{
    uint32_t more = *cap ? *cap : 8;
    void *at;

    while (more < n)
        more *= 2;
    at = realloc(*(void **)array, more * size);
    if (!at)
        return false;
    *(void **)array = at;
    *cap = more;
    return true;
}

static bool zeroed_room(void *array, uint32_t *cap, uint32_t n, size_t size)
{
    uint32_t old = *cap;

    if (n <= old)
        return true;
    if (!dpor_room(array, cap, n, size))
        return false;
    memset(*(char **)array + old * size, 0, (*cap - old) * size);
    return true;
}

/* --- numbers and parties -------------------------------------------------- */

uint32_t dpor_goroutine(struct dpor *self, const struct run *run, uint32_t id)
{
    uint32_t number = numbering_met(&self->goroutine_numbers, id);

    return number ? number
                  : numbering_add(&self->goroutine_numbers, id, run_goroutine_key(run, id));
}

uint32_t dpor_object(struct dpor *self, const struct run *run, uint32_t id)
{
    uint32_t number = numbering_met(&self->object_numbers, id);

    if (number || id == TOUCH_NOTHING || id >= TOUCH_COUNT)
        return number ? number : id;
    return numbering_add(&self->object_numbers, id, run_object_key(run, id));
}

bool dpor_party(struct dpor *self, struct party *party, const struct run *run,
                const struct goroutine *g)
{
    if (!dpor_room(&party->offers, &party->offers_cap, g->touches.n, sizeof *party->offers) ||
        !dpor_room(&party->follows, &party->follows_cap, g->nfollows, sizeof *party->follows))
        return false;
    party->g = dpor_goroutine(self, run, g->id);
    party->ways = g->ways != NULL;
    party->noffers = g->touches.n;
    for (uint32_t i = 0; i < g->touches.n; i++) {
        party->offers[i] = g->touches.at[i];
        party->offers[i].obj = dpor_object(self, run, party->offers[i].obj);
        if (g->touches.at[i].obj && !party->offers[i].obj)
            return false;
    }
    party->nfollows = g->nfollows;
    if (g->nfollows)
        memcpy(party->follows, g->follows, g->nfollows * sizeof *party->follows);
    party->since_clock = g->since_clock;
    return party->g != 0 && dpor_orders_follow(self, party);
}

void dpor_party_release(struct party *party)
{
    free(party->offers);
    free(party->follows);
    free(party->clock);
}

/* --- clocks --------------------------------------------------------------- */

/* to: n times, a multiple of LANES, as many as `from` or more. */
static void join(uint32_t *restrict to, const uint32_t *restrict from, uint32_t n)
{
    for (; n > 0; n -= LANES, to += LANES, from += LANES)
        for (int i = 0; i < LANES; i++)
            to[i] = from[i] > to[i] ? from[i] : to[i];
}

static void join_step(const struct dpor *self, uint32_t *to, uint32_t index)
{
    join(to, self->path[index].clock, self->path[index].nclock);
}

/* How long clocks are now. */
static uint32_t clock_length(const struct dpor *self)
{
    return (self->goroutine_numbers.count + LANES) / LANES * LANES;
}

bool dpor_arrive(struct dpor *self, struct party *party)
{
    const struct own *own = party->g < self->own_cap ? &self->own[party->g] : NULL;
    uint32_t n = clock_length(self), previous = own && own->n ? own->at[own->n - 1] + 1 : 0;

    if (!dpor_room(&party->clock, &party->clock_cap, n, sizeof *party->clock))
        return false;
    party->nclock = n;
    memset(party->clock, 0, n * sizeof *party->clock);
    for (uint32_t i = 0; i <= party->nfollows; i++) {
        uint32_t index = i < party->nfollows ? party->follows[i] : previous;

        if (index == 0)
            continue;
        join_step(self, party->clock, index - 1);
        if (self->path[index - 1].barrier > party->since_clock)
            party->since_clock = self->path[index - 1].barrier;
    }
    return true;
}

static bool conflict_on(const struct step *a, const struct step *b, uint32_t obj)
{
    for (uint32_t i = 0; i < a->ntouched; i++)
        for (uint32_t k = 0; a->touched[i].obj == obj && k < b->ntouched; k++)
            if (b->touched[k].obj == obj && touch_conflict(&a->touched[i], &b->touched[k]))
                return true;
    return false;
}

/* The clocks of those it does not commute with that came before on the object. */
static void join_object(struct dpor *self, struct step *step, const struct mark *mark)
{
    const struct trails *trails = dpor_trails(self, mark->obj);

    for (uint32_t i = 0; mark->conflicts && i < trails->n; i++) {
        const struct trail *trail = &trails->at[i];

        for (uint32_t k = trail->n; k > 0 && trail->at[k - 1].step >= step->clock[trail->g]; k--) {
            const struct visit *visit = &trail->at[k - 1];

            if (!(visit->modes & mark->conflicts) ||
                !conflict_on(step, &self->path[visit->step], mark->obj))
                continue;
            join_step(self, step->clock, visit->step);
            break;
        }
    }
}

static bool set_clock(struct dpor *self, struct step *step)
{
    uint32_t n = clock_length(self);

    if (!dpor_room(&step->clock, &step->clock_cap, n, sizeof *step->clock))
        return false;
    step->nclock = n;
    for (uint32_t p = 0; p < step->nparties; p++) {
        if (!dpor_arrive(self, &step->parties[p]))
            return false;
        if (p == 0)
            memcpy(step->clock, step->parties[p].clock, n * sizeof *step->clock);
        else
            join(step->clock, step->parties[p].clock, n);
    }
    step->all_before = self->all_last;
    if (step->all_before)
        join_step(self, step->clock, step->all_before - 1);
    for (uint32_t g = 0; step->all && g < self->own_cap; g++)
        if (self->own[g].n)
            join_step(self, step->clock, self->own[g].at[self->own[g].n - 1]);
    for (uint32_t i = 0; i < step->nmarks; i++)
        join_object(self, step, &step->marks[i]);
    return true;
}

/* --- tables --------------------------------------------------------------- */

static bool push(struct own *list, uint32_t index)
{
    if (!dpor_room(&list->at, &list->cap, list->n + 1, sizeof *list->at))
        return false;
    list->at[list->n++] = index;
    return true;
}

static void pop(struct own *list, uint32_t index)
{
    if (list->n && list->at[list->n - 1] == index)
        list->n--;
}

/* The goroutine's place among the object's trails; UINT32_MAX: out of memory. */
static uint32_t trail_of(struct trails *trails, uint32_t g)
{
    uint32_t i = 0;

    while (i < trails->n && trails->at[i].g != g)
        i++;
    if (i < trails->n)
        return i;
    if (!zeroed_room(&trails->at, &trails->cap, i + 1, sizeof *trails->at))
        return UINT32_MAX;
    trails->at[trails->n++].g = g;
    return i;
}

/* The step's mark of the object, a new one if need be; NULL: what is no object has none. */
static struct mark *mark_for(struct dpor *self, struct step *step, uint32_t obj, bool *ok)
{
    struct mark *mark = dpor_mark(step, obj);
    uint32_t slots = obj >= TOUCH_COUNT ? 2 : obj + 2;

    if (mark || obj == TOUCH_NOTHING || obj == TOUCH_ALL)
        return mark;
    *ok = *ok && zeroed_room(&self->objects, &self->objects_cap, slots, sizeof *self->objects) &&
          dpor_room(&step->marks, &step->marks_cap, step->nmarks + 1, sizeof *step->marks);
    if (!*ok)
        return NULL;
    mark = &step->marks[step->nmarks++];
    *mark = (struct mark){.obj = obj, .trail = trail_of(dpor_trails(self, obj), step->mover.g)};
    *ok = mark->trail != UINT32_MAX;
    return *ok ? mark : NULL;
}

static bool set_marks(struct dpor *self, struct step *step)
{
    struct mark *mark;
    bool ok = true;

    step->nmarks = 0;
    for (uint32_t i = 0; i < step->ntouched; i++)
        if ((mark = mark_for(self, step, step->touched[i].obj, &ok))) {
            mark->modes |= 1u << step->touched[i].mode | (step->all ? DPOR_ALL : 0);
            mark->conflicts |= touch_conflicts[step->touched[i].mode];
            mark->lets |= touch_lets[step->touched[i].mode];
        }
    for (uint32_t p = 0; p < step->nparties; p++)
        for (uint32_t i = 0; i < step->parties[p].noffers; i++) {
            const struct party *party = &step->parties[p];
            uint32_t obj = party->offers[i].obj;

            mark = party->ways ? mark_for(self, step, obj, &ok) : dpor_mark(step, obj);
            if (mark)
                mark->offered |= 1u << party->offers[i].mode | (party->ways ? DPOR_WAYS : 0);
        }
    return ok;
}

static bool enter(struct dpor *self, uint32_t index)
{
    struct step *step = &self->path[index];

    for (uint32_t i = 0; i < step->nmarks; i++) {
        const struct mark *mark = &step->marks[i];
        struct trails *trails = dpor_trails(self, mark->obj);
        struct trail *trail = &trails->at[mark->trail];

        if (!dpor_room(&trail->at, &trail->cap, trail->n + 1, sizeof *trail->at) ||
            !push(&trails->all, index))
            return false;
        trail->at[trail->n++] = (struct visit){index, mark->modes, mark->offered};
        trails->offered |= mark->offered;
        if (mark->modes >> TOUCH_CLOSE & 1)
            trails->closed = index + 1;
    }
    for (uint32_t p = 0; p < step->nparties; p++) {
        step->clock[step->parties[p].g] = index + 1;
        if (!push(&self->own[step->parties[p].g], index))
            return false;
    }
    if (step->all)
        self->all_last = index + 1;
    return true;
}

bool dpor_time(struct dpor *self)
{
    struct step *step = &self->path[self->timed];

    return zeroed_room(&self->own, &self->own_cap, clock_length(self), sizeof *self->own) &&
           set_marks(self, step) && set_clock(self, step) && enter(self, self->timed++);
}

/* A step that there was no memory to enter may be in some of the tables. */
void dpor_untime(struct dpor *self, uint32_t index)
{
    while (self->timed > index) {
        struct step *step = &self->path[--self->timed];

        deed_leave(step->deed);
        step->deed = NULL;
        for (uint32_t p = 0; p < step->nparties; p++)
            pop(&self->own[step->parties[p].g], self->timed);
        self->all_last = step->all_before;
        for (uint32_t i = 0; i < step->nmarks; i++) {
            struct trails *trails = dpor_trails(self, step->marks[i].obj);
            struct trail *trail = &trails->at[step->marks[i].trail];

            if (trail->n && trail->at[trail->n - 1].step == self->timed)
                trail->n--;
            pop(&trails->all, self->timed);
            if (trails->closed > self->timed)
                trails->closed = 0;
        }
    }
}

void dpor_order_release(struct dpor *self)
{
    for (uint32_t i = 0; i < self->objects_cap; i++) {
        for (uint32_t k = 0; k < self->objects[i].cap; k++)
            free(self->objects[i].at[k].at);
        free(self->objects[i].at);
        free(self->objects[i].all.at);
    }
    for (uint32_t g = 0; g < self->own_cap; g++)
        free(self->own[g].at);
    free(self->objects);
    free(self->own);
}

uint32_t dpor_trail_find(const struct trail *trail, uint32_t index)
{
    uint32_t low = 0, high = trail->n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (trail->at[middle].step < index)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
