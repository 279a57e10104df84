/* split.c -- a tree of runs cut into beginnings; see split.h.
 *
 *     o--2--o--3--[ below: one worker ]
 *      \     \--4--[ below: another; 3 sleeps ]
 *       \--3--o--4--[ below; 2 sleeps, for 2 3 was made, until a step does not commute with it ]
 */
#include "explore/split.h"

#include "rt/run.h"

#include <stdlib.h>
#include <string.h>

struct node {
    enum choice_kind kind;
    uint32_t n;
    uint32_t turn;          /* options that have been tried or passed over, see option_of */
    struct sleepers tried;  /* CHOICE_GOROUTINE: who took the step then */
    struct sleeping now;    /* ... who takes it now; its touches add up over the answers inside */
};

struct split {
    struct strategy strategy; /* first: a strategy's address is its own */
    uint32_t steps;
    struct node *path;
    uint32_t depth, cap, at;  /* at: choices of this run so far */
    uint32_t taken;           /* steps of this run so far */
    uint32_t last;            /* of the path: index + 1 of the last choice of a goroutine */
    struct sleepers now;
    struct beginning made;
    bool nothing;             /* all options of the last choice sleep */
    bool failed;
};

struct below {
    struct strategy strategy; /* first */
    struct strategy *inner;
    const struct beginning *beginning;
    uint32_t at;              /* choices of this run so far */
    struct sleepers now;
    uint32_t *options, *index; /* those that are awake, and where they are among all */
    struct touches *touches;
    struct goroutine **goroutines;
    uint32_t cap;
};

/* --- who sleeps ----------------------------------------------------------- */

static void wake_all(struct sleepers *set)
{
    while (set->count > 0)
        free(set->at[--set->count].at);
}

static void sleepers_release(struct sleepers *set)
{
    wake_all(set);
    free(set->at);
    *set = (struct sleepers){0};
}

static bool asleep(const struct sleepers *set, uint32_t g)
{
    for (uint32_t i = 0; i < set->count; i++)
        if (set->at[i].g == g)
            return true;
    return false;
}

static bool add_touches(struct sleeping *to, struct touches touches)
{
    if (to->n + touches.n > to->cap) {
        uint32_t cap = 2 * (to->n + touches.n);
        struct touch *at = realloc(to->at, cap * sizeof *at);

        if (!at)
            return false;
        to->at = at;
        to->cap = cap;
    }
    for (uint32_t i = 0; i < touches.n; i++) {
        uint32_t k = 0;

        while (k < to->n &&
               (to->at[k].obj != touches.at[i].obj || to->at[k].mode != touches.at[i].mode))
            k++;
        if (k == to->n)
            to->at[to->n++] = touches.at[i];
    }
    return true;
}

static bool put(struct sleepers *set, const struct sleeping *sleeping)
{
    if (set->count == set->cap) {
        uint32_t cap = set->cap ? 2 * set->cap : 8;
        struct sleeping *at = realloc(set->at, cap * sizeof *at);

        if (!at)
            return false;
        set->at = at;
        set->cap = cap;
    }
    set->at[set->count] = (struct sleeping){.g = sleeping->g};
    return add_touches(&set->at[set->count++], (struct touches){sleeping->at, sleeping->n});
}

static bool put_all(struct sleepers *set, const struct sleepers *others)
{
    for (uint32_t i = 0; i < others->count; i++)
        if (!put(set, &others->at[i]))
            return false;
    return true;
}

/* Who sleeps is a goroutine with all the ways its step could be made then; so at channels whatever
 * may make for other ways counts: who comes to wait there, and who was met by somebody else. */
static bool disturbs(const struct touch *sleeping, const struct touch *touched)
{
    enum { OF_CHANNELS = 1 << TOUCH_SEND | 1 << TOUCH_RECV | 1 << TOUCH_HAND };

    return touch_conflict(sleeping, touched) ||
           (sleeping->obj == touched->obj && (OF_CHANNELS >> sleeping->mode & 1));
}

static bool conflict(const struct sleeping *sleeping, struct touches touched)
{
    for (uint32_t i = 0; i < sleeping->n; i++)
        if (sleeping->at[i].obj == TOUCH_ALL)
            return true; /* also with a step that touched nothing */
    for (uint32_t k = 0; k < touched.n; k++) {
        if (touched.at[k].obj == TOUCH_ALL)
            return true;
        for (uint32_t i = 0; i < sleeping->n; i++)
            if (disturbs(&sleeping->at[i], &touched.at[k]))
                return true;
    }
    return false;
}

/* Who does not commute with what was touched is awake again. */
static void wake(struct sleepers *set, struct touches touched)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < set->count; i++) {
        if (conflict(&set->at[i], touched))
            free(set->at[i].at);
        else
            set->at[kept++] = set->at[i];
    }
    set->count = kept;
}

/* --- the beginnings ------------------------------------------------------- */

