// expect: deadlock
// The cook rings once, the guest waits for the ring.
#include "go.h"

static struct mu mu;
static struct cv bell;

static void cook(void *arg)
{
    (void)arg;
    printf("soup is ready\n");
    cv_signal(&bell);
}

int main(void)
{
    go(cook, NULL);
    mu_lock(&mu);
    cv_wait(&bell, &mu);
    mu_unlock(&mu);
    printf("main eats\n");
}
