// Each word carries its number, and its translation brings the number back.
// main keeps what comes too early, and prints as soon as the next one in order
// is there.
#include "go.h"

enum { WORDS = 5 };

struct word {
    int n;            // its place in the text
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
        go_send(results, &word);
    }
}

int main(void)
{
    const char *early[WORDS + 1] = {NULL};
    int next = 0;
    struct word word;

    words = go_chan(struct word, WORDS);
    results = go_chan(struct word, WORDS);
    for (int n = 0; n < WORDS; n++) {
        word = (struct word){n, text[n]};
        go_send(words, &word);
    }
    go_close(words);
    for (int i = 0; i < 3; i++)
        go(worker, NULL);

    for (int i = 0; i < WORDS; i++) {
        go_recv(results, &word);
        early[word.n] = word.text;
        while (early[next])             // the next in order, and those after it
            printf("%s\n", early[next++]);
    }
}
