// expect: passed
// Another way: the handler sets an atomic variable.
#include "go.h"

enum { FILES = 10 };

static struct chan *copied;
static struct chan *signals;
static struct abool stopped;

static void handler(void *arg)
{
    (void)arg;
    go_recv_any(signals);
    abool_store(&stopped, true);
}

static void copier(void *arg)
{
    (void)arg;
    for (int file = 1; file <= FILES && !abool_load(&stopped); file++) {
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
    go(handler, NULL);
    go(copier, NULL);
    while (go_recv_any(copied))
        count++;
    printf("%d files copied\n", count);
    printf("lock file removed\n");
}
