/* death.c -- a run that killed its process: kept as one that is shown, and made simpler.
 *
 * To see whether a run dies takes a process, so each attempt has its own: a child of the process
 * that shrinks, in the same cage as always, in the same shared memory.
 */
#include "grade/child.h"

#include "explore/shrink.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    RUNS = 150,         /* attempts, and their steps */
    STEPS = 100 * 1000,
};

static bool out_of_time(int signal)
{
    return signal == SIGVTALRM || signal == SIGXCPU;
}

/* The finding of a death by this signal (0: it just left) in the current run. */
static struct finding finding_of(const struct shared *shared, int signal, bool stalled)
{
    const struct trace *trace = shared_trace((struct shared *)shared);
    struct finding f = {.kind = stalled || out_of_time(signal) ? FINDING_OVER_TIME : FINDING_CRASH,
                        .event = UINT32_MAX, .value = signal};

    f.at = (struct finding_place){.g = shared->crash_g, .line = shared->crash_line,
                                  .pc = shared->crash_pc, .event = UINT32_MAX};
    for (uint32_t i = trace->count; i-- > 0;) {
        const struct event *event = &trace->events[i];

        if (event->g == 0 || (f.at.g && event->g != f.at.g))
            continue;
        f.at.g = event->g;
        f.at.event = i;
        if (!f.at.line && !f.at.pc) {
            f.at.line = event->line;
            f.at.file = event->file;
            f.at.pc = event->pc;
        }
        break;
    }
    return f;
}

void death_count(struct shared *shared, int signal, bool stalled, bool keep)
{
    const struct trace *trace = shared_trace(shared);
    struct shared_stage *stage = &shared->stages[shared->stage % PLAN_MAX];
    struct finding finding = finding_of(shared, signal, stalled);
    struct shared_kept kept = {.stage = shared->stage, .shown = SHOWN_FOUND, .told = UINT32_MAX};

    kept.run = shared->runs + 1;
    kept.switches = shrink_measure(trace).switches;
    finding_add(&kept.findings, &finding);
    if (keep)
        shared_keep(shared, trace, &kept);
    shared->runs++;
    stage->runs++;
    stage->failed++;
    stage->steps += trace->steps;
    shared->steps += trace->steps;
}

bool death_can_recur(struct shared *shared)
{
    const struct shared_kept *kept = shared_kept(shared);

    return kept->shown && kept->findings.at[0].kind == FINDING_CRASH &&
           shared_kept_trace(shared)->steps > 0;
}

/* --- made simpler -------------------------------------------------------- */

struct dying {
    struct shrink shrink; /* first: its address is its own */
    struct child child;   /* what each attempt's process begins with */
    const char *object;
    struct finding death;
};

static bool same_death(const struct finding *a, const struct finding *b)
{
    return a->kind == b->kind && a->value == b->value && a->at.line == b->at.line &&
           a->at.pc == b->at.pc;
}

/* An attempt's process: the run by the guide, out of which it does not come. */
static _Noreturn void die_by(struct dying *self, const struct schedule *guide)
{
    struct child *child = &self->child;
    struct strategy *strategy = guide_new(guide);

    if (!strategy)
        _exit(1);
    child_begin(child, self->object);
    child_stage(child, shared_kept(child->shared)->stage);
    child->guide = strategy;
    child->polls.wants = NULL; /* how far the guide was followed is told as it goes */
    child_run(child, strategy);
    _exit(0);
}

static bool still_dies(struct shrink *shrink, const struct schedule *guide)
{
    struct dying *self = (struct dying *)shrink;
    struct shared *shared = self->child.shared;
    struct finding death;
    int status = 0;
    pid_t pid;

    shared->crash_g = shared->crash_line = shared->crash_pc = 0;
    trace_clear(shared_trace(shared));
    pid = fork();
    if (pid == 0)
        die_by(self, guide);
    if (pid < 0)
        return false;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (!WIFSIGNALED(status)) /* it ended otherwise, or left: then any end would do */
        return false;
    death = finding_of(shared, WTERMSIG(status), false);
    if (out_of_time(WTERMSIG(status)))
        shrink->steps = 0;
    return same_death(&death, &self->death);
}

static void simpler(struct shrink *shrink)
{
    struct dying *self = (struct dying *)shrink;
    struct shared *shared = self->child.shared;
    struct shared_kept kept = *shared_kept(shared);

    kept.told = shared->told;
    kept.findings.at[0] = finding_of(shared, (int)self->death.value, false);
    shared_keep(shared, shared_trace(shared), &kept);
}

/* Whether it dies by its own schedule, too: then it is known how much of that has to be told. */
static bool dies_again(struct dying *self)
{
    struct schedule schedule = {0};
    bool again = schedule_of_trace(&schedule, self->shrink.trace) &&
                 still_dies(&self->shrink, &schedule);

    if (again)
        simpler(&self->shrink);
    schedule_release(&schedule);
    return again;
}

_Noreturn void child_simplify(const struct judge_request *request, const struct plan *plan,
                              const char *object, struct shared *shared)
{
    struct dying self = {
        .shrink = {.shows = still_dies, .simpler = simpler, .trace = shared_trace(shared),
                   .runs = RUNS, .steps = STEPS},
        .child = {.request = request, .plan = plan, .shared = shared, .work = &shared->work},
        .object = object, .death = shared_kept(shared)->findings.at[0]};

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGINT, SIG_IGN); /* the parent decides */
    shared->stage = shared_kept(shared)->stage;
    if (dies_again(&self))
        shrink(&self.shrink);
    child_leave(shared, PHASE_DONE);
}
