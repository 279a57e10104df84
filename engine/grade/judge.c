/* judge.c -- the parent's side: compile, start the child, wait, pronounce. */
#include "grade/judge.h"

#include "base/place.h"
#include "base/text.h"
#include "c/compile.h"
#include "c/symbol.h"
#include "explore/schedule.h"
#include "explore/shrink.h"
#include "grade/child.h"
#include "grade/shared.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    STALL_MS = 30 * 1000, /* no progress at all for so long: the child is killed */
    LOOK_MS = 10,         /* how often to look where pidfd_open is missing */
};

struct judge {
    struct judge_request request;
    struct plan plan;
    struct compile *compile;        /* at work; NULL: over or not needed */
    struct compile_result compiled;
    struct shared *shared;
    pid_t child;                    /* 0: none */
    int pidfd;                      /* -1: the kernel has none */
    struct worker {                 /* those that help the child */
        pid_t pid;                  /* 0: none, or dead */
        int pidfd;
        struct shared *shared;
    } worker[WORKERS_MAX];          /* from 1 */
    int status;                     /* of the child, once reaped */
    bool done, cancelled, stalled, late;
    int64_t started;                /* wall ms, of the child */
    uint64_t last_runs;
    uint32_t last_count;
    int64_t last_progress;          /* wall ms */
    enum verdict verdict;           /* when there was no child; else INCOMPLETE */
    char *message;
};

static int64_t wall_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void over(struct judge *judge, enum verdict verdict, const char *message)
{
    judge->done = true;
    judge->verdict = verdict;
    judge->message = message ? strdup(message) : NULL;
}

