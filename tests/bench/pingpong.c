/* Unbuffered round trips. */
#include "go.h"
#ifndef N
#define N 300000
#endif
static struct chan *there, *back;
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
    go(echo, NULL);
    for (int i = 0; i < N; i++) {
        go_send(there, &i);
        go_recv(back, &v);
    }
    go_close(there);
}
