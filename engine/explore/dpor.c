/* dpor.c -- one run for each class of runs that differ only in the order of steps that
 * commute, and hardly any run begun in vain.
 *
 * Optimal dynamic partial-order reduction: Abdulla, Aronis, Jonsson, Sagonas, "Source Sets: A
 * Foundation for Optimal Dynamic Partial Order Reduction", JACM 64(4), 2017, algorithm 2.  After
 * a run, each pair of steps that could have come the other way round puts a sequence that
 * does so into the wakeup tree of the point before the first (dpor_race.c).
 *
 * Where we differ:
 * - What a step touches is known only after it, partners and what its goroutine came to next
 *   included; so sleepers keep what their step was seen to touch.
 * - The choices inside a step (cases, partners, draws) are all tried, below the goroutine's one
 *   branch.
 * - A step that had to wait is put before the step that kept it from going on, not before the
 *   one that let it go.
 * - Who may go on after a poll in vain depends on what the others do, and whether a look is one
 *   on what was changed anywhere: once somebody gave way all options that are awake are
 *   tried, as with sleep sets alone.
 * - A step that ends the run (a panic) commutes with nothing, or what it cut off
 *   would never be seen.
 */
#include "explore/dpor.h"
#include "explore/estimate.h"
#include "explore/strategy.h"

#include <stdlib.h>
#include <string.h>

/* --- sleep ---------------------------------------------------------------- */

static bool asleep(const struct step *step, uint32_t g)
{
    for (uint32_t i = 0; i < step->nsleep; i++)
        if (step->sleep[i].g == g)
            return true;
    return false;
}

static bool put_to_sleep(struct step *step, uint32_t g, struct touches touches)
{
    if (!dpor_room(&step->sleep, &step->sleep_cap, step->nsleep + 1, sizeof *step->sleep) ||
        !dpor_room(&step->sleep_touches, &step->sleep_touches_cap,
                   step->nsleep_touches + touches.n, sizeof *step->sleep_touches))
        return false;
    step->sleep[step->nsleep++] = (struct sleeper){g, step->nsleep_touches, touches.n};
    if (touches.n)
        memcpy(step->sleep_touches + step->nsleep_touches, touches.at,
               touches.n * sizeof *touches.at);
    step->nsleep_touches += touches.n;
    return true;
}

/* Whether the step taken commutes with a sleeper's. */
static bool sleeps_on(const struct step *taken, struct touches sleeper)
{
    if (taken->all)
        return false;
    for (uint32_t i = 0; i < sleeper.n; i++) {
        if (sleeper.at[i].obj == TOUCH_ALL)
            return false;
        for (uint32_t k = 0; k < taken->nmarks; k++)
            if (touch_conflict(sleeper.at[i], taken->marks[k].touch))
                return false;
    }
    return true;
}

/* Who sleeps at `to`, after the step taken at `from`. */
static bool inherit_sleep(struct step *to, const struct step *from)
{
    for (uint32_t i = 0; i < from->nsleep; i++) {
        struct sleeper s = from->sleep[i];
        struct touches touches = {from->sleep_touches + s.at, s.n};

        if (s.g != from->g && sleeps_on(from, touches) && !put_to_sleep(to, s.g, touches))
            return false;
    }
    return true;
}

/* --- what a step came to -------------------------------------------------- */

static bool mark(struct step *step, struct touch touch)
{
    if (touch.obj == TOUCH_NOTHING)
        return true;
    if (touch.obj == TOUCH_ALL) {
        step->all = true;
        return true;
    }
    for (uint32_t i = 0; i < step->nmarks; i++)
        if (step->marks[i].touch.obj == touch.obj) {
            if (step->marks[i].touch.mode != touch.mode)
                step->marks[i].touch.mode = TOUCH_CHANGE;
            return true;
        }
    if (!dpor_room(&step->marks, &step->marks_cap, step->nmarks + 1, sizeof *step->marks))
        return false;
    step->marks[step->nmarks++] = (struct mark){.touch = touch};
    return true;
}

static bool note_tried(struct step *step, struct touch touch)
{
    for (uint32_t i = 0; i < step->ntried; i++)
        if (step->tried[i].obj == touch.obj && step->tried[i].mode == touch.mode)
            return true;
    if (!dpor_room(&step->tried, &step->tried_cap, step->ntried + 1, sizeof *step->tried))
        return false;
    step->tried[step->ntried++] = touch;
    return true;
}

