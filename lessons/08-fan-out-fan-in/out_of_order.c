// The order of the results is the order in which they are finished.
#include "go.h"

static struct chan *letters, *results;
static const int delay[3] = {30, 10, 20}; // of A, B, C

static void worker(void *arg)
{
    char letter;

    (void)arg;
    while (go_recv(letters, &letter)) {
        go_sleep(delay[letter - 'A'] * MILLISECOND);
        go_send(results, &letter);
    }
}

int main(void)
{
    char order[4] = "";

    letters = go_chan(char, 3);
    results = go_chan(char, 3);
    for (char letter = 'A'; letter <= 'C'; letter++)
        go_send(letters, &letter);
    go_close(letters);
    for (int i = 0; i < 3; i++)
        go(worker, NULL);
    for (int i = 0; i < 3; i++)
        go_recv(results, &order[i]);
    printf("%s\n", order);
}
