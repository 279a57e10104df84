/* text.c -- a string that grows. */
#include "base/text.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reserve(struct text *text, size_t more)
{
    size_t cap;
    char *at;

    if (text->failed)
        return false;
    if (text->cap - text->len > more)
        return true;
    cap = text->cap ? text->cap : 64;
    while (cap - text->len <= more)
        cap *= 2;
    at = memory_resize(text->at, cap);
    if (!at) {
        text->failed = true;
        return false;
    }
    text->at = at;
    text->cap = cap;
    return true;
}

void text_add_n(struct text *text, const char *bytes, size_t n)
{
    if (!reserve(text, n))
        return;
    memcpy(text->at + text->len, bytes, n);
    text->len += n;
    text->at[text->len] = '\0';
}

void text_add(struct text *text, const char *string)
{
    text_add_n(text, string, strlen(string));
}

void text_add_char(struct text *text, char c)
{
    text_add_n(text, &c, 1);
}

void text_vaddf(struct text *text, const char *format, va_list args)
{
    va_list again;
    int n;

    va_copy(again, args);
    n = vsnprintf(NULL, 0, format, args);
    if (n < 0)
        text->failed = true;
    else if (reserve(text, (size_t)n))
        text->len += (size_t)vsnprintf(text->at + text->len, (size_t)n + 1, format, again);
    va_end(again);
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    text_vaddf(text, format, args);
    va_end(args);
}

void text_clear(struct text *text)
{
    text->len = 0;
    text->failed = false;
    if (text->at)
        text->at[0] = '\0';
}

void text_release(struct text *text)
{
    free(text->at);
    *text = (struct text){0};
}

const char *text_string(const struct text *text)
{
    return text->at ? text->at : "";
}

char *text_take(struct text *text)
{
    char *at = text->at;

    if (text->failed) {
        text_release(text);
        return NULL;
    }
    *text = (struct text){0};
    return at ? at : memory_zeroed(1, 1);
}