/* The last step begun is over.  cut: so is the run, though others could have gone on. */
static bool note(struct dpor *self, const struct run *run, bool cut)
{
    struct step *step = &self->path[self->at - 1];
    bool ok = true;

    if (self->noted >= self->at)
        return true;
    self->noted = self->at;
    step->nmarks = 0;
    step->all = cut;
    for (uint32_t i = 0; i < step->npublished; i++)
        ok &= mark(step, step->published[i]);
    for (uint32_t i = 0; i < run->ntouched; i++)
        ok &= mark(step, run->touched[i]);
    step->ntouched = 0;
    ok = ok && dpor_room(&step->touched, &step->touched_cap, step->nmarks + 1,
                         sizeof *step->touched);
    for (uint32_t i = 0; ok && i < step->nmarks; i++)
        step->touched[step->ntouched++] = step->marks[i].touch;
    if (ok && step->all)
        step->touched[step->ntouched++] = (struct touch){TOUCH_ALL, TOUCH_CHANGE};
    for (uint32_t i = 0; ok && i < step->ntouched; i++)
        ok = note_tried(step, step->touched[i]);
    step->kind = run->step.count == 1 ? run->step.kind : EVENT_NONE;
    step->obj = run->step.obj;
    step->extra = run->step.extra;
    step->partner = run->step.count ? run->step.other : 0;
    step->partner_released = run->step.partner_since;
    step->partner_by_clock = run->step.partner_since_clock;
    step->nlent = 0;
    if (step->partner &&
        dpor_room(&step->lent, &step->lent_cap, run->step.lent, sizeof *step->lent))
        while (step->nlent < run->step.lent) {
            step->lent[step->nlent] = run->touched[step->nlent];
            step->nlent++;
        }
    return ok;
}

/* --- the path ------------------------------------------------------------- */

static void drop_first(struct step *step)
{
    struct branch *branch = step->todo;

    step->todo = branch->next;
    branch_free(branch);
}

/* Drops all branches of a goroutine. */
static void drop_goroutine(struct step *step, uint32_t g)
{
    struct branch **at = &step->todo;

    while (*at) {
        struct branch *branch = *at;

        if (branch->g == g) {
            *at = branch->next;
            branch_free(branch);
        } else {
            at = &branch->next;
        }
    }
}

static void cut(struct dpor *self, uint32_t depth)
{
    dpor_untime(self, depth);
    while (self->depth > depth) {
        struct step *step = &self->path[--self->depth];

        while (step->todo)
            drop_first(step);
    }
}

static bool option_index(const struct step *step, uint32_t g, uint32_t *index)
{
    for (uint32_t i = 0; i < step->noptions; i++)
        if (step->options[i] == g) {
            *index = i;
            return true;
        }
    return false;
}

/* Puts a branch for an option that is awake into the empty tree, from the option `first` on. */
static bool add_awake(struct dpor *self, struct step *step, uint32_t first)
{
    for (uint32_t i = 0; i < step->noptions; i++) {
        uint32_t k = first + i < step->noptions ? first + i : first + i - step->noptions;

        if (asleep(step, step->options[k]))
            continue;
        step->todo = branch_new(&(struct wakeup_step){.g = step->options[k], .open = true});
        self->incomplete |= !step->todo;
        return step->todo != NULL;
    }
    return false;
}

/* Brings a branch that can be tried to the front of the tree; false: there is none. */
static bool next_branch(struct dpor *self, struct step *step)
{
    uint32_t index;

    while (step->todo) {
        struct branch *branch = step->todo;
        bool is_option = option_index(step, branch->g, &index);

        if (is_option && !asleep(step, branch->g))
            return true;
        /* It was thought possible, and stood for other sequences as well: those are tried. */
        if (!is_option)
            step->full = true;
        drop_first(step);
    }
    return (step->full || self->polls) && add_awake(self, step, 0);
}

/* Whether the branch's answers are those given in the last step so far; all of them: no more
 * are planned. */
static bool agrees(const struct dpor *self, const struct step *last, const struct branch *branch,
                   bool all)
{
    uint32_t given = self->answers_at - last->first_answer;

    if (branch->nanswers < given || (all && branch->nanswers > given))
        return false;
    for (uint32_t i = 0; i < given; i++)
        if (branch->answers[i] != self->answers[last->first_answer + i].value)
            return false;
    return true;
}

/* The index of the option that a branch of the last step has next; 0 when none has. */
static uint32_t planned_answer(const struct dpor *self, const struct choice *choice)
{
    const struct step *last = self->at > 0 ? &self->path[self->at - 1] : NULL;

    for (const struct branch *b = last ? last->todo : NULL; b; b = b->next) {
        uint32_t place = self->answers_at - last->first_answer;

        if (b->g != last->g || b->nanswers <= place || !agrees(self, last, b, false))
            continue;
        for (uint32_t i = 0; i < choice->n; i++)
            if ((choice->options ? choice->options[i] : i) == b->answers[place])
                return i;
    }
    return 0;
}

