// review: copy safety: fine: every lock and WaitGroup was used where it was first used
#include "go.h"

int main(void)
{
    struct mu mu = {0};

    mu_lock(&mu);
    mu_unlock(&mu);
}
