// expect: panic: unlock of unlocked mutex
// Gives the lock back before the call, and at the end once more.
#include "go.h"

#define LIMIT (30 * MILLISECOND)

static struct mu mu;
static const char *state = "closed";
static int failures;

static bool allow(void)
{
    return strcmp(state, "closed") == 0;
}

static void record(bool ok)
{
    mu_lock(&mu);
    failures = ok ? 0 : failures + 1;
    state = failures < 3 ? "closed" : "open";
    mu_unlock(&mu);
}

static const char *look(void)
{
    const char *word;

    mu_lock(&mu);
    word = state;
    mu_unlock(&mu);
    return word;
}

struct question {
    struct chan *answer;
    int ms;
};

// The server answers after so many ms.
static void ask(void *arg)
{
    const struct question question = *(struct question *)arg;

    free(arg);
    go_sleep(question.ms * MILLISECOND);
    go_send(question.answer, &(bool){true});
}

static bool call(int ms)
{
    struct question *question;
    struct chan *answer, *limit;
    bool answered;

    mu_lock(&mu);
    if (!allow()) {
        mu_unlock(&mu);
        return false;
    }
    mu_unlock(&mu);
    answer = go_chan(bool, 1);          // room: a late one is put down
    question = malloc(sizeof *question);
    *question = (struct question){answer, ms};
    go(ask, question);
    limit = go_after(LIMIT);
    answered = go_select(RECV(answer), RECV(limit)) == 0;
    record(answered);
    mu_unlock(&mu);
    return answered;
}

static struct chan *results, *told;     // of bool, of const char *
static int64_t told_at;

static void caller(void *ms)
{
    bool answered = call((int)(intptr_t)ms);

    go_send(results, &answered);
}

// Somebody who only wants to know.
static void visitor(void *arg)
{
    const char *word;

    (void)arg;
    go_sleep(5 * MILLISECOND);
    word = look();
    told_at = go_now();
    go_send(told, &word);
}

int main(void)
{
    int answered = 0, late = 0;
    const char *word;
    bool ok;

    results = go_chan(bool, 0);
    told = go_chan(const char *, 1);
    go(caller, (void *)20);
    go(caller, (void *)20);
    go(caller, (void *)50);
    go(visitor, NULL);

    for (int i = 0; i < 3; i++) {
        go_recv(results, &ok);
        answered += ok;
        late += !ok;
    }
    go_recv(told, &word);
    printf("%s, told at %d ms\n", word, (int)(told_at / MILLISECOND));
    printf("%d answered, %d late, after %d ms\n", answered, late,
           (int)(go_now() / MILLISECOND));
}
