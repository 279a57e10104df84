// expect: leak
// Spins by default when there is no job; blocks on a full queue when it should look at ctx.
#include "go.h"

static struct ctx *ctx;
static struct chan *incoming, *queue;

static void acceptor(void *arg)
{
    int job;

    for (;;)
        switch (go_select_default(RECV(ctx_done(ctx)), RECV(incoming, &job))) {
        case 0: return;
        case 1: go_send(queue, &job); break;
        }
    (void)arg;
}

int main(void)
{
    ctx = ctx_with_cancel(ctx_background());
    incoming = go_chan(int, 2);
    queue = go_chan(int, 1);
    go(acceptor, NULL);
    for (int job = 1; job <= 2; job++)
        go_send(incoming, &job);
    ctx_cancel(ctx);
}
