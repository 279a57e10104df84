// expect: leak
// Fan-out: each stage listens to ctx as it receives, but not as it sends on its own output.
#include "go.h"

static struct ctx *ctx;
static struct chan *input;

static void stage(void *arg)
{
    struct chan *out = arg;
    int n;
    bool ok;

    while (go_select(RECV(input, &n, &ok), RECV(ctx_done(ctx))) == 0 && ok) {
        n++;
        go_send(out, &n);
    }
    go_close(out);
}

int main(void)
{
    struct chan *one = go_chan(int, 0), *two = go_chan(int, 0);
    int n;

    ctx = ctx_with_cancel(ctx_background());
    input = go_chan(int, 2);
    for (n = 1; n <= 2; n++)
        go_send(input, &n);
    go_close(input);
    go(stage, one);
    go(stage, two);
    go_select(RECV(one, &n), RECV(two, &n));
    ctx_cancel(ctx);
}
