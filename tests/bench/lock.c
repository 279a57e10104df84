/* Lock and Unlock of a mutex nobody else wants. */
#include "go.h"
#ifndef N
#define N 1000000
#endif
static struct mu mu;
int main(void)
{
    for (int i = 0; i < N; i++) {
        mu_lock(&mu);
        mu_unlock(&mu);
    }
}