static struct step *deepen(struct dpor *self)
{
    if (self->depth == self->made) {
        if (!dpor_room(&self->path, &self->cap, self->depth + 1, sizeof *self->path))
            return NULL;
        memset(&self->path[self->made++], 0, sizeof *self->path);
    }
    return &self->path[self->depth];
}

/* A choice not met before becomes the next of the path; false: no option is to be tried. */
static bool add_step(struct dpor *self, const struct choice *choice)
{
    struct step *step = deepen(self), *last = self->depth ? &self->path[self->depth - 1] : NULL;
    bool planned;

    if (!step || !dpor_room(&step->options, &step->options_cap, choice->n, sizeof *step->options)) {
        self->incomplete = true;
        return false;
    }
    memcpy(step->options, choice->options, choice->n * sizeof *step->options);
    step->noptions = choice->n;
    step->nsleep = step->nsleep_touches = step->ntried = 0;
    step->full = false;
    step->behind = 0;
    step->before = self->run;
    self->polls |= choice->gave_way > 0;
    step->barrier = choice->advanced ? self->depth : last ? last->barrier : 0;
    step->todo = NULL;
    if (last) {
        struct branch *branch = last->todo;

        while (branch && !(branch->g == last->g && agrees(self, last, branch, true)))
            branch = branch->next;
        if (branch) {
            step->todo = branch->children;
            branch->children = NULL;
        }
        if (!inherit_sleep(step, last)) {
            self->incomplete = true;
            self->depth++;
            cut(self, self->depth - 1);
            return false;
        }
    }
    planned = step->todo != NULL;
    self->depth++;
    if (next_branch(self, step) ||
        (!planned && add_awake(self, step, choice->current < choice->n ? choice->current : 0)))
        return true;
    cut(self, self->depth - 1);
    return false;
}

/* The branch at the front of the tree is the one taken; answers its option, or CHOICE_STOP. */
static uint32_t take(struct dpor *self, struct step *step, const struct choice *choice)
{
    const struct goroutine *g;
    uint32_t index = 0;

    if (!option_index(step, step->todo->g, &index))
        return CHOICE_STOP;
    g = choice->goroutines[index];
    step->g = g->id;
    step->waits = g->ready != NULL;
    step->wait = g->wait;
    step->released = g->since;
    step->by_clock = g->since_clock;
    step->npublished = 0;
    if (!dpor_room(&step->published, &step->published_cap, g->touches.n, sizeof *step->published)) {
        self->incomplete = true;
        return CHOICE_STOP;
    }
    for (uint32_t i = 0; i < g->touches.n; i++)
        step->published[step->npublished++] = g->touches.at[i];
    step->first_answer = self->answers_at;
    return index;
}

/* --- the strategy --------------------------------------------------------- */

static void dpor_begin(struct strategy *strategy)
{
    struct dpor *self = (struct dpor *)strategy;

    self->at = self->answers_at = 0;
    self->stopped = false;
}

/* The program does not depend on its choices alone: what was below is lost. */
static void lose(struct dpor *self)
{
    self->incomplete = true;
    self->nanswers = self->answers_at;
    cut(self, self->at);
    if (self->known > self->at)
        self->known = self->at;
    if (self->noted > self->at)
        self->noted = self->at;
}

static uint32_t answer_inside(struct dpor *self, const struct choice *choice)
{
    struct answer *answer;

    if (self->answers_at < self->nanswers) {
        answer = &self->answers[self->answers_at];
        if (answer->kind == choice->kind && answer->n == choice->n && answer->step == self->at) {
            answer->value = choice->options ? choice->options[answer->taken] : answer->taken;
            self->answers_at++;
            return answer->taken;
        }
        lose(self);
    }
    if (!dpor_room(&self->answers, &self->answers_cap, self->nanswers + 1, sizeof *answer)) {
        self->incomplete = true;
        return 0;
    }
    answer = &self->answers[self->nanswers++];
    *answer = (struct answer){.kind = choice->kind, .step = self->at, .n = choice->n,
                              .before = self->run};
    answer->taken = planned_answer(self, choice);
    self->answers_at++;
    answer->value = choice->options ? choice->options[answer->taken] : answer->taken;
    return answer->taken;
}

static bool fits(const struct step *step, const struct choice *choice)
{
    return step->noptions == choice->n &&
           memcmp(step->options, choice->options, choice->n * sizeof *step->options) == 0;
}

