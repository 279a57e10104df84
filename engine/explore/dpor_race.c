/* dpor_race.c -- happens-before along a run, and what it says about other runs.
 *
 * A race is a step e and a later step of another goroutine q that does not commute with it,
 * where nothing that happens in between keeps them in this order.  It is turned round by the
 * sequence of the steps after e that e does not happen before, followed by q's.
 *
 * Steps that had to wait.  With  p: lock, unlock;  q: lock  the unlock cannot come after q's
 * lock, but p's lock can.  So from q's step we look back past the steps before which q
 * could not have gone on.  That is known when q already stood at its operation then (it was an
 * option or not); for the kinds of waiting in `held` from the object's events; else we suppose
 * it could, and at worst a run is begun in vain.
 *
 * Work for a step: in the number of goroutines and of the steps back to the last change of
 * its objects; for a race: in the number of steps of the run.
 */
#include "explore/dpor.h"

#include <stdlib.h>
#include <string.h>

/* A step as the later one of races: one of the path, or what a goroutine waits to do. */
struct later {
    uint32_t g;
    uint32_t index;              /* in the path; its length: not made yet */
    uint32_t previous, released; /* as in struct step */
    uint32_t since;              /* first choice at which it stood at its operation */
    bool by_clock;               /* as in struct step */
    bool waits;
    uint32_t wait;
    struct touches published;    /* its operation itself */
    struct touches touches;      /* all there is */
};

bool dpor_room(void *array, uint32_t *cap, uint32_t n, size_t size)
{
    uint32_t more = *cap ? *cap : 8;
    void *at;

    if (n <= *cap)
        return true;
    while (more < n)
        more *= 2;
    at = realloc(*(void **)array, more * size);
    if (!at)
        return false;
    *(void **)array = at;
    *cap = more;
    return true;
}

/* --- happens-before ------------------------------------------------------- */

static uint32_t entry(const struct step *step, uint32_t g)
{
    return g < step->nclock ? step->clock[g] : 0;
}

/* Whether the step at e happens before the one at x, or is it. */
static bool before(const struct dpor *self, uint32_t e, uint32_t x)
{
    return e < self->path[x].barrier || entry(&self->path[x], self->path[e].g) > e;
}

/* Whether the step at e happens before the goroutine came to its operation. */
static bool before_arrival(const struct dpor *self, uint32_t e, const struct later *later)
{
    if (later->by_clock && later->released == later->since) {
        if (later->since == self->depth || e < self->path[later->since].barrier)
            return true;
    } else if (later->since > 0 && e < self->path[later->since - 1].barrier) {
        return true;
    }
    return (later->previous && before(self, e, later->previous - 1)) ||
           (later->released && before(self, e, later->released - 1));
}

static const struct mark *mark_of(const struct step *step, uint32_t obj)
{
    for (uint32_t i = 0; i < step->nmarks; i++)
        if (step->marks[i].touch.obj == obj)
            return &step->marks[i];
    return NULL;
}

static void join(struct step *to, const struct step *from)
{
    for (uint32_t g = 0; g < from->nclock; g++)
        if (from->clock[g] > to->clock[g])
            to->clock[g] = from->clock[g];
}

static uint32_t slot(uint32_t obj)
{
    return obj == TOUCH_OUTPUT ? 0 : obj == TOUCH_COUNT ? 1 : obj + 1;
}

static bool zeroed_room(uint32_t **array, uint32_t *cap, uint32_t n)
{
    uint32_t old = *cap;

    if (!dpor_room(array, cap, n, sizeof **array))
        return false;
    memset(*array + old, 0, (*cap - old) * sizeof **array);
    return true;
}

