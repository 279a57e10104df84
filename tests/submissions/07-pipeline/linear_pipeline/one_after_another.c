// expect: wrong answer: main took 120 ms
// Each waits until the one before has done all four: a line without a line.
#include "go.h"

static struct wg done;
static struct chan *dough, *shaped, *loaves;

static void work(void)
{
    go_sleep(10 * MILLISECOND);
}

static void knead(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 4; n++) {
        work();
        go_send(dough, &n);
    }
    go_close(dough);
    wg_done(&done);
}

static void shape(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(dough, &n)) {
        work();
        go_send(shaped, &n);
    }
    go_close(shaped);
    wg_done(&done);
}

static void bake(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(shaped, &n)) {
        work();
        go_send(loaves, &n);
    }
    go_close(loaves);
}

int main(void)
{
    int n;

    dough = go_chan(int, 4);
    shaped = go_chan(int, 4);
    loaves = go_chan(int, 0);
    wg_add(&done, 1);
    go(knead, NULL);
    wg_wait(&done);
    wg_add(&done, 1);
    go(shape, NULL);
    wg_wait(&done);
    go(bake, NULL);

    while (go_recv(loaves, &n))
        printf("loaf %d\n", n);
    printf("sold out\n");
}
