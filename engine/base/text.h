/* text.h -- a string that grows. */
#ifndef BRAID_BASE_TEXT_H
#define BRAID_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* A zeroed text is empty and ready.  `at` is NUL-terminated once anything was added, NULL before
 * (text_string gives "" then).  When memory runs out `failed` is set and later additions do nothing. */
struct text {
    char *at;
    size_t len, cap;
    bool failed;
};

void text_add(struct text *text, const char *string);
void text_add_n(struct text *text, const char *bytes, size_t n);
void text_add_char(struct text *text, char c);
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_vaddf(struct text *text, const char *format, va_list args);
void text_clear(struct text *text);   /* empty, keeps its memory */
void text_release(struct text *text);
const char *text_string(const struct text *text);

/* Hands the string over (heap; "" when empty) and empties the text; NULL: memory ran out. */
char *text_take(struct text *text);

#endif
