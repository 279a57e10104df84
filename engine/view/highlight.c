/* highlight.c -- source text, Lua or C, as styles; line by line.
 *
 * The state between lines: 0 nothing; 1 a C comment; otherwise a Lua long bracket of level n,
 * 2 + 2n as a string, 3 + 2n as a comment.
 */
#include "view/highlight.h"

#include <ctype.h>
#include <string.h>

enum { IN_C_COMMENT = 1, LONG_STRING = 2, LONG_COMMENT = 3 };

static const char *const lua_words[] = {
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
    "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while", NULL,
};

static const char *const c_words[] = {
    "bool", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum",
    "extern", "false", "float", "for", "goto", "if", "inline", "int", "int32_t", "int64_t", "long",
    "return", "short", "signed", "size_t", "sizeof", "static", "struct", "switch", "true",
    "typedef", "uint32_t", "uint64_t", "union", "unsigned", "void", "volatile", "while", "NULL",
    NULL,
};

static bool is_word(enum language language, const char *at, size_t len)
{
    const char *const *words = language == LANGUAGE_C ? c_words : lua_words;

    for (; *words; words++)
        if (strlen(*words) == len && memcmp(*words, at, len) == 0)
            return true;
    return false;
}

static bool starts(const char *line, size_t len, size_t at, const char *with)
{
    size_t n = strlen(with);

    return len - at >= n && memcmp(line + at, with, n) == 0;
}

static size_t paint(uint8_t *styles, size_t from, size_t to, enum style style)
{
    memset(styles + from, (int)style, to - from);
    return to;
}

/* The level of a long bracket that opens at `at`; -1: none does. */
static int long_level(const char *line, size_t len, size_t at)
{
    int level = 0;

    if (at >= len || line[at] != '[')
        return -1;
    for (at++; at < len && line[at] == '='; at++)
        level++;
    return at < len && line[at] == '[' ? level : -1;
}

/* The end of what the state says we are in; sets *state to 0 when it ends on this line. */
static size_t finish(uint32_t *state, const char *line, size_t len, size_t at)
{
    size_t level = (*state - LONG_STRING) / 2;

    for (; at < len; at++) {
        size_t n = 1;

        if (*state == IN_C_COMMENT) {
            if (!starts(line, len, at, "*/"))
                continue;
            *state = 0;
            return at + 2;
        }
        if (line[at] != ']')
            continue;
        while (n <= level && at + n < len && line[at + n] == '=')
            n++;
        if (n == level + 1 && at + n < len && line[at + n] == ']') {
            *state = 0;
            return at + n + 1;
        }
    }
    return len;
}

static enum style style_inside(uint32_t state)
{
    return state == IN_C_COMMENT || state % 2 == 1 ? STYLE_CODE_COMMENT : STYLE_CODE_STRING;
}

static size_t quoted(const char *line, size_t len, size_t at)
{
    char quote = line[at++];

    while (at < len && line[at] != quote)
        at += line[at] == '\\' ? 2 : 1;
    return at < len ? at + 1 : len;
}

static size_t number(const char *line, size_t len, size_t at)
{
    while (at < len && (isalnum((unsigned char)line[at]) || line[at] == '.' ||
                        ((line[at] == '+' || line[at] == '-') && strchr("eEpP", line[at - 1]))))
        at++;
    return at;
}

static size_t word(const char *line, size_t len, size_t at)
{
    while (at < len && (isalnum((unsigned char)line[at]) || line[at] == '_'))
        at++;
    return at;
}

/* A comment or a long bracket that opens here: sets *state when it goes on, returns its end on
 * this line; `at` itself: none opens. */
static size_t opened(enum language language, uint32_t *state, const char *line, size_t len,
                     size_t at, uint8_t *styles)
{
    bool comment = starts(line, len, at, language == LANGUAGE_C ? "//" : "--");
    int level = language == LANGUAGE_LUA ? long_level(line, len, comment ? at + 2 : at) : -1;
    size_t from = at;

    if (language == LANGUAGE_C && starts(line, len, at, "/*")) {
        *state = IN_C_COMMENT;
        at += 2;
    } else if (level >= 0) {
        *state = (comment ? LONG_COMMENT : LONG_STRING) + 2 * (uint32_t)level;
        at += (comment ? 2u : 0u) + (size_t)level + 2;
    } else if (comment) {
        return paint(styles, from, len, STYLE_CODE_COMMENT);
    } else {
        return at;
    }
    {
        enum style style = style_inside(*state);

        return paint(styles, from, finish(state, line, len, at), style);
    }
}

uint32_t highlight_line(enum language language, uint32_t state, const char *line, size_t len,
                        uint8_t *styles)
{
    size_t at = 0;

    if (language == LANGUAGE_NONE) {
        paint(styles, 0, len, STYLE_CODE);
        return 0;
    }
    if (state) {
        enum style style = style_inside(state);

        at = paint(styles, 0, finish(&state, line, len, 0), style);
    }
    while (at < len) {
        unsigned char c = (unsigned char)line[at];
        size_t end = opened(language, &state, line, len, at, styles);

        if (end > at) {
            at = end;
        } else if (c == '"' || c == '\'') {
            at = paint(styles, at, quoted(line, len, at), STYLE_CODE_STRING);
        } else if (isdigit(c)) {
            at = paint(styles, at, number(line, len, at), STYLE_CODE_NUMBER);
        } else if (isalpha(c) || c == '_') {
            end = word(line, len, at);
            at = paint(styles, at, end,
                       is_word(language, line + at, end - at) ? STYLE_CODE_KEYWORD : STYLE_CODE);
        } else if (language == LANGUAGE_C && c == '#') {
            for (end = at + 1; end < len && isspace((unsigned char)line[end]); end++)
                ;
            at = paint(styles, at, word(line, len, end), STYLE_CODE_KEYWORD);
        } else {
            at = paint(styles, at, at + 1, STYLE_CODE);
        }
    }
    return state;
}

int highlight_draw(struct grid *grid, int row, int col, int cols, const char *line, size_t len,
                   const uint8_t *styles)
{
    int used = 0;

    for (size_t at = 0; at < len && used < cols;) {
        size_t end = at + 1;

        if (line[at] == '\t') {
            used += 4 - used % 4;
            at++;
            continue;
        }
        /* a character's bytes stay together: styles change only between characters */
        while (end < len && line[end] != '\t' &&
               (styles[end] == styles[at] || ((unsigned char)line[end] & 0xC0) == 0x80))
            end++;
        used += grid_put_n(grid, row, col + used, cols - used, styles[at], line + at, end - at);
        at = end;
    }
    return used > cols ? cols : used;
}
