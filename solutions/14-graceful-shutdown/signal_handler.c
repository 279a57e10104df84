// Copies files, and has a lock file while it does so.
//
// It asks for the signal before it begins.  The signal cancels a context, and
// the copier looks at it between two files.
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
    ctx = sig_notify_context(ctx_background(), SIGTERM);
    go(copier, NULL);
    while (go_recv_any(copied))
        count++;
    sig_stop_context(ctx);
    printf("%d files copied\n", count);
    printf("lock file removed\n");
}
