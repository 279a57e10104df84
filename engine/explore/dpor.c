/* dpor.c -- one run for each class of runs that differ only in the order of steps that
 * commute, and none begun in vain.
 *
 * Optimal dynamic partial-order reduction: Abdulla, Aronis, Jonsson, Sagonas, "Source Sets: A
 * Foundation for Optimal Dynamic Partial Order Reduction", JACM 64(4), 2017, algorithm 2.  After
 * a run, each pair of steps that could have come the other way round, and each step that one of
 * them could have been instead, puts a sequence that does so into the wakeup tree of the point
 * before the first (dpor_race.c).
 *
 * Where we differ:
 * - What moves is not a goroutine but a goroutine in one of the ways its step can be made (the
 *   case of a select, the partner of a hand-off): two ways of one goroutine are as steps of two
 *   processes each of which disables the other.
 * - What a step touches is known only after it, what its goroutine came to next included; so
 *   sleepers keep what their step was seen to touch.
 * - The other choices inside a step (draws, whom a signal wakes, a poll's case) are all tried,
 *   below its one branch.
 * - Who may go on after a poll in vain depends on what the others do, and whether a look is one
 *   on what was changed anywhere: once somebody gave way all that is awake is tried, as with sleep
 *   sets alone (Godefroid, "Partial-Order Methods for the Verification of Concurrent Systems",
 *   1996, chapter 5), and runs are begun in vain.
 * - A step that ends the run (a panic, an exit) commutes with nothing, or what it cut off would never
 *   be seen.
 */
#include "explore/dpor_plan.h"
#include "explore/strategy.h"

#include <stdlib.h>
#include <string.h>

/* --- the path ------------------------------------------------------------- */

static void drop_first(struct dpor *self, struct step *step)
{
    struct branch *branch = step->todo;

    step->todo = branch->next;
    branch_free(&self->wakeup, branch);
}

