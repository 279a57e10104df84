// expect: leak
// The asker gives up after 20 ms.  Who takes the answer now?
#include "go.h"

static struct chan *answer;

static void look_up(void *arg)
{
    int value = 42;

    (void)arg;
    go_sleep(50 * MILLISECOND);         // a slow day
    go_send(answer, &value);
}

int main(void)
{
    struct chan *timeout;
    int value;

    answer = go_chan(int, 0);
    go(look_up, NULL);

    timeout = go_after(20 * MILLISECOND);
    if (go_select(RECV(answer, &value), RECV(timeout)) == 0)
        printf("the answer is %d\n", value);
    else
        printf("too slow, going home\n");
}
