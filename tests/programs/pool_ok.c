// expect: passed
// A small pool that ends well: two workers, three jobs, one coordinator.
#include "go.h"

static struct chan *jobs, *results;
static struct wg workers;

static void feeder(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 3; n++)
        go_send(jobs, &n);
    go_close(jobs);
}

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
    go_close(results);
}

int main(void)
{
    int square, sum = 0;

    jobs = go_chan(int, 0);
    results = go_chan(int, 0);
    for (int i = 0; i < 2; i++) {
        wg_add(&workers, 1);
        go(worker, NULL);
    }
    go(feeder, NULL);
    go(coordinator, NULL);

    while (go_recv(results, &square))
        sum += square;
    printf("sum: %d\n", sum);
}
