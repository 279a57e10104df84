/* dpor_race.c -- happens-before along a run, and what it says about other runs.
 *
 * What else could have happened is a step t that was not made there: one of the run at an
 * earlier point, another way of one of the run, or what somebody waits to do.  The steps of the
 * run that conflict with it, its `rivals`, are those it would come before and the one its party
 * did instead.  It is put at the point before the first rival, after all steps of the run that no
 * rival happens before:
 *
 *     run:   a b R c d e     R happens before c and e;  b, d do not depend on it
 *     other: a b d t         planned at R's point: d, then t
 *
 * if it can be made there, which the states noted in the touches say (touch_possible).  So what is
 * planned is never in vain.
 *
 * Of steps made earlier only the last possible place is planned: from there the others are found.
 *
 * Work for a step: in the number of steps with its objects that do not happen before it; for what
 * is planned: in the number of steps from the rival on.
 */
#include "explore/dpor.h"

#include <stdlib.h>
#include <string.h>

/* t, and what it is made of. */
struct other {
    struct mover mover;
    const struct party *party, *partner; /* partner: NULL when it needs none */
    struct touches touches;              /* if `open_mode`, found out from the state */
    struct touch touch;                  /* room */
    const struct touch *offer;           /* what has to be possible; NULL: it always is */
    bool of_channel;                     /* the offer: how it is taken depends on the state */
    struct touches made;                 /* of a channel: touches as it was made; or none */
    uint32_t rivals[4], nrivals;
    bool against;                        /* the last rival is one that it does not commute with */
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

static bool zeroed_room(void *array, uint32_t *cap, uint32_t n, size_t size)
{
    uint32_t old = *cap;

    if (!dpor_room(array, cap, n, size))
        return false;
    memset(*(char **)array + old * size, 0, (*cap - old) * size);
    return true;
}

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
    return party->g != 0;
}

void dpor_party_release(struct party *party)
{
    free(party->offers);
    free(party->follows);
    free(party->clock);
}

/* --- happens-before ------------------------------------------------------- */

/* Whether the step at e happens before the one at x, or is it. */
static bool before(const struct dpor *self, uint32_t e, uint32_t x)
{
    const struct step *step = &self->path[x];
    uint32_t g = self->path[e].mover.g;

    return e < step->barrier || (g < step->nclock && step->clock[g] > e);
}

/* Whether the step at e happens before the party came to its operation. */
static bool before_arrival(const struct dpor *self, uint32_t e, const struct party *party)
{
    uint32_t g = self->path[e].mover.g;

    return e < party->since_clock || (g < party->nclock && party->clock[g] > e);
}

static const struct mark *mark_of(const struct step *step, uint32_t obj)
{
    for (uint32_t i = 0; i < step->nmarks; i++)
        if (step->marks[i].obj == obj)
            return &step->marks[i];
    return NULL;
}

/* Index + 1 of the step's goroutine's step before with the object; 0: none. */
static uint32_t one_before(const struct dpor *self, uint32_t e, uint32_t obj)
{
    return mark_of(&self->path[e], obj)->before;
}

static bool conflict_on(const struct step *a, const struct step *b, uint32_t obj)
{
    for (uint32_t i = 0; i < a->ntouched; i++)
        for (uint32_t k = 0; a->touched[i].obj == obj && k < b->ntouched; k++)
            if (b->touched[k].obj == obj && touch_conflict(&a->touched[i], &b->touched[k]))
                return true;
    return false;
}

/* `to` has room for all goroutines there are. */
static void join(uint32_t *to, const struct step *from)
{
    for (uint32_t g = 0; g < from->nclock; g++)
        to[g] = from->clock[g] > to[g] ? from->clock[g] : to[g];
}

