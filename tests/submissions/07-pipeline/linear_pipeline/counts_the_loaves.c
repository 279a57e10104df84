// expect: leak
// main counts to four and leaves; shape and bake wait for more for ever.
#include "go.h"

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
}

static void shape(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(dough, &n)) {
        work();
        go_send(shaped, &n);
    }
}

static void bake(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(shaped, &n)) {
        work();
        go_send(loaves, &n);
    }
}

int main(void)
{
    int n;

    dough = go_chan(int, 0);
    shaped = go_chan(int, 0);
    loaves = go_chan(int, 0);
    go(knead, NULL);
    go(shape, NULL);
    go(bake, NULL);

    for (int i = 0; i < 4; i++) {
        go_recv(loaves, &n);
        printf("loaf %d\n", n);
    }
    printf("sold out\n");
}
