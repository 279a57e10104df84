// expect: wrong answer: line 1 of the output should be
// Closes results when the work should be over, without asking whether it is.
#include "go.h"

static struct chan *jobs, *results;
static struct wg workers;

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
    int n, square;

    (void)arg;
    while (go_recv(jobs, &n)) {         // until jobs is closed and empty
        go_sleep(10 * MILLISECOND);     // the work
        square = n * n;
        go_send(results, &square);
    }
    wg_done(&workers);
}

// When all workers are done, nobody sends on results any more.
static void coordinator(void *arg)
{
    (void)arg;
    go_sleep(20 * MILLISECOND);
    go_close(results);
}

int main(void)
{
    int square, count = 0, sum = 0;

    jobs = go_chan(int, 0);
    results = go_chan(int, 0);
    for (int i = 0; i < 3; i++) {
        wg_add(&workers, 1);
        go(worker, NULL);
    }
    go(feeder, NULL);
    go(coordinator, NULL);

    while (go_recv(results, &square)) {
        count++;
        sum += square;
    }
    printf("%d squares, their sum is %d\n", count, sum);
}
