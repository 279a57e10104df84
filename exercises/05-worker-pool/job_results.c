// One answer for each job: some jobs go wrong, and the asker must learn which.
//
// Run it and it looks right.  Check it, and a schedule comes up in which the
// answers stand beside the wrong questions.
//
// Your task: print each answer, or its error, beside the text it belongs to,
// in the order of the texts, whichever worker is quicker.
#include "go.h"

enum { TEXTS = 5 };

static const char *const texts[TEXTS] = {"4", "seven", "9", "ten", "6"};

struct answer {
    int value;
    const char *err; // NULL: value is good
};

static struct chan *jobs, *results;

static struct answer square_of(const char *text)
{
    char *end;
    int n = (int)strtol(text, &end, 10);

    if (end == text)
        return (struct answer){.err = "not a number"};
    return (struct answer){.value = n * n};
}

static void worker(void *arg)
{
    const char *text;
    struct answer answer;

    (void)arg;
    while (go_recv(jobs, &text)) {
        answer = square_of(text);
        go_send(results, &answer);
    }
}

int main(void)
{
    struct answer answer;

    jobs = go_chan(const char *, TEXTS);
    results = go_chan(struct answer, TEXTS);
    for (int i = 0; i < 3; i++)
        go(worker, NULL);
    for (int i = 0; i < TEXTS; i++)
        go_send(jobs, &texts[i]);
    go_close(jobs);

    for (int i = 0; i < TEXTS; i++) {
        go_recv(results, &answer);      // the answer to which text?
        if (answer.err)
            printf("%s: error: %s\n", texts[i], answer.err);
        else
            printf("%s: %d\n", texts[i], answer.value);
    }
}