/* What happens before the party came: what its step before does, and those that let it go on. */
static bool arrive(struct dpor *self, struct party *party, uint32_t goroutines)
{
    const struct step *last;

    party->previous = party->g < self->own_cap ? self->own_last[party->g] : 0;
    if (!dpor_room(&party->clock, &party->clock_cap, goroutines, sizeof *party->clock))
        return false;
    party->nclock = goroutines;
    memset(party->clock, 0, goroutines * sizeof *party->clock);
    for (uint32_t i = 0; i <= party->nfollows; i++) {
        uint32_t index = i < party->nfollows ? party->follows[i] : party->previous;

        if (index == 0)
            continue;
        last = &self->path[index - 1];
        join(party->clock, last);
        if (last->barrier > party->since_clock)
            party->since_clock = last->barrier;
    }
    return true;
}

static uint32_t slot(uint32_t obj)
{
    return obj == TOUCH_OUTPUT ? 0 : obj == TOUCH_COUNT ? 1 : obj + 1;
}

static struct trails *trails_of(const struct dpor *self, uint32_t obj)
{
    return &self->objects[slot(obj)];
}

static bool add_mark(struct dpor *self, struct step *step, uint32_t obj)
{
    struct trails *trails;
    uint32_t i = 0;

    if (obj == TOUCH_NOTHING || obj == TOUCH_ALL || mark_of(step, obj))
        return true;
    if (!zeroed_room(&self->objects, &self->objects_cap, slot(obj) + 1, sizeof *self->objects) ||
        !dpor_room(&step->marks, &step->marks_cap, step->nmarks + 1, sizeof *step->marks))
        return false;
    trails = trails_of(self, obj);
    while (i < trails->n && trails->at[i].g != step->mover.g)
        i++;
    if (i == trails->n) {
        if (!dpor_room(&trails->at, &trails->cap, i + 1, sizeof *trails->at))
            return false;
        trails->at[trails->n++] = (struct trail){.g = step->mover.g};
    }
    step->marks[step->nmarks++] = (struct mark){obj, trails->at[i].last, i};
    return true;
}

static bool add_marks(struct dpor *self, struct step *step)
{
    bool ok = true;

    step->nmarks = 0;
    for (uint32_t i = 0; i < step->ntouched; i++)
        ok = ok && add_mark(self, step, step->touched[i].obj);
    for (uint32_t p = 0; p < step->nparties; p++)
        for (uint32_t i = 0; step->parties[p].ways && i < step->parties[p].noffers; i++)
            ok = ok && add_mark(self, step, step->parties[p].offers[i].obj);
    return ok;
}

/* The clocks of those it does not commute with that came before on the object. */
static void join_object(struct dpor *self, struct step *step, uint32_t obj)
{
    const struct trails *trails = trails_of(self, obj);

    for (uint32_t i = 0; i < trails->n; i++) {
        uint32_t last = trails->at[i].last, g = trails->at[i].g;

        while (last > step->clock[g] && !conflict_on(step, &self->path[last - 1], obj))
            last = one_before(self, last - 1, obj);
        if (last > step->clock[g])
            join(step->clock, &self->path[last - 1]);
    }
}

/* Clock of the step at index, and the tables with it in. */
static bool set_time(struct dpor *self, uint32_t index, uint32_t goroutines)
{
    struct step *step = &self->path[index];

    if (!zeroed_room(&self->own_last, &self->own_cap, goroutines, sizeof *self->own_last) ||
        !dpor_room(&step->clock, &step->clock_cap, goroutines, sizeof *step->clock) ||
        !add_marks(self, step))
        return false;
    step->nclock = goroutines;
    memset(step->clock, 0, goroutines * sizeof *step->clock);
    for (uint32_t p = 0; p < step->nparties; p++) {
        const uint32_t *clock;

        if (!arrive(self, &step->parties[p], goroutines))
            return false;
        clock = step->parties[p].clock;
        for (uint32_t g = 0; g < goroutines; g++)
            step->clock[g] = clock[g] > step->clock[g] ? clock[g] : step->clock[g];
    }
    step->all_before = self->all_last;
    if (step->all_before)
        join(step->clock, &self->path[step->all_before - 1]);
    for (uint32_t g = 0; step->all && g < self->own_cap; g++)
        if (self->own_last[g])
            join(step->clock, &self->path[self->own_last[g] - 1]);
    for (uint32_t i = 0; i < step->nmarks; i++)
        join_object(self, step, step->marks[i].obj);
    return true;
}

