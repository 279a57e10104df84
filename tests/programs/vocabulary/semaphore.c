// expect: passed
// At most one at once.
#include "go.h"

static struct sema *sem;
static struct a64 busy;
static struct wg wg;

static void worker(void *arg)
{
    (void)arg;
    sema_acquire(sem, NULL, 1);
    if (a64_add(&busy, 1) > 1)
        go_panic("more than one");
    a64_add(&busy, -1);
    sema_release(sem, 1);
    wg_done(&wg);
}

int main(void)
{
    struct ctx *ctx = ctx_with_timeout(ctx_background(), 10);

    sem = go_sema(1);
    wg_add(&wg, 2);
    go(worker, NULL);
    go(worker, NULL);
    wg_wait(&wg);
    printf("%d ", sema_try_acquire(sem, 2));
    printf("%d ", sema_try_acquire(sem, 1));
    printf("%d\n", sema_acquire(sem, ctx, 1));
}
