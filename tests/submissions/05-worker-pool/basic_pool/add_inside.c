// expect: wrong answer
// Each worker counts itself in, which may be after main has stopped waiting.
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
    wg_add(&workers, 1);
    while (go_recv(jobs, &n)) {         // until jobs is closed and empty
        go_sleep(10 * MILLISECOND);     // the work
        square = n * n;
        go_send(results, &square);
    }
    wg_done(&workers);
}

int main(void)
{
    int square, count = 0, sum = 0;

    jobs = go_chan(int, 0);
    results = go_chan(int, 6);
    for (int i = 0; i < 3; i++)
        go(worker, NULL);
    go(feeder, NULL);
    wg_wait(&workers);

    while (go_len(results) > 0) {
        go_recv(results, &square);
        count++;
        sum += square;
    }
    printf("%d squares, their sum is %d\n", count, sum);
}