/* The tables with the step in. */
static void enter(struct dpor *self, uint32_t index)
{
    struct step *step = &self->path[index];

    for (uint32_t i = 0; i < step->nmarks; i++)
        trails_of(self, step->marks[i].obj)->at[step->marks[i].trail].last = index + 1;
    for (uint32_t p = 0; p < step->nparties; p++) {
        step->clock[step->parties[p].g] = index + 1;
        self->own_last[step->parties[p].g] = index + 1;
    }
    for (uint32_t i = 0; i < step->ntouched; i++)
        if (step->touched[i].mode == TOUCH_CLOSE)
            trails_of(self, step->touched[i].obj)->closed = index + 1;
    if (step->all)
        self->all_last = index + 1;
    self->timed = index + 1;
}

void dpor_untime(struct dpor *self, uint32_t index)
{
    while (self->timed > index) {
        struct step *step = &self->path[--self->timed];

        for (uint32_t p = 0; p < step->nparties; p++)
            self->own_last[step->parties[p].g] = step->parties[p].previous;
        self->all_last = step->all_before;
        for (uint32_t i = 0; i < step->nmarks; i++) {
            struct trails *trails = trails_of(self, step->marks[i].obj);

            trails->at[step->marks[i].trail].last = step->marks[i].before;
            if (trails->closed > self->timed)
                trails->closed = 0;
        }
    }
}

/* --- what the state would be ----------------------------------------------- */

static bool after_rivals(const struct dpor *self, const struct other *other, uint32_t x)
{
    for (uint32_t i = 0; i < other->nrivals; i++)
        if (before(self, other->rivals[i], x))
            return true;
    for (uint32_t i = 0; i < self->nstarved; i++)
        if (before(self, self->starved[i], x))
            return true;
    return false;
}

/* What the steps e ... x - 1 that are left out gave to the semaphore, less what they took. */
static int32_t given(const struct dpor *self, const struct other *other, uint32_t e, uint32_t x,
                     uint32_t obj)
{
    struct touch_state sum = {0};

    for (; e < x; e++)
        for (uint32_t i = 0; after_rivals(self, other, e) && i < self->path[e].ntouched; i++)
            if (self->path[e].touched[i].obj == obj)
                touch_effect(&self->path[e].touched[i], &sum);
    return sum.level;
}

/* Finds the takers of semaphores that nobody would have posted for, without the rivals. */
static bool find_starved(struct dpor *self, const struct other *other, uint32_t e)
{
    self->nstarved = 0;
    for (uint32_t x = e + 1; self->takes && x < self->depth; x++) {
        const struct step *step = &self->path[x];

        for (uint32_t i = 0; i < step->ntouched; i++) {
            const struct touch *touch = &step->touched[i];

            if (touch->mode != TOUCH_TAKE || after_rivals(self, other, x) ||
                touch->before.level > given(self, other, e, x, touch->obj))
                continue;
            if (!dpor_room(&self->starved, &self->starved_cap, self->nstarved + 1,
                           sizeof *self->starved))
                return false;
            self->starved[self->nstarved++] = x;
        }
    }
    return true;
}

/* The object's state before the step, which touched or offered to touch it; false: it does not say. */
static bool state_before(const struct step *step, uint32_t obj, struct touch_state *state)
{
    for (uint32_t i = 0; i < step->ntouched; i++)
        if (step->touched[i].obj == obj && step->touched[i].mode != TOUCH_ARRIVE) {
            *state = step->touched[i].before;
            return true;
        }
    for (uint32_t p = 0; p < step->nparties; p++)
        for (uint32_t i = 0; i < step->parties[p].noffers; i++)
            if (step->parties[p].offers[i].obj == obj) {
                *state = step->parties[p].offers[i].before;
                return true;
            }
    return false;
}

/* What the step makes of the object. */
static void add_effect(const struct step *step, uint32_t obj, struct touch_state *state)
{
    for (uint32_t i = 0; i < step->ntouched; i++)
        if (step->touched[i].obj == obj)
            touch_effect(&step->touched[i], state);
}

