/* Items through a select over 4 unbuffered channels. */
#include "go.h"
#ifndef N
#define N 400000
#endif
static struct chan *c[4];
static void produce(void *arg)
{
    struct chan *out = arg;
    for (int i = 0; i < N / 4; i++)
        go_send(out, &i);
}
int main(void)
{
    int v;
    for (int i = 0; i < 4; i++) {
        c[i] = go_chan(int, 0);
        go(produce, c[i]);
    }
    for (int i = 0; i < N / 4 * 4; i++)
        go_select(RECV(c[0], &v), RECV(c[1], &v), RECV(c[2], &v), RECV(c[3], &v));
}
