// a local variable, given away by pointer
#include "go.h"

static struct wg wg;

static void add(void *arg)
{
    unsigned *sum = arg;

    *sum += 5;
    wg_done(&wg);
}

int main(void)
{
    unsigned sum = 4000000000u;

    wg_add(&wg, 2);
    go(add, &sum);
    go(add, &sum);
    wg_wait(&wg);
    printf("%u\n", sum);
}
