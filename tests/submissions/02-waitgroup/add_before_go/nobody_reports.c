// expect: wrong answer: main had heard of 0 goroutines when it returned
// The helpers walk to the box and back; main posts for them and asks nobody.
#include "go.h"

static void helper(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);
}

int main(void)
{
    struct chan *box = go_chan(int, 3);

    for (int i = 0; i < 3; i++) {
        go(helper, NULL);
        go_send(box, &i);
    }
    go_sleep(10 * MILLISECOND);
    printf("%zu of 3 letters are posted\n", go_len(box));
}
