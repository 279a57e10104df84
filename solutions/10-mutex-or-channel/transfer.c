// Everybody locks in the order of the names, whoever sends.  With one order
// for all there can be no circle.
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
    bool ordered = strcmp(o->from->name, o->to->name) < 0;
    struct account *first = ordered ? o->from : o->to;
    struct account *second = ordered ? o->to : o->from;

    mu_lock(&first->mu);
    mu_lock(&second->mu);
    o->from->money -= o->amount;
    o->to->money += o->amount;
    mu_unlock(&second->mu);
    mu_unlock(&first->mu);
    wg_done(&all);
}

static void audit(void *arg)
{
    (void)arg;
    mu_lock(&ann.mu);
    mu_lock(&ben.mu);
    printf("together: %d\n", ann.money + ben.money);
    mu_unlock(&ben.mu);
    mu_unlock(&ann.mu);
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