static int open_pidfd(pid_t pid)
{
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

/* False: it cannot be had; the child works without it. */
static bool start_worker(struct judge *judge, uint32_t i)
{
    struct worker *worker = &judge->worker[i];

    worker->shared = shared_new();
    if (!worker->shared)
        return false;
    worker->pid = fork();
    if (worker->pid == 0)
        child_help(&judge->request, &judge->plan, judge->compiled.object, worker->shared,
                   judge->shared, i);
    if (worker->pid < 0) {
        worker->pid = 0;
        return false;
    }
    worker->pidfd = open_pidfd(worker->pid);
    return true;
}

static void start_child(struct judge *judge)
{
    bool explores = judge->request.mode == JUDGE_CHECK || judge->request.mode == JUDGE_CAN;
    uint32_t jobs = judge->request.jobs;

    judge->shared = shared_new();
    if (!judge->shared) {
        over(judge, VERDICT_OUR_FAILURE, "out of memory for the trace");
        return;
    }
    fflush(NULL);
    judge->child = fork();
    if (judge->child == 0)
        child_main(&judge->request, &judge->plan, judge->compiled.object, judge->shared);
    if (judge->child < 0) {
        judge->child = 0;
        over(judge, VERDICT_OUR_FAILURE, "no process could be started for the program");
        return;
    }
    judge->pidfd = open_pidfd(judge->child);
    judge->started = judge->last_progress = wall_ms();
    for (uint32_t i = 1; explores && i < jobs; i++)
        if (!start_worker(judge, i))
            judge->shared->work.state[i] = WORKER_DEAD;
}

static void compiled(struct judge *judge)
{
    compile_finish(judge->compile, &judge->compiled);
    judge->compile = NULL;
    switch (judge->compiled.end) {
    case COMPILE_DONE: start_child(judge); break;
    case COMPILE_ERRORS: over(judge, VERDICT_NO_COMPILE, judge->compiled.text); break;
    case COMPILE_OVER_LIMIT: over(judge, VERDICT_OVER_LIMIT, judge->compiled.text); break;
    case COMPILE_FAILED: over(judge, VERDICT_OUR_FAILURE, judge->compiled.text); break;
    }
}

static bool make_plan(struct judge *judge)
{
    const struct judge_request *request = &judge->request;

    if (request->mode == JUDGE_REPLAY)
        plan_replay(&judge->plan);
    else if (request->mode == JUDGE_RUN)
        plan_once(&judge->plan);
    else
        return plan_make(&judge->plan, request->strategy, request->runs);
    return true;
}

static void start_compiler(struct judge *judge)
{
    struct compile_request c = {.source = judge->request.program->path,
                                .flags = judge->request.cflags};
    char root[PATH_MAX], include[PATH_MAX + 8];

    place_root(root, sizeof root);
    snprintf(include, sizeof include, "%s/engine", root);
    c.include = include;
    judge->compile = compile_start(&c);
    if (!judge->compile)
        over(judge, VERDICT_OUR_FAILURE, "out of memory");
}

struct judge *judge_start(const struct judge_request *request)
{
    struct judge *judge = calloc(1, sizeof *judge);

    if (!judge)
        return NULL;
    judge->request = *request;
    judge->request.seed += request->seed == 0;
    if (request->jobs > WORKERS_MAX)
        judge->request.jobs = WORKERS_MAX;
    judge->pidfd = -1;
    if (!make_plan(judge)) {
        struct text known = {0};

        text_addf(&known, "there is no strategy '%s': use ", request->strategy);
        plan_strategies(&known);
        over(judge, VERDICT_USAGE, text_string(&known));
        text_release(&known);
    } else if (request->program->language == LANGUAGE_LUA) {
        start_child(judge);
    } else {
        start_compiler(judge);
    }
    return judge;
}

/* --- waiting ------------------------------------------------------------- */

/* Takes note of a process that has ended; true: it has.  pid and pidfd are reset. */
static bool gone(pid_t *pid, int *pidfd, int *status, bool block)
{
    pid_t ended;

    do
        ended = waitpid(*pid, status, block ? 0 : WNOHANG);
    while (ended < 0 && errno == EINTR && block);
    if (ended == 0 || (ended < 0 && errno == EINTR))
        return false;
    if (*pidfd >= 0)
        close(*pidfd);
    *pid = 0;
    *pidfd = -1;
    return true;
}

static void reap_workers(struct judge *judge)
{
    for (uint32_t i = 1; i < WORKERS_MAX; i++) {
        struct worker *worker = &judge->worker[i];
        int status;

        if (worker->pid && gone(&worker->pid, &worker->pidfd, &status, false))
            __atomic_store_n(&judge->shared->work.state[i], WORKER_DEAD, __ATOMIC_RELEASE);
    }
}

static void kill_workers(struct judge *judge)
{
    for (uint32_t i = 1; i < WORKERS_MAX; i++) {
        struct worker *worker = &judge->worker[i];
        int status;

        if (worker->pid) {
            kill(worker->pid, SIGKILL);
            gone(&worker->pid, &worker->pidfd, &status, true);
        }
        shared_free(worker->shared);
        worker->shared = NULL;
    }
}

/* It died while all were at work, each somewhere: alone it dies where one worker does. */
static bool again_alone(struct judge *judge)
{
    if (judge->cancelled || judge->stalled || !judge->shared->work.on || judge->request.jobs < 2 ||
        judge->shared->phase != PHASE_RUNNING)
        return false;
    shared_free(judge->shared);
    judge->request.jobs = 1;
    judge->last_runs = judge->last_count = 0;
    start_child(judge);
    return !judge->done;
}

static bool reap(struct judge *judge, bool block)
{
    reap_workers(judge);
    if (!gone(&judge->child, &judge->pidfd, &judge->status, block))
        return false;
    kill_workers(judge);
    if (again_alone(judge))
        return false;
    judge->done = true;
    return true;
}

static void kill_child(struct judge *judge)
{
    kill(judge->child, SIGKILL);
    reap(judge, true);
}

/* A child that burns no CPU and makes no event (it sleeps in the kernel) is not waited for, nor is
 * one that takes longer than was allowed. */
static void look_at_clock(struct judge *judge)
{
    int64_t now = wall_ms();
    uint64_t runs = __atomic_load_n(&judge->shared->runs, __ATOMIC_ACQUIRE) +
                    __atomic_load_n(&judge->shared->work.runs, __ATOMIC_RELAXED);
    uint32_t count = __atomic_load_n(&shared_trace(judge->shared)->count, __ATOMIC_ACQUIRE);

    if (runs != judge->last_runs || count != judge->last_count) {
        judge->last_runs = runs;
        judge->last_count = count;
        judge->last_progress = now;
    } else if (now - judge->last_progress > STALL_MS) {
        judge->stalled = true;
        kill_child(judge);
    }
    if (!judge->done && judge->request.wall_ms && now - judge->started >= judge->request.wall_ms) {
        judge->cancelled = judge->late = true;
        kill_child(judge);
    }
}

static void wait_child(struct judge *judge, int timeout_ms)
{
    struct pollfd fds[WORKERS_MAX];
    nfds_t n = 0;

    if (judge->pidfd < 0) {
        if (timeout_ms > 0)
            poll(NULL, 0, timeout_ms < LOOK_MS ? timeout_ms : LOOK_MS);
        return;
    }
    fds[n++] = (struct pollfd){.fd = judge->pidfd, .events = POLLIN};
    for (uint32_t i = 1; i < WORKERS_MAX; i++)
        if (judge->worker[i].pid && judge->worker[i].pidfd >= 0)
            fds[n++] = (struct pollfd){.fd = judge->worker[i].pidfd, .events = POLLIN};
    poll(fds, n, timeout_ms);
}

static int until_late(const struct judge *judge, int wait)
{
    int64_t left = judge->started + judge->request.wall_ms - wall_ms();

    return left < 0 ? 0 : left < wait ? (int)left : wait;
}

bool judge_poll(struct judge *judge, int timeout_ms)
{
    int64_t until = timeout_ms < 0 ? INT64_MAX : wall_ms() + timeout_ms;

    while (!judge->done) {
        int64_t left = until == INT64_MAX ? 1000 : until - wall_ms();
        int wait = left < 0 ? 0 : left > 1000 ? 1000 : (int)left;

        if (judge->child && judge->request.wall_ms)
            wait = until_late(judge, wait);

        if (judge->compile) {
            if (compile_poll(judge->compile, wait))
                compiled(judge);
        } else if (!reap(judge, false)) {
            wait_child(judge, wait);
            if (!reap(judge, false))
                look_at_clock(judge);
        }
        if (left <= 0)
            break;
    }
    return judge->done;
}

struct judge_progress judge_progress(const struct judge *judge)
{
    struct judge_progress p = {.compiling = judge->compile != NULL};
    const struct shared *shared = judge->shared;

    if (!shared)
        return p;
    p.runs = __atomic_load_n(&shared->runs, __ATOMIC_ACQUIRE);
    p.steps = shared->steps;
    p.shrinking = __atomic_load_n(&shared->phase, __ATOMIC_ACQUIRE) == PHASE_SHRINKING;
    p.estimate = shared->estimate;
    p.explored = shared->stages[shared->stage % PLAN_MAX].runs;
    if (__atomic_load_n(&shared->work.on, __ATOMIC_ACQUIRE)) {
        p.explored += shared->work.runs - p.runs;
        p.runs = shared->work.runs;
    }
    return p;
}

void judge_cancel(struct judge *judge)
{
    if (judge->done)
        return;
    judge->cancelled = true;
    if (judge->compile) {
        compile_finish(judge->compile, &judge->compiled);
        judge->compile = NULL;
        over(judge, VERDICT_INCOMPLETE, "stopped while compiling");
    } else {
        kill_child(judge);
    }
}

/* --- pronouncing --------------------------------------------------------- */

/* The findings, with numbers a hostile program may have written brought into bounds. */
static void copy_findings(struct findings *out, const struct findings *in, const struct trace *trace)
{
    *out = *in; /* the child has sorted them */
    if (out->count > FINDINGS_MAX)
        out->count = FINDINGS_MAX;
    for (uint32_t i = 0; i < out->count; i++) {
        struct finding *f = &out->at[i];

        if (f->kind > FINDING_INTERNAL)
            f->kind = FINDING_INTERNAL;
        if (f->event >= trace->count)
            f->event = UINT32_MAX;
        if (f->at.event >= trace->count)
            f->at.event = UINT32_MAX;
        if (f->other.event >= trace->count)
            f->other.event = UINT32_MAX;
        f->made.event = UINT32_MAX;
    }
}

/* The child died, or left without saying so, in the middle of a run. */
static void add_death(const struct judge *judge, struct result *result)
{
    const struct shared *shared = judge->shared;
    const struct trace *trace = result->trace;
    struct finding f = {.kind = FINDING_CRASH, .event = UINT32_MAX};
    int signal_number = WIFSIGNALED(judge->status) ? WTERMSIG(judge->status) : 0;

    if (judge->stalled || signal_number == SIGVTALRM || signal_number == SIGXCPU)
        f.kind = FINDING_OVER_TIME;
    f.value = signal_number;
    f.at = (struct finding_place){.g = shared->crash_g, .line = shared->crash_line,
                                  .pc = shared->crash_pc, .event = UINT32_MAX};
    for (uint32_t i = trace->count; i-- > 0;)
        if (trace->events[i].g != 0 && (f.at.g == 0 || trace->events[i].g == f.at.g)) {
            f.at.g = trace->events[i].g;
            f.at.event = i;
            if (!f.at.line && !f.at.pc) {
                f.at.line = trace->events[i].line;
                f.at.file = trace->events[i].file;
                f.at.pc = trace->events[i].pc;
            }
            break;
        }
    result->findings.count = 0;
    finding_add(&result->findings, &f);
}

static bool same_place(const struct finding_place *a, const struct finding_place *b)
{
    return a->line == b->line && a->file == b->file;
}

/* `n++` reads and writes: two races between the same lines over one variable are one to a learner. */
static void merge_races(struct findings *findings)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < findings->count; i++) {
        const struct finding *f = &findings->at[i];
        bool again = false;

        for (uint32_t k = 0; k < kept && f->kind == FINDING_RACE && f->at.line; k++) {
            const struct finding *g = &findings->at[k];

            again |= g->kind == FINDING_RACE &&
                     ((same_place(&f->at, &g->at) && same_place(&f->other, &g->other)) ||
                      (same_place(&f->at, &g->other) && same_place(&f->other, &g->at)));
        }
        if (!again)
            findings->at[kept++] = *f;
    }
    findings->count = kept;
}

