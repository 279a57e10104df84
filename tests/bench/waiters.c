/* Items sent on one channel to K waiters, who come back for more. */
#include "go.h"
#ifndef N
#define N 300000
#define K 1000
#endif
static struct chan *items;
static void take(void *arg)
{
    int v;
    (void)arg;
    while (go_recv(items, &v))
        ;
}
int main(void)
{
    items = go_chan(int, 0);
    for (int i = 0; i < K; i++)
        go(take, NULL);
    go_sleep(SECOND / 2);
    for (int i = 0; i < N; i++)
        go_send(items, &i);
    go_sleep(SECOND);
    go_close(items);
}
