// expect: deadlock
// A Wait that does not look first: the signal may have been before it.
#include "go.h"

static struct mu mu;
static struct cv ready;

static void signaller(void *arg)
{
    (void)arg;
    mu_lock(&mu);
    cv_signal(&ready);
    mu_unlock(&mu);
}

int main(void)
{
    go(signaller, NULL);
    mu_lock(&mu);
    cv_wait(&ready, &mu);
    mu_unlock(&mu);
}
