/* child.c -- what a judge's child does. */
#include "grade/child.h"

#include "c/face.h"
#include "check/check.h"
#include "explore/strategy.h"
#include "grade/expect.h"
#include "grade/sandbox.h"
#include "lua/face.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MEMORY_LIMIT = 64 * 1024 * 1024,
    /* a second or two of work that is no step */
    C_TICKS = 50 * 1000 * 1000,     /* accesses and blocks of code */
    LUA_TICKS = 100 * 1000 * 1000,  /* VM instructions */
    CHECK_STEPS = 20 * 1000,      /* of one explored run */
    RUN_STEPS_LIMIT = 400 * 1000, /* of a run that is shown */
    RANDOM_RUNS = 300,
    SLEEP_RUNS = 3000,
};

struct child {
    const struct judge_request *request;
    struct shared *shared;
    struct lua_face *lua;
    struct c_face *c;
    struct run run;
    struct expectation any;      /* when nothing is expected */
    struct watcher echo;
    size_t echoed, printed;      /* bytes of output written so far; bytes of this run */
    struct watcher polls;
    bool polled;                 /* in some run somebody polled in vain */
};

/* --- the plan ------------------------------------------------------------ */

static void add(struct plan *plan, const char *strategy, uint64_t runs)
{
    plan->at[plan->count++] = (struct plan_stage){.strategy = strategy, .runs = runs};
}

bool plan_make(struct plan *plan, const struct judge_request *request)
{
    const char *name = request->strategy;
    uint64_t runs = request->runs;

    *plan = (struct plan){0};
    if (request->mode == JUDGE_REPLAY) {
        add(plan, "replay", 1);
    } else if (request->mode == JUDGE_RUN) {
        add(plan, "random", 1);
    } else if (!name || strcmp(name, "portfolio") == 0) {
        /* Simple schedules first: what they show is told most simply. */
        uint64_t random = runs && runs < 4 * RANDOM_RUNS ? runs / 4 : RANDOM_RUNS;

        add(plan, "round robin", 1);
        add(plan, "random", random);
        add(plan, "sleep sets", runs ? runs - random : SLEEP_RUNS);
        add(plan, "dpor", runs ? runs - random : SLEEP_RUNS);
        plan->at[plan->count - 1].if_unsure = true;
    } else if (strcmp(name, "rr") == 0 || strcmp(name, "round robin") == 0) {
        add(plan, "round robin", 1);
    } else if (strcmp(name, "random") == 0) {
        add(plan, "random", runs ? runs : RANDOM_RUNS + SLEEP_RUNS);
    } else if (strcmp(name, "sleep") == 0) {
        add(plan, "sleep sets", runs); /* 0: to the end */
    } else if (strcmp(name, "dpor") == 0) {
        add(plan, "dpor", runs); /* 0: to the end */
    } else if (strcmp(name, "exhaustive") == 0) {
        add(plan, "exhaustive", runs); /* 0: to the end */
    } else {
        return false;
    }
    return true;
}

/* --- one run ------------------------------------------------------------- */

/* Every watcher that looks at runs with a fault in mind adds to shared->findings. */
static bool watch(struct child *child, struct watcher *watcher)
{
    struct watcher **last = &child->run.watchers;

    while (*last)
        last = &(*last)->next;
    *last = watcher;
    return watcher != NULL;
}

static void echo_begin(struct watcher *self, struct run *run)
{
    (void)run;
    ((struct child *)((char *)self - offsetof(struct child, echo)))->printed = 0;
}

/* A run that is made again prints again what was printed: nobody sees that twice. */
static void echo_event(struct watcher *self, struct run *run, const struct event *event)
{
    struct child *child = (struct child *)((char *)self - offsetof(struct child, echo));
    const char *text;
    size_t len, from;

    if (event->kind != EVENT_PRINT || event->flags & EVENT_AFTERMATH)
        return;
    text = trace_text(run->trace, event->text);
    len = strlen(text);
    from = child->echoed - child->printed < len ? child->echoed - child->printed : len;
    child->printed += len;
    while (from < len) {
        ssize_t n = write(child->request->output, text + from, len - from);

        if (n <= 0)
            return;
        from += (size_t)n;
        child->echoed += (size_t)n;
    }
}

/* Told first of each run that begins: nothing has been found in it. */
static void polls_begin(struct watcher *self, struct run *run)
{
    struct child *child = (struct child *)((char *)self - offsetof(struct child, polls));

    (void)run;
    child->shared->findings.count = child->shared->findings.more = 0;
}

/* Sleep sets do not follow how fairness lets pollers give way, so of a program that polls they may
 * miss an interleaving; dpor does not. */
