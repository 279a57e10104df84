// expect: wrong answer: main took 60 ms
// Looks at the tickets under the lock: one gate at a time.
#include "go.h"

static struct wg gates;
static struct mu mu;
static int visitors;                    // guarded by mu

static int count(void)
{
    mu_lock(&mu);
    go_defer(mu_unlock, &mu);
    go_sleep(10 * MILLISECOND);         // looks at the ticket
    visitors++;
    return visitors;
}

static void gate(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
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
