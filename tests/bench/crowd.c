/* Unbuffered round trips while K other goroutines wait. */
#include "go.h"
#ifndef N
#define N 300000
#define K 1000
#endif
static struct chan *there, *back, *gate;
static void park(void *arg)
{
    int v;
    (void)arg;
    go_recv(gate, &v);
}
static void echo(void *arg)
{
    int v;
    (void)arg;
    while (go_recv(there, &v))
        go_send(back, &v);
}
int main(void)
{
    int v;
    there = go_chan(int, 0);
    back = go_chan(int, 0);
    gate = go_chan(int, 0);
    for (int i = 0; i < K; i++)
        go(park, NULL);
    go(echo, NULL);
    go_sleep(SECOND / 2);
    for (int i = 0; i < N; i++) {
        go_send(there, &i);
        go_recv(back, &v);
    }
    go_sleep(SECOND);
    go_close(there);
    go_close(gate);
}
