/* unread.c -- errors that a program's text drops. */
#include "grade/unread.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum token_kind { TOKEN_NAME, TOKEN_TEXT, TOKEN_OTHER };

struct token {
    const char *at;
    uint32_t len, line;
    uint32_t depth;      /* of blocks; that of a block's last word is the outer one's */
    enum token_kind kind;
};

struct reading {
    struct token *at;
    size_t count, cap;
    bool lua, failed;
    struct unread *out;
    size_t found, most;
};

/* --- tokens --------------------------------------------------------------- */

static bool is(const struct reading *r, size_t i, const char *word)
{
    return i < r->count && r->at[i].kind != TOKEN_TEXT && strlen(word) == r->at[i].len &&
           memcmp(r->at[i].at, word, r->at[i].len) == 0;
}

static bool is_one_of(const struct reading *r, size_t i, const char *const *words)
{
    for (; *words; words++)
        if (is(r, i, *words))
            return true;
    return false;
}

static bool same_name(const struct reading *r, size_t i, size_t k)
{
    return r->at[i].kind == TOKEN_NAME && r->at[k].kind == TOKEN_NAME &&
           r->at[i].len == r->at[k].len && memcmp(r->at[i].at, r->at[k].at, r->at[i].len) == 0;
}

static void add_token(struct reading *r, enum token_kind kind, const char *at, size_t len,
                      uint32_t line)
{
    static const char *const opens[] = {"if", "do", "function", "repeat", NULL};
    static const char *const closes[] = {"end", "until", NULL};
    uint32_t depth = r->count ? r->at[r->count - 1].depth : 0;

    if (r->count > 0)
        depth += r->lua ? is_one_of(r, r->count - 1, opens) : is(r, r->count - 1, "{");
    if (r->count == r->cap) {
        size_t cap = r->cap ? 2 * r->cap : 512;
        struct token *more = realloc(r->at, cap * sizeof *more);

        if (!more) {
            r->failed = true;
            return;
        }
        r->at = more;
        r->cap = cap;
    }
    r->at[r->count++] = (struct token){at, (uint32_t)len, line, depth, kind};
    if ((r->lua ? is_one_of(r, r->count - 1, closes) : is(r, r->count - 1, "}")) && depth > 0)
        r->at[r->count - 1].depth--;
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
static const char *after_comment(const struct reading *r, const char *at)
{
    const char *end;

    if (r->lua && strncmp(at, "--", 2) == 0)
        return (end = after_long(at + 2)) ? end : at + strcspn(at, "\n");
    if (!r->lua && strncmp(at, "/*", 2) == 0)
        return (end = strstr(at + 2, "*/")) ? end + 2 : at + strlen(at);
    if (!r->lua && (*at == '#' || strncmp(at, "//", 2) == 0))
        return at + strcspn(at, "\n");
    return NULL;
}

static const char *next_token(struct reading *r, const char *at, uint32_t line)
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
    } else if (r->lua && after_long(at)) {
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
    add_token(r, kind, at, (size_t)(end - at), line);
    return end;
}

static void read_tokens(struct reading *r, const char *text)
{
    uint32_t line = 1;

    while (*text && !r->failed) {
        const char *end = after_comment(r, text);

        if (!end)
            end = isspace((unsigned char)*text) ? text + 1 : next_token(r, text, line);
        for (; text < end; text++)
            line += *text == '\n';
    }
}

/* --- what is found -------------------------------------------------------- */

static void add(struct reading *r, size_t i, bool call)
{
    struct unread *out = &r->out[r->found];

    if (r->found == r->most)
        return;
    *out = (struct unread){.line = r->at[i].line, .call = call};
    snprintf(out->name, sizeof out->name, "%.*s", (int)r->at[i].len, r->at[i].at);
    r->found++;
}

/* A variable for an error, by its name. */
static bool is_error(const struct reading *r, size_t i)
{
    const struct token *t = &r->at[i];

    return t->kind == TOKEN_NAME && t->len >= 3 && strncasecmp(t->at, "err", 3) == 0 &&
           !is(r, i, "error") && !is(r, i, "errors") && !is(r, i + 1, "(") &&
           !(i > 0 && (is(r, i - 1, ".") || is(r, i - 1, "->") || is(r, i - 1, ":")));
}

/* Whether the name is given a value here, alone or among several. */
static bool is_target(const struct reading *r, size_t i)
{
    while (r->lua && is(r, i + 1, ",") && i + 2 < r->count && r->at[i + 2].kind == TOKEN_NAME)
        i += 2;
    return is(r, i + 1, "=");
}

/* After the bracket that closes the one at i. */
static size_t after_bracket(const struct reading *r, size_t i)
{
    size_t open = 0;

    for (; i < r->count; i++) {
        if (is(r, i, "(") || is(r, i, "{") || is(r, i, "["))
            open++;
        else if ((is(r, i, ")") || is(r, i, "}") || is(r, i, "]")) && --open == 0)
            return i + 1;
    }
    return r->count;
}

/* `local value, err = f()`, `const char *err = f();`: the place of the name, with a call behind the
 * '='.  A C parameter has no '='. */
