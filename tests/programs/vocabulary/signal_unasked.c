// expect: wrong answer: signal: interrupt
// Nobody asked for it: it ends the program.
#include "go.h"

int main(void)
{
    sig_at(50 * MILLISECOND, SIGINT);
    go_sleep(SECOND);
    puts("never printed");
}
