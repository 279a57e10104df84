/* reference_find.c -- from words, Go expressions and whole programs to entries. */
#include "course/reference.h"

#include "base/text.h"

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
        reference_word(signatures->at[i], language, name, sizeof name);
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
            reference_word(lists[language]->at[i], (enum course_language)language, name,
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

/* --- a program to entries ----------------------------------------------------- */

/* The end of the comment or string that begins at `at`; `at` itself when none does. */
static const char *skip(const char *at, enum course_language language)
{
    const char *end = NULL;
    bool lua = language == COURSE_LUA;

    if (lua && strncmp(at, "--[[", 4) == 0)
        end = strstr(at, "]]");
    else if (lua && strncmp(at, "[[", 2) == 0)
        end = strstr(at, "]]");
    else if (!lua && strncmp(at, "/*", 2) == 0)
        end = strstr(at + 2, "*/");
    else if (strncmp(at, lua ? "--" : "//", 2) == 0)
        return at + strcspn(at, "\n");
    else if (*at == '"' || *at == '\'') {
        for (end = at + 1; *end && *end != *at && *end != '\n'; end++)
            if (*end == '\\' && end[1])
                end++;
        return end + (*end == *at);
    } else
        return at;
    return end ? end + 2 : at + strlen(at);
}

/* The next name behind *at: "wg", in Lua "sync.Mutex" and "wg:add" too.  *called: '(' or what Lua
 * calls with, a table or a string, follows. */
static bool next_name(const char **at, enum course_language language, char *name, size_t size,
                      bool *called)
{
    const char *p = *at;

    while (*p && !in_name(*p)) {
        const char *behind = skip(p, language);

        p = behind > p ? behind : p + 1;
    }
    *at = p;
    while (in_name(*p) || (language == COURSE_LUA && (*p == '.' || *p == ':') && in_name(p[1])))
        p++;
    snprintf(name, size, "%.*s", (int)(p - *at), *at);
    if (p == *at)
        return false;
    *at = p;
    p += strspn(p, " ");
    *called = *p == '(' || (language == COURSE_LUA && (*p == '{' || *p == '"'));
    return true;
}

/* Where the last part of a name begins, its separator included; NULL: it has one part. */
static const char *last_part(const char *name)
{
    const char *dot = strrchr(name, '.'), *colon = strrchr(name, ':');

    return colon ? colon : dot;
}

bool reference_is_member(const struct reference_entry *entry, const char *word)
{
    const char *part = last_part(word);

    return part && (*part == ':' || strncmp(entry->name, word, (size_t)(part - word) + 1) != 0);
}

/* Whether one of the entries used gives a thing of the type whose member the entry is. */
static bool is_made(const struct reference *reference, const struct reference_entry *entry,
                    const bool *used)
{
    char type[WORD];
    const char *gives;

    snprintf(type, sizeof type, "%s", entry->name);
    type[strrchr(type, '.') ? (size_t)(strrchr(type, '.') - type) : 0] = '\0';
    for (size_t i = 0; i < reference->count; i++)
        for (size_t k = 0; used[i] && k < reference->entries[i].lua.count; k++)
            if ((gives = strstr(reference->entries[i].lua.at[k], "->")) && strstr(gives, type))
                return true;
    return false;
}

/* How well `name` in a program fits a member: 0 not at all, 3 best. */
static int member_fits(const struct reference *reference, const struct reference_entry *entry,
                       const char *name, const bool *used)
{
    const char *part = last_part(name);
    char word[WORD];
    int best = 0;

    for (size_t i = 0; part && i < entry->lua.count; i++) {
        const char *own;
        size_t receiver;

        reference_word(entry->lua.at[i], COURSE_LUA, word, sizeof word);
        own = last_part(word);
        if (!reference_is_member(entry, word) || strcmp(own + 1, part + 1) != 0)
            continue;
        receiver = (size_t)(own - word);
        if (best < 1 + is_made(reference, entry, used))
            best = 1 + is_made(reference, entry, used);
        if ((size_t)(part - name) == receiver && strncmp(name, word, receiver) == 0)
            best = 3;
    }
    return best;
}

static void use_members(const struct reference *reference, const char *text, bool *used)
{
    char name[WORD];
    bool called;

    while (next_name(&text, COURSE_LUA, name, sizeof name, &called)) {
        int best = 0;

        for (size_t i = 0; i < reference->count; i++) {
            int fits = member_fits(reference, &reference->entries[i], name, used);

            best = fits > best ? fits : best;
        }
        for (size_t i = 0; best > 0 && i < reference->count; i++)
            used[i] |= member_fits(reference, &reference->entries[i], name, used) == best;
    }
}

/* Whether a name of the program is one of the entry's own, not of a member. */
static bool names(const struct reference_entry *entry, enum course_language language,
                  const char *name, bool called)
{
    const struct reference_list *list = language == COURSE_LUA ? &entry->lua : &entry->c;
    char word[WORD];

    for (size_t i = 0; i < list->count; i++) {
        reference_word(list->at[i], language, word, sizeof word);
        if (strcmp(word, name) == 0 && (called || !strchr(list->at[i], '(')))
            return language == COURSE_C || !reference_is_member(entry, word);
    }
    for (size_t i = 0; language == COURSE_LUA && called && i < entry->covers.count; i++)
        if (strcmp(entry->covers.at[i], name) == 0)
            return true;
    return false;
}

void reference_used(const struct reference *reference, enum course_language language,
                    const char *text, bool *used)
{
    const char *at = text;
    char name[WORD], full[WORD + 8];
    bool called, after_struct = false;

    memset(used, 0, reference->count * sizeof *used);
    while (next_name(&at, language, name, sizeof name, &called)) {
        snprintf(full, sizeof full, "%s%s", after_struct ? "struct " : "", name);
        for (size_t i = 0; i < reference->count; i++)
            used[i] |= names(&reference->entries[i], language, full, called);
        after_struct = language == COURSE_C && strcmp(name, "struct") == 0;
    }
    if (language == COURSE_LUA)
        use_members(reference, text, used);
}
