/* lex.h -- the tokens of a Lua 5.4 source text.
 *
 * Tokens are extents of the text: nothing is converted, since the rewriter
 * copies the learner's own spelling.  Extents and line numbers are those of
 * Lua's own lexer (llex.c), so that "\r\n" is one line end and a long string
 * counts the lines it spans.
 */
#ifndef BRAID_LUA_LEX_H
#define BRAID_LUA_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* X(NAME, spelling) */
#define TOKEN_KEYWORDS(X)                                                                       \
    X(AND, "and") X(BREAK, "break") X(DO, "do") X(ELSE, "else") X(ELSEIF, "elseif")            \
    X(END, "end") X(FALSE, "false") X(FOR, "for") X(FUNCTION, "function") X(GOTO, "goto")      \
    X(IF, "if") X(IN, "in") X(LOCAL, "local") X(NIL, "nil") X(NOT, "not") X(OR, "or")          \
    X(REPEAT, "repeat") X(RETURN, "return") X(THEN, "then") X(TRUE, "true") X(UNTIL, "until")  \
    X(WHILE, "while")

/* Longer spellings before their prefixes. */
#define TOKEN_SYMBOLS(X)                                                                        \
    X(DOTS, "...") X(CONCAT, "..") X(DOT, ".") X(EQ, "==") X(ASSIGN, "=") X(NE, "~=")          \
    X(TILDE, "~") X(SHL, "<<") X(LE, "<=") X(LT, "<") X(SHR, ">>") X(GE, ">=") X(GT, ">")      \
    X(IDIV, "//") X(DIV, "/") X(LABEL, "::") X(COLON, ":") X(PLUS, "+") X(MINUS, "-")          \
    X(STAR, "*") X(PERCENT, "%") X(CARET, "^") X(HASH, "#") X(AMPERSAND, "&") X(PIPE, "|")     \
    X(LPAREN, "(") X(RPAREN, ")") X(LBRACE, "{") X(RBRACE, "}") X(LBRACKET, "[")               \
    X(RBRACKET, "]") X(SEMICOLON, ";") X(COMMA, ",")

enum token_kind {
    TOKEN_EOF, /* the last token, and only it */
    TOKEN_NAME,
    TOKEN_NUMBER,
    TOKEN_STRING,
#define X(name, spelling) TOKEN_##name,
    TOKEN_KEYWORDS(X) TOKEN_SYMBOLS(X)
#undef X
};

struct token {
    enum token_kind kind;
    uint32_t start, end; /* bytes of the text: from start up to, not including, end */
    uint32_t line;       /* from 1; of its last byte */
    bool spans_lines;    /* a string with line ends in it */
};

struct tokens {
    struct token *at;
    uint32_t count;      /* TOKEN_EOF included */
};

/* Splits text[from..len) into tokens; `from` is in line `line`.  False: not Lua, or
 * out of memory; nothing to release then.  The text is under 1 GiB. */
bool lex_all(struct tokens *out, const char *text, size_t len, size_t from, uint32_t line);
void lex_release(struct tokens *tokens);

#endif
