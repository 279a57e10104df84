// Both channels have something.  Which one is taken first?
#include "go.h"

int main(void)
{
    struct chan *left = go_chan(char, 2), *right = go_chan(char, 2);
    char order[5] = "";

    for (int i = 0; i < 2; i++) {
        go_send(left, &(char){'L'});
        go_send(right, &(char){'R'});
    }
    for (int i = 0; i < 4; i++)
        go_select(RECV(left, &order[i]), RECV(right, &order[i]));
    printf("%s\n", order);
}
