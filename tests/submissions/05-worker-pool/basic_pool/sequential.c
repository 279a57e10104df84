// expect: wrong answer
// Right numbers, but main does all the work: there is no pool.
#include "go.h"

int main(void)
{
    int count = 0, sum = 0;

    for (int n = 1; n <= 6; n++) {
        go_sleep(10 * MILLISECOND);
        count++;
        sum += n * n;
    }
    printf("%d squares, their sum is %d\n", count, sum);
}
