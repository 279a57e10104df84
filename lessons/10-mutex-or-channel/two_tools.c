// expect: deadlock
// Two cooks, one knife, one board, and each cook needs both.
#include "go.h"

static struct mu knife, board;
static struct wg cooks;

static void ann(void *arg)
{
    (void)arg;
    mu_lock(&knife);
    mu_lock(&board);
    printf("ann cuts\n");
    mu_unlock(&board);
    mu_unlock(&knife);
    wg_done(&cooks);
}

static void ben(void *arg)
{
    (void)arg;
    mu_lock(&board);
    mu_lock(&knife);
    printf("ben cuts\n");
    mu_unlock(&knife);
    mu_unlock(&board);
    wg_done(&cooks);
}

int main(void)
{
    wg_add(&cooks, 2);
    go(ann, NULL);
    go(ben, NULL);
    wg_wait(&cooks);
    printf("dinner\n");
}
