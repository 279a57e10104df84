// expect: panic: send on closed channel
// Closed once, but by the worker that is done first: the other still sends.
#include "go.h"

static struct chan *jobs, *results;
static struct mu mu;
static bool closed;

static void worker(void *arg)
{
    int n, square;

    (void)arg;
    while (go_recv(jobs, &n)) {
        square = n * n;
        go_send(results, &square);
    }
    mu_lock(&mu);
    if (!closed) {
        closed = true;
        go_close(results);
    }
    mu_unlock(&mu);
}

int main(void)
{
    int square, count = 0, sum = 0;

    jobs = go_chan(int, 4);
    results = go_chan(int, 0);
    for (int n = 1; n <= 4; n++)
        go_send(jobs, &n);
    go_close(jobs);

    for (int i = 0; i < 2; i++)
        go(worker, NULL);

    while (go_recv(results, &square)) {
        count++;
        sum += square;
    }
    printf("%d squares, their sum is %d\n", count, sum);
    go_sleep(SECOND);
}