/* The stages it went through, with their runs: "1 rr, 200 random, 12 dpor". */
static char *describe_plan(const struct judge *judge)
{
    struct text out = {0};

    if (judge->request.mode == JUDGE_RUN)
        return strdup("one run as it comes");
    for (uint32_t i = 0; i < judge->plan.count && i <= judge->shared->stage; i++) {
        uint64_t runs = judge->shared->stages[i].runs;

        if (runs == 0 && i != judge->shared->stage)
            continue;
        text_addf(&out, "%s%llu ", out.len ? ", " : "", (unsigned long long)runs);
        plan_stage_name(&out, &judge->plan.at[i]);
    }
    return text_take(&out);
}

/* Without what round robin would do anyhow. */
static void take_schedule(uint32_t told, struct result *result)
{
    struct schedule schedule = {0};

    if (!schedule_of_trace(&schedule, result->trace))
        return;
    if (schedule.count > told)
        schedule.count = told;
    result->schedule = schedule.count ? schedule_text(&schedule) : strdup("rr");
    schedule_release(&schedule);
}

static void take_stage(struct result *result, const struct shared_stage *stage)
{
    result->blocked_runs += stage->blocked;
    result->deadlocked += stage->deadlocked;
    result->failed += stage->failed;
    result->reached += stage->reached;
}