static bool shuts_or_opens(const struct step *step, uint32_t obj)
{
    for (uint32_t i = 0; i < step->ntouched; i++)
        if (step->touched[i].obj == obj && touch_sets_shut(step->touched[i].mode))
            return true;
    return false;
}

/* The object's state after the steps from e on that no rival happens before; false: it had none
 * until time went on. */
static bool state_without(const struct dpor *self, const struct other *other, uint32_t e, uint32_t obj,
                          struct touch_state *state)
{
    const struct trails *trails = trails_of(self, obj);
    uint32_t first = self->depth, shut_by = 0;
    struct touch_state sum = {0};

    for (uint32_t i = 0; i < trails->n; i++)
        for (uint32_t x = trails->at[i].last; x > e; x = one_before(self, x - 1, obj)) {
            const struct step *step = &self->path[x - 1];
            bool was = sum.shut;

            if (x - 1 < first && step->barrier <= e && state_before(step, obj, state))
                first = x - 1;
            if (step->barrier > e || after_rivals(self, other, x - 1))
                continue;
            add_effect(step, obj, &sum);
            if (!shuts_or_opens(step, obj) || x < shut_by)
                sum.shut = was;
            else
                shut_by = x;
        }
    if (first == self->depth)
        return false;
    state->level += sum.level;
    state->sent += sum.sent;
    state->received += sum.received;
    if (shut_by)
        state->shut = sum.shut;
    return true;
}

/* --- planning --------------------------------------------------------------- */

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

        if (wakeup_initial(s.mover, touches, sequence, n, &at))
            return true;
    }
    return false;
}

/* Stores the steps of the run that come before t. */
static bool add_before(struct dpor *self, const struct other *other, uint32_t e, uint32_t *n)
{
    for (uint32_t x = e + 1; x < self->depth; x++) {
        const struct step *step = &self->path[x];
        uint32_t end = x + 1 < self->depth ? self->path[x + 1].first_answer : self->nanswers;

        if (step->barrier > e)
            break; /* time went on */
        if (!after_rivals(self, other, x) &&
            !add(self, n, (struct wakeup_step){
                .mover = step->mover, .touches = {step->touched, step->ntouched},
                .answers = self->values + step->first_answer,
                .nanswers = end - step->first_answer}))
            return false;
    }
    return true;
}

/* A WaitGroup's waiter may return, too, when the counter came to zero since it came to wait. */
static bool was_zero(const struct dpor *self, const struct other *other, uint32_t e)
{
    uint32_t obj = other->offer->obj;
    struct touch_state state = {0};
    bool known = false;
    int32_t was;

    for (uint32_t x = 0; x < self->depth && self->path[x].barrier <= e; x++) {
        const struct step *step = &self->path[x];

        if (!mark_of(step, obj))
            continue;
        if (x < e || !known)
            known = state_before(step, obj, &state);
        if (x >= e && after_rivals(self, other, x))
            continue;
        was = state.level;
        add_effect(step, obj, &state);
        if (known && was != 0 && state.level == 0 && !before_arrival(self, x, other->party))
            return true;
    }
    return false;
}

static bool touches_conflict_on(struct touches touches, const struct step *step, uint32_t obj)
{
    for (uint32_t i = 0; i < touches.n; i++)
        for (uint32_t k = 0; touches.at[i].obj == obj && k < step->ntouched; k++)
            if (touch_conflict(&touches.at[i], &step->touched[k]))
                return true;
    return false;
}

/* As a case would be taken in the state; whether that still conflicts with the last rival. */
static bool take_case(const struct dpor *self, struct other *other, struct touch_state state)
{
    const struct step *rival = &self->path[other->rivals[other->nrivals - 1]];
    uint32_t obj = other->offer->obj;

    other->touch = *other->offer;
    other->touch.before = state;
    if (state.shut && other->offer->mode == TOUCH_SEND)
        other->touch.mode = TOUCH_FAIL;
    else if (state.shut && state.level == 0)
        other->touch.mode = TOUCH_DRAINED;
    other->touches = (struct touches){&other->touch, 1};
    if (!other->against || rival->all || touches_conflict_on(other->touches, rival, obj))
        return true;
    for (uint32_t i = 0; i < other->made.n; i++)
        if (other->made.at[i].obj != obj &&
            touches_conflict_on(other->made, rival, other->made.at[i].obj))
            return true;
    return false;
}

