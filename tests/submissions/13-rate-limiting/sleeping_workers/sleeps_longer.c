// expect: wrong answer
// Three workers, so each sleeps three times as long: they begin together.
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

static void worker(void *arg)
{
    int job;

    (void)arg;
    while (go_recv(jobs, &job)) {
        call(job);
        go_sleep(3 * EVERY);
    }
    wg_done(&workers);
}

int main(void)
{
    jobs = go_chan(int, CALLS);
    for (int job = 1; job <= CALLS; job++)
        go_send(jobs, &job);
    go_close(jobs);
    for (int i = 0; i < 3; i++) {
        wg_add(&workers, 1);
        go(worker, NULL);
    }
    wg_wait(&workers);
    printf("%d calls, the closest %d ms apart\n", count,
           (int)(closest / MILLISECOND));
}
