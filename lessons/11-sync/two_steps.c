// An atomic number.  Each operation on it is one step.
#include "go.h"

static struct a64 count;
static struct wg adders;

static void add(void *arg)
{
    int64_t old = a64_load(&count);

    (void)arg;
    a64_store(&count, old + 1);
    wg_done(&adders);
}

int main(void)
{
    for (int i = 0; i < 3; i++) {
        wg_add(&adders, 1);
        go(add, NULL);
    }
    wg_wait(&adders);
    printf("count: %d\n", (int)a64_load(&count));
}
