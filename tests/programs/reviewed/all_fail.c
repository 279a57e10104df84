// expect: deadlock
// The first answer wins; when all sources fail nobody reads the errors, and the caller waits on.
#include "go.h"

static struct ctx *ctx;
static struct chan *answers, *errs;

static void source(void *arg)
{
    int error = *(int *)arg;

    go_select(SEND(errs, &error), RECV(ctx_done(ctx)));
}

int main(void)
{
    static int errors[2] = {1, 2};
    int answer;

    ctx = ctx_with_cancel(ctx_background());
    answers = go_chan(int, 0);
    errs = go_chan(int, 0);
    for (int i = 0; i < 2; i++)
        go(source, &errors[i]);
    if (go_select(RECV(answers, &answer), RECV(ctx_done(ctx))) == 0)
        printf("%d\n", answer);
    ctx_cancel(ctx);
}
