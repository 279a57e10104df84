// expect: deadlock
// main waits for the end of results, and nobody brings it.
#include "go.h"

static struct chan *jobs, *results;
static struct wg workers;

static void worker(void *arg)
{
    int n, square;

    (void)arg;
    while (go_recv(jobs, &n)) {
        square = n * n;
        go_send(results, &square);
    }
    wg_done(&workers);
}

static void coordinator(void *arg)
{
    (void)arg;
    wg_wait(&workers);
}

int main(void)
{
    int square, count = 0, sum = 0;

    jobs = go_chan(int, 4);
    results = go_chan(int, 0);
    for (int n = 1; n <= 4; n++)
        go_send(jobs, &n);
    go_close(jobs);

    for (int i = 0; i < 2; i++) {
        wg_add(&workers, 1);            // before go, so that Wait sees it
        go(worker, NULL);
    }
    go(coordinator, NULL);

    while (go_recv(results, &square)) {
        count++;
        sum += square;
    }
    printf("%d squares, their sum is %d\n", count, sum);
}