static void take_counts(const struct judge *judge, struct result *result)
{
    const struct shared *shared = judge->shared;
    uint32_t last = shared->stage % PLAN_MAX;
    double missed[RESULT_DEPTHS] = {0};

    result->runs = shared->runs;
    result->steps = shared->steps;
    result->strategy = describe_plan(judge);
    result->complete = shared->phase != PHASE_RUNNING && shared->stages[last].strength.complete;
    result->interleavings = result->complete ? shared->stages[last].runs : 0;
    for (uint32_t i = result->complete ? last : 0; i <= last; i++)
        take_stage(result, &shared->stages[i]);
    for (uint32_t i = 0; i <= last; i++) {
        const struct plan_strength *strength = &shared->stages[i].strength;

        missed[judge->plan.at[i].parameter % RESULT_DEPTHS] += strength->missed;
        if (result->bound < strength->bound)
            result->bound = strength->bound;
    }
    result->estimate = shared->estimate;
    for (uint32_t d = 0; d < RESULT_DEPTHS; d++)
        result->chance[d] = -expm1(missed[d]);
}

/* The run that is kept has something to show. */
static void take_shown(const struct judge *judge, struct result *result)
{
    const struct shared_kept *kept = shared_kept(judge->shared);
    struct text name = {0};

    copy_findings(&result->findings, &kept->findings, result->trace);
    result->failing_run = kept->run;
    result->switches = shrink_measure(result->trace).switches;
    result->switches_found = kept->switches;
    plan_stage_name(&name, &judge->plan.at[kept->stage % PLAN_MAX]);
    result->found_by = text_take(&name);
    take_schedule(kept->told, result);
}