static bool before_arrivals(const struct dpor *self, uint32_t e, const struct other *other)
{
    return before_arrival(self, e, other->party) ||
           (other->partner && before_arrival(self, e, other->partner));
}

static bool can_move(const struct step *step, struct mover mover)
{
    for (uint32_t i = 0; i < step->nmovers; i++)
        if (mover_same(step->movers[i], mover))
            return true;
    return false;
}

enum planned { PLANNED, NOT_POSSIBLE, PLAN_NO_MEMORY };

static enum planned plan(struct dpor *self, struct other *other)
{
    uint32_t e = other->rivals[0], n = 0;

    for (uint32_t i = 1; i < other->nrivals; i++)
        e = other->rivals[i] < e ? other->rivals[i] : e;
    if (!find_starved(self, other, e))
        return PLAN_NO_MEMORY;
    for (uint32_t i = 0; i < self->nstarved; i++)
        if (before_arrivals(self, self->starved[i], other))
            return NOT_POSSIBLE;
    if (other->offer) {
        struct touch_state state;

        if ((!state_without(self, other, e, other->offer->obj, &state) ||
             !touch_possible(other->offer, state)) &&
            !(other->offer->mode == TOUCH_ZERO && was_zero(self, other, e)))
            return NOT_POSSIBLE;
        if (other->of_channel && !take_case(self, other, state))
            return NOT_POSSIBLE;
    }
    if (!add_before(self, other, e, &n))
        return PLAN_NO_MEMORY;
    /* nothing before it: who could go on there is known (to work waits until all are at rest) */
    if (n == 0 && !can_move(&self->path[e], other->mover))
        return NOT_POSSIBLE;
    if (!add(self, &n, (struct wakeup_step){
            .mover = other->mover, .touches = other->touches, .open = true}))
        return PLAN_NO_MEMORY;
    if (!is_made(&self->path[e], self->sequence, n) &&
        wakeup_put(&self->path[e].todo->next, self->sequence, n) == WAKEUP_NO_MEMORY)
        return PLAN_NO_MEMORY;
    return PLANNED;
}

/* --- the same step, earlier --------------------------------------------------- */

static bool find(struct dpor *self, uint32_t *n, uint32_t e)
{
    for (uint32_t i = 0; i < *n; i++)
        if (self->found[i] == e)
            return true;
    if (!dpor_room(&self->found, &self->found_cap, *n + 1, sizeof e))
        return false;
    self->found[(*n)++] = e;
    return true;
}

/* Whether it can surely be made before the step at e: then not those of that goroutine's before are
 * looked for.  (Whether a lock is open is decided by steps that all conflict with each other.) */
static bool is_sure(const struct dpor *self, const struct other *other, uint32_t e, uint32_t obj)
{
    struct touch_state state;

    if (!other->offer)
        return true;
    return (other->offer->mode == TOUCH_LOCK || other->offer->mode == TOUCH_ENTER) &&
           state_before(&self->path[e], obj, &state) && touch_possible(other->offer, state);
}

/* Those before `end` that do not commute with it on the object and could come later. */
static bool find_rivals_on(struct dpor *self, const struct other *other, uint32_t end, uint32_t obj,
                           uint32_t *n)
{
    const struct trails *trails;

    if (obj == TOUCH_NOTHING || obj == TOUCH_ALL || slot(obj) >= self->objects_cap)
        return true;
    trails = trails_of(self, obj);
    for (uint32_t i = 0; i < trails->n; i++) {
        uint32_t last = trails->at[i].last;

        if (trails->at[i].g == other->party->g)
            continue;
        while (last && (last > end || !before_arrivals(self, last - 1, other))) {
            if (last <= end && touches_conflict_on(other->touches, &self->path[last - 1], obj)) {
                if (!find(self, n, last - 1))
                    return false;
                if (is_sure(self, other, last - 1, obj))
                    break;
            }
            last = one_before(self, last - 1, obj);
        }
    }
    return true;
}

