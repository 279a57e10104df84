// expect: livelock
// Looks again and again, as fast as it can.  Who would ever send?
#include "go.h"

int main(void)
{
    struct chan *box = go_chan(int, 1);
    int looks = 0;

    while (go_select_default(RECV(box)) == -1)
        looks++;
    printf("a letter after %d looks\n", looks);
}