/* Clock of the step at index, and the tables with it in. */
static bool set_time(struct dpor *self, uint32_t index, uint32_t goroutines)
{
    struct step *step = &self->path[index];

    for (uint32_t i = 0; i < step->nmarks; i++)
        if (!zeroed_room(&self->object_last, &self->objects_cap,
                         slot(step->marks[i].touch.obj) + 1))
            return false;
    if (!zeroed_room(&self->own_last, &self->own_cap, goroutines) ||
        !dpor_room(&step->clock, &step->clock_cap, goroutines, sizeof *step->clock))
        return false;
    step->nclock = goroutines;
    memset(step->clock, 0, goroutines * sizeof *step->clock);
    step->previous = self->own_last[step->g];
    step->partner_previous = step->partner < goroutines ? self->own_last[step->partner] : 0;
    if (step->previous)
        join(step, &self->path[step->previous - 1]);
    if (step->released)
        join(step, &self->path[step->released - 1]);
    for (uint32_t i = 0; i < step->nmarks; i++) {
        struct mark *m = &step->marks[i];
        uint32_t last = self->object_last[slot(m->touch.obj)];

        m->before = last;
        self->object_last[slot(m->touch.obj)] = index + 1;
        while (last) {
            const struct mark *other = mark_of(&self->path[last - 1], m->touch.obj);

            if (touch_conflict(m->touch, other->touch))
                join(step, &self->path[last - 1]);
            if (other->touch.mode == TOUCH_CHANGE)
                break;
            last = other->before;
        }
    }
    step->all_before = self->all_last;
    if (step->all) {
        for (uint32_t g = 0; g < self->own_cap; g++)
            if (self->own_last[g])
                join(step, &self->path[self->own_last[g] - 1]);
        self->all_last = index + 1;
    } else if (step->all_before) {
        join(step, &self->path[step->all_before - 1]);
    }
    step->clock[step->g] = index + 1;
    self->own_last[step->g] = index + 1;
    self->timed = index + 1;
    return true;
}

void dpor_untime(struct dpor *self, uint32_t index)
{
    while (self->timed > index) {
        struct step *step = &self->path[--self->timed];

        self->own_last[step->g] = step->previous;
        self->all_last = step->all_before;
        for (uint32_t i = 0; i < step->nmarks; i++)
            self->object_last[slot(step->marks[i].touch.obj)] = step->marks[i].before;
    }
}

/* --- who could have gone on when ------------------------------------------ */

/* Index + 1 of the last step before the choice at e that touched the object. */
static uint32_t last_touch(const struct dpor *self, uint32_t obj, uint32_t e)
{
    uint32_t last = self->object_last[slot(obj)];

    while (last > e)
        last = mark_of(&self->path[last - 1], obj)->before;
    return last;
}

/* Whether the lock was held, or claimed by a writer, at the choice at e. */
static bool locked_at(const struct dpor *self, uint32_t obj, uint32_t e)
{
    uint32_t last = last_touch(self, obj, e);

    while (last) {
        const struct step *step = &self->path[last - 1];

        if (step->obj != obj)
            return false;
        if (step->kind != EVENT_LOOK && step->kind != EVENT_RUNLOCK)
            return step->kind == EVENT_LOCK || step->kind == EVENT_CLAIM;
        last = mark_of(step, obj)->before;
    }
    return false;
}

/* Whether a goroutine not yet there could surely not have gone on at the choice at e. */
static bool held(const struct dpor *self, const struct later *later, uint32_t e)
{
    uint32_t obj = later->published.n == 1 ? later->published.at[0].obj : TOUCH_NOTHING;
    uint32_t last;

    switch (obj == TOUCH_NOTHING ? WAIT_NONE : later->wait) {
    case WAIT_LOCK:
    case WAIT_RLOCK:
        return locked_at(self, obj, e);
    case WAIT_WG:
        last = last_touch(self, obj, e);
        while (last && self->path[last - 1].kind == EVENT_WG_WAIT)
            last = mark_of(&self->path[last - 1], obj)->before;
        return last && self->path[last - 1].kind == EVENT_WG_ADD &&
               self->path[last - 1].obj == obj && self->path[last - 1].extra > 0;
    default:
        return false;
    }
}

static bool touches_published(const struct step *step, const struct later *later)
{
    for (uint32_t i = 0; i < later->published.n; i++)
        if (mark_of(step, later->published.at[i].obj))
            return true;
    return step->all;
}

/* Whether, of the steps after e that e does not happen before, some that are no part of the
 * way to later's operation touch what that acts on. */
static bool disturbed(const struct dpor *self, uint32_t e, const struct later *later)
{
    for (uint32_t x = e + 1; x < self->depth && x < later->index; x++)
        if (touches_published(&self->path[x], later) && !before(self, e, x) &&
            !before_arrival(self, x, later))
            return true;
    return false;
}

enum turn {
    TURN_NEVER,   /* it could not have come before e */
    TURN_ALONE,   /* it could, but not after others that do not depend on e */
    TURN_BOTH,    /* ... perhaps not after these */
    TURN,
};

static enum turn turn_of(const struct dpor *self, uint32_t e, const struct later *later)
{
    const struct step *step = &self->path[e];
    bool ready;

