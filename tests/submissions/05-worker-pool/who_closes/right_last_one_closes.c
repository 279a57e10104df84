// expect: passed
// Another way: the last worker closes, found by a count under a lock.
#include "go.h"

static struct chan *jobs, *results;
static struct mu mu;
static int left = 2;

static void worker(void *arg)
{
    int n, square;
    bool last;

    (void)arg;
    while (go_recv(jobs, &n)) {
        square = n * n;
        go_send(results, &square);
    }
    mu_lock(&mu);
    last = --left == 0;
    mu_unlock(&mu);
    if (last)
        go_close(results);
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
}
