// One lock for all gates.  To count and to know the number is one thing, so
// both stand between the same lock and unlock.
#include "go.h"

static struct wg gates;
static struct mu mu;
static int visitors;                    // guarded by mu

static int count(void)
{
    mu_lock(&mu);
    go_defer(mu_unlock, &mu);
    visitors++;
    return visitors;
}

static void gate(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        go_sleep(10 * MILLISECOND);     // looks at the ticket
        if (count() == 5)
            printf("visitor 5 gets a flower\n");
    }
    wg_done(&gates);
}

int main(void)
{
    for (int i = 0; i < 3; i++) {
        wg_add(&gates, 1);
        go(gate, NULL);
    }
    wg_wait(&gates);
    printf("%d visitors\n", visitors);
}
