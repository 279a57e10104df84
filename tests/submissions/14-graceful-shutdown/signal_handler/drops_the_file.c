// expect: wrong answer
// Leaves the file at hand when the signal comes.
#include "go.h"

enum { FILES = 10 };

static struct chan *copied;
static struct ctx *ctx;

static void copier(void *arg)
{
    (void)arg;
    for (int file = 1; file <= FILES; file++) {
        struct chan *whole = go_after(10 * MILLISECOND);

        if (go_select(RECV(whole), RECV(ctx_done(ctx))) == 1)
            break;
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
