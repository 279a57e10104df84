// expect: panic
// Every worker closes results when it finds no more jobs.
#include "go.h"

static struct chan *jobs, *results;

static void worker(void *arg)
{
    int n, square;

    (void)arg;
    while (go_recv(jobs, &n)) {
        go_sleep(10 * MILLISECOND);     // the work
        square = n * n;
        go_send(results, &square);
    }
    go_close(results);                  // "I am finished, so it is finished"
}

int main(void)
{
    int square;

    jobs = go_chan(int, 4);
    results = go_chan(int, 0);
    for (int n = 1; n <= 4; n++)
        go_send(jobs, &n);
    go_close(jobs);
    go(worker, NULL);
    go(worker, NULL);

    while (go_recv(results, &square))
        printf("%d\n", square);
    go_sleep(SECOND);                   // see what the other worker does
}
