// expect: passed
// Another way: no results channel, the workers add up under a lock.
#include "go.h"

static struct chan *jobs;
static struct wg workers;
static struct mu mu;
static int count, sum;

static void worker(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(jobs, &n)) {
        go_sleep(10 * MILLISECOND);
        mu_lock(&mu);
        count++;
        sum += n * n;
        mu_unlock(&mu);
    }
    wg_done(&workers);
}

int main(void)
{
    jobs = go_chan(int, 0);
    for (int i = 0; i < 3; i++) {
        wg_add(&workers, 1);
        go(worker, NULL);
    }
    for (int n = 1; n <= 6; n++)
        go_send(jobs, &n);
    go_close(jobs);
    wg_wait(&workers);
    printf("%d squares, their sum is %d\n", count, sum);
}
