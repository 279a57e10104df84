/* reference_find.c -- from words and Go expressions to entries. */
#include "course/reference.h"

#include "base/text.h"
#include "course/signature.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { WORD = 80 };

static bool in_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* --- names ---------------------------------------------------------------- */

/* Lower case; a method's ':' and the blank of "struct wg" are dots. */
static char plain(char c)
{
    return c == ':' || c == ' ' ? '.' : (char)tolower((unsigned char)c);
}

/* Whether the word is the name, or its end: "lock" and "Mutex.lock" of "sync.Mutex.lock". */
static bool is_end_of(const char *name, const char *word)
{
    size_t n = strlen(name), w = strlen(word);

    if (w == 0 || w > n || (w < n && plain(name[n - w - 1]) != '.'))
        return false;
    for (size_t i = 0; i < w; i++)
        if (plain(name[n - w + i]) != plain(word[i]))
            return false;
    return true;
}

/* --- Go expressions ------------------------------------------------------- */

static bool is_go_word(const char *word, size_t len)
{
    static const char words[] = " case chan default defer for func go range select struct var ";
    char padded[WORD];

    if (len + 3 > sizeof padded)
        return false;
    padded[0] = ' ';
    memcpy(padded + 1, word, len);
    strcpy(padded + 1 + len, " ");
    return strstr(words, padded) != NULL;
}

/* The expression without blanks, each variable and number an x: what `jobs <- 3` and `ch <- v`
 * have in common. */
static void go_shape(const char *at, struct text *out)
{
    char before = '\0';

    text_clear(out);
    while (*at) {
        size_t len = 0;

        if (*at == ' ') {
            at++;
            continue;
        }
        while (in_name(at[len]))
            len++;
        if (len == 0)
            text_add_char(out, before = *at++);
        else if (before == '.' || at[len + strspn(at + len, " ")] == '(' || is_go_word(at, len))
            text_add_n(out, at, len);
        else
            text_add_char(out, 'x');
        at += len;
        if (len)
            before = '\0';
    }
}

/* Whether the word is the name, or its end, of something that the Go expression calls or takes
 * from a package. */
static bool go_names(const char *expression, const char *word)
{
    for (const char *at = expression; *at;) {
        size_t len = 0;
        char name[WORD];
        const char *dot;

        while (in_name(at[len]) || at[len] == '.')
            len++;
        if (len > 0 && len < sizeof name) {
            memcpy(name, at, len);
            name[len] = '\0';
            dot = strrchr(name, '.');
            if ((at[len] == '(' || (dot && isupper((unsigned char)dot[1])))
                && is_end_of(name, word))
                return true;
        }
        at += len ? len : 1;
    }
    return false;
}

/* --- a word to entries ------------------------------------------------------ */

static bool spelled_so(const struct reference_list *signatures, enum course_language language,
                       const char *word)
{
    char name[WORD];

    for (size_t i = 0; i < signatures->count; i++) {
        signature_word(signatures->at[i], language, name, sizeof name);
        if (is_end_of(name, word))
            return true;
    }
    return false;
}

static bool means(const struct reference_entry *entry, const char *word, const char *shape)
{
    struct text own = {0};
    bool found = is_end_of(entry->name, word) || spelled_so(&entry->lua, COURSE_LUA, word)
                 || spelled_so(&entry->c, COURSE_C, word);

    for (size_t i = 0; !found && i < entry->covers.count; i++)
        found = is_end_of(entry->covers.at[i], word);
    for (size_t i = 0; !found && i < entry->go.count; i++) {
        go_shape(entry->go.at[i], &own);
        found = go_names(entry->go.at[i], word)
                || (strcmp(shape, "x") != 0 && strcmp(shape, text_string(&own)) == 0);
    }
    text_release(&own);
    return found;
}

size_t reference_search(const struct reference *reference, const char *word,
                        const struct reference_entry **found, size_t max)
{
    struct text shape = {0}, bare = {0};
    size_t n = 0, len = strlen(word);

    if (len > 2 && strcmp(word + len - 2, "()") == 0)
        len -= 2;
    text_add_n(&bare, word, len);
    go_shape(word, &shape);
    word = text_string(&bare);
    for (int exact = 1; exact >= 0; exact--)
        for (size_t i = 0; i < reference->count && n < max; i++) {
            const struct reference_entry *entry = &reference->entries[i];

            if ((strcasecmp(entry->name, word) == 0) == exact
                && (exact || means(entry, word, text_string(&shape))))
                found[n++] = entry;
        }
    text_release(&shape);
    text_release(&bare);
    return n;
}

/* Letters to put in, take out, or change (Levenshtein), case left aside; names are short. */
static size_t distance(const char *a, const char *b)
{
    size_t row[WORD + 1], n = strlen(b);

    if (n > WORD)
        return n;
    for (size_t k = 0; k <= n; k++)
        row[k] = k;
    for (size_t i = 0; a[i]; i++) {
        size_t corner = row[0];

        row[0] = i + 1;
        for (size_t k = 1; k <= n; k++) {
            size_t above = row[k], best = corner + (plain(a[i]) != plain(b[k - 1]));

            if (above + 1 < best)
                best = above + 1;
            if (row[k - 1] + 1 < best)
                best = row[k - 1] + 1;
            row[k] = best;
            corner = above;
        }
    }
    return row[n];
}

/* To the name or any spelling, or the last part of one. */
static size_t distance_to(const struct reference_entry *entry, const char *word)
{
    const struct reference_list *lists[] = {&entry->lua, &entry->c};
    const char *tail = strrchr(entry->name, '.');
    size_t best = distance(word, entry->name), one = tail ? distance(word, tail + 1) : best;
    char name[WORD];

    best = one < best ? one : best;
    for (int language = COURSE_LUA; language <= COURSE_C; language++)
        for (size_t i = 0; i < lists[language]->count; i++) {
            signature_word(lists[language]->at[i], (enum course_language)language, name,
                           sizeof name);
            one = distance(word, name);
            best = one < best ? one : best;
        }
    return best;
}

size_t reference_nearest(const struct reference *reference, const char *word,
                         const struct reference_entry **found, size_t max)
{
    size_t len = strlen(word), n = 0;
    size_t limit = len < 3 ? 1 : len < 9 ? 2 : len / 3;

    if (len > WORD)
        return 0;
    for (size_t away = 0; away <= limit; away++)
        for (size_t i = 0; i < reference->count && n < max; i++)
            if (distance_to(&reference->entries[i], word) == away)
                found[n++] = &reference->entries[i];
    return n;
}
