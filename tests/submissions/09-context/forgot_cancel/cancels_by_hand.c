// expect: leak
// Cancels at the second way out, and there is a third.
#include "go.h"

static void cleaner(void *arg)
{
    go_recv_any(ctx_done(arg));         // until the search is over
}

static void search(const char *word)
{
    struct ctx *ctx = ctx_with_cancel(ctx_background());

    go(cleaner, ctx);
    if (*word == '\0') {
        printf("nothing to look for\n");
        ctx_cancel(ctx);
        return;
    }
    if (strcmp(word, "coffee") == 0) {
        printf("coffee was not found\n");
        return;
    }

    if (go_select(RECV(go_after(10 * MILLISECOND)), RECV(ctx_done(ctx))) == 1)
        printf("%s: %s\n", word, ctx_err(ctx));
    else
        printf("%s was found\n", word);
    ctx_cancel(ctx);
}

int main(void)
{
    search("");
    search("coffee");
    search("tea");
}
