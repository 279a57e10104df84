// expect: passed
// Another way: the last worker of a stage closes, by a count under a lock.
#include "go.h"

struct stage {
    struct chan *in, *out;
    int (*f)(int n);
    struct mu mu;
    int left; // workers, under mu
};

static struct chan *numbers, *squares, *results;

static int square(int n)
{
    return n * n;
}

static int plus_one(int n)
{
    return n + 1;
}

static void work(void)
{
    go_sleep(10 * MILLISECOND);
}

static void generate(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 4; n++)
        go_send(numbers, &n);
    go_close(numbers);
}

static void worker(void *arg)
{
    struct stage *stage = arg;
    bool last;
    int n;

    while (go_recv(stage->in, &n)) {
        work();
        n = stage->f(n);
        go_send(stage->out, &n);
    }
    mu_lock(&stage->mu);
    last = --stage->left == 0;
    mu_unlock(&stage->mu);
    if (last)
        go_close(stage->out);
}

static void run_stage(struct stage *stage)
{
    stage->left = 2;
    for (int i = 0; i < 2; i++)
        go(worker, stage);
}

int main(void)
{
    static struct stage first, second;
    int n, count = 0, sum = 0;

    numbers = go_chan(int, 0);
    squares = go_chan(int, 0);
    results = go_chan(int, 0);
    first = (struct stage){.in = numbers, .out = squares, .f = square};
    second = (struct stage){.in = squares, .out = results, .f = plus_one};
    go(generate, NULL);
    run_stage(&first);
    run_stage(&second);

    while (go_recv(results, &n)) {
        count++;
        sum += n;
    }
    printf("%d results, their sum is %d\n", count, sum);
}
