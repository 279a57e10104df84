// expect: passed
// A bounded buffer: each wait is a loop around its condition.
#include "go.h"

static struct mu mu;
static struct cv not_empty, not_full;
static int slot;
static bool full;

static void put(int v)
{
    mu_lock(&mu);
    while (full)
        cv_wait(&not_full, &mu);
    slot = v;
    full = true;
    cv_signal(&not_empty);
    mu_unlock(&mu);
}

static int take(void)
{
    mu_lock(&mu);
    while (!full)
        cv_wait(&not_empty, &mu);
    int v = slot;
    full = false;
    cv_signal(&not_full);
    mu_unlock(&mu);
    return v;
}

static void producer(void *arg)
{
    (void)arg;
    put(1);
    put(2);
}

int main(void)
{
    go(producer, NULL);
    int a = take(), b = take();
    printf("%d %d\n", a, b);
}
