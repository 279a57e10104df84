// expect: wrong answer: main took 520 ms
// Passes the context it was given, and not the one of the group.
#include "go.h"

enum { DISHES = 3 };

struct dish {
    const char *name;
    int ms;
    const char *err;
    struct ctx *ctx;
    const char *got;
};

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

static const char *fetcher(void *arg)
{
    struct dish *dish = arg;

    return fetch(dish->ctx, dish);
}

static void lay(struct ctx *ctx, struct dish *dishes)
{
    struct group g = {0};
    const char *failed;

    group_with_context(&g, ctx);
    for (int i = 0; i < DISHES; i++) {
        dishes[i].ctx = ctx;
        group_go(&g, fetcher, &dishes[i]);
    }
    failed = group_wait(&g);
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
