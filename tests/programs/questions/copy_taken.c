// review: copy safety: red flag: a copy of a lock or WaitGroup that was in use
#include "go.h"

int main(void)
{
    struct mu mu = {0}, copy;

    mu_lock(&mu);
    mu_unlock(&mu);
    copy = mu;
    mu_lock(&copy);
    mu_unlock(&copy);
}
