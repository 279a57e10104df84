/* A sends N values to B, B passes each on to main; both channels have room for CAP.
 *
 * Each channel has one sender and one receiver, so the k-th send and the k-th receive always meet, and
 * what is sent while something else is received goes to another place: 1 class for any CAP. */
#include "go.h"

#ifndef N
#define N 4
#endif
#ifndef CAP
#define CAP 0
#endif

static struct chan *first, *second;

static void generate(void *arg)
{
    (void)arg;
    for (int i = 0; i < N; i++)
        go_send(first, &i);
    go_close(first);
}

static void pass(void *arg)
{
    int value;

    (void)arg;
    while (go_recv(first, &value))
        go_send(second, &value);
    go_close(second);
}

int main(void)
{
    int value;

    first = go_chan(int, CAP);
    second = go_chan(int, CAP);
    go(generate, NULL);
    go(pass, NULL);
    while (go_recv(second, &value))
        ;
}
