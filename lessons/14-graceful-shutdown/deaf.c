// expect: deadlock
// Ctrl-C is pressed while the program is still starting.
#include "go.h"

static struct chan *ready;

static void start(void *arg)
{
    (void)arg;
    go_sleep(20 * MILLISECOND);         // reads its settings
    go_send(ready, &(bool){true});
}

int main(void)
{
    struct chan *signals = go_chan(int, 0);

    ready = go_chan(bool, 0);
    sig_notify(signals, SIGINT);
    sig_at(15 * MILLISECOND, SIGINT);
    go(start, NULL);

    go_recv_any(ready);
    printf("ready\n");
    go_recv_any(signals);
    printf("goodbye\n");
}