static uint32_t dpor_choose(struct strategy *strategy, const struct choice *choice)
{
    struct dpor *self = (struct dpor *)strategy;
    uint32_t answer = 0;

    if (choice->kind != CHOICE_GOROUTINE)
        return answer_inside(self, choice);
    if (self->at > 0 && !note(self, run_current, false))
        self->incomplete = true;
    if (self->at < self->depth && !fits(&self->path[self->at], choice))
        lose(self);
    if (self->at == self->depth && !add_step(self, choice)) {
        self->stopped = true;
        return CHOICE_STOP;
    }
    if (self->at < self->known) {
        option_index(&self->path[self->at], self->path[self->at].g, &answer);
        self->at++;
        return answer;
    }
    answer = take(self, &self->path[self->at], choice);
    self->at++;
    return answer;
}

static bool was_cut(enum run_end end)
{
    return end != RUN_DONE && end != RUN_DEADLOCK && end != RUN_LIVELOCK && end != RUN_REDUNDANT;
}

static void dpor_rest(struct strategy *strategy, struct run *run)
{
    struct dpor *self = (struct dpor *)strategy;

    if (self->at < self->depth) {
        lose(self);
        return;
    }
    if (self->at == 0)
        return;
    if (!note(self, run, was_cut(run->end)) || !dpor_races(self, run))
        self->incomplete = true;
}

/* Moves the path on to what is to be tried next; false: nothing is. */
static bool backtrack(struct dpor *self)
{
    for (;;) {
        struct answer *answer = self->nanswers ? &self->answers[self->nanswers - 1] : NULL;
        struct step *step;

        if (answer && answer->step == self->depth) {
            if (++answer->tried < answer->n) {
                answer->taken = answer->taken + 1 == answer->n ? 0 : answer->taken + 1;
                return true;
            }
            self->nanswers--;
            continue;
        }
        if (self->depth == 0)
            return false;
        dpor_untime(self, self->depth - 1);
        step = &self->path[self->depth - 1];
        if (!put_to_sleep(step, step->g, (struct touches){step->tried, step->ntried}))
            self->incomplete = true;
        step->ntried = 0;
        step->behind++;
        drop_goroutine(step, step->g);
        if (next_branch(self, step))
            return true;
        cut(self, self->depth - 1);
    }
}

static bool dpor_end(struct strategy *strategy)
{
    struct dpor *self = (struct dpor *)strategy;

    self->run++;
    self->blocked += self->stopped;
    if (!backtrack(self)) {
        self->done = true;
        return false;
    }
    self->known = self->noted = self->depth ? self->depth - 1 : 0;
    dpor_untime(self, self->known);
    return self->runs == 0 || self->run < self->runs;
}

static void dpor_free(struct strategy *strategy)
{
    struct dpor *self = (struct dpor *)strategy;

    cut(self, 0);
    for (uint32_t i = 0; i < self->made; i++) {
        struct step *step = &self->path[i];

        free(step->options);
        free(step->sleep);
        free(step->sleep_touches);
        free(step->published);
        free(step->marks);
        free(step->touched);
        free(step->tried);
        free(step->lent);
        free(step->clock);
    }
    free(self->path);
    free(self->answers);
    free(self->object_last);
    free(self->own_last);
    free(self->sequence);
    free(self->values);
    free(self->candidates);
    free(self);
}

struct strategy *dpor_new(uint64_t runs)
{
    struct dpor *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->strategy = (struct strategy){
        .name = "dpor", .begin = dpor_begin, .choose = dpor_choose, .end = dpor_end,
        .free = dpor_free, .rest = dpor_rest, .always = true,
    };
    self->runs = runs;
    return &self->strategy;
}

bool dpor_done(const struct strategy *strategy)
{
    const struct dpor *self = (const struct dpor *)strategy;

    return self->done && !self->incomplete;
}

uint64_t dpor_blocked(const struct strategy *strategy)
{
    return ((const struct dpor *)strategy)->blocked;
}

static struct estimate_node step_node(const struct step *step)
{
    struct estimate_node node = {.before = step->before, .tried = step->behind};
    uint32_t g = 0;

    for (const struct branch *b = step->todo; b; b = b->next) {
        node.left += b->g != g; /* those of one goroutine are side by side */
        g = b->g;
    }
    return node;
}

double dpor_estimate(const struct strategy *strategy)
{
    const struct dpor *self = (const struct dpor *)strategy;
    uint64_t after = self->run;
    uint32_t answers = self->nanswers;
    double runs = 0;

    for (uint32_t i = self->depth + 1; i-- > 0;) {
        struct estimate_node node;

        for (; answers > 0 && self->answers[answers - 1].step == i; answers--) {
            const struct answer *answer = &self->answers[answers - 1];

            node = (struct estimate_node){answer->before, answer->tried, answer->n - answer->tried};
            runs = estimate_up(&node, runs, after);
            after = node.before;
        }
        if (i == 0)
            break;
        node = step_node(&self->path[i - 1]);
        runs = estimate_up(&node, runs, after);
        after = node.before;
    }
    return self->done ? (double)self->run : runs;
}
