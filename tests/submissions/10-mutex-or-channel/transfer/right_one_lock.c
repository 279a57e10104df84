// expect: passed
// Another way: one lock for the whole bank.  No circle with a single lock.
#include "go.h"

struct account {
    const char *name;
    int money;                          // guarded by bank
};

struct order {
    struct account *from, *to;
    int amount;
};

static struct wg all;
static struct mu bank;
static struct account ann = {.name = "ann", .money = 100};
static struct account ben = {.name = "ben", .money = 100};

static void transfer(void *arg)
{
    const struct order *o = arg;

    mu_lock(&bank);
    o->from->money -= o->amount;
    o->to->money += o->amount;
    mu_unlock(&bank);
    wg_done(&all);
}

static void audit(void *arg)
{
    (void)arg;
    mu_lock(&bank);
    printf("together: %d\n", ann.money + ben.money);
    mu_unlock(&bank);
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
