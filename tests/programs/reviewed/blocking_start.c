// expect: deadlock
// start serves until it is stopped: called without go, the signal after it is never waited for.
#include "go.h"

static struct chan *conns, *quit, *signals;

static void start(void)
{
    int n;

    while (go_select(RECV(conns, &n), RECV(quit)) == 0)
        printf("served %d\n", n);
}

static void world(void *arg)
{
    int n = 1;

    go_send(conns, &n);
    go_sleep(50);
    go_send(signals, &n);
    (void)arg;
}

int main(void)
{
    conns = go_chan(int, 0);
    quit = go_chan(int, 0);
    signals = go_chan(int, 1);
    go(world, NULL);
    start();
    go_recv_any(signals);
    go_close(quit);
    printf("shut down\n");
}
