/* judge.c -- the parent's side: compile, start the child, wait, pronounce. */
#include "grade/judge.h"

#include "base/place.h"
#include "base/text.h"
#include "c/compile.h"
#include "c/symbol.h"
#include "explore/schedule.h"
#include "grade/child.h"
#include "grade/shared.h"

#include <errno.h>
#include <limits.h>
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
    int status;                     /* of the child, once reaped */
    bool done, cancelled, stalled;
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

static void start_child(struct judge *judge)
{
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
    judge->pidfd = (int)syscall(SYS_pidfd_open, judge->child, 0);
    judge->last_progress = wall_ms();
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

struct judge *judge_start(const struct judge_request *request)
{
    struct judge *judge = calloc(1, sizeof *judge);
    char root[PATH_MAX], include[PATH_MAX + 8];

    if (!judge)
        return NULL;
    judge->request = *request;
    judge->pidfd = -1;
    if (!plan_make(&judge->plan, request)) {
        over(judge, VERDICT_USAGE, "unknown strategy: use portfolio, rr, random, sleep, dpor or exhaustive");
    } else if (request->program->language == LANGUAGE_LUA) {
        start_child(judge);
    } else {
        struct compile_request c = {.source = request->program->path, .flags = request->cflags};

        place_root(root, sizeof root);
        snprintf(include, sizeof include, "%s/engine", root);
        c.include = include;
        judge->compile = compile_start(&c);
        if (!judge->compile)
            over(judge, VERDICT_OUR_FAILURE, "out of memory");
    }
    return judge;
}

/* --- waiting ------------------------------------------------------------- */

static bool reap(struct judge *judge, bool block)
{
    pid_t pid;

    do
        pid = waitpid(judge->child, &judge->status, block ? 0 : WNOHANG);
    while (pid < 0 && errno == EINTR && block);
    if (pid == 0 || (pid < 0 && errno == EINTR))
        return false;
    judge->child = 0;
    judge->done = true;
    if (judge->pidfd >= 0)
        close(judge->pidfd);
    judge->pidfd = -1;
    return true;
}

/* A child that burns no CPU and makes no event (it sleeps in the kernel) is not waited for. */
static void look_for_stall(struct judge *judge)
{
    uint64_t runs = __atomic_load_n(&judge->shared->runs, __ATOMIC_ACQUIRE);
    uint32_t count = __atomic_load_n(&shared_trace(judge->shared)->count, __ATOMIC_ACQUIRE);

    if (runs != judge->last_runs || count != judge->last_count) {
        judge->last_runs = runs;
        judge->last_count = count;
        judge->last_progress = wall_ms();
    } else if (wall_ms() - judge->last_progress > STALL_MS) {
        judge->stalled = true;
        kill(judge->child, SIGKILL);
        reap(judge, true);
    }
}

static void wait_child(struct judge *judge, int timeout_ms)
{
    if (judge->pidfd >= 0) {
        struct pollfd fd = {.fd = judge->pidfd, .events = POLLIN};

        poll(&fd, 1, timeout_ms);
    } else if (timeout_ms > 0) {
        poll(NULL, 0, timeout_ms < LOOK_MS ? timeout_ms : LOOK_MS);
    }
}

bool judge_poll(struct judge *judge, int timeout_ms)
{
    int64_t until = timeout_ms < 0 ? INT64_MAX : wall_ms() + timeout_ms;

    while (!judge->done) {
        int64_t left = until == INT64_MAX ? 1000 : until - wall_ms();
        int wait = left < 0 ? 0 : left > 1000 ? 1000 : (int)left;

        if (judge->compile) {
            if (compile_poll(judge->compile, wait))
                compiled(judge);
        } else if (!reap(judge, false)) {
            wait_child(judge, wait);
            if (!reap(judge, false))
                look_for_stall(judge);
        }
        if (left <= 0)
            break;
    }
    return judge->done;
}

void judge_progress(const struct judge *judge, bool *compiling, uint64_t *runs, uint64_t *steps)
{
    *compiling = judge->compile != NULL;
    *runs = judge->shared ? __atomic_load_n(&judge->shared->runs, __ATOMIC_ACQUIRE) : 0;
    *steps = judge->shared ? judge->shared->steps : 0;
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
        kill(judge->child, SIGKILL);
        reap(judge, true);
    }
}

/* --- pronouncing --------------------------------------------------------- */

