/* child.c -- what a judge's child does. */
#include "grade/child.h"

#include "c/face.h"
#include "c/lost.h"
#include "grade/expect.h"
#include "grade/sandbox.h"
#include "grade/usual.h"
#include "grade/wish.h"
#include "lua/face.h"
#include "sync/signal.h"

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
};

/* --- one run ------------------------------------------------------------- */

bool child_watch(struct child *child, struct watcher *watcher)
{
    struct watcher **last = &child->run.watchers;

    while (*last)
        last = &(*last)->next;
    *last = watcher;
    return watcher != NULL;
}

void child_unwatch(struct child *child, const struct watcher *watcher)
{
    struct watcher **at = &child->run.watchers;

    while (*at && *at != watcher)
        at = &(*at)->next;
    if (*at)
        *at = watcher->next;
}

static void echo_begin(struct watcher *self, struct run *run)
{
    (void)run;
    ((struct child *)((char *)self - offsetof(struct child, echo)))->printed = 0;
}

/* A run that is made again prints again what was printed: nobody sees that twice. */
static const uint8_t prints[] = {EVENT_PRINT, EVENT_NONE};

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
    child->shared->advice.count = 0;
}

/* What may be a poll in vain. */
static const uint8_t polls[] = {EVENT_DEFAULT, EVENT_YIELD, EVENT_LOAD, EVENT_LOOK, EVENT_READ,
                                EVENT_NONE};

static void polls_event(struct watcher *self, struct run *run, const struct event *event)
{
    struct child *child = (struct child *)((char *)self - offsetof(struct child, polls));

    (void)run;
    if (child->guide)
        child->shared->told = (uint32_t)guide_told(child->guide);
    if (event->kind == EVENT_DEFAULT || event->kind == EVENT_YIELD || event->flags & EVENT_IN_VAIN)
        child->polled = true;
}

static bool is_of_memory(enum finding_kind kind)
{
    return kind == FINDING_WILD || kind == FINDING_UNDEFINED || kind == FINDING_STACK;
}

/* What the C face knows of memory misused goes into its finding. */
static void add_fault(struct child *child)
{
    struct findings *findings = &child->shared->findings;
    const struct c_fault *fault = child->c ? c_face_fault(child->c) : NULL;

    if (!fault)
        return;
    for (uint32_t i = 0; i < findings->count; i++)
        if (is_of_memory(findings->at[i].kind)) {
            struct finding *finding = &findings->at[i];
            char words[256];
            int n = c_fault_text(fault, words, sizeof words);

            finding->text =
                run_text(&child->run, words, n < (int)sizeof words ? (size_t)n : sizeof words - 1);
            finding->value = (int64_t)fault->address;
            finding->at.pc = fault->pc;
            finding->other.g = fault->freed_g;
            finding->other.pc = fault->freed_pc;
            finding->made.g = fault->made_g;
            finding->made.pc = fault->made_pc;
        }
}

static void add_advice(struct child *child)
{
    uint32_t n = 0;
    const struct c_unset *unset = child->c ? c_face_unset(child->c, &n) : NULL;

    for (uint32_t i = 0; i < n; i++) {
        struct finding finding = {.kind = FINDING_UNSET, .size = unset[i].size,
                                  .event = UINT32_MAX};

        finding.at = (struct finding_place){.g = unset[i].g, .pc = unset[i].pc};
        finding.made = (struct finding_place){.g = unset[i].made_g, .pc = unset[i].made_pc};
        finding.at.event = finding.other.event = finding.made.event = UINT32_MAX;
        finding_add(&child->shared->advice, &finding);
    }
}

_Noreturn void child_leave(struct shared *shared, enum phase phase)
{
    __atomic_store_n(&shared->phase, phase, __ATOMIC_RELEASE);
    _exit(0);
}

_Noreturn void child_fail(struct shared *shared, const char *what)
{
    snprintf(shared->message, sizeof shared->message, "%s", what);
    child_leave(shared, PHASE_FAILED);
}

enum run_end child_run(struct child *child, struct strategy *strategy)
{
    struct findings *findings = &child->shared->findings;
    enum run_end end;

    run_clear(&child->run);
    sandbox_new_run();
    child->run.strategy = strategy;
    end = child->lua ? lua_face_run(child->lua, &child->run) : c_face_run(child->c, &child->run);
    add_fault(child);
    add_advice(child);
    if (end == RUN_REDUNDANT)
        findings->count = 0; /* its like has been judged */
    findings_sort(findings);
    return end;
}

/* --- the whole ----------------------------------------------------------- */

static void load(struct child *child, const char *object)
{
    const struct program *program = child->request->program;
    struct shared *shared = child->shared;
    char *error = shared->message;

    if (program->language == LANGUAGE_LUA)
        child->lua = lua_face_new(program->name, program->text, program->length,
                                  child->request->accesses ? LUA_TELLS_STEPS : LUA_TELLS_ACCESSES,
                                  MEMORY_LIMIT, error, sizeof shared->message);
    else
        child->c = c_face_new(object, MEMORY_LIMIT, error, sizeof shared->message);
    if (!child->lua && !child->c)
        child_leave(shared, PHASE_LOAD);
}

