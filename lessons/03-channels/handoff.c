// An unbuffered channel: a send waits until somebody takes the value.
#include "go.h"

static struct chan *letters;

static void postman(void *arg)
{
    (void)arg;
    for (char letter = 'A'; letter <= 'C'; letter++)
        go_send(letters, &letter);      // waits here until it is taken
    go_close(letters);
}

int main(void)
{
    char letter;

    letters = go_chan(char, 0);
    go(postman, NULL);
    while (go_recv(letters, &letter)) { // waits here until one comes
        go_sleep(10 * MILLISECOND);     // reading takes a while
        printf("read letter %c\n", letter);
    }
}
