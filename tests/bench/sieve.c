/* The prime sieve: a goroutine for every prime. */
#include "go.h"
#include <stdlib.h>
#ifndef N
#define N 2000
#endif
struct filter {
    struct chan *in, *out;
    int prime;
} filters[N];
static void generate(void *arg)
{
    for (int i = 2;; i++)
        go_send((struct chan *)arg, &i);
}
static void filter(void *arg)
{
    struct filter *f = arg;
    int v;
    for (;;) {
        go_recv(f->in, &v);
        if (v % f->prime != 0)
            go_send(f->out, &v);
    }
}
int main(void)
{
    struct chan *in = go_chan(int, 0);
    go(generate, in);
    for (int i = 0; i < N; i++) {
        struct filter *f = &filters[i];
        go_recv(in, &f->prime);
        f->in = in;
        in = f->out = go_chan(int, 0);
        go(filter, f);
    }
    exit(0);
}
