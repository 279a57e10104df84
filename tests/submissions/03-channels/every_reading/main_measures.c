// expect: wrong answer: at least 1
// No sensor, no channel: main does it all.
#include "go.h"

int main(void)
{
    static const int measured[] = {4, 0, -3, 7};
    int count = 0, sum = 0;

    for (int i = 0; i < 4; i++) {
        go_sleep(10 * MILLISECOND);
        count++;
        sum += measured[i];
    }
    printf("%d readings, their sum is %d\n", count, sum);
}
