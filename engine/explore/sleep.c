/* sleep.c -- depth first, one run for each class of runs that differ only in the order of
 * steps that commute.
 *
 * After all runs that begin w.a have been made, a goes to sleep: below w.b it is not
 * tried again until a step was made that does not commute with it, for w.b.a would only
 * be w.a.b in another order.  When all that could go on are asleep, the run is stopped:
 * its like has been made.
 *
 * Godefroid's sleep sets ("Partial-Order Methods for the Verification of Concurrent
 * Systems", 1996, chapter 5), with these differences: a sleeper is a goroutine with all
 * the cases and partners of its step, so a new partner's arrival touches the channel
 * (sync/chan.c) and wakes it; and what a step touched is known only after it, partners
 * included (struct choice, touched).
 */
#include "explore/strategy.h"

#include <stdlib.h>
#include <string.h>

/* A goroutine asleep, with what its step would touch. */
struct sleeper {
    uint32_t g, n;
    struct touch *at;
};

struct sleepers {
    struct sleeper *at;
    size_t count, cap;
};

struct node {
    enum choice_kind kind;
    uint32_t n, taken;      /* options there are; index of the one taken */
    /* of a choice of a goroutine: */
    uint32_t first;         /* the option tried first; then first + 1, ... round to it */
    struct sleeper *option; /* each option with its touches */
    struct sleepers sleep;  /* asleep here: from above, then the options all tried */
};

struct sleep {
    struct strategy strategy; /* first: a strategy's address is its own */
    uint64_t runs, run, blocked;
    struct node *path;
    size_t depth, cap, at;
    struct sleepers now;      /* asleep at this point of the run */
    bool stopped;             /* this run was */
    bool done, incomplete;
};

/* --- sets of sleepers ---------------------------------------------------- */

static bool copy_touches(struct sleeper *to, uint32_t g, const struct touch *at, uint32_t n)
{
    *to = (struct sleeper){.g = g, .n = n};
    if (n == 0)
        return true;
    to->at = malloc(n * sizeof *at);
    if (!to->at)
        return false;
    memcpy(to->at, at, n * sizeof *at);
    return true;
}

static bool put(struct sleepers *set, const struct sleeper *sleeper)
{
    if (set->count == set->cap) {
        size_t cap = set->cap ? 2 * set->cap : 8;
        struct sleeper *at = realloc(set->at, cap * sizeof *at);

        if (!at)
            return false;
        set->at = at;
        set->cap = cap;
    }
    return copy_touches(&set->at[set->count], sleeper->g, sleeper->at, sleeper->n) && ++set->count;
}

static void empty(struct sleepers *set)
{
    while (set->count > 0)
        free(set->at[--set->count].at);
}

static bool copy(struct sleepers *to, const struct sleepers *from)
{
    empty(to);
    for (size_t i = 0; i < from->count; i++)
        if (!put(to, &from->at[i]))
            return false;
    return true;
}

static bool asleep(const struct sleepers *set, uint32_t g)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->at[i].g == g)
            return true;
    return false;
}

static bool conflict(const struct sleeper *sleeper, struct touches touched)
{
    for (uint32_t i = 0; i < sleeper->n; i++) {
        if (sleeper->at[i].obj == TOUCH_ALL)
            return true; /* also with a step that touched nothing */
        for (uint32_t k = 0; k < touched.n; k++)
            if (touch_conflict(sleeper->at[i], touched.at[k]))
                return true;
    }
    for (uint32_t k = 0; k < touched.n; k++)
        if (touched.at[k].obj == TOUCH_ALL)
            return true;
    return false;
}

/* Who does not commute with what was touched is awake again. */
static void wake(struct sleepers *set, struct touches touched)
{
    size_t kept = 0;

    for (size_t i = 0; i < set->count; i++) {
        if (conflict(&set->at[i], touched))
            free(set->at[i].at);
        else
            set->at[kept++] = set->at[i];
    }
    set->count = kept;
}

/* --- the path ------------------------------------------------------------ */

static void node_release(struct node *node)
{
    for (uint32_t i = 0; node->option && i < node->n; i++)
        free(node->option[i].at);
    free(node->option);
    empty(&node->sleep);
    free(node->sleep.at);
}

static void cut(struct sleep *self, size_t depth)
{
    while (self->depth > depth)
        node_release(&self->path[--self->depth]);
}

static struct node *deepen(struct sleep *self, const struct choice *choice)
{
    struct node *node;
    bool ok = true;

