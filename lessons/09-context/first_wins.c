// Three sources, one question: the first answer wins, the rest go home.
#include "go.h"

struct source {
    const char *name;
    int ms;
};

static struct ctx *ctx;
static struct chan *answers;            // of const char *
static struct wg sources;

static void ask(void *arg)
{
    const struct source *s = arg;
    struct chan *found = go_after(s->ms * MILLISECOND);

    if (go_select(RECV(found), RECV(ctx_done(ctx))) == 0)
        go_send(answers, &s->name);
    wg_done(&sources);
}

int main(void)
{
    static struct source all[3] = {{"near", 10}, {"far", 40}, {"farther", 80}};
    const char *name;

    ctx = ctx_with_cancel(ctx_background());
    answers = go_chan(const char *, 3); // room for all: nobody waits to send
    for (int i = 0; i < 3; i++) {
        wg_add(&sources, 1);
        go(ask, &all[i]);
    }
    go_recv(answers, &name);
    printf("the first answer is from %s\n", name);
    ctx_cancel(ctx);
    wg_wait(&sources);
    printf("all at home after %d ms\n", (int)(go_now() / MILLISECOND));
}
