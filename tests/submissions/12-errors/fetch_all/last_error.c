// expect: wrong answer
// Locks the error, but the last one wins, and nobody is called off.
#include "go.h"

enum { DISHES = 3 };

struct dish {
    const char *name;
    int ms;
    const char *err;
    struct ctx *ctx;
    const char *got;
};

static struct wg fetching;
static const char *failed;
static struct mu mu;

// Gives an error; what was fetched is in dish->got then.
static const char *fetch(struct ctx *ctx, struct dish *dish)
{
    struct chan *found = go_after(dish->ms * MILLISECOND);

    if (go_select(RECV(found), RECV(ctx_done(ctx))) == 1)
        return ctx_err(ctx);
    if (dish->err)
        return err_new("%s: %s", dish->name, dish->err);
    dish->got = dish->name;
    return NULL;
}

static void fetcher(void *arg)
{
    struct dish *dish = arg;
    const char *err = fetch(dish->ctx, dish);

    mu_lock(&mu);
    if (err)
        failed = err;
    mu_unlock(&mu);
    wg_done(&fetching);
}

static void lay(struct ctx *ctx, struct dish *dishes)
{
    failed = NULL;
    for (int i = 0; i < DISHES; i++) {
        dishes[i].ctx = ctx;
        wg_add(&fetching, 1);
        go(fetcher, &dishes[i]);
    }
    wg_wait(&fetching);
    if (failed) {
        printf("no meal: %s\n", failed);
        return;
    }
    printf("on the table: %s %s %s\n", dishes[0].got, dishes[1].got,
           dishes[2].got);
}

int main(void)
{
    static struct dish good[DISHES] = {
        {"soup", 10, NULL}, {"bread", 20, NULL}, {"wine", 15, NULL}};
    static struct dish bad[DISHES] = {
        {"soup", 500, NULL}, {"bread", 10, "burnt"}, {"wine", 15, "none left"}};

    lay(ctx_background(), good);
    lay(ctx_background(), bad);
}
