// expect: deadlock
// Two locks in two orders; main does not wait for those who do.
#include "go.h"

static struct mu a, b;

static void one_way(void *arg)
{
    mu_lock(&a);
    mu_lock(&b);
    mu_unlock(&b);
    mu_unlock(&a);
    (void)arg;
}

static void other_way(void *arg)
{
    mu_lock(&b);
    mu_lock(&a);
    mu_unlock(&a);
    mu_unlock(&b);
    (void)arg;
}

int main(void)
{
    go(one_way, NULL);
    go(other_way, NULL);
    go_sleep(10);
    printf("main goes on\n");
}