static bool is_declared(const struct reading *r, size_t i)
{
    size_t first = i, at = i;

    if (!is_error(r, i) || !is_target(r, i))
        return false;
    if (!r->lua)
        return i > 1 && is(r, i - 1, "*") && is(r, i - 2, "char") && r->at[i].depth > 0 &&
               r->at[i + 2].kind == TOKEN_NAME && is(r, i + 3, "(");
    while (first >= 2 && is(r, first - 1, ",") && r->at[first - 2].kind == TOKEN_NAME)
        first -= 2;
    while (!is(r, at, "="))
        at++;
    for (at++; at < r->count && (r->at[at].kind == TOKEN_NAME || is(r, at, ".") || is(r, at, ":"));)
        at++;
    return first > 0 && is(r, first - 1, "local") && is(r, at, "(");
}

static void look_at_variable(struct reading *r, size_t i)
{
    if (!is_declared(r, i))
        return;
    for (size_t k = i + 1; k < r->count && r->at[k].depth >= r->at[i].depth; k++)
        if (same_name(r, i, k) && is_error(r, k) && !is_target(r, k))
            return;
    add(r, i, false);
}

/* --- functions that return errors ----------------------------------------- */

/* A return's last value, if it looks like an error: how many values there are; 0: it does not. */
static size_t returned(const struct reading *r, size_t i)
{
    static const char *const ends[] = {"end", "else", "elseif", "until", ";", NULL};
    size_t values = 1, last = i + 1;
    bool nil = is(r, i + 1, "nil");

    for (i++; i < r->count && !is_one_of(r, i, ends); i++) {
        if (is(r, i, "function"))
            return 0;
        if (is(r, i, "(") || is(r, i, "{") || is(r, i, "["))
            i = after_bracket(r, i) - 1;
        else if (is(r, i, ",")) {
            values++;
            last = i + 1;
        }
    }
    if (last < r->count && r->at[last].kind == TOKEN_TEXT && nil && values > 1)
        return values;
    return last < r->count && r->at[last].kind == TOKEN_NAME && r->at[last].len >= 3 &&
           strncasecmp(r->at[last].at, "err", 3) == 0 && !is(r, last, "error") ? values : 0;
}

/* The function that the name at i is that of, when it is defined there: which of its values is an
 * error; 0: none is. */
static size_t error_of(const struct reading *r, size_t i)
{
    bool named = r->lua ? i > 0 && is(r, i - 1, "function")
                        : i > 1 && is(r, i - 1, "*") && is(r, i - 2, "char") && r->at[i].depth == 0;
    size_t at, values = 0, inner = 0;
    uint32_t depth;

    if (!named || r->at[i].kind != TOKEN_NAME || !is(r, i + 1, "("))
        return 0;
    at = after_bracket(r, i + 1);
    if (at >= r->count || (!r->lua && !is(r, at, "{")))
        return 0;
    depth = r->lua ? r->at[i].depth : r->at[at].depth + 1;
    for (at += !r->lua; at < r->count && r->at[at].depth >= depth; at++) {
        if (r->lua && is(r, at, "function") && !inner)
            inner = r->at[at].depth + 1;
        else if (inner && is(r, at, "end") && r->at[at].depth + 1 == inner)
            inner = 0;
        else if (!inner && is(r, at, "return") && returned(r, at) > values)
            values = returned(r, at);
    }
    return values;
}

/* Whether nothing takes value number `which` of the call at i, which ends before `end`. */
static bool is_dropped(const struct reading *r, size_t i, size_t end, size_t which)
{
    static const char *const before[] = {"end", "then", "do", "else", "repeat",
                                         ";",   "{",    "}",  NULL};
    size_t targets = 1, at;

    if (!r->lua)
        return is(r, end, ";") && (is(r, i - 1, ";") || is_one_of(r, i - 1, before));
    if (is(r, end, ".") || is(r, end, ":") || is(r, end, "[") || is(r, end, ","))
        return false;
    if (is_one_of(r, i - 1, before) || is(r, i - 1, ")"))
        return true;
    if (!is(r, i - 1, "="))
        return r->at[i - 1].line < r->at[i].line && r->at[i - 1].kind != TOKEN_OTHER &&
               !is(r, i - 1, "return") && !is(r, i - 1, "and") && !is(r, i - 1, "or") &&
               !is(r, i - 1, "not");
    for (at = i - 2; at >= 2 && is(r, at - 1, ","); at -= 2)
        targets++;
    return targets < which || (targets == which && is(r, i - 2, "_"));
}

static void look_at_calls(struct reading *r, size_t defined)
{
    size_t which = error_of(r, defined);

    for (size_t i = 1; which && i < r->count; i++)
        if (i != defined && same_name(r, i, defined) && is(r, i + 1, "(") &&
            !is(r, i - 1, ".") && !is(r, i - 1, ":") && !is(r, i - 1, "function") &&
            is_dropped(r, i, after_bracket(r, i + 1), which))
            add(r, i, true);
}

static int by_line(const void *a, const void *b)
{
    const struct unread *x = a, *y = b;

    return x->line != y->line ? (x->line < y->line ? -1 : 1) : strcmp(x->name, y->name);
}

size_t unread_errors(const struct program *program, struct unread *out, size_t most)
{
    struct reading r = {.lua = program->language == LANGUAGE_LUA, .out = out, .most = most};

    read_tokens(&r, program->text);
    for (size_t i = 0; i < r.count && !r.failed; i++) {
        look_at_variable(&r, i);
        look_at_calls(&r, i);
    }
    free(r.at);
    qsort(out, r.found, sizeof *out, by_line);
    return r.found;
}