static void polls_event(struct watcher *self, struct run *run, const struct event *event)
{
    struct child *child = (struct child *)((char *)self - offsetof(struct child, polls));

    (void)run;
    if (event->kind == EVENT_DEFAULT || event->kind == EVENT_YIELD || event->flags & EVENT_IN_VAIN)
        child->polled = true;
}

static enum run_end execute(struct child *child)
{
    return child->lua ? lua_face_run(child->lua, &child->run) : c_face_run(child->c, &child->run);
}

/* What the faces know of a wild access goes into its finding. */
static void add_fault(struct child *child)
{
    struct findings *findings = &child->shared->findings;
    const struct c_fault *fault = child->c ? c_face_fault(child->c) : NULL;

    if (!fault)
        return;
    for (uint32_t i = 0; i < findings->count; i++)
        if (findings->at[i].kind == FINDING_WILD || findings->at[i].kind == FINDING_STACK) {
            char words[256];
            int n = c_fault_text(fault, words, sizeof words);

            findings->at[i].text =
                run_text(&child->run, words, n < (int)sizeof words ? (size_t)n : sizeof words - 1);
            findings->at[i].value = (int64_t)fault->address;
            findings->at[i].at.pc = fault->pc;
            findings->at[i].other.pc = fault->freed_pc ? fault->freed_pc : fault->made_pc;
            findings->at[i].other.write = fault->freed_pc != 0;
        }
}

static _Noreturn void leave(struct shared *shared, enum phase phase)
{
    __atomic_store_n(&shared->phase, phase, __ATOMIC_RELEASE);
    _exit(0);
}

static _Noreturn void fail(struct shared *shared, const char *what)
{
    snprintf(shared->message, sizeof shared->message, "%s", what);
    leave(shared, PHASE_FAILED);
}

static void diverged(struct child *child, int64_t step)
{
    struct shared *shared = child->shared;
    struct finding finding = {.kind = FINDING_DIVERGED, .value = step, .event = UINT32_MAX};

    shared->findings.count = 0; /* of a run nobody asked for */
    shared->diverged = step;
    finding_add(&shared->findings, &finding);
}

static void keep_trace(struct child *child)
{
    const struct trace *trace = child->run.trace;
    struct trace *kept = shared_kept_trace(child->shared);

    trace_clear(kept);
    for (uint32_t i = 0; i < trace->count; i++)
        trace_add(kept, &trace->events[i]);
    memcpy(kept->events + kept->cap, trace->events + trace->cap, trace->text_len);
    kept->text_len = trace->text_len;
}

/* The run that was just made has a fault. */
static void found(struct child *child)
{
    struct shared *shared = child->shared;

    if (shared->end == RUN_DEADLOCK)
        shared->deadlocked++;
    else
        shared->failed++;
    if (!child->request->keep_going)
        leave(shared, PHASE_FOUND);
    if (shared->failing_run)
        return;
    keep_trace(child);
    shared->failing = shared->findings;
    shared->failing_stage = shared->stage;
    shared->failing_run = shared->runs;
}

/* One run with everything that follows from it; whether the strategy has more.  replay: the
 * schedule it must follow, NULL when there is none. */
static bool one_run(struct child *child, struct strategy *strategy, const struct schedule *replay)
{
    struct shared *shared = child->shared;
    bool more;

    run_clear(&child->run);
    sandbox_new_run();
    child->run.strategy = strategy;
    shared->end = execute(child);
    add_fault(child);
    more = strategy->end(strategy);
    if (shared->end == RUN_REDUNDANT) {
        shared->findings.count = 0; /* its like has been judged */
        shared->blocked_runs++;
        return more;
    }
    if (replay) {
        int64_t step = replay_diverged(strategy);

        if (step < 0)
            step = schedule_mismatch(replay, child->run.trace);
        if (step >= 0)
            diverged(child, step);
    }
    shared->steps += child->run.steps;
    __atomic_store_n(&shared->runs, shared->runs + 1, __ATOMIC_RELEASE);
    if (shared->findings.count > 0)
        found(child);
    else if (shared->runs == 1)
        keep_trace(child);
    return more;
}

/* --- the whole ----------------------------------------------------------- */

static struct strategy *make_strategy(const struct plan_stage *stage,
                                      const struct judge_request *request,
                                      const struct schedule *schedule)
{
    uint64_t seed = request->seed ? request->seed : 1;

    if (strcmp(stage->strategy, "replay") == 0)
        return replay_new(schedule);
    if (strcmp(stage->strategy, "random") == 0)
        return random_new(seed, stage->runs);
    if (strcmp(stage->strategy, "sleep sets") == 0)
        return sleep_new(stage->runs);
    if (strcmp(stage->strategy, "dpor") == 0)
        return dpor_new(stage->runs);
    if (strcmp(stage->strategy, "exhaustive") == 0)
        return exhaustive_new(stage->runs);
    return round_robin_new();
}