/* The findings, with numbers a hostile program may have written brought into bounds. */
static void copy_findings(struct findings *out, const struct findings *in, const struct trace *trace)
{
    *out = *in;
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

static enum verdict worst(const struct findings *findings)
{
    enum finding_kind kind = findings->at[0].kind;

    for (uint32_t i = 1; i < findings->count; i++)
        if (findings->at[i].kind < kind)
            kind = findings->at[i].kind;
    return verdict_of_finding(kind);
}

/* The gravest finding first: it gives the verdict. */
static int by_gravity(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->at.g < y->at.g ? -1 : x->at.g > y->at.g;
}

/* The stages it went through. */
static char *describe_plan(const struct judge *judge)
{
    struct text out = {0};
    uint32_t stages = judge->shared->stage + 1;

    if (judge->request.mode == JUDGE_RUN)
        return strdup("one run as it comes");
    for (uint32_t i = 0; i < stages && i < judge->plan.count; i++) {
        const struct plan_stage *stage = &judge->plan.at[i];

        text_addf(&out, "%s%s", i ? ", " : "", stage->strategy);
        if (stage->runs > 1)
            text_addf(&out, " (at most %llu)", (unsigned long long)stage->runs);
    }
    return text_take(&out);
}

static void take_schedule(struct judge *judge, uint32_t at, struct result *result)
{
    struct schedule schedule = {0};
    const struct plan_stage *stage = &judge->plan.at[at % PLAN_MAX];

    if (stage->strategy && strcmp(stage->strategy, "round robin") == 0)
        result->schedule = strdup("rr");
    else if (schedule_of_trace(&schedule, result->trace))
        result->schedule = schedule_text(&schedule);
    schedule_release(&schedule);
}

static void pronounce(struct judge *judge, struct result *result)
{
    struct shared *shared = judge->shared;
    enum phase phase = shared->phase;
    bool counted = phase == PHASE_DONE && shared->failing_run;
    uint32_t stage = counted ? shared->failing_stage : shared->stage;

    result->runs = shared->runs;
    result->steps = shared->steps;
    result->blocked_runs = shared->blocked_runs;
    result->deadlocked = shared->deadlocked;
    result->failed = shared->failed;
    result->strategy = describe_plan(judge);
    shared->message[sizeof shared->message - 1] = '\0';
    if (phase == PHASE_LOAD || phase == PHASE_FAILED) {
        result->verdict = phase == PHASE_LOAD ? VERDICT_NO_LOAD : VERDICT_OUR_FAILURE;
        if (phase == PHASE_FAILED && judge->request.mode == JUDGE_REPLAY)
            result->verdict = VERDICT_USAGE; /* the schedule could not be read */
        result->message = strdup(shared->message);
        return;
    }
    result->trace = shared_copy(phase == PHASE_DONE ? shared_kept_trace(shared) : shared_trace(shared));
    if (!result->trace) {
        result->verdict = VERDICT_OUR_FAILURE;
        result->message = strdup("out of memory for the trace");
        return;
    }
    if (judge->cancelled) {
        result->verdict = VERDICT_INCOMPLETE;
        result->message = strdup("stopped before the budget was used up");
        return;
    }
    if (phase == PHASE_FOUND || counted) {
        copy_findings(&result->findings, counted ? &shared->failing : &shared->findings, result->trace);
        result->failing_run = counted ? shared->failing_run : shared->runs;
    } else if (phase != PHASE_DONE) {
        result->runs++; /* the one it died in */
        result->steps += result->trace->steps;
        result->failing_run = result->runs;
        result->failed++;
        add_death(judge, result);
    }
    if (judge->compiled.object)
        symbol_resolve(judge->compiled.object, result->trace, &result->findings);
    if (result->findings.count > 0) {
        merge_races(&result->findings);
        qsort(result->findings.at, result->findings.count, sizeof *result->findings.at, by_gravity);
        result->verdict = worst(&result->findings);
        take_schedule(judge, stage, result);
    } else {
        result->verdict = phase == PHASE_DONE ? VERDICT_PASSED : VERDICT_OUR_FAILURE;
    }
    result->complete = phase == PHASE_DONE && shared->complete;
    if (result->complete)
        result->interleavings = shared->runs - shared->stage_runs;
}

/* Words as a shell takes them, each after a space. */
static char *quote(const char *const *words)
{
    struct text out = {0};

    for (; *words; words++) {
        text_add(&out, " '");
        for (const char *c = *words; *c; c++)
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
    *result = (struct result){.seed = judge->request.seed ? judge->request.seed : 1};
    judge_poll(judge, -1);
    if (judge->verdict != VERDICT_INCOMPLETE || judge->message || !judge->shared) {
        result->verdict = judge->verdict;
        result->message = judge->message;
    } else {
        pronounce(judge, result);
    }
    if (judge->compiled.compiler)
        result->compiler = strdup(judge->compiled.compiler);
    if (judge->request.cflags)
        result->flags = quote(judge->request.cflags);
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
