/* buffer.c of the folder above, with go.h; a buffer of one item.
 *
 * In BUG=2 with P=2 C=2 the counts are others: when the assertion fails in one of the 8 ways, one
 * producer and one consumer are through, and the Done of each may be made before or is cut off:
 * 8 * 2 * 2 = 32 of 64 - 8 + 32 = 88. */
#include "go.h"

#include <assert.h>

#ifndef P
#define P 2
#endif
#ifndef C
#define C 2
#endif
#ifndef K
#define K 1
#endif
#ifndef BUG
#define BUG 0
#endif

static struct mu mu;
static struct cv not_full, not_empty;
static struct wg wg;
static int used;

static struct cv *other(void)
{
    return BUG == 1 ? &not_full : &not_empty;
}

static void wait_while(int full, struct cv *cv)
{
    while (used == full) {
        cv_wait(cv, &mu);
        if (BUG == 2)
            break;
    }
    assert(used != full);
}

static void producer(void *arg)
{
    (void)arg;
    for (int k = 0; k < K; k++) {
        mu_lock(&mu);
        wait_while(1, &not_full);
        used = 1;
        cv_signal(other());
        mu_unlock(&mu);
    }
    wg_done(&wg);
}

static void consumer(void *arg)
{
    (void)arg;
    for (int k = 0; k < P * K / C; k++) {
        mu_lock(&mu);
        wait_while(0, other());
        used = 0;
        cv_signal(&not_full);
        mu_unlock(&mu);
    }
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, P + C);
    for (int i = 0; i < P; i++)
        go(producer, NULL);
    for (int i = 0; i < C; i++)
        go(consumer, NULL);
    wg_wait(&wg);
}
