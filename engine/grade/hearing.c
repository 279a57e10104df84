/* hearing.c -- starts processes, waits for them, ends them. */
#include "grade/hearing.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    STALL_MS = 30 * 1000, /* no progress at all for so long: the child is killed */
    LOOK_MS = 10,         /* how often to look where pidfd_open is missing */
};

int64_t hearing_clock(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool explores(const struct hearing *hearing)
{
    return hearing->request.mode == JUDGE_CHECK || hearing->request.mode == JUDGE_CAN;
}

/* --- starting ------------------------------------------------------------ */

static int open_pidfd(pid_t pid)
{
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

/* False: it cannot be had; the child works without it. */
static bool start_worker(struct hearing *hearing, uint32_t i)
{
    struct worker *worker = &hearing->worker[i];

    worker->shared = shared_new();
    if (!worker->shared)
        return false;
    worker->pid = fork();
    if (worker->pid == 0)
        child_help(&hearing->request, &hearing->plan, hearing->object, worker->shared,
                   hearing->shared, i);
    if (worker->pid < 0) {
        worker->pid = 0;
        return false;
    }
    worker->pidfd = open_pidfd(worker->pid);
    return true;
}

const char *hearing_start(struct hearing *hearing)
{
    hearing->pidfd = -1;
    hearing->shared = shared_new();
    if (!hearing->shared)
        return "out of memory for the trace";
    fflush(NULL);
    hearing->child = fork();
    if (hearing->child == 0)
        child_main(&hearing->request, &hearing->plan, hearing->object, hearing->shared);
    if (hearing->child < 0) {
        hearing->child = 0;
        return "no process could be started for the program";
    }
    hearing->pidfd = open_pidfd(hearing->child);
    hearing->started = hearing->last_progress = hearing_clock();
    for (uint32_t i = 1; explores(hearing) && i < hearing->request.jobs; i++)
        if (!start_worker(hearing, i))
            hearing->shared->work.state[i] = WORKER_DEAD;
    return NULL;
}

/* --- its end ------------------------------------------------------------- */

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

static void reap_workers(struct hearing *hearing)
{
    for (uint32_t i = 1; i < WORKERS_MAX; i++) {
        struct worker *worker = &hearing->worker[i];
        int status;

        if (worker->pid && gone(&worker->pid, &worker->pidfd, &status, false))
            __atomic_store_n(&hearing->shared->work.state[i], WORKER_DEAD, __ATOMIC_RELEASE);
    }
}

static void kill_workers(struct hearing *hearing)
{
    for (uint32_t i = 1; i < WORKERS_MAX; i++) {
        struct worker *worker = &hearing->worker[i];
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
static bool again_alone(struct hearing *hearing)
{
    if (!hearing->shared->work.on || hearing->request.jobs < 2)
        return false;
    shared_free(hearing->shared);
    hearing->shared = NULL;
    hearing->request.jobs = 1;
    hearing->last_runs = hearing->last_count = 0;
    return !hearing_start(hearing);
}

/* The run it died in is kept, unless a wish has come true before.  True: another process goes on to
 * make it simpler. */
static bool take_death(struct hearing *hearing)
{
    bool granted = hearing->request.mode == JUDGE_CAN && shared_kept(hearing->shared)->shown;

    hearing->died = true;
    death_count(hearing->shared, WIFSIGNALED(hearing->status) ? WTERMSIG(hearing->status) : 0,
                hearing->stalled, !granted);
    if (granted || !explores(hearing) || !death_can_recur(hearing->shared))
        return false;
    hearing->child = fork();
    if (hearing->child == 0)
        child_simplify(&hearing->request, &hearing->plan, hearing->object, hearing->shared);
    if (hearing->child < 0) {
        hearing->child = 0;
        return false;
    }
    hearing->pidfd = open_pidfd(hearing->child);
    hearing->last_progress = hearing_clock();
    return true;
}

static bool reap(struct hearing *hearing, bool block)
{
    bool in_a_run;

    reap_workers(hearing);
    if (!gone(&hearing->child, &hearing->pidfd, &hearing->status, block))
        return false;
    kill_workers(hearing);
    in_a_run = !hearing->cancelled && !hearing->died && hearing->shared->phase <= PHASE_RUNNING;
    if (in_a_run && ((!hearing->stalled && again_alone(hearing)) || take_death(hearing)))
        return false;
    hearing->done = true;
    return true;
}

static void kill_child(struct hearing *hearing)
{
    kill(hearing->child, SIGKILL);
    while (!reap(hearing, true))
        ;
}

void hearing_cancel(struct hearing *hearing)
{
    if (hearing->done)
        return;
    hearing->cancelled = true;
    kill_child(hearing);
}

/* --- waiting ------------------------------------------------------------- */

/* A child that burns no CPU and makes no event (it sleeps in the kernel) is not waited for, nor is
 * one that takes longer than was allowed. */
static void look_at_clock(struct hearing *hearing)
{
    int64_t now = hearing_clock();
    uint64_t runs = __atomic_load_n(&hearing->shared->runs, __ATOMIC_ACQUIRE) +
                    __atomic_load_n(&hearing->shared->work.runs, __ATOMIC_RELAXED);
    uint32_t count = __atomic_load_n(&shared_trace(hearing->shared)->count, __ATOMIC_ACQUIRE);

    if (runs != hearing->last_runs || count != hearing->last_count) {
        hearing->last_runs = runs;
        hearing->last_count = count;
        hearing->last_progress = now;
    } else if (now - hearing->last_progress > STALL_MS) {
        hearing->stalled = true;
        kill_child(hearing);
    }
    if (!hearing->done && hearing->request.wall_ms &&
        now - hearing->started >= hearing->request.wall_ms) {
        hearing->late = true;
        hearing_cancel(hearing);
    }
}

static void wait_child(struct hearing *hearing, int timeout_ms)
{
    struct pollfd fds[WORKERS_MAX];
    nfds_t n = 0;

    if (hearing->pidfd < 0) {
        if (timeout_ms > 0)
            poll(NULL, 0, timeout_ms < LOOK_MS ? timeout_ms : LOOK_MS);
        return;
    }
    fds[n++] = (struct pollfd){.fd = hearing->pidfd, .events = POLLIN};
    for (uint32_t i = 1; i < WORKERS_MAX; i++)
        if (hearing->worker[i].pid && hearing->worker[i].pidfd >= 0)
            fds[n++] = (struct pollfd){.fd = hearing->worker[i].pidfd, .events = POLLIN};
    poll(fds, n, timeout_ms);
}

static int until_late(const struct hearing *hearing, int wait)
{
    int64_t left = hearing->started + hearing->request.wall_ms - hearing_clock();

    return left < 0 ? 0 : left < wait ? (int)left : wait;
}

bool hearing_poll(struct hearing *hearing, int timeout_ms)
{
    if (hearing->done || reap(hearing, false))
        return true;
    wait_child(hearing, hearing->request.wall_ms ? until_late(hearing, timeout_ms) : timeout_ms);
    if (!reap(hearing, false))
        look_at_clock(hearing);
    return hearing->done;
}

struct judge_progress hearing_progress(const struct hearing *hearing)
{
    struct judge_progress p = {0};
    const struct shared *shared = hearing->shared;

    if (!shared)
        return p;
    p.runs = __atomic_load_n(&shared->runs, __ATOMIC_ACQUIRE);
    p.steps = shared->steps;
    p.shrinking =
        hearing->died || __atomic_load_n(&shared->phase, __ATOMIC_ACQUIRE) == PHASE_SHRINKING;
    p.estimate = shared->estimate;
    p.explored = shared->stages[shared->stage % PLAN_MAX].runs;
    if (__atomic_load_n(&shared->work.on, __ATOMIC_ACQUIRE)) {
        p.explored += shared->work.runs - p.runs;
        p.runs = shared->work.runs;
    }
    return p;
}

void hearing_release(struct hearing *hearing)
{
    shared_free(hearing->shared);
    hearing->shared = NULL;
}
