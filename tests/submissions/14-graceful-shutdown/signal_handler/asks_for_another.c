// expect: wrong answer
// Asks for Ctrl-C only, and it is SIGTERM that comes.
#include "go.h"

enum { FILES = 10 };

static struct chan *copied;
static struct ctx *ctx;

static void copier(void *arg)
{
    (void)arg;
    for (int file = 1; file <= FILES && !ctx_err(ctx); file++) {
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
    ctx = sig_notify_context(ctx_background(), SIGINT);
    go(copier, NULL);
    while (go_recv_any(copied))
        count++;
    sig_stop_context(ctx);
    printf("%d files copied\n", count);
    printf("lock file removed\n");
}
