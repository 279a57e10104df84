// expect: wrong answer
// Ctrl-C, and 20 ms later once more.
#include "go.h"

static struct ctx *ctx;
static struct chan *gone;

static void service(void *arg)
{
    struct ticker tick = go_ticker(10 * MILLISECOND);

    (void)arg;
    while (go_select(RECV(tick.c), RECV(ctx_done(ctx))) == 0)
        printf("served\n");
    ticker_stop(&tick);
    go_sleep(50 * MILLISECOND);         // tidies up, thoroughly
    go_close(gone);
}

int main(void)
{
    ctx = sig_notify_context(ctx_background(), SIGINT);
    gone = go_chan(bool, 0);
    sig_at(25 * MILLISECOND, SIGINT);
    sig_at(45 * MILLISECOND, SIGINT);
    go(service, NULL);

    go_recv_any(ctx_done(ctx));
    printf("closing\n");
    sig_stop_context(ctx);              // from now on Ctrl-C ends it at once
    go_recv_any(gone);
    printf("closed\n");
}
