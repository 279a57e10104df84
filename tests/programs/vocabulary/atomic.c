// expect: passed
// Counted without a lock.
#include "go.h"

static struct a64 hits, flag;
static struct wg wg;

static void worker(void *arg)
{
    int64_t old;

    (void)arg;
    a64_add(&hits, 1);
    do
        old = a64_load(&hits);
    while (!a64_cas(&hits, old, old * 2));
    wg_done(&wg);
}

static void raise_flag(void *arg)
{
    (void)arg;
    a64_store(&flag, 1);
}

int main(void)
{
    wg_add(&wg, 2);
    go(worker, NULL);
    go(worker, NULL);
    wg_wait(&wg);
    int64_t n = a64_load(&hits);
    if (n != 6 && n != 8)
        go_panic("%d", (int)n);
    go(raise_flag, NULL);
    while (!a64_load(&flag))
        ;
    printf("%d\n", (int)a64_swap(&flag, 5));
}
