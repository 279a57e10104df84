// expect: passed
// Another way: room for all jobs and all results, and main itself waits.
#include "go.h"

static struct chan *jobs, *results;
static struct wg workers;

static void worker(void *arg)
{
    int n, square;

    (void)arg;
    while (go_recv(jobs, &n)) {
        go_sleep(10 * MILLISECOND);
        square = n * n;
        go_send(results, &square);
    }
    wg_done(&workers);
}

int main(void)
{
    int square, count = 0, sum = 0;

    jobs = go_chan(int, 6);
    results = go_chan(int, 6);
    for (int n = 1; n <= 6; n++)
        go_send(jobs, &n);
    go_close(jobs);
    for (int i = 0; i < 3; i++) {
        wg_add(&workers, 1);
        go(worker, NULL);
    }
    wg_wait(&workers);
    go_close(results);

    while (go_recv(results, &square)) {
        count++;
        sum += square;
    }
    printf("%d squares, their sum is %d\n", count, sum);
}
