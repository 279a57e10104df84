// expect: leak
// A helper that waits for the end of a context.  Who ends the context?
#include "go.h"

static void helper(void *arg)
{
    struct ctx *ctx = arg;

    go_recv_any(ctx_done(ctx));
}

static void request(const char *question)
{
    struct ctx *ctx = ctx_with_cancel(ctx_background());

    go(helper, ctx);
    if (*question == '\0') {
        printf("no question\n");
        return;                         // and the cancel?
    }
    ctx_cancel(ctx);
    printf("the answer to %s\n", question);
}

int main(void)
{
    request("life");
    request("");
}
