// expect: leak
// A call with a limit of 20 ms, and an answer after 50.
#include "go.h"

static const char *server(void)
{
    go_sleep(50 * MILLISECOND);
    return "soup";
}

static void ask(void *arg)
{
    struct chan *answer = arg;
    const char *dish = server();

    go_send(answer, &dish);
}

static const char *call(int64_t limit)
{
    struct chan *answer = go_chan(const char *, 0), *late = go_after(limit);
    const char *dish;

    go(ask, answer);
    if (go_select(RECV(answer, &dish), RECV(late)) == 0)
        return dish;
    return "too late";
}

int main(void)
{
    printf("%s\n", call(20 * MILLISECOND));
    printf("after %d ms\n", (int)(go_now() / MILLISECOND));
}
