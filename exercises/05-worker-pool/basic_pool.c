// A basic pool: three workers square six numbers.
//
// This one hangs.  Check it and read the story: everybody waits, each for a
// thing that never happens.  Find the first wait that nothing will end.
//
// Your task: let every goroutine of the pool come to its end.
#include "go.h"

static struct chan *jobs, *results;
static struct wg workers;

// Hands out the jobs.
static void feeder(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 6; n++)
        go_send(jobs, &n);
    // How does a worker learn that there are no more?
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
    wg_wait(&workers);
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
