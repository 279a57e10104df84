// expect: passed
// Another way: a channel with room, looked at between two files.
#include "go.h"

enum { FILES = 10 };

static struct chan *copied;
static struct chan *signals;

static bool told(void)
{
    return go_select_default(RECV(signals)) == 0;
}

static void copier(void *arg)
{
    (void)arg;
    for (int file = 1; file <= FILES && !told(); file++) {
        go_sleep(10 * MILLISECOND);     // copies it
        go_send(copied, &file);
    }
    go_close(copied);
}

int main(void)
{
    int count = 0;

    copied = go_chan(int, 0);
    printf("lock file made\n");
    signals = go_chan(int, 1);
    sig_notify(signals, SIGTERM);
    go(copier, NULL);
    while (go_recv_any(copied))
        count++;
    sig_stop(signals);
    printf("%d files copied\n", count);
    printf("lock file removed\n");
}