static void incomplete(const struct judge *judge, struct result *result)
{
    struct text why = {0};

    result->verdict = VERDICT_INCOMPLETE;
    if (judge->late)
        text_addf(&why, "the %g s allowed were over before the budget was used up",
                  (double)judge->request.wall_ms / 1000);
    else
        text_add(&why, "stopped before the budget was used up");
    result->message = text_take(&why);
}

/* Places of other runs than the one that is kept have lines, too. */
static void take_review(const struct judge *judge, struct result *result)
{
    struct review *review = malloc(sizeof *review);

    if (!review)
        return;
    *review = judge->shared->review;
    review_bound(review);
    if (judge->compiled.object)
        symbol_places(judge->compiled.object, review->places, REVIEW_PLACES);
    result->review = review;
}

static void pronounce(struct judge *judge, struct result *result)
{
    struct shared *shared = judge->shared;
    enum phase phase = shared->phase;
    bool over = phase == PHASE_DONE || phase == PHASE_SHRINKING, shown = shared_kept(shared)->shown;

    shared->message[sizeof shared->message - 1] = '\0';
    take_counts(judge, result);
    if (phase == PHASE_LOAD || phase == PHASE_FAILED) {
        result->verdict = phase == PHASE_LOAD ? VERDICT_NO_LOAD : VERDICT_OUR_FAILURE;
        if (phase == PHASE_FAILED && judge->request.mode == JUDGE_REPLAY)
            result->verdict = VERDICT_USAGE; /* the schedule could not be read */
        result->message = strdup(shared->message);
        return;
    }
    shown = shown && (over || judge->cancelled);
    result->trace = shared_copy(shown || over || judge->cancelled ? shared_kept_trace(shared)
                                                                  : shared_trace(shared));
    if (!result->trace) {
        result->verdict = VERDICT_OUR_FAILURE;
        result->message = strdup("out of memory for the trace");
        return;
    }
    if (shown) {
        take_shown(judge, result);
    } else if (judge->cancelled) {
        incomplete(judge, result);
    } else if (!over) {
        result->failing_run = ++result->runs; /* the one it died in */
        result->steps += result->trace->steps;
        result->failed++;
        add_death(judge, result);
        take_schedule(UINT32_MAX, result);
    }
    if (judge->compiled.object)
        symbol_resolve(judge->compiled.object, result->trace, &result->findings);
    if (judge->request.review)
        take_review(judge, result);
    merge_races(&result->findings);
    if (result->findings.count > 0 && judge->request.mode != JUDGE_CAN)
        result->verdict = verdict_of_finding(result->findings.at[0].kind);
    else if (over)
        result->verdict = VERDICT_PASSED;
}

/* What a replay must be given, too, as a shell takes it, each after a space. */
static char *replay_flags(const struct judge_request *request)
{
    struct text out = {0};

    if (request->accesses)
        text_add(&out, " --accesses");
    for (const char *const *word = request->cflags; word && *word; word++) {
        text_add(&out, " '");
        for (const char *c = *word; *c; c++)
            if (*c == '\'')
                text_add(&out, "'\\''");
            else
                text_add_char(&out, *c);
        text_add_char(&out, '\'');
    }
    return text_take(&out);
}

void judge_finish(struct judge *judge, struct result *result)
{
    *result = (struct result){.seed = judge->request.seed};
    judge_poll(judge, -1);
    if (judge->verdict != VERDICT_INCOMPLETE || judge->message || !judge->shared) {
        result->verdict = judge->verdict;
        result->message = judge->message;
    } else {
        pronounce(judge, result);
    }
    if (judge->compiled.compiler)
        result->compiler = strdup(judge->compiled.compiler);
    if (judge->request.cflags || judge->request.accesses)
        result->flags = replay_flags(&judge->request);
    compile_result_release(&judge->compiled);
    shared_free(judge->shared);
    free(judge);
}

void judge(const struct judge_request *request, struct result *result)
{
    struct judge *judge = judge_start(request);

    if (!judge) {
        *result = (struct result){.verdict = VERDICT_OUR_FAILURE};
        return;
    }
    judge_finish(judge, result);
}
