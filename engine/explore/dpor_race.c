/* dpor_race.c -- what else could have happened, by what the steps of a path are.
 *
 * Of steps made earlier only the last possible place is planned (dpor_plan.h): from there the
 * others are found.
 *
 * Work for a step: in the number of steps with its objects that do not happen before it.
 */
#include "explore/dpor_plan.h"

#include <stdlib.h>
#include <string.h>

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
           dpor_state_before(&self->path[e], obj, &state) && touch_possible(other->offer, state);
}

/* Which bits of struct mark.modes may mean that a step does not commute with the touches on the
 * object. */
static uint32_t conflicts_on(struct touches touches, uint32_t obj)
{
    uint32_t conflicts = 0;

    for (uint32_t i = 0; i < touches.n; i++)
        if (touches.at[i].obj == obj)
            conflicts |= touch_conflicts[touches.at[i].mode] | DPOR_ALL;
    return conflicts;
}

/* Those before `end` that do not commute with it on the object and could come later. */
static bool find_rivals_on(struct dpor *self, const struct other *other, uint32_t end, uint32_t obj,
                           uint32_t *n)
{
    const struct trails *trails = dpor_trails(self, obj);
    uint32_t conflicts = conflicts_on(other->touches, obj);

    for (uint32_t i = 0; trails && conflicts && i < trails->n; i++) {
        const struct trail *trail = &trails->at[i];

        if (trail->n == 0 || trail->g == other->party->g)
            continue;
        for (uint32_t k = dpor_trail_before(trail, end); k > 0; k--) {
            const struct visit *visit = &trail->at[k - 1];
            uint32_t e = visit->step;

            if (before_arrivals(other, e, trail->g))
                break;
            if (!(visit->modes & conflicts) ||
                !dpor_conflict_on(other->touches, &self->path[e], obj))
                continue;
            if (!find(self, n, e))
                return false;
            if (is_sure(self, other, e, obj))
                break;
        }
    }
    return true;
}