/* Those that commute with nothing, or all if it does not itself. */
static bool find_rivals_of_all(struct dpor *self, const struct other *other, uint32_t end, bool all,
                               uint32_t *n)
{
    for (uint32_t x = end; x-- > 0;) {
        if (before_arrivals(self, x, other)) {
            if (x < self->path[end ? end - 1 : 0].barrier)
                break;
            continue;
        }
        if ((all || self->path[x].all) && !find(self, n, x))
            return false;
    }
    return true;
}

static int later_first(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x < y) - (x > y);
}

/* Plans it before each of the n found that do not happen before another it was planned before. */
static bool plan_earlier(struct dpor *self, struct other *other, uint32_t n)
{
    uint32_t kept = 0;

    qsort(self->found, n, sizeof *self->found, later_first);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t e = self->found[i];
        bool last = true;

        for (uint32_t k = 0; k < kept && last; k++)
            last = !before(self, e, self->found[k]);
        if (!last)
            continue;
        other->rivals[other->nrivals++] = e;
        other->against = true;
        switch (plan(self, other)) {
        case PLANNED: self->found[kept++] = e; break;
        case NOT_POSSIBLE: break;
        case PLAN_NO_MEMORY: return false;
        }
        other->nrivals--;
    }
    return true;
}

static bool race_earlier(struct dpor *self, struct other *other, uint32_t end, bool all)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < other->touches.n; i++)
        if (!find_rivals_on(self, other, end, other->touches.at[i].obj, &n))
            return false;
    if (other->of_channel) { /* it may have turned out to be a failure, or drained */
        other->touch = *other->offer;
        other->touches = (struct touches){&other->touch, 1};
        if (!find_rivals_on(self, other, end, other->offer->obj, &n))
            return false;
    }
    if ((all || (end < self->depth ? self->path[end].all_before : self->all_last)) &&
        !find_rivals_of_all(self, other, end, all, &n))
        return false;
    return plan_earlier(self, other, n);
}

/* The step of the path as it is, before others. */
static bool races_of_step(struct dpor *self, uint32_t index)
{
    const struct step *step = &self->path[index];
    const struct party *party = &step->parties[0];
    struct other other = {
        .mover = step->mover, .party = party,
        .partner = step->mover.way.partner ? &step->parties[1] : NULL,
        .touches = {step->touched, step->ntouched},
    };

    if (party->ways && !step->mover.way.partner) {
        other.offer = &party->offers[step->mover.way.index];
        other.of_channel = true;
        other.made = other.touches;
    } else if (!party->ways && party->noffers == 1 && touch_waits(party->offers[0].mode)) {
        other.offer = &party->offers[0];
    }
    return race_earlier(self, &other, index, step->all);
}

/* --- other ways ---------------------------------------------------------------- */

static bool of_buffer(const struct touch *offer)
{
    return offer->cap > 0;
}

/* A case of a party at channels that needs no partner; other: with the rivals, but without
 * those on the channel. */
static bool plan_alone(struct dpor *self, struct other *other, const struct party *party,
                       uint32_t index, uint32_t end)
{
    uint32_t n = 0;

    other->mover = (struct mover){party->g, {.index = index}};
    other->party = party;
    other->offer = &party->offers[index];
    other->of_channel = true;
    if (other->nrivals > 0)
        switch (plan(self, other)) {
        case PLANNED: return true;
        case NOT_POSSIBLE: break;
        case PLAN_NO_MEMORY: return false;
        }
    other->touch = *other->offer;
    other->touches = (struct touches){&other->touch, 1};
    return find_rivals_on(self, other, end, other->offer->obj, &n) && plan_earlier(self, other, n);
}

static uint32_t nth_of(const struct party *party, uint32_t index)
{
    uint32_t nth = 0;

    for (uint32_t i = 0; i < index; i++)
        nth += party->offers[i].obj == party->offers[index].obj &&
               party->offers[i].mode == party->offers[index].mode;
    return nth;
}

