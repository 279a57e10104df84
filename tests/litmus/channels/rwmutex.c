/* N readers, W writers of an RWMutex, once each.
 *
 * Readers commute.  W = 0: 1.  W = 1: each reader is out before the writer comes, comes after it has
 * left, or is inside when it claims and leaves then: 3^N. */
#include "go.h"

#ifndef N
#define N 2
#endif
#ifndef W
#define W 1
#endif

static struct rw rw;
static struct wg wg;

static void reader(void *arg)
{
    (void)arg;
    rw_rlock(&rw);
    rw_runlock(&rw);
    wg_done(&wg);
}

static void writer(void *arg)
{
    (void)arg;
    rw_lock(&rw);
    rw_unlock(&rw);
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, N + W);
    for (int i = 0; i < W; i++)
        go(writer, NULL);
    for (int i = 0; i < N; i++)
        go(reader, NULL);
    wg_wait(&wg);
}
