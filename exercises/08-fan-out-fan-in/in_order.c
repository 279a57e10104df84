// Three workers translate five words, and some words take longer than others.
// The translation comes out in the order in which the workers finish.
//
// Your task: print it in the order of the text.  The workers must still work
// at the same time: 40 ms for all of it is allowed, one by one takes 70.
#include "go.h"

enum { WORDS = 5 };

struct word {
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
    struct word word;

    words = go_chan(struct word, WORDS);
    results = go_chan(struct word, WORDS);
    for (int n = 0; n < WORDS; n++) {
        word = (struct word){text[n]};
        go_send(words, &word);
    }
    go_close(words);
    for (int i = 0; i < 3; i++)
        go(worker, NULL);

    for (int i = 0; i < WORDS; i++) {
        go_recv(results, &word);
        printf("%s\n", word.text);      // the translation of which word?
    }
}
