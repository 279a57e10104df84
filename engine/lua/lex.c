/* lex.c -- extents of tokens, after Lua's llex.c. */
#include "lua/lex.h"

#include <stdlib.h>
#include <string.h>

struct lexer {
    const char *text;
    size_t len, at;
    uint32_t line;
    struct tokens out;
    uint32_t cap;
};

struct spelling {
    enum token_kind kind;
    const char *text;
};

static const struct spelling keywords[] = {
#define X(name, spelling) {TOKEN_##name, spelling},
    TOKEN_KEYWORDS(X)
#undef X
};

static const struct spelling symbols[] = {
#define X(name, spelling) {TOKEN_##name, spelling},
    TOKEN_SYMBOLS(X)
#undef X
};

/* The locale's isalpha would let other letters into names; Lua's tables do not. */
static bool is_alpha(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(int c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_newline(int c)
{
    return c == '\n' || c == '\r';
}

static bool is_space(int c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The byte `ahead` of the current one, or -1 at the end. */
static int peek(const struct lexer *lex, size_t ahead)
{
    return lex->at + ahead < lex->len ? (unsigned char)lex->text[lex->at + ahead] : -1;
}

/* Passes one line end, which "\r\n" and "\n\r" are too. */
static void pass_newline(struct lexer *lex)
{
    int first = peek(lex, 0), second = peek(lex, 1);

    lex->at += is_newline(second) && second != first ? 2 : 1;
    lex->line++;
}

/* At '[': the number of '=' of a long bracket, or -1 when it is none. */
static long long_bracket(const struct lexer *lex)
{
    size_t level = 0;

    while (peek(lex, 1 + level) == '=')
        level++;
    return peek(lex, 1 + level) == '[' ? (long)level : -1;
}

/* Passes a long string or comment whose opening bracket has `level` '='. */
static bool pass_long(struct lexer *lex, size_t level)
{
    lex->at += level + 2;
    for (;;) {
        int c = peek(lex, 0);
        size_t equals = 0;

        if (c < 0)
            return false;
        if (is_newline(c)) {
            pass_newline(lex);
            continue;
        }
        lex->at++;
        if (c != ']')
            continue;
        while (peek(lex, equals) == '=')
            equals++;
        if (equals == level && peek(lex, equals) == ']') {
            lex->at += equals + 1;
            return true;
        }
        lex->at += equals; /* stops at a ']' that may begin the real end */
    }
}

static bool pass_string(struct lexer *lex)
{
    int quote = peek(lex, 0);

    lex->at++;
    for (;;) {
        int c = peek(lex, 0);

        if (c < 0 || is_newline(c))
            return false;
        lex->at++;
        if (c == quote)
            return true;
        if (c != '\\')
            continue;
        c = peek(lex, 0);
        if (c < 0)
            return false;
        if (is_newline(c)) {
            pass_newline(lex);
        } else if (c == 'z') {
            lex->at++;
            while (is_space(peek(lex, 0))) {
                if (is_newline(peek(lex, 0)))
                    pass_newline(lex);
                else
                    lex->at++;
            }
        } else {
            lex->at++;
        }
    }
}

/* As generous as read_numeral: whether it is a number was asked of Lua before. */
static void pass_number(struct lexer *lex)
{
    bool hex = peek(lex, 0) == '0' && (peek(lex, 1) | 32) == 'x';

    if (hex)
        lex->at += 2;
    for (;;) {
        int c = peek(lex, 0);

        if (c >= 0 && (c | 32) == (hex ? 'p' : 'e')) {
            lex->at++;
            if (peek(lex, 0) == '+' || peek(lex, 0) == '-')
                lex->at++;
        } else if (is_hex(c) || c == '.') {
            lex->at++;
        } else {
            break;
        }
    }
    if (is_alpha(peek(lex, 0)))
        lex->at++;
}

static enum token_kind name_kind(const char *word, size_t len)
{
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
        if (strlen(keywords[i].text) == len && memcmp(keywords[i].text, word, len) == 0)
            return keywords[i].kind;
    return TOKEN_NAME;
}

static bool pass_symbol(struct lexer *lex, enum token_kind *kind)
{
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        size_t len = strlen(symbols[i].text);

        if (lex->len - lex->at >= len && memcmp(symbols[i].text, lex->text + lex->at, len) == 0) {
            lex->at += len;
            *kind = symbols[i].kind;
            return true;
        }
    }
    return false;
}

/* Passes spaces, line ends and comments. */
static bool pass_blank(struct lexer *lex)
{
    for (;;) {
        int c = peek(lex, 0);

        if (is_newline(c)) {
            pass_newline(lex);
        } else if (is_space(c)) {
            lex->at++;
        } else if (c == '-' && peek(lex, 1) == '-') {
            long level;

            lex->at += 2;
            level = peek(lex, 0) == '[' ? long_bracket(lex) : -1;
            if (level >= 0) {
                if (!pass_long(lex, (size_t)level))
                    return false;
            } else {
                while (peek(lex, 0) >= 0 && !is_newline(peek(lex, 0)))
                    lex->at++;
            }
        } else {
            return true;
        }
    }
}

static bool pass_token(struct lexer *lex, enum token_kind *kind)
{
    int c = peek(lex, 0);
    size_t start = lex->at;

    if (c < 0) {
        *kind = TOKEN_EOF;
        return true;
    }
    if (is_alpha(c)) {
        while (is_alpha(peek(lex, 0)) || is_digit(peek(lex, 0)))
            lex->at++;
        *kind = name_kind(lex->text + start, lex->at - start);
        return true;
    }
    if (is_digit(c) || (c == '.' && is_digit(peek(lex, 1)))) {
        pass_number(lex);
        *kind = TOKEN_NUMBER;
        return true;
    }
    if (c == '"' || c == '\'') {
        *kind = TOKEN_STRING;
        return pass_string(lex);
    }
    if (c == '[' && long_bracket(lex) >= 0) {
        *kind = TOKEN_STRING;
        return pass_long(lex, (size_t)long_bracket(lex));
    }
    return pass_symbol(lex, kind);
}

static bool add_token(struct lexer *lex, struct token token)
{
    if (lex->out.count == lex->cap) {
        uint32_t cap = lex->cap ? lex->cap * 2 : 256;
        struct token *at = realloc(lex->out.at, cap * sizeof *at);

        if (!at)
            return false;
        lex->out.at = at;
        lex->cap = cap;
    }
    lex->out.at[lex->out.count++] = token;
    return true;
}

bool lex_all(struct tokens *out, const char *text, size_t len, size_t from, uint32_t line)
{
    struct lexer lex = {.text = text, .len = len, .at = from, .line = line};
    struct token token = {.kind = TOKEN_NUMBER};

    while (token.kind != TOKEN_EOF) {
        uint32_t first_line;

        if (!pass_blank(&lex))
            goto fail;
        token.start = (uint32_t)lex.at;
        first_line = lex.line;
        if (!pass_token(&lex, &token.kind))
            goto fail;
        token.end = (uint32_t)lex.at;
        token.line = lex.line;
        token.spans_lines = lex.line != first_line;
        if (!add_token(&lex, token))
            goto fail;
    }
    *out = lex.out;
    return true;

fail:
    free(lex.out.at);
    return false;
}

void lex_release(struct tokens *tokens)
{
    free(tokens->at);
    *tokens = (struct tokens){0};
}
