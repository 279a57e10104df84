// main does not wait: who sees the second line?
#include "go.h"

static void write_letter(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);
    printf("the letter is written\n");
}

int main(void)
{
    go(write_letter, NULL);
    printf("main goes home\n");
}
