/* tokens.h -- a program's text as tokens of either language, comments left out. */
#ifndef BRAID_GRADE_TOKENS_H
#define BRAID_GRADE_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum token_kind { TOKEN_NAME, TOKEN_TEXT, TOKEN_OTHER };

struct token {
    const char *at;
    uint32_t len, line;
    uint32_t depth;      /* of blocks; that of a block's last word is the outer one's */
    enum token_kind kind;
};

/* Zeroed but for lua: empty.  Its tokens point into the text. */
struct tokens {
    struct token *at;
    size_t count, cap;
    bool lua, failed; /* failed: no memory */
};

/* Any text will do, a broken program's, too. */
void tokens_read(struct tokens *tokens, const char *text);
void tokens_release(struct tokens *tokens);

/* Whether token i is this word, or one of a list that ends with NULL; false beyond the end. */
bool tokens_is(const struct tokens *tokens, size_t i, const char *word);
bool tokens_is_one_of(const struct tokens *tokens, size_t i, const char *const *words);

bool tokens_is_name(const struct tokens *tokens, size_t i);

/* Whether both are names, and the same. */
bool tokens_same(const struct tokens *tokens, size_t i, size_t k);

/* The index after the bracket that closes the one at i. */
size_t tokens_after_bracket(const struct tokens *tokens, size_t i);

#endif
