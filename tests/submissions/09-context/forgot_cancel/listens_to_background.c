// expect: leak
// The cleaner listens to a context that nobody can cancel.
#include "go.h"

static void cleaner(void *arg)
{
    go_recv_any(ctx_done(arg));         // until the search is over
}

static void search(const char *word)
{
    struct ctx *ctx = ctx_with_cancel(ctx_background());

    go(cleaner, ctx_with_cancel(ctx_background()));
    if (*word == '\0') {
        printf("nothing to look for\n");
        goto out;
    }
    if (strcmp(word, "coffee") == 0) {
        printf("coffee was not found\n");
        goto out;
    }

    if (go_select(RECV(go_after(10 * MILLISECOND)), RECV(ctx_done(ctx))) == 1)
        printf("%s: %s\n", word, ctx_err(ctx));
    else
        printf("%s was found\n", word);
out:
    ctx_cancel(ctx);
}

int main(void)
{
    search("");
    search("coffee");
    search("tea");
}
