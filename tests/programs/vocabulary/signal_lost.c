// expect: deadlock
// The channel has no room, and main is not there yet: the signal is lost.
#include "go.h"

int main(void)
{
    struct chan *sigs = go_chan(int, 0);

    sig_notify(sigs, SIGINT);
    raise(SIGINT);
    go_recv_any(sigs);
}
