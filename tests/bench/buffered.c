/* Items through a channel of 128. */
#include "go.h"
#ifndef N
#define N 1000000
#endif
static struct chan *items;
static void produce(void *arg)
{
    (void)arg;
    for (int i = 0; i < N; i++)
        go_send(items, &i);
    go_close(items);
}
int main(void)
{
    int v;
    items = go_chan(int, 128);
    go(produce, NULL);
    while (go_recv(items, &v))
        ;
}