    if (!later->waits)
        return TURN;
    if (later->wait == WAIT_WG || later->wait == WAIT_READERS || later->wait == WAIT_ONCE) {
        const struct mark *m = mark_of(step, later->published.n ? later->published.at[0].obj : 0);

        /* who leaves was inside; but a Wait that an earlier Done let go may go on before this one */
        if (m && (m->touch.mode == TOUCH_LOWER || step->kind == EVENT_ONCE_END) &&
            !(later->since <= e && dpor_is_option(step, later->g)))
            return TURN_NEVER;
    }
    if (later->wait == WAIT_SEND && later->published.n == 1 &&
        step->obj == later->published.at[0].obj && step->partner)
        return TURN_NEVER; /* there is no buffer: its receiver makes the step */
    if (later->since <= e)
        ready = dpor_is_option(step, later->g);
    else
        ready = !held(self, later, e);
    if (!disturbed(self, e, later))
        return ready ? TURN : TURN_NEVER;
    if (!ready || later->wait == WAIT_LOCK || later->wait == WAIT_RLOCK)
        return TURN; /* leaving readers commute, and they keep nobody */
    return later->wait == WAIT_WG ? TURN_ALONE : TURN_BOTH;
}

/* --- turning round -------------------------------------------------------- */

static bool add(struct dpor *self, uint32_t *n, struct wakeup_step step)
{
    if (!dpor_room(&self->sequence, &self->sequence_cap, *n + 1, sizeof step))
        return false;
    self->sequence[(*n)++] = step;
    return true;
}

/* Whether a sleeper may begin the sequence, so that its like has been made. */
static bool is_made(const struct step *step, const struct wakeup_step *sequence, uint32_t n)
{
    uint32_t at;

    for (uint32_t i = 0; i < step->nsleep; i++) {
        struct sleeper s = step->sleep[i];
        struct touches touches = {step->sleep_touches + s.at, s.n};

        if (wakeup_initial(s.g, touches, sequence, n, &at))
            return true;
    }
    return false;
}

/* Who gave way after a poll cannot begin: another step that commutes with those before it may. */
static void begin_with_option(const struct step *step, struct wakeup_step *sequence, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        struct wakeup_step first = sequence[i];
        uint32_t at;

        if (dpor_is_option(step, first.g) &&
            wakeup_initial(first.g, first.touches, sequence, n, &at) && at == i) {
            memmove(&sequence[1], sequence, i * sizeof *sequence);
            sequence[0] = first;
            return;
        }
    }
}

static struct touches touches_of(const struct step *step)
{
    return (struct touches){step->touched, step->ntouched};
}

static bool turn_round(struct dpor *self, uint32_t e, const struct later *later, bool alone)
{
    struct step *step = &self->path[e];
    uint32_t n = 0;

    for (uint32_t x = e + 1; x < self->depth; x++) {
        const struct step *between = &self->path[x];
        uint32_t end = x + 1 < self->depth ? self->path[x + 1].first_answer : self->nanswers;

        if (between->barrier > e)
            break; /* time went on */
        if (x == later->index || before(self, e, x) ||
            (alone && !before_arrival(self, x, later)))
            continue;
        if (!add(self, &n, (struct wakeup_step){
                .g = between->g, .touches = touches_of(between),
                .answers = self->values + between->first_answer,
                .nanswers = end - between->first_answer}))
            return false;
    }
    if (!add(self, &n, (struct wakeup_step){
            .g = later->g, .touches = later->touches, .open = true}))
        return false;
    if (is_made(step, self->sequence, n))
        return true;
    begin_with_option(step, self->sequence, n);
    return wakeup_put(&step->todo->next, self->sequence, n) != WAKEUP_NO_MEMORY;
}

/* --- races ---------------------------------------------------------------- */

static bool candidate(struct dpor *self, uint32_t *n, uint32_t e)
{
    for (uint32_t i = 0; i < *n; i++)
        if (self->candidates[i] == e)
            return true;
    if (!dpor_room(&self->candidates, &self->candidates_cap, *n + 1, sizeof e))
        return false;
    self->candidates[(*n)++] = e;
    return true;
}

/* Those that touched the object before; `last` = index + 1 of the last. */
static bool races_on(struct dpor *self, const struct later *later, struct touch touch,
                     uint32_t last, uint32_t *n)
{
    while (last) {
        uint32_t e = last - 1;
        const struct mark *m = mark_of(&self->path[e], touch.obj);
        bool settled = before_arrival(self, e, later);

        if (!settled && touch_conflict(touch, m->touch) && self->path[e].g != later->g &&
            turn_of(self, e, later) != TURN_NEVER) {
            if (!candidate(self, n, e))
                return false;
            settled = true;
        }
        if (settled && m->touch.mode == TOUCH_CHANGE)
            break; /* all before it happen before it */
        last = m->before;
    }
    return true;
}