    if (self->depth == self->cap) {
        size_t cap = self->cap ? 2 * self->cap : 256;
        struct node *path = realloc(self->path, cap * sizeof *path);

        if (!path)
            return NULL;
        self->path = path;
        self->cap = cap;
    }
    node = &self->path[self->depth++];
    *node = (struct node){.kind = choice->kind, .n = choice->n};
    if (choice->kind != CHOICE_GOROUTINE)
        return node;
    node->option = calloc(choice->n, sizeof *node->option);
    for (uint32_t i = 0; node->option && i < choice->n; i++)
        ok &= copy_touches(&node->option[i], choice->options[i], choice->touches[i].at,
                           choice->touches[i].n);
    if (!node->option || !ok || !copy(&node->sleep, &self->now)) {
        cut(self, self->depth - 1);
        return NULL;
    }
    node->first = node->taken = choice->current < choice->n ? choice->current : 0;
    return node;
}

/* Moves to an option that is awake, from the one taken on; false: there is none. */
static bool find_awake(struct node *node)
{
    do {
        if (!asleep(&node->sleep, node->option[node->taken].g))
            return true;
        node->taken = node->taken + 1 == node->n ? 0 : node->taken + 1;
    } while (node->taken != node->first);
    return false;
}

/* The next answer of the deepest choice; false: it has none. */
static bool turn(struct sleep *self, struct node *node)
{
    if (node->kind != CHOICE_GOROUTINE)
        return ++node->taken < node->n;
    if (!put(&node->sleep, &node->option[node->taken])) {
        self->incomplete = true;
        return false;
    }
    node->taken = node->taken + 1 == node->n ? 0 : node->taken + 1;
    return node->taken != node->first && find_awake(node);
}

/* --- the strategy -------------------------------------------------------- */

static void sleep_begin(struct strategy *strategy)
{
    struct sleep *self = (struct sleep *)strategy;

    self->at = 0;
    self->stopped = false;
    empty(&self->now);
}

static bool fits(const struct node *node, const struct choice *choice)
{
    if (node->kind != choice->kind || node->n != choice->n)
        return false;
    for (uint32_t i = 0; node->option && i < node->n; i++)
        if (node->option[i].g != choice->options[i])
            return false;
    return true;
}

static uint32_t sleep_choose(struct strategy *strategy, const struct choice *choice)
{
    struct sleep *self = (struct sleep *)strategy;
    struct node *node;
    bool fresh = self->at == self->depth;

    if (choice->kind == CHOICE_GOROUTINE)
        wake(&self->now, choice->touched);
    if (!fresh && !fits(&self->path[self->at], choice)) {
        /* the program does not depend on its choices alone: what was below is lost */
        self->incomplete = true;
        cut(self, self->at);
        fresh = true;
    }
    node = fresh ? deepen(self, choice) : &self->path[self->at];
    if (!node) {
        self->incomplete = true;
        return CHOICE_STOP;
    }
    self->at++;
    if (choice->kind != CHOICE_GOROUTINE)
        return node->taken;
    if (fresh && !find_awake(node)) {
        cut(self, --self->at);
        self->stopped = true;
        return CHOICE_STOP;
    }
    if (!copy(&self->now, &node->sleep)) {
        self->incomplete = true;
        return CHOICE_STOP;
    }
    return node->taken;
}

static bool sleep_end(struct strategy *strategy)
{
    struct sleep *self = (struct sleep *)strategy;

    self->run++;
    self->blocked += self->stopped;
    if (self->at < self->depth) {
        self->incomplete = true;
        cut(self, self->at);
    }
    while (self->depth > 0 && !turn(self, &self->path[self->depth - 1]))
        cut(self, self->depth - 1);
    if (self->depth == 0) {
        self->done = true;
        return false;
    }
    return self->runs == 0 || self->run < self->runs;
}

static void sleep_free(struct strategy *strategy)
{
    struct sleep *self = (struct sleep *)strategy;

    cut(self, 0);
    free(self->path);
    empty(&self->now);
    free(self->now.at);
    free(self);
}

struct strategy *sleep_new(uint64_t runs)
{
    struct sleep *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->strategy = (struct strategy){
        .name = "sleep sets", .begin = sleep_begin, .choose = sleep_choose,
        .end = sleep_end, .free = sleep_free, .always = true,
    };
    self->runs = runs;
    return &self->strategy;
}

bool sleep_done(const struct strategy *strategy)
{
    const struct sleep *self = (const struct sleep *)strategy;

    return self->done && !self->incomplete;
}

uint64_t sleep_blocked(const struct strategy *strategy)
{
    return ((const struct sleep *)strategy)->blocked;
}
