/* string.c -- the library's functions on memory and strings: what they read and write
 * is looked at as if the learner's code did it. */
#include "c/inside.h"

#include <stdio.h>
#include <string.h>

/* The run, or NULL, with the place of the call that this stands in. */
#define CALLED() c_called(__builtin_return_address(0), __builtin_frame_address(0))

#define READS(at, size) c_library(CALLED(), (at), (size), false)
#define WRITES(at, size) c_library(CALLED(), (at), (size), true)

static void copy(struct run *run, void *to, const void *from, size_t size)
{
    if (!run)
        return;
    c_bounds(run, from, size, false);
    c_bounds(run, to, size, true);
    c_copy(run, to, from, size);
}

C_WRAP(void *, memcpy, void *to, const void *from, size_t size)
{
    copy(CALLED(), to, from, size);
    return memmove(to, from, size);
}

C_WRAP(void *, memmove, void *to, const void *from, size_t size)
{
    copy(CALLED(), to, from, size);
    return memmove(to, from, size);
}

C_WRAP(void *, memset, void *to, int byte, size_t size)
{
    WRITES(to, size);
    return memset(to, byte, size);
}

C_WRAP(int, memcmp, const void *a, const void *b, size_t size)
{
    READS(a, size);
    READS(b, size);
    return memcmp(a, b, size);
}

C_WRAP(size_t, strlen, const char *text)
{
    size_t len;

    READS(text, 1);
    len = strlen(text);
    READS(text, len + 1);
    return len;
}

/* The same for all that reads a whole string. */
#define READS_TEXT(text)                 \
    do {                                 \
        READS((text), 1);                \
        READS((text), strlen(text) + 1); \
    } while (0)

C_WRAP(char *, strcpy, char *to, const char *from)
{
    READS_TEXT(from);
    WRITES(to, strlen(from) + 1);
    return memmove(to, from, strlen(from) + 1);
}

C_WRAP(char *, stpcpy, char *to, const char *from)
{
    size_t len;

    READS_TEXT(from);
    len = strlen(from);
    WRITES(to, len + 1);
    memmove(to, from, len + 1);
    return to + len;
}

C_WRAP(char *, strncpy, char *to, const char *from, size_t size)
{
    size_t len = strnlen(from, size);

    READS(from, len);
    WRITES(to, size);
    memmove(to, from, len);
    memset(to + len, 0, size - len);
    return to;
}

static char *append(char *to, const char *from, size_t len)
{
    char *end = to + strlen(to);

    memmove(end, from, len);
    end[len] = '\0';
    return to;
}

C_WRAP(char *, strcat, char *to, const char *from)
{
    READS_TEXT(to);
    READS_TEXT(from);
    WRITES(to + strlen(to), strlen(from) + 1);
    return append(to, from, strlen(from));
}

C_WRAP(char *, strncat, char *to, const char *from, size_t size)
{
    size_t len = strnlen(from, size);

    READS_TEXT(to);
    READS(from, len);
    WRITES(to + strlen(to), len + 1);
    return append(to, from, len);
}

C_WRAP(int, strcmp, const char *a, const char *b)
{
    READS_TEXT(a);
    READS_TEXT(b);
    return strcmp(a, b);
}

C_WRAP(int, strncmp, const char *a, const char *b, size_t size)
{
    READS(a, strnlen(a, size));
    READS(b, strnlen(b, size));
    return strncmp(a, b, size);
}

C_WRAP(char *, strchr, const char *text, int c)
{
    READS_TEXT(text);
    return strchr(text, c);
}

C_WRAP(char *, strrchr, const char *text, int c)
{
    READS_TEXT(text);
    return strrchr(text, c);
}

C_WRAP(char *, strstr, const char *text, const char *part)
{
    READS_TEXT(text);
    READS_TEXT(part);
    return strstr(text, part);
}

/* --- printf into memory -------------------------------------------------- */

static int format_into(struct run *run, char *to, size_t size, const char *format, va_list args)
{
    char small[1024];
    size_t len, kept;
    char *text;

    if (!run)
        c_no_run();
    text = c_format(run, small, sizeof small, &len, format, args);
    if (size > 0) {
        kept = len < size ? len : size - 1;
        c_library(run, to, kept + 1, true);
        memcpy(to, text, kept);
        to[kept] = '\0';
    }
    return (int)len;
}

C_WRAP(int, vsnprintf, char *to, size_t size, const char *format, va_list args)
{
    return format_into(CALLED(), to, size, format, args);
}

C_WRAP(int, vsprintf, char *to, const char *format, va_list args)
{
    return format_into(CALLED(), to, SIZE_MAX, format, args);
}

C_WRAP(int, snprintf, char *to, size_t size, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = format_into(CALLED(), to, size, format, args);
    va_end(args);
    return n;
}

C_WRAP(int, sprintf, char *to, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = format_into(CALLED(), to, SIZE_MAX, format, args);
    va_end(args);
    return n;
}
