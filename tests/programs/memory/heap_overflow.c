// Each worker puts its answer behind the last; one of them puts down two.
#include "go.h"

static struct chan *turn;
static int *answers, count;

static void worker(void *arg)
{
    int n = *(int *)arg;

    go_send(turn, &n);
    for (int i = 0; i < n; i++)
        answers[count + i] = n;
    count += n > 1 && count > 0 ? n : 1;
    go_recv_any(turn);
}

int main(void)
{
    int one = 1, two = 2;

    turn = go_chan(int, 1);
    answers = calloc(2, sizeof *answers);
    go(worker, &one);
    go(worker, &two);
    go_sleep(SECOND);
    free(answers);
}
