// expect: wrong answer
// main hears the signal and goes, whatever the copier is doing.
#include "go.h"

enum { FILES = 10 };

static struct chan *copied;
static struct ctx *ctx;

static void copier(void *arg)
{
    (void)arg;
    for (int file = 1; file <= FILES && !ctx_err(ctx); file++) {
        go_sleep(10 * MILLISECOND);     // copies it
        go_select(SEND(copied, &file), RECV(ctx_done(ctx)));
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
    while (go_select(RECV(copied), RECV(ctx_done(ctx))) == 0)
        count++;
    printf("%d files copied\n", count);
    printf("lock file removed\n");
    exit(0);
    while (go_recv_any(copied))
        count++;
    sig_stop_context(ctx);
    printf("%d files copied\n", count);
    printf("lock file removed\n");
}
