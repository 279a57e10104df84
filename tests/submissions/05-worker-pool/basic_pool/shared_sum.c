// expect: race
// The workers add to one sum, and nothing keeps them apart.
#include "go.h"

static struct chan *jobs;
static struct wg workers;
static int count, sum;

// Hands out the jobs, then says that there are no more.
static void feeder(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 6; n++)
        go_send(jobs, &n);
    go_close(jobs);
}

static void worker(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(jobs, &n)) {         // until jobs is closed and empty
        go_sleep(10 * MILLISECOND);     // the work
        count++;
        sum += n * n;
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
    go(feeder, NULL);
    wg_wait(&workers);
    printf("%d squares, their sum is %d\n", count, sum);
}
