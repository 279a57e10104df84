// expect: panic: sync: copied after first use
#include "go.h"
struct counter {
    struct mu mu;
    int n;
};
static void add(struct counter c)
{
    mu_lock(&c.mu);
    c.n++;
    mu_unlock(&c.mu);
}
int main(void)
{
    struct counter c = {0};
    mu_lock(&c.mu);
    c.n = 1;
    mu_unlock(&c.mu);
    add(c);
}
