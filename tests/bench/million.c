/* A million goroutines that wait, then end. */
#include "go.h"
#ifndef N
#define N 100000
#endif
static struct chan *gate;
static void park(void *arg)
{
    int v;
    (void)arg;
    go_recv(gate, &v);
}
int main(void)
{
    gate = go_chan(int, 0);
    for (int i = 0; i < N; i++)
        go(park, NULL);
    go_sleep(SECOND / 2);
    go_close(gate);
}
