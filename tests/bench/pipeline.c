/* Items through 4 stages, unbuffered. */
#include "go.h"
#ifndef N
#define N 200000
#endif
static struct chan *c[5];
static void stage(void *arg)
{
    struct chan **in = arg;
    int v;
    while (go_recv(in[0], &v)) {
        v++;
        go_send(in[1], &v);
    }
    go_close(in[1]);
}
static void produce(void *arg)
{
    (void)arg;
    for (int i = 0; i < N; i++)
        go_send(c[1], &i);
    go_close(c[1]);
}
int main(void)
{
    int v;
    for (int i = 1; i < 5; i++)
        c[i] = go_chan(int, 0);
    go(produce, NULL);
    for (int i = 1; i < 4; i++)
        go(stage, &c[i]);
    while (go_recv(c[4], &v))
        ;
}