/* A hand-off between cases of two parties. */
static bool plan_hand_off(struct dpor *self, struct other *other, const struct party *from,
                          uint32_t send, const struct party *to, uint32_t recv)
{
    uint32_t closed = trails_of(self, to->offers[recv].obj)->closed;

    other->mover = (struct mover){to->g, {recv, from->g, nth_of(from, send)}};
    other->party = to;
    other->partner = from;
    if (mover_same(other->mover, self->path[other->rivals[0]].mover) && other->nrivals == 1)
        return true;
    if (closed && before_arrivals(self, closed - 1, other))
        return true;
    if (closed)
        other->rivals[other->nrivals++] = closed - 1;
    other->touch = (struct touch){.obj = to->offers[recv].obj, .mode = TOUCH_HAND};
    other->touches = (struct touches){&other->touch, 1};
    return plan(self, other) != PLAN_NO_MEMORY;
}

static bool is_made_at(const struct step *step, struct mover mover)
{
    return step && mover_same(step->mover, mover);
}

/* All hand-offs, but the one made there, between a party to the step at e and another one to it or
 * to a later one (rival: that one, or the path's length if there is none). */
static bool hand_offs(struct dpor *self, uint32_t e, const struct party *a, const struct party *b,
                      uint32_t rival)
{
    for (uint32_t i = 0; i < a->noffers; i++)
        for (uint32_t k = 0; k < b->noffers; k++) {
            struct other other = {.rivals = {e, rival}, .nrivals = 1 + (rival < self->depth)};
            const struct touch *one = &a->offers[i], *two = &b->offers[k];

            if (one->obj != two->obj || one->obj == TOUCH_NOTHING || one->cap > 0 ||
                one->mode == two->mode)
                continue;
            if (one->mode == TOUCH_SEND ? !plan_hand_off(self, &other, a, i, b, k)
                                        : !plan_hand_off(self, &other, b, k, a, i))
                return false;
        }
    return true;
}

/* What the parties to the step at e could have done instead because of the later step. */
static bool instead(struct dpor *self, uint32_t e, uint32_t later, uint32_t obj)
{
    const struct step *step = &self->path[e];

    for (uint32_t p = 0; p < step->nparties; p++) {
        const struct party *party = &step->parties[p];

        for (uint32_t i = 0; party->ways && i < party->noffers; i++) {
            struct other other = {.rivals = {e}, .nrivals = 1};
            bool taken = p == 0 && !step->mover.way.partner && i == step->mover.way.index;

            if (party->offers[i].obj != obj || taken)
                continue;
            if (!plan_alone(self, &other, party, i, later + 1))
                return false;
        }
    }
    return true;
}

static bool meets(const struct step *step, const struct party *party)
{
    return step->parties[0].g == party->g || (step->nparties > 1 && step->parties[1].g == party->g);
}

/* Others' steps with the object that do not happen before the party came: hand-offs with those who
 * took part in them. */
static bool partners_of(struct dpor *self, const struct party *party, uint32_t end, uint32_t obj)
{
    const struct trails *trails = trails_of(self, obj);

    for (uint32_t i = 0; i < trails->n; i++) {
        uint32_t last = trails->at[i].last;

        for (; last; last = one_before(self, last - 1, obj)) {
            const struct step *step = &self->path[last - 1];

            if (last > end)
                continue;
            if (before_arrival(self, last - 1, party))
                break;
            for (uint32_t p = 0; p < step->nparties; p++)
                if (!meets(step, party) && step->parties[p].ways &&
                    !hand_offs(self, last - 1, &step->parties[p], party, end))
                    return false;
        }
    }
    return true;
}

/* What a party to the step at index (the path's length: who waits) could have done instead. */
static bool ways_of_party(struct dpor *self, const struct party *party, uint32_t index)
{
    const struct step *step = index < self->depth ? &self->path[index] : NULL;

    for (uint32_t i = 0; party->ways && i < party->noffers; i++) {
        struct other other = {.rivals = {index}, .nrivals = step != NULL};
        uint32_t obj = party->offers[i].obj;

        if (obj == TOUCH_NOTHING || slot(obj) >= self->objects_cap)
            continue;
        if (!is_made_at(step, (struct mover){party->g, {.index = i}}) &&
            (of_buffer(&party->offers[i]) || party->offers[i].before.shut || !step) &&
            !plan_alone(self, &other, party, i, index))
            return false;
        if (!of_buffer(&party->offers[i]) && !partners_of(self, party, index, obj))
            return false;
    }
    return true;
}