static bool note(struct beginning *beginning, uint32_t answer)
{
    if (beginning->count == beginning->cap) {
        uint32_t cap = beginning->cap ? 2 * beginning->cap : 16;
        uint32_t *answers = realloc(beginning->answers, cap * sizeof *answers);

        if (!answers)
            return false;
        beginning->answers = answers;
        beginning->cap = cap;
    }
    beginning->answers[beginning->count++] = answer;
    return true;
}

static void split_begin(struct strategy *strategy)
{
    struct split *self = (struct split *)strategy;

    self->at = self->taken = self->last = 0;
    self->made.count = 0;
    self->nothing = false;
    wake_all(&self->now);
    wake_all(&self->made.sleepers);
}

static void cut(struct split *self, uint32_t depth)
{
    while (self->depth > depth) {
        struct node *node = &self->path[--self->depth];

        sleepers_release(&node->tried);
        free(node->now.at);
    }
}

/* The node of this choice, a new one if it was not met before; NULL: memory ran out. */
static struct node *node_at(struct split *self, const struct choice *choice)
{
    if (self->at < self->depth)
        return &self->path[self->at];
    if (self->depth == self->cap) {
        uint32_t cap = self->cap ? 2 * self->cap : 32;
        struct node *path = realloc(self->path, cap * sizeof *path);

        if (!path)
            return NULL;
        self->path = path;
        self->cap = cap;
    }
    self->path[self->depth++] = (struct node){.kind = choice->kind, .n = choice->n};
    return &self->path[self->at];
}

/* Options are tried from the one that goes on, the others after it in turn. */
static uint32_t option_of(const struct choice *choice, uint32_t turn)
{
    bool goes_on = choice->kind == CHOICE_GOROUTINE && choice->current < choice->n;
    uint32_t first = goes_on ? choice->current : 0;

    return first + turn < choice->n ? first + turn : first + turn - choice->n;
}

/* The last step touched that. */
static bool note_touched(struct split *self, struct touches touched)
{
    return self->last == 0 || add_touches(&self->path[self->last - 1].now, touched);
}

/* The node's next goroutine that is awake; false: there is none. */
static bool find_awake(struct split *self, struct node *node, const struct choice *choice)
{
    while (node->turn < node->n &&
           asleep(&self->now, choice->options[option_of(choice, node->turn)]))
        node->turn++;
    return node->turn < node->n;
}

static bool take(struct split *self, struct node *node, const struct choice *choice,
                 uint32_t answer)
{
    node->now.g = choice->options[answer];
    self->taken++;
    self->last = self->at;
    wake_all(&self->made.sleepers);
    return put_all(&self->now, &node->tried) && put_all(&self->made.sleepers, &self->now) &&
           add_touches(&node->now, choice->touches[answer]);
}

static uint32_t give_up(struct split *self)
{
    self->failed = true;
    return CHOICE_STOP;
}

static uint32_t split_choose(struct strategy *strategy, const struct choice *choice)
{
    struct split *self = (struct split *)strategy;
    bool goroutine = choice->kind == CHOICE_GOROUTINE;
    struct node *node;
    uint32_t answer;

    if (goroutine) {
        if (!note_touched(self, choice->touched))
            return give_up(self);
        wake(&self->now, choice->touched);
        if (self->taken == self->steps)
            return CHOICE_STOP;
    }
    node = node_at(self, choice);
    if (!node || node->kind != choice->kind || node->n != choice->n)
        return give_up(self);
    self->at++;
    if (goroutine && !find_awake(self, node, choice)) {
        self->nothing = true;
        return CHOICE_STOP;
    }
    answer = option_of(choice, node->turn);
    if ((goroutine && !take(self, node, choice, answer)) || !note(&self->made, answer))
        return give_up(self);
    return answer;
}

static void split_rest(struct strategy *strategy, struct run *run)
{
    static struct touch all = {.obj = TOUCH_ALL};
    struct split *self = (struct split *)strategy;
    bool cut_off = run->end != RUN_DONE && run->end != RUN_DEADLOCK && run->end != RUN_LIVELOCK &&
                   run->end != RUN_REDUNDANT;

    if (!note_touched(self, (struct touches){run->touched, run->ntouched}) ||
        (cut_off && !note_touched(self, (struct touches){&all, 1})))
        self->failed = true;
}

/* Moves a node on to its next option; false: it has none. */
static bool turn(struct split *self, struct node *node)
{
    if (node->turn == node->n)
        return false;
    if (node->kind == CHOICE_GOROUTINE && !put(&node->tried, &node->now))
        self->failed = true;
    node->now.n = 0;
    return ++node->turn < node->n;
}

static bool split_end(struct strategy *strategy)
{
    struct split *self = (struct split *)strategy;

    cut(self, self->at);
    while (self->depth > 0 && !turn(self, &self->path[self->depth - 1]))
        cut(self, self->depth - 1);
    return self->depth > 0 && !self->failed;
}

static void split_free(struct strategy *strategy)
{
    struct split *self = (struct split *)strategy;

    cut(self, 0);
    free(self->path);
    sleepers_release(&self->now);
    beginning_release(&self->made);
    free(self);
}

