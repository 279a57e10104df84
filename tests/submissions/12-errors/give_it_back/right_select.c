// expect: passed
// Another way: who waits for a token listens to the context as well, and
// begins nothing more after an error.
#include "go.h"

static struct ctx *ctx;
static struct chan *tokens;             // of int
static struct a64 saved;

static const char *save(int page)
{
    for (int half = 1; half <= 2; half++) {
        if (ctx_err(ctx))
            return ctx_err(ctx);
        if (page == 4) {
            go_sleep(3 * MILLISECOND);
            return err_new("page 4: disk full");
        }
        go_sleep(5 * MILLISECOND);
    }
    a64_add(&saved, 1);
    return NULL;
}

static const char *saver(void *arg)
{
    const char *err = save(*(int *)arg);

    if (err)
        return err;
    go_recv_any(tokens);                // give it back
    return NULL;
}

int main(void)
{
    static int pages[] = {1, 2, 3, 4, 5, 6};
    static struct group g;

    ctx = group_with_context(&g, ctx_background());
    tokens = go_chan(int, 2);
    for (int i = 0; i < 6; i++) {
        if (go_select(SEND(tokens, &pages[i]), RECV(ctx_done(ctx))) == 1)
            break;
        group_go(&g, saver, &pages[i]);
    }
    printf("%s\n", group_wait(&g));
    printf("%d pages saved\n", (int)a64_load(&saved));
}
