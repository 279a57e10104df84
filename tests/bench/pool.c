/* Jobs through a pool of 8 workers, unbuffered. */
#include "go.h"
#ifndef N
#define N 200000
#endif
static struct chan *jobs, *results;
static void worker(void *arg)
{
    int job;
    (void)arg;
    while (go_recv(jobs, &job)) {
        int square = job * 2;
        go_send(results, &square);
    }
}
static void produce(void *arg)
{
    (void)arg;
    for (int i = 0; i < N; i++)
        go_send(jobs, &i);
    go_close(jobs);
}
int main(void)
{
    int v;
    jobs = go_chan(int, 0);
    results = go_chan(int, 0);
    for (int i = 0; i < 8; i++)
        go(worker, NULL);
    go(produce, NULL);
    for (int i = 0; i < N; i++)
        go_recv(results, &v);
}