struct strategy *split_new(uint32_t steps)
{
    struct split *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->strategy = (struct strategy){
        .name = "split", .begin = split_begin, .choose = split_choose, .end = split_end,
        .free = split_free, .rest = split_rest, .always = true,
    };
    self->steps = steps;
    return &self->strategy;
}

const struct beginning *split_made(const struct strategy *strategy)
{
    const struct split *self = (const struct split *)strategy;

    return self->nothing || self->failed ? NULL : &self->made;
}

bool split_failed(const struct strategy *strategy)
{
    return ((const struct split *)strategy)->failed;
}

bool beginning_dup(struct beginning *to, const struct beginning *from)
{
    *to = (struct beginning){0};
    for (uint32_t i = 0; i < from->count; i++)
        if (!note(to, from->answers[i]))
            goto fail;
    if (put_all(&to->sleepers, &from->sleepers))
        return true;
fail:
    beginning_release(to);
    return false;
}

void beginning_release(struct beginning *beginning)
{
    free(beginning->answers);
    sleepers_release(&beginning->sleepers);
    *beginning = (struct beginning){0};
}

/* --- below one ------------------------------------------------------------ */

static void below_begin(struct strategy *strategy)
{
    struct below *self = (struct below *)strategy;

    self->at = 0;
    wake_all(&self->now);
    if (self->inner->begin)
        self->inner->begin(self->inner);
}

static bool room(struct below *self, uint32_t n)
{
    uint32_t cap = 2 * n;

    if (n <= self->cap)
        return true;
    free(self->options);
    free(self->index);
    free(self->touches);
    free(self->goroutines);
    self->options = malloc(cap * sizeof *self->options);
    self->index = malloc(cap * sizeof *self->index);
    self->touches = malloc(cap * sizeof *self->touches);
    self->goroutines = malloc(cap * sizeof *self->goroutines);
    self->cap = self->options && self->index && self->touches && self->goroutines ? cap : 0;
    return self->cap > 0;
}

/* Asks inner for a goroutine: only < n is the one option it sees, else all that are awake are. */
static uint32_t ask(struct below *self, const struct choice *choice, uint32_t only)
{
    struct choice shown = *choice;
    uint32_t answer;

    if (!room(self, choice->n))
        return CHOICE_STOP;
    shown.n = 0;
    for (uint32_t i = 0; i < choice->n; i++) {
        if (only < choice->n ? i != only : asleep(&self->now, choice->options[i]))
            continue;
        self->options[shown.n] = choice->options[i];
        self->touches[shown.n] = choice->touches[i];
        self->goroutines[shown.n] = choice->goroutines[i];
        self->index[shown.n++] = i;
    }
    shown.options = self->options;
    shown.touches = self->touches;
    shown.goroutines = self->goroutines;
    shown.current = shown.n;
    for (uint32_t i = 0; i < shown.n; i++)
        if (self->index[i] == choice->current)
            shown.current = i;
    answer = shown.n ? self->inner->choose(self->inner, &shown) : CHOICE_STOP;
    return answer == CHOICE_STOP ? answer : self->index[answer];
}

static uint32_t below_choose(struct strategy *strategy, const struct choice *choice)
{
    struct below *self = (struct below *)strategy;
    bool goroutine = choice->kind == CHOICE_GOROUTINE;
    uint32_t answer;

    if (self->at == self->beginning->count) {
        if (!goroutine)
            return self->inner->choose(self->inner, choice);
        wake(&self->now, choice->touched);
        return ask(self, choice, choice->n);
    }
    answer = self->beginning->answers[self->at++];
    if (answer >= choice->n)
        return CHOICE_STOP;
    if (self->at == self->beginning->count && !put_all(&self->now, &self->beginning->sleepers))
        return CHOICE_STOP;
    return goroutine ? ask(self, choice, answer) : answer;
}

static bool below_end(struct strategy *strategy)
{
    struct strategy *inner = ((struct below *)strategy)->inner;

    return inner->end(inner);
}

static void below_rest(struct strategy *strategy, struct run *run)
{
    struct strategy *inner = ((struct below *)strategy)->inner;

    if (inner->rest)
        inner->rest(inner, run);
}

static void below_free(struct strategy *strategy)
{
    struct below *self = (struct below *)strategy;

    self->inner->free(self->inner);
    sleepers_release(&self->now);
    free(self->options);
    free(self->index);
    free(self->touches);
    free(self->goroutines);
    free(self);
}

struct strategy *below_new(struct strategy *inner, const struct beginning *beginning)
{
    struct below *self = inner ? calloc(1, sizeof *self) : NULL;

    if (!self) {
        if (inner)
            inner->free(inner);
        return NULL;
    }
    self->strategy = (struct strategy){
        .name = "below", .begin = below_begin, .choose = below_choose, .end = below_end,
        .free = below_free, .rest = below_rest, .always = true,
    };
    self->inner = inner;
    self->beginning = beginning;
    return &self->strategy;
}
