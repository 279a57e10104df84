/* tokens.c -- a program's text as tokens of either language. */
#include "grade/tokens.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool tokens_is(const struct tokens *t, size_t i, const char *word)
{
    return i < t->count && t->at[i].kind != TOKEN_TEXT && strlen(word) == t->at[i].len &&
           memcmp(t->at[i].at, word, t->at[i].len) == 0;
}

bool tokens_is_one_of(const struct tokens *t, size_t i, const char *const *words)
{
    for (; *words; words++)
        if (tokens_is(t, i, *words))
            return true;
    return false;
}

bool tokens_same(const struct tokens *t, size_t i, size_t k)
{
    return t->at[i].kind == TOKEN_NAME && t->at[k].kind == TOKEN_NAME &&
           t->at[i].len == t->at[k].len && memcmp(t->at[i].at, t->at[k].at, t->at[i].len) == 0;
}

static void add_token(struct tokens *t, enum token_kind kind, const char *at, size_t len,
                      uint32_t line)
{
    static const char *const opens[] = {"if", "do", "function", "repeat", NULL};
    static const char *const closes[] = {"end", "until", NULL};
    uint32_t depth = t->count ? t->at[t->count - 1].depth : 0;

    if (t->count > 0)
        depth += t->lua ? tokens_is_one_of(t, t->count - 1, opens)
                        : tokens_is(t, t->count - 1, "{");
    if (t->count == t->cap) {
        size_t cap = t->cap ? 2 * t->cap : 512;
        struct token *more = realloc(t->at, cap * sizeof *more);

        if (!more) {
            t->failed = true;
            return;
        }
        t->at = more;
        t->cap = cap;
    }
    t->at[t->count++] = (struct token){at, (uint32_t)len, line, depth, kind};
    if (depth > 0 && (t->lua ? tokens_is_one_of(t, t->count - 1, closes)
                             : tokens_is(t, t->count - 1, "}")))
        t->at[t->count - 1].depth--;
}

/* After a long bracket that begins at `at`: [[ ]], [=[ ]=]; NULL: none does. */
static const char *after_long(const char *at)
{
    size_t level = *at == '[' ? strspn(at + 1, "=") : 0;
    const char *p = at + 1 + level;

    if (*at != '[' || *p != '[')
        return NULL;
    for (p++; *p; p++)
        if (*p == ']' && strspn(p + 1, "=") == level && p[1 + level] == ']')
            return p + 2 + level;
    return p;
}

static const char *after_quoted(const char *at)
{
    char quote = *at++;

    while (*at && *at != quote && *at != '\n')
        at += *at == '\\' && at[1] ? 2 : 1;
    return at + (*at == quote);
}

/* After a comment, or a line for C's preprocessor, at `at`; NULL: there is none. */
static const char *after_comment(const struct tokens *t, const char *at)
{
    const char *end;

    if (t->lua && strncmp(at, "--", 2) == 0)
        return (end = after_long(at + 2)) ? end : at + strcspn(at, "\n");
    if (!t->lua && strncmp(at, "/*", 2) == 0)
        return (end = strstr(at + 2, "*/")) ? end + 2 : at + strlen(at);
    if (!t->lua && (*at == '#' || strncmp(at, "//", 2) == 0))
        return at + strcspn(at, "\n");
    return NULL;
}

static const char *next_token(struct tokens *t, const char *at, uint32_t line)
{
    const char *end = at + 1;
    enum token_kind kind = TOKEN_OTHER;

    if (isalpha((unsigned char)*at) || *at == '_') {
        kind = TOKEN_NAME;
        while (isalnum((unsigned char)*end) || *end == '_')
            end++;
    } else if (*at == '"' || *at == '\'') {
        kind = TOKEN_TEXT;
        end = after_quoted(at);
    } else if (t->lua && after_long(at)) {
        kind = TOKEN_TEXT;
        end = after_long(at);
    } else if (isdigit((unsigned char)*at)) {
        while (isalnum((unsigned char)*end) || *end == '.')
            end++;
    } else if (strchr("=~!<>", *at) && *end == '=') {
        end++;
    } else if ((*at == '-' && *end == '>') || (*at == '.' && *end == '.')) {
        end++;
    }
    add_token(t, kind, at, (size_t)(end - at), line);
    return end;
}

void tokens_read(struct tokens *t, const char *text)
{
    uint32_t line = 1;

    while (*text && !t->failed) {
        const char *end = after_comment(t, text);

        if (!end)
            end = isspace((unsigned char)*text) ? text + 1 : next_token(t, text, line);
        for (; text < end; text++)
            line += *text == '\n';
    }
}

void tokens_release(struct tokens *t)
{
    free(t->at);
    *t = (struct tokens){.lua = t->lua};
}

bool tokens_is_name(const struct tokens *t, size_t i)
{
    return i < t->count && t->at[i].kind == TOKEN_NAME;
}

size_t tokens_after_bracket(const struct tokens *t, size_t i)
{
    size_t open = 0;

    for (; i < t->count; i++) {
        if (tokens_is(t, i, "(") || tokens_is(t, i, "{") || tokens_is(t, i, "["))
            open++;
        else if ((tokens_is(t, i, ")") || tokens_is(t, i, "}") || tokens_is(t, i, "]")) &&
                 --open == 0)
            return i + 1;
    }
    return t->count;
}
