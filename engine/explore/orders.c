/* orders.c -- see orders.h.
 *
 * That the second step waits is kept up in three places: its goroutine is no option until the first
 * has been made; the first happens before it comes (its party follows it), so that no race is seen
 * between them; and where the two turn out to commute after all, the runs are not taken for a part.
 */
#include "explore/orders.h"

#include "explore/dpor_plan.h"
#include "explore/strategy.h"

#include <stdlib.h>

/* --- the orders of a part ------------------------------------------------- */

struct orders orders_part(const struct orders *orders, uint32_t part)
{
    struct orders turned = *orders;

    for (uint32_t i = 0; i < orders->n; i++)
        if (part >> i & 1)
            turned.at[i] = (struct order){orders->at[i].second, orders->at[i].first};
    return turned;
}

static bool enter(struct dpor *self, struct dpor_awaited *awaited, const struct ordered_step *step)
{
    awaited->nth = step->nth;
    awaited->g = numbering_number(&self->goroutine_numbers, step->goroutine);
    return awaited->g != 0;
}

struct strategy *dpor_ordered_new(const struct orders *orders)
{
    struct strategy *strategy = dpor_new(0);
    struct dpor *self = (struct dpor *)strategy;
    bool ok = strategy != NULL;

    for (uint32_t i = 0; ok && i < orders->n; i++) {
        ok = enter(self, &self->orders[i].first, &orders->at[i].first) &&
             enter(self, &self->orders[i].second, &orders->at[i].second);
        self->norders++;
    }
    if (strategy && !ok) {
        strategy->free(strategy);
        return NULL;
    }
    return strategy;
}

/* --- in a run ------------------------------------------------------------- */

/* As it was after the steps that were counted. */
static void rewind_to(const struct dpor *self, struct dpor_awaited *awaited)
{
    bool any = self->counted > 0 && awaited->g < self->own_cap;

    awaited->steps = any ? self->own[awaited->g].n : 0;
    if (awaited->at > self->counted)
        awaited->at = 0;
}

void dpor_orders_begin(struct dpor *self)
{
    self->counted = self->timed == self->known ? self->known : 0; /* those are in self->own */
    for (uint32_t i = 0; i < self->norders; i++) {
        rewind_to(self, &self->orders[i].first);
        rewind_to(self, &self->orders[i].second);
    }
}

static void count(struct dpor_awaited *awaited, const struct step *step, uint32_t index)
{
    for (uint32_t p = 0; p < step->nparties; p++)
        if (step->parties[p].g == awaited->g && ++awaited->steps == awaited->nth)
            awaited->at = index + 1;
}

void dpor_orders_step(struct dpor *self, uint32_t index)
{
    if (self->counted > index)
        return;
    self->counted = index + 1;
    for (uint32_t i = 0; i < self->norders; i++) {
        struct dpor_order *order = &self->orders[i];

        count(&order->first, &self->path[index], index);
        count(&order->second, &self->path[index], index);
        /* it was met at a channel, by somebody else's step */
        self->incomplete |= order->second.at && !order->first.at;
    }
}

static bool is_next(const struct dpor_awaited *awaited, uint32_t g)
{
    return awaited->g == g && awaited->steps + 1 == awaited->nth;
}

bool dpor_held(const struct dpor *self, uint32_t g)
{
    for (uint32_t i = 0; i < self->norders; i++)
        if (!self->orders[i].first.at && is_next(&self->orders[i].second, g))
            return true;
    return false;
}

bool dpor_orders_follow(const struct dpor *self, struct party *party)
{
    for (uint32_t i = 0; i < self->norders; i++) {
        const struct dpor_order *order = &self->orders[i];

        if (!order->first.at || !is_next(&order->second, party->g))
            continue;
        if (!dpor_room(&party->follows, &party->follows_cap, party->nfollows + 1,
                       sizeof *party->follows))
            return false;
        party->follows[party->nfollows++] = order->first.at;
    }
    return true;
}

bool dpor_orders_kept(const struct dpor *self)
{
    for (uint32_t i = 0; i < self->norders; i++) {
        const struct dpor_order *order = &self->orders[i];
        const struct step *first, *second;

        if (!order->first.at)
            return false;
        if (!order->second.at)
            continue; /* in the other part it would wait for ever */
        first = &self->path[order->first.at - 1];
        second = &self->path[order->second.at - 1];
        if (!touches_conflict((struct touches){first->touched, first->ntouched},
                              (struct touches){second->touched, second->ntouched}))
            return false;
    }
    return true;
}

/* --- finding them --------------------------------------------------------- */

/* Whether the step at j could have come before the one at i < j, and they do not commute. */
static bool is_pair(const struct step *path, uint32_t i, uint32_t j)
{
    const struct step *a = &path[i], *b = &path[j];
    const struct party *party = &b->parties[0];
    struct touch_state state;

    if (a->nparties > 1 || b->nparties > 1 || a->parties[0].ways || party->ways || a->all ||
        b->all || a->barrier != b->barrier || party->noffers != 1 ||
        dpor_before_arrival(i, a->mover.g, party) ||
        !touches_conflict((struct touches){a->touched, a->ntouched},
                          (struct touches){b->touched, b->ntouched}))
        return false;
    return !touch_waits(party->offers[0].mode) ||
           (dpor_state_before(a, party->offers[0].obj, &state) &&
            touch_possible(&party->offers[0], state));
}

static uint32_t tree_of(const uint32_t *tree, uint32_t g)
{
    while (tree[g] != g)
        g = tree[g];
    return g;
}

static struct ordered_step step_at(const struct dpor *self, const struct run *run, uint32_t index)
{
    uint32_t g = self->path[index].mover.g;
    struct ordered_step step = {0};

    for (uint32_t id = 1; id <= run->last_id; id++)
        if (numbering_met(&self->goroutine_numbers, id) == g)
            step.goroutine = run_goroutine_key(run, id);
    for (uint32_t x = 0; x <= index; x++)
        for (uint32_t p = 0; p < self->path[x].nparties; p++)
            step.nth += self->path[x].parties[p].g == g;
    return step;
}

void orders_find(const struct strategy *dpor, const struct run *run, struct orders *orders)
{
    const struct dpor *self = (const struct dpor *)dpor;
    uint32_t goroutines = self->goroutine_numbers.count + 1;
    uint32_t *tree = malloc(goroutines * sizeof *tree);
    bool *paired = calloc(goroutines, sizeof *paired);

    orders->n = 0;
    for (uint32_t g = 0; tree && g < goroutines; g++)
        tree[g] = g;
    /* first pairs of goroutines that are in no other: their parts are of one size more often */
    for (int again = 0; tree && paired && again < 2; again++)
        for (uint32_t j = 1; j < self->timed; j++)
            for (uint32_t i = 0; i < j && orders->n < ORDERS_MAX; i++) {
                uint32_t a = self->path[i].mover.g, b = self->path[j].mover.g;

                if ((!again && (paired[a] || paired[b])) || tree_of(tree, a) == tree_of(tree, b) ||
                    !is_pair(self->path, i, j))
                    continue;
                paired[a] = paired[b] = true;
                tree[tree_of(tree, a)] = tree_of(tree, b);
                orders->at[orders->n++] =
                    (struct order){step_at(self, run, i), step_at(self, run, j)};
            }
    free(tree);
    free(paired);
}
