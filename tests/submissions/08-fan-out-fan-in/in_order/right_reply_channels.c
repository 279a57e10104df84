// expect: passed
// Another way: a queue of channels, one for each word, read in order.
#include "go.h"

enum { WORDS = 5 };

struct word {
    struct chan *reply; // gets its translation
    const char *text;
};

static const char *const text[WORDS] = {"der", "Hund", "bellt", "im", "Hof"};
static const char *const translation[WORDS] = {
    "the", "dog", "barks", "in the", "yard"};
static struct chan *words, *results;

static const char *translate(const char *word)
{
    // der, die, das, dem, den ...
    go_sleep((strcmp(word, "der") == 0 ? 30 : 10) * MILLISECOND);
    for (int i = 0; i < WORDS; i++)
        if (strcmp(word, text[i]) == 0)
            return translation[i];
    return "?";
}

static void worker(void *arg)
{
    struct word word;

    (void)arg;
    while (go_recv(words, &word)) {
        word.text = translate(word.text);
        go_send(word.reply, &word.text);
    }
}

int main(void)
{
    struct chan *reply;
    struct word word;

    words = go_chan(struct word, WORDS);
    results = go_chan(struct chan *, WORDS);
    for (int n = 0; n < WORDS; n++) {
        reply = go_chan(const char *, 1);
        word = (struct word){reply, text[n]};
        go_send(words, &word);
        go_send(results, &reply);
    }
    go_close(words);
    for (int i = 0; i < 3; i++)
        go(worker, NULL);

    for (int i = 0; i < WORDS; i++) {
        go_recv(results, &reply);
        go_recv(reply, &word.text);
        printf("%s\n", word.text);
    }
}
