// expect: wrong answer
// Locks twice: between the two, another gate counts, and two are number 5.
#include "go.h"

static struct wg gates;
static struct mu mu;
static int visitors;                    // guarded by mu

static int count(void)
{
    int number;

    mu_lock(&mu);
    visitors++;
    mu_unlock(&mu);
    mu_lock(&mu);
    number = visitors;
    mu_unlock(&mu);
    return number;
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
