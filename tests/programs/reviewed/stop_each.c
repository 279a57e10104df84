// expect: deadlock
// Stop sends a quit message to each worker in turn: one has already gone.
#include "go.h"

enum { BAD = -1 };

static struct chan *jobs, *quit;

static void worker(void *arg)
{
    int n;

    while (go_select(RECV(jobs, &n), RECV(quit, &n)) == 0 && n != BAD)
        ;
    (void)arg;
}

int main(void)
{
    int bad = BAD;

    jobs = go_chan(int, 0);
    quit = go_chan(int, 0);
    for (int i = 0; i < 2; i++)
        go(worker, NULL);
    go_send(jobs, &bad);
    for (int i = 0; i < 2; i++)
        go_send(quit, &bad);
}