/* Whether what the step did to the object lets others go on with it that it does not meet: then
 * what was looked into before is to be looked into again. */
static bool lets_go_on(const struct step *step, uint32_t obj, const struct step *other)
{
    const struct party *party = &other->parties[0];

    for (uint32_t i = 0; i < party->noffers; i++)
        for (uint32_t k = 0; party->offers[i].obj == obj && k < step->ntouched; k++)
            if (step->touched[k].obj == obj &&
                touch_lets(step->touched[k].mode, party->offers[i].mode))
                return true;
    return false;
}

/* Because of the step at index others could have done something else before it, or beside it. */
static bool others_because_of(struct dpor *self, uint32_t index)
{
    const struct step *step = &self->path[index];

    for (uint32_t m = 0; m < step->nmarks; m++) {
        uint32_t obj = step->marks[m].obj;
        const struct trails *trails = trails_of(self, obj);

        for (uint32_t i = 0; i < trails->n; i++)
            for (uint32_t last = trails->at[i].last; last; last = one_before(self, last - 1, obj)) {
                if (last > index)
                    continue;
                if (before(self, last - 1, index))
                    break; /* and so do all of that goroutine's before */
                if (!instead(self, last - 1, index, obj) ||
                    (lets_go_on(step, obj, &self->path[last - 1]) &&
                     !races_of_step(self, last - 1)))
                    return false;
            }
    }
    return true;
}

/* --- the whole -------------------------------------------------------------------- */

static bool list_waiting(struct dpor *self, const struct run *run)
{
    self->nwaiting = 0;
    for (const struct goroutine *g = run->live; g; g = g->next) {
        struct party *party;

        if (g->state != G_WAITING || (run->end == RUN_REDUNDANT && !g->ready))
            continue;
        if (!zeroed_room(&self->waiting, &self->waiting_cap, self->nwaiting + 1,
                         sizeof *self->waiting))
            return false;
        party = &self->waiting[self->nwaiting++];
        if (!dpor_party(self, party, run, g) ||
            !arrive(self, party, self->goroutine_numbers.count + 1))
            return false;
    }
    return true;
}

static bool races_of_waiting(struct dpor *self, const struct party *party)
{
    struct other other = {
        .mover = {.g = party->g}, .party = party, .touches = {party->offers, party->noffers},
        .offer = party->noffers == 1 && touch_waits(party->offers[0].mode) ? party->offers : NULL,
    };

    if (party->ways)
        return ways_of_party(self, party, self->depth);
    return race_earlier(self, &other, self->depth, false);
}

bool dpor_races(struct dpor *self, struct run *run)
{
    uint32_t first = self->timed;

    if (!dpor_room(&self->values, &self->values_cap, self->nanswers, sizeof *self->values))
        return false;
    for (uint32_t i = 0; i < self->nanswers; i++)
        self->values[i] = self->answers[i].value;
    for (uint32_t i = first; i < self->depth; i++) {
        if (!set_time(self, i, self->goroutine_numbers.count + 1))
            return false;
        enter(self, i);
    }
    for (uint32_t i = first; i < self->depth; i++) {
        const struct step *step = &self->path[i];

        if (!races_of_step(self, i) || !others_because_of(self, i))
            return false;
        if (step->mover.way.partner &&
            !hand_offs(self, i, &step->parties[0], &step->parties[1], self->depth))
            return false;
        for (uint32_t p = 0; p < step->nparties; p++)
            if (!ways_of_party(self, &step->parties[p], i))
                return false;
    }
    if (!list_waiting(self, run))
        return false;
    for (uint32_t i = 0; i < self->nwaiting; i++)
        if (!races_of_waiting(self, &self->waiting[i]))
            return false;
    return true;
}
