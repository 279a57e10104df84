// A bucket of tokens: two may come at once, then one each 10 ms.
#include "go.h"

enum { BURST = 2 };

static struct chan *tokens;
static struct ctx *ctx;
static struct wg guests;

static void refill(void *arg)
{
    struct ticker tick = go_ticker(10 * MILLISECOND);

    (void)arg;
    while (go_select(RECV(tick.c), RECV(ctx_done(ctx))) == 0)
        go_select_default(SEND(tokens, &(bool){true})); // full: spilt
    ticker_stop(&tick);
}

static void guest(void *arg)
{
    (void)arg;
    go_recv_any(tokens);
    printf("in at %d ms\n", (int)(go_now() / MILLISECOND));
    wg_done(&guests);
}

int main(void)
{
    tokens = go_chan(bool, BURST);
    ctx = ctx_with_cancel(ctx_background());
    for (int i = 0; i < BURST; i++)
        go_send(tokens, &(bool){true}); // it starts full
    go(refill, NULL);
    for (int i = 0; i < 4; i++) {
        wg_add(&guests, 1);
        go(guest, NULL);
    }
    wg_wait(&guests);
    ctx_cancel(ctx);
}
