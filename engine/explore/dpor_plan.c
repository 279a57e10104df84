/* dpor_plan.c -- see dpor_plan.h. */
#include "explore/dpor_plan.h"

/* --- what is left out ----------------------------------------------------- */

/* Whether the step at x would not be made, without the rivals. */
static inline bool left_out(const struct dpor *self, const struct other *other, uint32_t x)
{
    for (uint32_t i = 0; i < other->nrivals; i++)
        if (dpor_before(self, other->rivals[i], x))
            return true;
    for (uint32_t i = 0; i < self->nstarved; i++)
        if (dpor_before(self, self->starved[i], x))
            return true;
    return false;
}

/* What the steps e ... x - 1 that are left out gave to the semaphore, less what they took. */
static int32_t given(const struct dpor *self, const struct other *other, uint32_t e, uint32_t x,
                     uint32_t obj)
{
    struct touch_state sum = {0};

    for (; e < x; e++)
        for (uint32_t i = 0; left_out(self, other, e) && i < self->path[e].ntouched; i++)
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

            if (touch->mode != TOUCH_TAKE || left_out(self, other, x) ||
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

/* --- what the state would be ---------------------------------------------- */

bool dpor_state_before(const struct step *step, uint32_t obj, struct touch_state *state)
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

/* The object's state after the steps from e on that are not left out; false: it had none until
 * time went on. */
static bool state_without(const struct dpor *self, const struct other *other, uint32_t e,
                          uint32_t obj, struct touch_state *state)
{
    const struct trails *trails = dpor_trails(self, obj);
    uint32_t first = self->depth, shut_by = 0;
    struct touch_state sum = {0};

    for (uint32_t i = 0; trails && i < trails->n; i++) {
        const struct trail *trail = &trails->at[i];
        bool out = false, known = false;

        /* what is left out takes with it all that its goroutine does later */
        for (uint32_t k = dpor_trail_before(trail, e); k < trail->n && !(out && known); k++) {
            uint32_t x = trail->at[k].step;
            const struct step *step = &self->path[x];
            bool was = sum.shut;

            if (step->barrier > e || (out && x > first))
                break;
            if (!known && (known = x < first && dpor_state_before(step, obj, state)))
                first = x;
            if (out || (out = left_out(self, other, x)))
                continue;
            add_effect(step, obj, &sum);
            if (!shuts_or_opens(step, obj) || x < shut_by)
                sum.shut = was;
            else
                shut_by = x + 1;
        }
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

/* A WaitGroup's waiter may return, too, when the counter came to zero since it came to wait. */
static bool was_zero(const struct dpor *self, const struct other *other, uint32_t e)
{
    uint32_t obj = other->offer->obj;
    const struct trails *trails = dpor_trails(self, obj);
    struct touch_state state = {0};
    bool known = false;
    int32_t was;

    for (uint32_t i = 0; trails && i < trails->all.n; i++) {
        uint32_t x = trails->all.at[i];
        const struct step *step = &self->path[x];

        if (step->barrier > e)
            break;
        if (x < e || !known)
            known = dpor_state_before(step, obj, &state);
        if (x >= e && left_out(self, other, x))
            continue;
        was = state.level;
        add_effect(step, obj, &state);
        if (known && was != 0 && state.level == 0 &&
            !dpor_before_arrival(x, step->mover.g, other->party))
            return true;
    }
    return false;
}

bool dpor_conflict_on(struct touches touches, const struct step *step, uint32_t obj)
{
    for (uint32_t i = 0; i < touches.n; i++)
        for (uint32_t k = 0; touches.at[i].obj == obj && k < step->ntouched; k++)
            if (touch_conflict(&touches.at[i], &step->touched[k]))
                return true;
    return false;
}

/* Whether it ends the run, as it did where it was made: it comes to the same. */
static bool ends_as_made(const struct other *other)
{
    bool ends = false, same = false;

    for (uint32_t i = 0; i < other->made.n; i++) {
        ends |= other->made.at[i].obj == TOUCH_ALL;
        same |= other->made.at[i].obj == other->offer->obj &&
                other->made.at[i].mode == other->touch[0].mode;
    }
    return ends && same;
}

/* As a case would be taken in the state; whether that still conflicts with the last rival. */
static bool take_case(const struct dpor *self, struct other *other, struct touch_state state)
{
    const struct step *rival = &self->path[other->rivals[other->nrivals - 1]];
    uint32_t obj = other->offer->obj;

    other->touch[0] = *other->offer;
    other->touch[0].before = state;
    if (state.shut && other->offer->mode == TOUCH_SEND)
        other->touch[0].mode = TOUCH_FAIL;
    else if (state.shut && state.level == 0)
        other->touch[0].mode = TOUCH_DRAINED;
    other->touch[1] = (struct touch){.obj = TOUCH_ALL};
    other->touches = (struct touches){other->touch, ends_as_made(other) ? 2 : 1};
    if (!other->against || rival->all || dpor_conflict_on(other->touches, rival, obj))
        return true;
    for (uint32_t i = 0; i < other->made.n; i++)
        if (other->made.at[i].obj != obj &&
            dpor_conflict_on(other->made, rival, other->made.at[i].obj))
            return true;
    return false;
}

/* Whether t can be made at e when all that is not left out has been. */
static bool possible(const struct dpor *self, struct other *other, uint32_t e)
{
    struct touch_state state = {0};

    for (uint32_t i = 0; i < self->nstarved; i++)
        if (before_arrivals(other, self->starved[i], self->path[self->starved[i]].mover.g))
            return false;
    if (!other->offer)
        return true;
    if ((!state_without(self, other, e, other->offer->obj, &state) ||
         !touch_possible(other->offer, state)) &&
        !(other->offer->mode == TOUCH_ZERO && was_zero(self, other, e)))
        return false;
    return !other->of_channel || take_case(self, other, state);
}

/* --- the sequence --------------------------------------------------------- */

static inline bool add(struct dpor *self, uint32_t *n, struct wakeup_step step)
{
    if (!dpor_room(&self->sequence, &self->sequence_cap, *n + 1, sizeof step))
        return false;
    self->sequence[(*n)++] = step;
    return true;
}

enum { FEW = 64 }; /* so many steps are sooner looked at than goroutines */

/* How many goroutines made steps after e. */
static uint32_t go_on_after(const struct dpor *self, uint32_t e)
{
    uint32_t n = 0;

    for (uint32_t g = 0; g < self->own_cap; g++)
        n += self->own[g].n > 0 && self->own[g].at[self->own[g].n - 1] > e;
    return n;
}

/* Stores the steps of the path that come before t: of each goroutine those until one is left
 * out. */
static bool add_before(struct dpor *self, const struct other *other, uint32_t e, uint32_t *n)
{
    uint64_t plan = ++self->plans;
    uint32_t in = self->depth - e > FEW ? go_on_after(self, e) : FEW;

    for (uint32_t x = e + 1; x < self->depth && in > 0; x++) {
        const struct step *step = &self->path[x];
        struct own *own = &self->own[step->mover.g];

        if (step->barrier > e)
            break; /* time went on */
        if (own->out == plan)
            continue;
        if (left_out(self, other, x)) {
            own->out = plan;
            in--;
        } else if (!add(self, n, (struct wakeup_step){.deed = step->deed})) {
            return false;
        }
    }
    return true;
}

/* Whether a sleeper may begin the sequence, so that its like has been made. */
static bool is_made(const struct step *step, const struct wakeup_step *sequence, uint32_t n)
{
    uint32_t at;

    for (uint32_t i = 0; i < step->nsleep; i++)
        if (wakeup_initial(step->sleep[i], sequence, n, &at))
            return true;
    return false;
}

bool dpor_can_move(const struct step *step, struct mover mover)
{
    for (uint32_t i = 0; i < step->nmovers; i++)
        if (mover_same(step->movers[i].mover, mover))
            return true;
    return false;
}

/* Puts t after the n steps of the sequence, then `end` unless it is NULL, and all of it into the tree
 * of the point before e. */
static bool put(struct dpor *self, const struct other *other, uint32_t e, uint32_t n,
                struct deed *end)
{
    struct deed *t = deed_of(&self->wakeup, other->mover, other->touches, NULL, 0);
    bool ok = t && add(self, &n, (struct wakeup_step){.deed = t, .open = true}) &&
              (!end || add(self, &n, (struct wakeup_step){.deed = end})) &&
              (is_made(&self->path[e], self->sequence, n) ||
               wakeup_put(&self->wakeup, &self->path[e].todo->next, self->sequence, n) !=
                   WAKEUP_NO_MEMORY);

    deed_leave(t);
    return ok;
}

enum planned dpor_plan(struct dpor *self, struct other *other)
{
    uint32_t e = other->rivals[0], n = 0;

    for (uint32_t i = 1; i < other->nrivals; i++)
        e = other->rivals[i] < e ? other->rivals[i] : e;
    if (!find_starved(self, other, e))
        return PLAN_NO_MEMORY;
    if (!possible(self, other, e))
        return NOT_POSSIBLE;
    if (!add_before(self, other, e, &n))
        return PLAN_NO_MEMORY;
    /* nothing before it: who could go on there is known (to work waits until all are at rest) */
    if (n == 0 && !dpor_can_move(&self->path[e], other->mover))
        return NOT_POSSIBLE;
    return put(self, other, e, n, NULL) ? PLANNED : PLAN_NO_MEMORY;
}

enum planned dpor_plan_before_end(struct dpor *self, const struct other *other)
{
    const struct step *last = &self->path[self->depth - 1];
    bool commutes = true;

    for (uint32_t i = 0; i < last->ntouched; i++)
        if (last->touched[i].obj != TOUCH_ALL)
            commutes &= !touches_conflict(other->touches, (struct touches){&last->touched[i], 1});
    return put(self, other, self->depth - 1, 0, commutes ? last->deed : NULL) ? PLANNED
                                                                              : PLAN_NO_MEMORY;
}
