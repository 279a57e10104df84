// expect: wrong answer
// Nobody fills the bucket before the first customer comes.
#include "go.h"

enum { BURST = 2 };
#define EVERY (10 * MILLISECOND)

static struct chan *tokens;
static struct ctx *ctx;

// The tap: one token on each tick.
static void refill(void *arg)
{
    struct ticker tick = go_ticker(EVERY);

    (void)arg;
    while (go_select(RECV(tick.c), RECV(ctx_done(ctx))) == 0)
        go_select_default(SEND(tokens, &(bool){true})); // full: spilt
    ticker_stop(&tick);
}

// Takes a token if there is one.
static bool allow(void)
{
    return go_select_default(RECV(tokens)) == 0;
}

static struct chan *answers;

static void customer(void *arg)
{
    bool in = allow();

    (void)arg;
    go_send(answers, &in);
}

// So many come at the same time: how many are let in?
static void crowd(int n)
{
    int count = 0;
    bool in;

    for (int i = 0; i < n; i++)
        go(customer, NULL);
    for (int i = 0; i < n; i++) {
        go_recv(answers, &in);
        count += in;
    }
    printf("at %d ms: %d of %d\n", (int)(go_now() / MILLISECOND), count, n);
}

int main(void)
{
    answers = go_chan(bool, 0);
    tokens = go_chan(bool, BURST);
    ctx = ctx_with_cancel(ctx_background());
    go(refill, NULL);
    crowd(3);
    go_sleep(5 * MILLISECOND);
    crowd(1);
    go_sleep(7 * MILLISECOND);
    crowd(2);
    go_sleep(53 * MILLISECOND);
    crowd(3);
    ctx_cancel(ctx);
}
