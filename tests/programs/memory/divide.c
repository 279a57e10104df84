// The mean is asked for before anything was measured.
#include "go.h"

static struct mu mu;
static int sum, count;

static void measure(void *arg)
{
    mu_lock(&mu);
    sum += *(int *)arg;
    count++;
    mu_unlock(&mu);
}

static void report(void *arg)
{
    (void)arg;
    mu_lock(&mu);
    printf("mean %d\n", sum / count);
    mu_unlock(&mu);
}

int main(void)
{
    int length = 12;

    go(measure, &length);
    go(report, NULL);
    go_sleep(SECOND);
}
