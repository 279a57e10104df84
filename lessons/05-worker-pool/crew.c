// Three workers share one channel of jobs.
#include "go.h"

static struct chan *jobs;
static struct wg workers;

static void worker(void *arg)
{
    int job;

    (void)arg;
    while (go_recv(jobs, &job)) {       // until jobs is closed and empty
        go_sleep(10 * MILLISECOND);     // the work
        printf("job %d is done\n", job);
    }
    wg_done(&workers);
}

int main(void)
{
    jobs = go_chan(int, 6);
    for (int job = 1; job <= 6; job++)
        go_send(jobs, &job);
    go_close(jobs);                     // no more will come

    for (int i = 0; i < 3; i++) {
        wg_add(&workers, 1);            // before go
        go(worker, NULL);
    }
    wg_wait(&workers);
}
