// expect: wrong answer
// Prints what is asked for.
#include "go.h"

int main(void)
{
    puts("at 0 ms: 2 of 3");
    puts("at 5 ms: 0 of 1");
    puts("at 12 ms: 1 of 2");
    puts("at 65 ms: 2 of 3");
}
