// Two people send each other money at the same moment, and a bank clerk adds
// up what both have.  Every account has its own lock.
//
// Each transfer locks its own account first, then the other one.  There is a
// moment at which neither can go on.
//
// Your task: let both transfers come to their end.  The clerk must never see
// money that has left one account and not yet come to the other.
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

    mu_lock(&o->from->mu);
    mu_lock(&o->to->mu);
    o->from->money -= o->amount;
    o->to->money += o->amount;
    mu_unlock(&o->to->mu);
    mu_unlock(&o->from->mu);
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
