// expect: leak
// Stops the ticker, which does not end a loop over its channel.
#include "go.h"

enum { CALLS = 8 };
#define EVERY (10 * MILLISECOND)

static struct chan *jobs;
static struct wg workers;
static struct mu mu;                    // of the other side
static int64_t last = -1, closest = INT64_MAX;
static int count;

// The other side: counts the calls, and how close two of them come.
static void call(int job)
{
    int64_t now = go_now();

    mu_lock(&mu);
    if (last >= 0 && now - last < closest)
        closest = now - last;
    last = now;
    count++;
    mu_unlock(&mu);
    go_sleep((15 + job % 2 * 10) * MILLISECOND);
}

static struct chan *leave;
static struct ticker tick;

static void clock(void *arg)
{
    (void)arg;
    while (go_recv_any(tick.c))
        go_select_default(SEND(leave, &(bool){true}));
}

static void worker(void *arg)
{
    int job;

    (void)arg;
    while (go_recv(jobs, &job)) {
        go_recv_any(leave);
        call(job);
    }
    wg_done(&workers);
}

int main(void)
{
    jobs = go_chan(int, CALLS);
    for (int job = 1; job <= CALLS; job++)
        go_send(jobs, &job);
    go_close(jobs);
    leave = go_chan(bool, 0);
    tick = go_ticker(EVERY);
    go(clock, NULL);
    for (int i = 0; i < 3; i++) {
        wg_add(&workers, 1);
        go(worker, NULL);
    }
    wg_wait(&workers);
    ticker_stop(&tick);
    printf("%d calls, the closest %d ms apart\n", count,
           (int)(closest / MILLISECOND));
}
