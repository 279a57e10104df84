// expect: leak
// The answer comes long before the deadline, and nobody calls ctx_cancel.
#include "go.h"

static struct chan *answer;

static void ask(void *arg)
{
    int value = 42;

    go_send(answer, &value);
    (void)arg;
}

int main(void)
{
    struct ctx *ctx = ctx_with_timeout(ctx_background(), SECOND);
    int value = 0;

    answer = go_chan(int, 1);
    go(ask, NULL);
    if (go_select(RECV(answer, &value), RECV(ctx_done(ctx))) == 0)
        printf("%d\n", value);
}