/* Those that commute with nothing, or all if it does not itself. */
static bool find_rivals_of_all(struct dpor *self, const struct other *other, uint32_t end, bool all,
                               uint32_t *n)
{
    for (uint32_t x = end; x-- > 0;) {
        if (before_arrivals(other, x, self->path[x].mover.g)) {
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

    if (n > 1)
        qsort(self->found, n, sizeof *self->found, later_first);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t e = self->found[i];
        bool last = true;

        for (uint32_t k = 0; k < kept && last; k++)
            last = !dpor_before(self, e, self->found[k]);
        if (!last)
            continue;
        other->rivals[other->nrivals++] = e;
        other->against = true;
        switch (dpor_plan(self, other)) {
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
        other->touch[0] = *other->offer;
        other->touches = (struct touches){other->touch, 1};
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
        switch (dpor_plan(self, other)) {
        case PLANNED: return true;
        case NOT_POSSIBLE: break;
        case PLAN_NO_MEMORY: return false;
        }
    other->touch[0] = *other->offer;
    other->touches = (struct touches){other->touch, 1};
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
    uint32_t closed = dpor_trails(self, to->offers[recv].obj)->closed;

    other->mover = (struct mover){to->g, {recv, from->g, nth_of(from, send)}};
    other->party = to;
    other->partner = from;
    if (mover_same(other->mover, self->path[other->rivals[0]].mover) && other->nrivals == 1)
        return true;
    if (closed && before_arrivals(other, closed - 1, self->path[closed - 1].mover.g))
        return true;
    if (closed)
        other->rivals[other->nrivals++] = closed - 1;
    other->touch[0] = (struct touch){.obj = to->offers[recv].obj, .mode = TOUCH_HAND};
    other->touches = (struct touches){other->touch, 1};
    return dpor_plan(self, other) != PLAN_NO_MEMORY;
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
    const struct trails *trails = dpor_trails(self, obj);

    for (uint32_t i = 0; trails && i < trails->n; i++) {
        const struct trail *trail = &trails->at[i];

        for (uint32_t k = dpor_trail_before(trail, end); k > 0; k--) {
            uint32_t e = trail->at[k - 1].step;
            const struct step *step = &self->path[e];

            if (dpor_before_arrival(e, trail->g, party))
                break;
            for (uint32_t p = 0; p < step->nparties; p++)
                if (!meets(step, party) && step->parties[p].ways &&
                    !hand_offs(self, e, &step->parties[p], party, end))
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

        if (!dpor_trails(self, obj))
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

/* Because of the step at index others could have done something else before it, or beside it. */
static bool others_because_of(struct dpor *self, uint32_t index)
{
    const struct step *step = &self->path[index];

    for (uint32_t m = 0; m < step->nmarks; m++) {
        const struct mark *mark = &step->marks[m];
        const struct trails *trails = dpor_trails(self, mark->obj);
        bool any = trails->offered & (mark->lets | DPOR_WAYS);

        for (uint32_t i = 0; any && i < trails->n; i++) {
            const struct trail *trail = &trails->at[i];

            for (uint32_t k = dpor_trail_before(trail, index); k > 0; k--) {
                uint32_t e = trail->at[k - 1].step, offered = trail->at[k - 1].offered;

                if (dpor_before(self, e, index))
                    break; /* and so do all of that goroutine's before */
                /* who is let go on: what was looked into before is to be looked into again */
                if ((offered & DPOR_WAYS && !instead(self, e, index, mark->obj)) ||
                    (offered & mark->lets && !races_of_step(self, e)))
                    return false;
            }
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

        if (g->state != G_WAITING || (run->end == RUN_REDUNDANT && !g->ready) ||
            dpor_held(self, dpor_goroutine(self, run, g->id)))
            continue;
        if (self->nwaiting == self->made_waiting) {
            if (!dpor_room(&self->waiting, &self->waiting_cap, self->nwaiting + 1,
                           sizeof *self->waiting))
                return false;
            self->waiting[self->made_waiting++] = (struct party){0};
        }
        party = &self->waiting[self->nwaiting++];
        if (!dpor_party(self, party, run, g) || !dpor_arrive(self, party))
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

static const struct party *waiting_party(const struct dpor *self, uint32_t g)
{
    for (uint32_t i = 0; i < self->nwaiting; i++)
        if (self->waiting[i].g == g)
            return &self->waiting[i];
    return NULL;
}

/* What the mover would have done: it could at the last point of the path, so nothing is in its way.
 * What it waits at is in the state of that point. */
static struct touches would_touch(struct other *other)
{
    const struct party *party = other->party;
    const struct touch *offer = &party->offers[other->mover.way.index];

    if (!party->ways)
        return (struct touches){party->offers, party->noffers};
    other->touch[0] = *offer;
    if (other->mover.way.partner)
        other->touch[0] = (struct touch){.obj = offer->obj, .mode = TOUCH_HAND};
    else if (offer->before.shut && offer->mode == TOUCH_SEND)
        other->touch[0].mode = TOUCH_FAIL;
    else if (offer->before.shut && offer->before.level == 0)
        other->touch[0].mode = TOUCH_DRAINED;
    return (struct touches){other->touch, 1};
}

/* The last step ended the run: whoever could have taken another may take it before. */
static bool cut_off(struct dpor *self)
{
    uint32_t last = self->depth - 1;
    const struct step *step = &self->path[last];

    for (uint32_t i = 0; step->all && i < step->nmovers; i++) {
        struct mover mover = step->movers[i].mover;
        struct other other = {.mover = mover, .rivals = {last}, .nrivals = 1,
                              .party = waiting_party(self, mover.g)};

        if (!other.party || mover_meets(mover, step->mover))
            continue; /* what its own parties could have done instead has been looked into */
        other.touches = would_touch(&other);
        if (dpor_plan_before_end(self, &other) == PLAN_NO_MEMORY)
            return false;
    }
    return true;
}

static bool set_deed(struct dpor *self, uint32_t index)
{
    struct step *step = &self->path[index];
    uint32_t end = index + 1 < self->depth ? self->path[index + 1].first_answer : self->nanswers;

    step->deed = deed_of(&self->wakeup, step->mover,
                         (struct touches){step->touched, step->ntouched},
                         self->values + step->first_answer, end - step->first_answer);
    return step->deed != NULL;
}

bool dpor_races(struct dpor *self, struct run *run)
{
    uint32_t first = self->timed;

    if (!dpor_room(&self->values, &self->values_cap, self->nanswers, sizeof *self->values))
        return false;
    for (uint32_t i = 0; i < self->nanswers; i++)
        self->values[i] = self->answers[i].value;
    while (self->timed < self->depth)
        if (!dpor_time(self) || !set_deed(self, self->timed - 1))
            return false;
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
    return cut_off(self);
}
