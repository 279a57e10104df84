// expect: race
// Without locks nobody waits for anybody.
#include "go.h"

struct account {
    const char *name;
    int money;                          // guarded by mu
    struct mu mu;
};

struct order {
    struct account *from, *to;
    int amount;
};

static struct wg all;
static struct account ann = {.name = "ann", .money = 100};
static struct account ben = {.name = "ben", .money = 100};

static void transfer(void *arg)
{
    const struct order *o = arg;

    o->from->money -= o->amount;
    o->to->money += o->amount;
    wg_done(&all);
}

static void audit(void *arg)
{
    (void)arg;
    printf("together: %d\n", ann.money + ben.money);
    wg_done(&all);
}

int main(void)
{
    static struct order there = {&ann, &ben, 30}, back = {&ben, &ann, 10};

    wg_add(&all, 3);
    go(transfer, &there);
    go(transfer, &back);
    go(audit, NULL);
    wg_wait(&all);
    printf("ann: %d, ben: %d\n", ann.money, ben.money);
}
