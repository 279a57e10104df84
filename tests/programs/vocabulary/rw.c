// expect: passed
// A cache: many read at once, one writes alone.
#include "go.h"

static struct rw rw;
static struct wg wg;
static int cache = 1;

static void reader(void *arg)
{
    (void)arg;
    rw_rlock(&rw);
    int v = cache;
    rw_runlock(&rw);
    if (v != 1 && v != 2)
        go_panic("a reader saw half a change");
    wg_done(&wg);
}

static void writer(void *arg)
{
    (void)arg;
    rw_lock(&rw);
    cache++;
    rw_unlock(&rw);
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, 3);
    go(reader, NULL);
    go(reader, NULL);
    go(writer, NULL);
    wg_wait(&wg);
    rw_rlock(&rw);
    printf("%d %d %d\n", cache, rw_try_lock(&rw), rw_try_rlock(&rw));
    rw_runlock(&rw);
    rw_runlock(&rw);
}
