// expect: deadlock
// Two cooks, one knife, one board, and each cook needs both.
#include "go.h"

struct cook {
    const char *name;
    struct mu *first, *second;
};

static struct mu knife, board;
static struct wg cooks;

static void cook(void *arg)
{
    const struct cook *c = arg;

    go_name("%s", c->name);
    mu_lock(c->first);
    mu_lock(c->second);
    printf("%s cuts\n", c->name);
    mu_unlock(c->second);
    mu_unlock(c->first);
    wg_done(&cooks);
}

int main(void)
{
    static struct cook ann = {"ann", &knife, &board};
    static struct cook ben = {"ben", &board, &knife};

    wg_add(&cooks, 2);
    go(cook, &ann);
    go(cook, &ben);
    wg_wait(&cooks);
    printf("dinner\n");
}
