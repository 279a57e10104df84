// expect: wrong answer: at least
// Prints what the task asks for and fetches nothing.
#include "go.h"

int main(void)
{
    puts("header: ok");
    puts("body: context deadline exceeded");
}