/* The world is as the exercise says from the start of each run. */
static void world_begin(struct watcher *self, struct run *run)
{
    const struct child *child =
        (const struct child *)((const char *)self - offsetof(struct child, world));
    const struct world *world = child->request->world;

    for (uint32_t i = 0; i < world->nsignals; i++)
        if (!signal_at(run, world->signals[i].at, world->signals[i].number))
            child_fail(child->shared, "out of memory");
}

/* Everybody who looks at the runs.  False: out of memory. */
static bool watch_all(struct child *child)
{
    const struct judge_request *request = child->request;
    struct findings *findings = &child->shared->findings;

    if (request->world) {
        child->run.nprocessors = request->world->processors;
        child->world = (struct watcher){.begin = world_begin};
        child_watch(child, &child->world);
    }
    child->polls = (struct watcher){.begin = polls_begin, .event = polls_event, .wants = polls};
    child_watch(child, &child->polls);
    if (request->output >= 0) {
        child->echo = (struct watcher){.begin = echo_begin, .event = echo_event, .wants = prints};
        child_watch(child, &child->echo);
    }
    if (request->mode == JUDGE_CAN) {
        child->wish = wish_new(&request->wish, findings);
        if (!child_watch(child, child->wish))
            return false;
    }
    if (request->review && !(child->reviewer = reviewer_new(&child->shared->review)))
        return false;
    return child_watch(child, race_new(request->accesses ? &child->races : findings)) &&
           child_watch(child, rest_new(findings)) &&
           child_watch(child, stuck_new(findings, &child->stuck)) &&
           child_watch(child, deadlock_new(findings)) && child_watch(child, leak_new(findings)) &&
           child_watch(child,
                       child->expect = expect_new(request->expect ? request->expect : &child->any,
                                                  findings)) &&
           (child->lua || child_watch(child, lost_new(findings))) &&
           (!request->beside ||
            child_watch(child, child->usual = usual_new(request->beside, findings)));
}

void child_stage(struct child *child, uint32_t at)
{
    bool whole = child->plan->at[at % PLAN_MAX].whole;

    child->run.points = child->request->accesses && child->run.explored && !whole;
    if (child->usual)
        usual_learn(child->usual, whole);
}

void child_begin(struct child *child, const char *object)
{
    const struct judge_request *request = child->request;
    struct shared *shared = child->shared;
    bool explores = request->mode == JUDGE_CHECK || request->mode == JUDGE_CAN;
    const char *what;

    if (!sandbox_enter(shared, request->output, &what)) {
        snprintf(shared->message, sizeof shared->message, "the judge's cage was refused: %s", what);
        child_leave(shared, PHASE_FAILED);
    }
    if (request->schedule &&
        !schedule_parse(&child->schedule, request->schedule, shared->message,
                        sizeof shared->message))
        child_leave(shared, PHASE_FAILED);
    load(child, object);
    child->run.trace = shared_trace(shared);
    child->run.explored = request->mode != JUDGE_RUN;
    child->run.ordered_output =
        request->wish.output || request->wish.part ||
        (request->expect && request->expect->output && !request->expect->any_order);
    child->run.tell_options = request->options;
    /* what a C program keeps in its stack is the compiler's choice: the moment is not told */
    child->stuck = explores || child->c ? STUCK_SELDOM : STUCK_TELLS;
    child->run.limits.ticks = child->lua ? LUA_TICKS : C_TICKS;
    child->run.limits.steps = request->steps ? request->steps
                              : explores     ? CHECK_STEPS : RUN_STEPS_LIMIT;
    if (!run_init(&child->run) || !watch_all(child))
        child_fail(shared, "out of memory");
    __atomic_store_n(&shared->phase, PHASE_RUNNING, __ATOMIC_RELEASE);
}

_Noreturn void child_main(const struct judge_request *request, const struct plan *plan,
                          const char *object, struct shared *shared)
{
    struct child child = {.request = request, .plan = plan, .shared = shared,
                          .work = &shared->work};

    child_begin(&child, object);
    search(&child);
    if (child.reviewer && !shared_kept(shared)->shown) {
        __atomic_store_n(&shared->phase, PHASE_DONE, __ATOMIC_RELEASE);
        sizes_try(&child);
    }
    child_leave(shared, PHASE_DONE);
}

_Noreturn void child_help(const struct judge_request *request, const struct plan *plan,
                          const char *object, struct shared *shared, struct shared *first,
                          uint32_t worker)
{
    struct child child = {.request = request, .plan = plan, .shared = shared, .work = &first->work,
                          .worker = worker};

    child_begin(&child, object);
    workers_help(&child);
}
