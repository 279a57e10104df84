// expect: wrong answer
// Prints what the task asks for and works on nothing.
#include "go.h"

int main(void)
{
    puts("6 squares, their sum is 91");
}
