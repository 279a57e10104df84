// Graceful shutdown: accept no more, finish what was accepted, within a limit.
#include "go.h"

static struct ctx *open_hours;
static struct chan *jobs, *finished;
static struct wg workers;
static struct mu mu;
static int done;

static void reception(void *arg)           // accepts a job every 5 ms
{
    (void)arg;
    for (int job = 1; job <= 100; job++) {
        if (ctx_err(open_hours))           // the doors are closed
            break;
        if (go_select(SEND(jobs, &job), RECV(ctx_done(open_hours))) == 1)
            break;
        go_sleep(5 * MILLISECOND);
    }
    go_close(jobs);
}

static void worker(void *arg)
{
    int job;

    (void)arg;
    while (go_recv(jobs, &job)) {          // drains what is left, then ends
        go_sleep(12 * MILLISECOND);        // the work
        mu_lock(&mu);
        done++;
        mu_unlock(&mu);
    }
    wg_done(&workers);
}

static void watch(void *arg)
{
    (void)arg;
    wg_wait(&workers);
    go_close(finished);
}

int main(void)
{
    struct chan *limit;
    int chosen;

    open_hours = ctx_with_cancel(ctx_background());
    jobs = go_chan(int, 4);
    finished = go_chan(bool, 0);
    for (int i = 0; i < 2; i++) {
        wg_add(&workers, 1);
        go(worker, NULL);
    }
    go(reception, NULL);
    go(watch, NULL);

    go_sleep(22 * MILLISECOND);
    ctx_cancel(open_hours);                // 1. accept no more
    limit = go_after(100 * MILLISECOND);
    chosen = go_select(RECV(finished), RECV(limit));
    mu_lock(&mu);                          // 2. wait for the rest, not for ever
    printf("%s: %d jobs done\n", chosen == 0 ? "finished" : "limit", done);
    mu_unlock(&mu);
}
