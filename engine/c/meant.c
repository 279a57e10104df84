/* meant.c -- the names of go.h that a C program's unknown ones were meant to be.
 *
 * A compiler's own suggestion knows spelling only.  Who comes from Go spells well and takes the
 * wrong word: WaitGroup_add, chan_send.  So the first word is put into go.h's own, too.
 */
#include "c/meant.h"

#include "base/spelling.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 64, MOST = 8 };

/* First words of functions, and names of types. */
static const struct {
    const char *go, *function, *type;
} words[] = {
    {"channel", "go", "chan"},   {"chan", "go", "chan"},         {"close", "go_close", NULL},
    {"send", "go_send", NULL},   {"recv", "go_recv", NULL},      {"receive", "go_recv", NULL},
    {"select", "go_select", NULL}, {"sleep", "go_sleep", NULL},  {"time", "go", NULL},
    {"runtime", "go", NULL},     {"defer", "go_defer", NULL},    {"waitgroup", "wg", "wg"},
    {"mutex", "mu", "mu"},       {"rwmutex", "rw", "rw"},        {"rwlock", "rw", "rw"},
    {"context", "ctx", "ctx"},   {"cond", "cv", "cv"},           {"errgroup", "group", "group"},
    {"semaphore", "sema", "sema"}, {"sem", "sema", "sema"},      {"limiter", "limit", "limit"},
    {"rate", "limit", "limit"},  {"singleflight", "go_flight", "go_flight"},
    {"flight", "go_flight", "go_flight"}, {"pool", "go_pool", "go_pool"},
    {"map", "go_map", "go_map"}, {"timer", "go_timer", "go_timer"}, {"signal", "sig", NULL},
};

struct unknown {
    char name[NAME];
    bool type;
};

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The first name in quotes, after a word in the quotes such as "struct "; false: none. */
static bool quoted(const char *at, char *name)
{
    size_t n = 0;

    at = strchr(at, '\'');
    if (!at)
        return false;
    at += strncmp(at + 1, "struct ", 7) == 0 ? 8 : 1;
    while (is_word(at[n]) && n + 1 < NAME)
        n++;
    snprintf(name, NAME, "%.*s", (int)n, at);
    return n > 0;
}

/* What a message does not know; false: it is of another sort. */
static bool unknown(const char *message, struct unknown *out)
{
    static const char *const functions[] = {"implicit declaration of function",
                                            "call to undeclared function", NULL};
    static const char *const types[] = {"unknown type name", "has incomplete type", NULL};

    for (int i = 0; functions[i]; i++)
        if ((out->type = false, strstr(message, functions[i])))
            return quoted(strstr(message, functions[i]), out->name);
    for (int i = 0; types[i]; i++)
        if ((out->type = true, strstr(message, types[i])))
            return quoted(strstr(message, types[i]), out->name);
    return false;
}

/* The name with its first word put into go.h's; "": it has no other. */
static void translate(const struct unknown *unknown, char *out, size_t size)
{
    size_t n = strcspn(unknown->name, "_");

    *out = '\0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *word = unknown->type ? words[i].type : words[i].function;

        if (word && spelling_distance(unknown->name, n, words[i].go, strlen(words[i].go)) == 0)
            snprintf(out, size, "%s%s", word, unknown->name + n);
    }
}

/* go.h's text: the next name that is declared as a function, or as a struct; NULL: none is left. */
static const char *next_name(const char *at, bool type, size_t *n)
{
    while (*at) {
        bool is_type = strncmp(at, "struct ", 7) == 0;

        if (!is_word(*at)) {
            at++;
            continue;
        }
        if (is_type && type)
            at += 7;
        *n = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
        if (type ? is_type : at[*n] == '(')
            return at;
        at += *n;
    }
    return NULL;
}

/* The name of go.h that is nearest; *n: its length, *distance from the name, or its translation. */
static const char *nearest(const char *text, const struct unknown *unknown, size_t *n,
                           unsigned *distance)
{
    const char *best = NULL;
    char other[2 * NAME];
    size_t length;

    translate(unknown, other, sizeof other);
    *distance = SPELLING_FAR;
    for (const char *at = text; (at = next_name(at, unknown->type, &length)); at += length) {
        unsigned d = spelling_distance(unknown->name, strlen(unknown->name), at, length);
        unsigned translated = *other ? spelling_distance(other, strlen(other), at, length)
                                     : SPELLING_FAR;

        /* learners do not call what a macro stands for */
        if (length > 3 && strncmp(at + length - 3, "_at", 3) == 0)
            continue;
        d = translated < d ? translated : d;
        if (d < *distance) {
            *distance = d;
            *n = length;
            best = at;
        }
    }
    return best;
}

static char *read_header(const char *include)
{
    struct text path = {0}, all = {0};
    char part[4096];
    size_t n;
    FILE *file;

    text_addf(&path, "%s/go.h", include);
    file = fopen(text_string(&path), "r");
    text_release(&path);
    if (!file)
        return NULL;
    while ((n = fread(part, 1, sizeof part, file)) > 0)
        text_add_n(&all, part, n);
    fclose(file);
    return text_take(&all);
}

void meant_in_messages(struct text *out, const struct compile_result *result, const char *include)
{
    struct unknown told[MOST];
    uint32_t n = 0;
    char *header = read_header(include);

    for (size_t i = 0; header && i < result->count && n < MOST; i++) {
        const struct compile_message *message = &result->messages[i];
        const char *name;
        unsigned distance;
        size_t length;
        bool again = false;

        if (!unknown(message->message, &told[n]))
            continue;
        for (uint32_t k = 0; k < n; k++)
            again |= strcmp(told[k].name, told[n].name) == 0;
        name = again ? NULL : nearest(header, &told[n], &length, &distance);
        if (!name)
            continue;
        text_addf(out, "%s:%u: ", message->file, message->line);
        if (length == strlen(told[n].name) && memcmp(name, told[n].name, length) == 0)
            text_addf(out, "'%s' is of go.h: put #include \"go.h\" before it\n", told[n].name);
        else
            text_addf(out, "go.h has no '%s'; did you mean '%s%.*s'?\n", told[n].name,
                      told[n].type ? "struct " : "", (int)length, name);
        n++;
    }
    free(header);
}