/* Drops all branches of a mover. */
static void drop_mover(struct dpor *self, struct step *step, struct mover mover)
{
    struct branch **at = &step->todo;

    while (*at) {
        struct branch *branch = *at;

        if (mover_same(branch->deed->mover, mover)) {
            *at = branch->next;
            branch_free(&self->wakeup, branch);
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
            drop_first(self, step);
        dpor_wake_all(step);
    }
}

/* What the schedule of the first run says of the step that is on; NULL: nothing. */
static const struct schedule_step *told(const struct dpor *self)
{
    if (!self->first_run || self->run > 0 || run_current->steps >= self->first_run->count)
        return NULL;
    return &self->first_run->steps[run_current->steps];
}

/* The mover a schedule's step names, else the goroutine `first`'s; nmovers: it is not there. */
static uint32_t find_mover(struct dpor *self, const struct step *step, uint32_t first)
{
    const struct schedule_step *said = told(self);
    uint32_t at = 0;

    if (!said) {
        while (at < step->nmovers && step->movers[at].mover.g != first)
            at++;
        return at;
    }
    for (; at < step->nmovers; at++) {
        const struct mover *mover = &step->movers[at].mover;

        if (mover->g == dpor_goroutine(self, run_current, said->g) &&
            (said->chosen_case < 0 || mover->way.index == (uint32_t)said->chosen_case) &&
            (said->partner == 0 ||
             mover->way.partner == dpor_goroutine(self, run_current, said->partner)))
            break;
    }
    return at;
}

/* Puts a branch for a mover that is awake into the empty tree, from the goroutine `first` on. */
static bool add_awake(struct dpor *self, struct step *step, uint32_t first)
{
    struct deed *deed;
    uint32_t from = find_mover(self, step, first);

    for (uint32_t i = 0; i < step->nmovers; i++) {
        struct mover mover = step->movers[(from + i) % step->nmovers].mover;

        if (dpor_asleep(step, mover))
            continue;
        deed = deed_of(&self->wakeup, mover, (struct touches){0}, NULL, 0);
        step->todo = deed ? branch_new(&self->wakeup, deed) : NULL;
        deed_leave(deed);
        self->incomplete |= !step->todo;
        return step->todo != NULL;
    }
    return false;
}

/* Brings a branch that can be tried to the front of the tree; false: there is none. */
static bool next_branch(struct dpor *self, struct step *step)
{
    while (step->todo) {
        bool can = dpor_can_move(step, step->todo->deed->mover);

        if (can && !dpor_asleep(step, step->todo->deed->mover))
            return true;
        /* It was thought possible, and stood for other sequences as well: those are tried. */
        if (!can)
            step->full = true;
        drop_first(self, step);
    }
    return (step->full || self->thorough) && add_awake(self, step, 0);
}

/* Whether the branch's answers are those given in the last step so far; all of them: no more
 * are planned. */
static bool agrees(const struct dpor *self, const struct step *last, const struct deed *deed,
                   bool all)
{
    uint32_t given = self->answers_at - last->first_answer;

    if (deed->nanswers < given || (all && deed->nanswers > given))
        return false;
    for (uint32_t i = 0; i < given; i++)
        if (deed->answers[i] != self->answers[last->first_answer + i].value)
            return false;
    return true;
}

/* What is known of an option in other runs. */
static uint32_t value_of(struct dpor *self, const struct choice *choice, uint32_t option)
{
    if (choice->kind == CHOICE_PARTNER)
        return dpor_goroutine(self, run_current, choice->options[option]);
    return choice->options ? choice->options[option] : option;
}

/* The index of the option that a branch of the last step has next; 0 when none has. */
static uint32_t planned_answer(struct dpor *self, const struct choice *choice)
{
    const struct step *last = self->at > 0 ? &self->path[self->at - 1] : NULL;
    const struct schedule_step *said = told(self);

    for (uint32_t i = 0; said && i < choice->n; i++)
        if (choice->kind == CHOICE_RAND      ? i == said->drawn
            : choice->kind == CHOICE_PARTNER ? choice->options[i] == said->partner
                                             : (int32_t)choice->options[i] == said->chosen_case)
            return i;
    for (const struct branch *b = last ? last->todo : NULL; b; b = b->next) {
        uint32_t place = self->answers_at - last->first_answer;

        if (!mover_same(b->deed->mover, last->mover) || b->deed->nanswers <= place ||
            !agrees(self, last, b->deed, false))
            continue;
        for (uint32_t i = 0; i < choice->n; i++)
            if (value_of(self, choice, i) == b->deed->answers[place])
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

static bool list_movers(struct dpor *self, struct step *step, const struct choice *choice)
{
    step->nmovers = 0;
    for (uint32_t i = 0; i < choice->n; i++) {
        const struct goroutine *g = choice->goroutines[i];
        uint32_t number = dpor_goroutine(self, run_current, g->id);
        uint32_t n = g->ways ? g->ways(g, NULL) : 1;

        if (self->norders > 0 && dpor_held(self, number))
            continue;
        if (!dpor_room(&self->ways, &self->ways_cap, n + 1, sizeof *self->ways) ||
            !dpor_room(&step->movers, &step->movers_cap, step->nmovers + n, sizeof *step->movers))
            return false;
        self->ways[0] = (struct way){0};
        if (g->ways)
            g->ways(g, self->ways);
        for (uint32_t k = 0; k < n; k++) {
            struct way *way = &self->ways[k];

            if (way->partner)
                way->partner = dpor_goroutine(self, run_current, way->partner);
            step->movers[step->nmovers++] = (struct possible){{number, *way}, i};
        }
    }
    return true;
}

/* What is planned after the last step as it was made. */
static struct branch *take_children(const struct dpor *self, const struct step *last)
{
    struct branch *branch = last->todo, *children = NULL;

    while (branch && !(mover_same(branch->deed->mover, last->mover) &&
                       agrees(self, last, branch->deed, true)))
        branch = branch->next;
    if (branch) {
        children = branch->children;
        branch->children = NULL;
    }
    return children;
}

/* A choice not met before becomes the next of the path; false: no mover is to be tried. */
static bool add_step(struct dpor *self, const struct choice *choice)
{
    struct step *step = deepen(self), *last = self->depth ? &self->path[self->depth - 1] : NULL;
    uint32_t current;
    bool planned;

    if (!step || !list_movers(self, step, choice)) {
        self->incomplete = true;
        return false;
    }
    step->noptions = choice->n;
    step->ntried = 0;
    step->full = false;
    step->behind = 0;
    step->before = self->run;
    self->restart |= choice->gave_way > 0 && !self->thorough;
    self->thorough |= self->restart;
    step->barrier = choice->advanced ? self->depth : last ? last->barrier : 0;
    step->todo = last ? take_children(self, last) : NULL;
    self->depth++;
    if (last && !dpor_inherit_sleep(step, last)) {
        self->incomplete = true;
        cut(self, self->depth - 1);
        return false;
    }
    planned = step->todo != NULL;
    current = choice->current < choice->n
                  ? dpor_goroutine(self, run_current, choice->options[choice->current]) : 0;
    if (next_branch(self, step) || (!planned && add_awake(self, step, current)))
        return true;
    cut(self, self->depth - 1);
    return false;
}

/* g: its number */
static bool add_party(struct dpor *self, struct step *step, uint32_t g)
{
    const struct goroutine *of = run_current->live;

    while (of && dpor_goroutine(self, run_current, of->id) != g)
        of = of->next;
    return !of || step->nparties == 2 ||
           dpor_party(self, &step->parties[step->nparties++], run_current, of);
}

/* The branch at the front of the tree is the one taken; answers its goroutine's option, or
 * CHOICE_STOP. */
static uint32_t take(struct dpor *self, struct step *step, const struct choice *choice)
{
    uint32_t i = 0, option;

    step->mover = step->todo->deed->mover;
    while (i < step->nmovers && step->movers[i].mover.g != step->mover.g)
        i++;
    if (i == step->nmovers)
        return CHOICE_STOP;
    step->option = option = step->movers[i].option;
    if (dpor_goroutine(self, run_current, choice->options[option]) != step->mover.g)
        return CHOICE_STOP;
    step->first_answer = self->answers_at;
    step->nparties = 1;
    if (!dpor_party(self, &step->parties[0], run_current, choice->goroutines[option]) ||
        (step->mover.way.partner && !add_party(self, step, step->mover.way.partner))) {
        self->incomplete = true;
        return CHOICE_STOP;
    }
    return option;
}

/* --- the strategy --------------------------------------------------------- */

static void dpor_begin(struct strategy *strategy)
{
    struct dpor *self = (struct dpor *)strategy;

    self->at = self->answers_at = 0;
    self->stopped = false;
    numbering_begin(&self->goroutine_numbers);
    numbering_begin(&self->object_numbers);
    dpor_orders_begin(self);
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

/* The choices that are the mover's way. */
static uint32_t answer_way(struct dpor *self, const struct step *step, const struct choice *choice)
{
    uint32_t nth = step->mover.way.nth;

    for (uint32_t i = 0; i < choice->n; i++) {
        if (choice->kind == CHOICE_CASE && choice->options[i] == step->mover.way.index)
            return i;
        if (choice->kind == CHOICE_PARTNER &&
            dpor_goroutine(self, run_current, choice->options[i]) == step->mover.way.partner &&
            nth-- == 0)
            return i;
    }
    self->incomplete = true;
    return 0;
}

static uint32_t answer_inside(struct dpor *self, const struct choice *choice)
{
    struct answer *answer;

    if (self->answers_at < self->nanswers) {
        answer = &self->answers[self->answers_at];
        if (answer->kind == choice->kind && answer->n == choice->n && answer->step == self->at) {
            answer->value = value_of(self, choice, answer->taken);
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
    answer->value = value_of(self, choice, answer->taken);
    return answer->taken;
}

static uint32_t answer_in_step(struct dpor *self, const struct choice *choice)
{
    struct step *step = self->at > 0 ? &self->path[self->at - 1] : NULL;
    uint32_t answer;

    if (step && step->parties[0].ways &&
        (choice->kind == CHOICE_CASE || choice->kind == CHOICE_PARTNER))
        return answer_way(self, step, choice);
    answer = choice->n > 1 ? answer_inside(self, choice) : 0;
    if (step && choice->kind == CHOICE_PARTNER && step->nparties == 1 &&
        !add_party(self, step, value_of(self, choice, answer)))
        self->incomplete = true;
    return answer;
}

static uint32_t dpor_choose(struct strategy *strategy, const struct choice *choice)
{
    struct dpor *self = (struct dpor *)strategy;
    struct step *step;
    uint32_t answer;

    if (choice->kind != CHOICE_GOROUTINE)
        return answer_in_step(self, choice);
    if (self->at > 0) {
        self->incomplete |= !dpor_note(self, run_current, false);
        dpor_orders_step(self, self->at - 1);
    }
    if (self->at < self->depth &&
        (self->path[self->at].noptions != choice->n ||
         (self->at < self->known &&
          dpor_goroutine(self, run_current, choice->options[self->path[self->at].option]) !=
              self->path[self->at].mover.g)))
        lose(self);
    if (self->at == self->depth && !add_step(self, choice)) {
        self->stopped = true;
        return CHOICE_STOP;
    }
    step = &self->path[self->at];
    answer = self->at < self->known ? step->option : take(self, step, choice);
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
    if (!dpor_note(self, run, was_cut(run->end)))
        self->incomplete = true;
    dpor_orders_step(self, self->at - 1);
    if (run->end != RUN_REDUNDANT && !dpor_orders_kept(self))
        self->incomplete = true;
    if (!self->thorough && !dpor_races(self, run))
        self->incomplete = true;
}

/* What the step did, with all answers to choices inside it; NULL: out of memory. */
static struct deed *all_tried(struct dpor *self, const struct step *step)
{
    if (step->deed && step->deed->nanswers == 0 && step->ntried == step->ntouched)
        return deed_use(step->deed);
    return deed_of(&self->wakeup, step->mover, (struct touches){step->tried, step->ntried}, NULL,
                   0);
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
        step = &self->path[self->depth - 1];
        if (!dpor_put_to_sleep(step, all_tried(self, step)))
            self->incomplete = true;
        dpor_untime(self, self->depth - 1);
        step->ntried = 0;
        step->behind++;
        drop_mover(self, step, step->mover);
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
    if (self->restart) {
        self->restart = false;
        self->nanswers = 0;
        cut(self, 0);
    } else if (!backtrack(self)) {
        self->done = true;
        return false;
    }
    self->known = self->noted = self->depth ? self->depth - 1 : 0;
    dpor_untime(self, self->known);
    return self->runs == 0 || self->run < self->runs;
}

static void step_release(struct step *step)
{
    free(step->movers);
    free(step->sleep);
    dpor_party_release(&step->parties[0]);
    dpor_party_release(&step->parties[1]);
    free(step->touched);
    free(step->tried);
    free(step->marks);
    free(step->clock);
}

static void dpor_free(struct strategy *strategy)
{
    struct dpor *self = (struct dpor *)strategy;

    cut(self, 0);
    for (uint32_t i = 0; i < self->made; i++)
        step_release(&self->path[i]);
    for (uint32_t i = 0; i < self->made_waiting; i++)
        dpor_party_release(&self->waiting[i]);
    dpor_order_release(self);
    wakeup_release(&self->wakeup);
    free(self->path);
    free(self->answers);
    free(self->waiting);
    free(self->ways);
    free(self->sequence);
    free(self->values);
    free(self->found);
    free(self->starved);
    numbering_release(&self->goroutine_numbers);
    numbering_release(&self->object_numbers);
    free(self);
}

static struct strategy *make(const char *name, uint64_t runs, bool thorough)
{
    struct dpor *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->strategy = (struct strategy){
        .name = name, .begin = dpor_begin, .choose = dpor_choose, .end = dpor_end,
        .free = dpor_free, .rest = dpor_rest, .always = true,
    };
    self->runs = runs;
    self->thorough = thorough;
    return &self->strategy;
}

struct strategy *dpor_new(uint64_t runs)
{
    return make("dpor", runs, false);
}

struct strategy *sleep_new(uint64_t runs)
{
    return make("sleep sets", runs, true);
}

struct strategy *back_new(uint64_t runs, const struct schedule *from)
{
    struct strategy *strategy = make("back", runs, true);

    if (strategy)
        ((struct dpor *)strategy)->first_run = from;
    return strategy;
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

bool sleep_done(const struct strategy *strategy)
{
    return dpor_done(strategy);
}

uint64_t sleep_blocked(const struct strategy *strategy)
{
    return dpor_blocked(strategy);
}
