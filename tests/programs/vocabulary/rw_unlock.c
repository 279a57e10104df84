// expect: panic: fatal error: sync: RUnlock of unlocked RWMutex
// Given back what was never taken.
#include "go.h"

int main(void)
{
    struct rw rw = {0};

    rw_runlock(&rw);
}
