// expect: wrong answer
// Prints the number and counts nothing in a goroutine.
#include "go.h"

int main(void)
{
    printf("3 visits\n");
}