/* The goroutine's steps before; `last` = index + 1 of the last. */
static bool races_with(struct dpor *self, const struct later *later, uint32_t last, uint32_t *n)
{
    while (last && !before_arrival(self, last - 1, later)) {
        if (turn_of(self, last - 1, later) != TURN_NEVER)
            return candidate(self, n, last - 1);
        last = self->path[last - 1].previous;
    }
    return true;
}

static bool races_of(struct dpor *self, const struct later *later)
{
    const struct step *step = later->index < self->depth ? &self->path[later->index] : NULL;
    uint32_t n = 0, last;

    for (uint32_t i = 0; i < later->touches.n; i++) {
        struct touch touch = later->touches.at[i];

        if (touch.obj == TOUCH_NOTHING || touch.obj == TOUCH_ALL)
            continue;
        if (step)
            last = mark_of(step, touch.obj)->before;
        else
            last = slot(touch.obj) < self->objects_cap ? self->object_last[slot(touch.obj)] : 0;
        if (!races_on(self, later, touch, last, &n))
            return false;
    }
    if (step && step->all)
        for (uint32_t g = 0; g < step->nclock; g++)
            if (g != later->g && !races_with(self, later, step->clock[g], &n))
                return false;
    for (last = step ? step->all_before : self->all_last; last;
         last = self->path[last - 1].all_before) {
        if (self->path[last - 1].g == later->g || before_arrival(self, last - 1, later))
            break;
        if (turn_of(self, last - 1, later) != TURN_NEVER) {
            if (!candidate(self, &n, last - 1))
                return false;
            break;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        bool kept = true;
        enum turn turn;

        for (uint32_t k = 0; k < n && kept; k++)
            kept = k == i || !before(self, self->candidates[i], self->candidates[k]);
        if (!kept)
            continue;
        turn = turn_of(self, self->candidates[i], later);
        if ((turn >= TURN_BOTH && !turn_round(self, self->candidates[i], later, false)) ||
            (turn <= TURN_BOTH && !turn_round(self, self->candidates[i], later, true)))
            return false;
    }
    return true;
}

static uint32_t larger(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* Its part in the step came instead of a step of its own, here or earlier. */
static bool races_of_partner(struct dpor *self, uint32_t index)
{
    const struct step *step = &self->path[index];
    struct later partner = {
        .g = step->partner, .index = index, .previous = step->partner_previous,
        .released = step->partner_released, .by_clock = step->partner_by_clock,
        .since = larger(step->partner_previous, step->partner_released), .waits = true,
        .wait = WAIT_SELECT, .published = {step->lent, step->nlent},
        .touches = {step->lent, step->nlent},
    };

    if (step->kind == EVENT_RECV && step->nlent == 1)
        return true; /* a send by itself never is a step */
    if (dpor_is_option(step, step->partner) && !turn_round(self, index, &partner, false))
        return false;
    return races_of(self, &partner);
}

static bool races_of_step(struct dpor *self, uint32_t index)
{
    const struct step *step = &self->path[index];

    if (step->partner && step->nlent > 0 && !races_of_partner(self, index))
        return false;
    return races_of(self, &(struct later){
        .g = step->g, .index = index, .previous = step->previous, .released = step->released,
        .by_clock = step->by_clock,
        .since = larger(step->previous, step->released), .waits = step->waits,
        .wait = step->wait, .published = {step->published, step->npublished},
        .touches = touches_of(step)});
}

static bool races_of_waiting(struct dpor *self, const struct goroutine *g)
{
    uint32_t previous = g->id < self->own_cap ? self->own_last[g->id] : 0;

    return races_of(self, &(struct later){
        .g = g->id, .index = self->depth, .previous = previous, .released = g->since,
        .by_clock = g->since_clock,
        .since = larger(previous, g->since), .waits = g->ready != NULL, .wait = g->wait,
        .published = g->touches, .touches = g->touches});
}

bool dpor_races(struct dpor *self, struct run *run)
{
    uint32_t first = self->timed;

    if (!dpor_room(&self->values, &self->values_cap, self->nanswers, sizeof *self->values))
        return false;
    for (uint32_t i = 0; i < self->nanswers; i++)
        self->values[i] = self->answers[i].value;
    for (uint32_t i = first; i < self->depth; i++)
        if (!set_time(self, i, run->last_id + 1))
            return false;
    for (uint32_t i = first; i < self->depth; i++)
        if (!races_of_step(self, i))
            return false;
    for (const struct goroutine *g = run->live; g; g = g->next)
        if (g->state == G_WAITING && !(run->end == RUN_REDUNDANT && !g->ready) &&
            !races_of_waiting(self, g))
            return false;
    return true;
}
