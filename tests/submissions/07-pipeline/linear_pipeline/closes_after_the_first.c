// expect: wrong answer: line 2
// bake closes its output after each loaf, and not at the end of its input.
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
    go_close(shaped);
}

static void bake(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(shaped, &n)) {
        work();
        go_send(loaves, &n);
        go_close(loaves);
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

    while (go_recv(loaves, &n))
        printf("loaf %d\n", n);
    printf("sold out\n");
}
