// expect: race
// A new lock at each call keeps nobody out.
#include "go.h"

static struct wg gates;
static int visitors;

static int count(void)
{
    struct mu mu = {0};

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