/* Strategies that end with every interleaving made, and whether they did. */
static const struct {
    const char *name;
    bool (*done)(const struct strategy *strategy);
} thorough[] = {
    {"sleep sets", sleep_done}, {"dpor", dpor_done}, {"exhaustive", exhaustive_done},
};

static bool explores_all(const struct plan_stage *stage)
{
    for (size_t i = 0; i < sizeof thorough / sizeof *thorough; i++)
        if (strcmp(stage->strategy, thorough[i].name) == 0)
            return true;
    return false;
}

static bool all_explored(const struct plan_stage *stage, const struct strategy *strategy)
{
    for (size_t i = 0; i < sizeof thorough / sizeof *thorough; i++)
        if (strcmp(stage->strategy, thorough[i].name) == 0)
            return thorough[i].done(strategy);
    return false;
}

static void explore(struct child *child, const struct plan *plan, const struct schedule *schedule)
{
    struct shared *shared = child->shared;

    bool unsure = false;

    for (uint32_t i = 0; i < plan->count && (unsure || !plan->at[i].if_unsure); i++) {
        struct strategy *strategy = make_strategy(&plan->at[i], child->request, schedule);
        bool replay = strcmp(plan->at[i].strategy, "replay") == 0;

        if (!strategy)
            fail(shared, "out of memory");
        shared->stage = i;
        if (explores_all(&plan->at[i]))
            shared->stage_runs = shared->runs;
        while (one_run(child, strategy, replay ? schedule : NULL))
            ;
        shared->complete = explores_all(&plan->at[i]) && all_explored(&plan->at[i], strategy);
        unsure = shared->complete && child->polled && strcmp(plan->at[i].strategy, "sleep sets") == 0;
        shared->complete = shared->complete && !unsure;
        strategy->free(strategy);
    }
}

static void load(struct child *child, const char *object)
{
    const struct program *program = child->request->program;
    struct shared *shared = child->shared;
    char *error = shared->message;

    if (program->language == LANGUAGE_LUA)
        child->lua = lua_face_new(program->name, program->text, program->length, true, MEMORY_LIMIT,
                                  error, sizeof shared->message);
    else
        child->c = c_face_new(object, MEMORY_LIMIT, error, sizeof shared->message);
    if (!child->lua && !child->c)
        leave(shared, PHASE_LOAD);
}

_Noreturn void child_main(const struct judge_request *request, const struct plan *plan,
                          const char *object, struct shared *shared)
{
    struct child child = {.request = request, .shared = shared};
    struct schedule schedule = {0};
    const char *what;
    bool check = request->mode == JUDGE_CHECK;

    if (!sandbox_enter(shared, request->output, &what)) {
        snprintf(shared->message, sizeof shared->message, "the judge's cage was refused: %s", what);
        leave(shared, PHASE_FAILED);
    }
    if (request->mode == JUDGE_REPLAY &&
        !schedule_parse(&schedule, request->schedule, shared->message, sizeof shared->message))
        leave(shared, PHASE_FAILED);
    load(&child, object);
    child.run.trace = shared_trace(shared);
    child.run.explored = request->mode != JUDGE_RUN;
    child.run.ordered_output = request->expect && request->expect->output && !request->expect->any_order;
    child.run.tell_options = request->options;
    child.run.nprocessors = request->world ? request->world->processors : 0;
    child.run.limits.ticks = child.lua ? LUA_TICKS : C_TICKS;
    child.run.limits.steps = request->steps ? request->steps : check ? CHECK_STEPS : RUN_STEPS_LIMIT;
    child.polls = (struct watcher){.begin = polls_begin, .event = polls_event};
    watch(&child, &child.polls);
    if (request->output >= 0) {
        child.echo = (struct watcher){.begin = echo_begin, .event = echo_event};
        watch(&child, &child.echo);
    }
    if (!run_init(&child.run) || !watch(&child, race_new(&shared->findings)) ||
        !watch(&child, rest_new(&shared->findings)) ||
        !watch(&child, expect_new(request->expect ? request->expect : &child.any, &shared->findings)))
        fail(shared, "out of memory");
    __atomic_store_n(&shared->phase, PHASE_RUNNING, __ATOMIC_RELEASE);
    explore(&child, plan, &schedule);
    leave(shared, PHASE_DONE);
}
