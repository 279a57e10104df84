// expect: wrong answer: no run ever has more than 1
// Waits for each worker before it starts the next: the first has done it all.
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
    go_close(results);
}

int main(void)
{
    int square, count = 0, sum = 0;

    jobs = go_chan(int, 4);
    results = go_chan(int, 4);
    for (int n = 1; n <= 4; n++)
        go_send(jobs, &n);
    go_close(jobs);

    for (int i = 0; i < 2; i++) {
        wg_add(&workers, 1);            // before go, so that Wait sees it
        go(worker, NULL);
        wg_wait(&workers);
    }
    go(coordinator, NULL);

    while (go_recv(results, &square)) {
        count++;
        sum += square;
    }
    printf("%d squares, their sum is %d\n", count, sum);
}
