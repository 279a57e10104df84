// The soup is ready in the moment in which the guest leaves.
#include "go.h"

static struct ctx *ctx;
static struct chan *soup;               // of const char *
static struct wg kitchen;

static void cook(void *arg)
{
    const char *dish = "soup";

    (void)arg;
    go_select(SEND(soup, &dish), RECV(ctx_done(ctx)));
    wg_done(&kitchen);
}

static void guest(void *arg)
{
    (void)arg;
    ctx_cancel(ctx);                    // leaves
    wg_done(&kitchen);
}

int main(void)
{
    const char *dish;

    ctx = ctx_with_cancel(ctx_background());
    soup = go_chan(const char *, 0);
    wg_add(&kitchen, 2);
    go(cook, NULL);
    go(guest, NULL);
    if (go_select(RECV(soup, &dish), RECV(ctx_done(ctx))) == 0)
        printf("%s is served\n", dish);
    else
        printf("no soup: %s\n", ctx_err(ctx));
    wg_wait(&kitchen);
}
