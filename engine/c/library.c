/* library.c -- more functions of the C library that read or write the learner's memory: input,
 * numbers in text, parts of strings, sorting. */
#include "c/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define CALLED() c_called(__builtin_return_address(0), __builtin_frame_address(0))
#define READS(at, size) c_library(CALLED(), (at), (size), false)
#define WRITES(at, size) c_library(CALLED(), (at), (size), true)
#define READS_TEXT(text)                 \
    do {                                 \
        READS((text), 1);                \
        READS((text), strlen(text) + 1); \
    } while (0)

/* --- input ---------------------------------------------------------------- */

/* Room that was promised must be there, however much comes. */
C_WRAP(ssize_t, read, int file, void *to, size_t size)
{
    WRITES(to, size);
    return read(file, to, size);
}

C_WRAP(size_t, fread, void *to, size_t size, size_t n, FILE *stream)
{
    WRITES(to, size * n);
    return fread(to, size, n, stream);
}

C_WRAP(char *, fgets, char *to, int size, FILE *stream)
{
    if (size > 0)
        WRITES(to, (size_t)size);
    return fgets(to, size, stream);
}

/* --- memory and strings ---------------------------------------------------- */

C_WRAP(void *, mempcpy, void *to, const void *from, size_t size)
{
    struct run *run = CALLED();

    if (run) {
        c_bounds(run, from, size, false);
        c_bounds(run, to, size, true);
        c_copy(run, to, from, size);
    }
    return (char *)memmove(to, from, size) + size;
}

C_WRAP(void, bzero, void *to, size_t size)
{
    WRITES(to, size);
    memset(to, 0, size);
}

/* Only what lies before the byte that is found must be there. */
C_WRAP(void *, memchr, const void *at, int c, size_t size)
{
    const char *found;

    if (size > 0)
        READS(at, 1);
    found = memchr(at, c, size);
    READS(at, found ? (size_t)(found + 1 - (const char *)at) : size);
    return (void *)found;
}

C_WRAP(size_t, strnlen, const char *text, size_t most)
{
    size_t n;

    if (most > 0)
        READS(text, 1);
    n = strnlen(text, most);
    READS(text, n < most ? n + 1 : most);
    return n;
}

C_WRAP(size_t, strspn, const char *text, const char *accept)
{
    READS_TEXT(text);
    READS_TEXT(accept);
    return strspn(text, accept);
}

C_WRAP(size_t, strcspn, const char *text, const char *reject)
{
    READS_TEXT(text);
    READS_TEXT(reject);
    return strcspn(text, reject);
}

C_WRAP(char *, strpbrk, const char *text, const char *accept)
{
    READS_TEXT(text);
    READS_TEXT(accept);
    return strpbrk(text, accept);
}

C_WRAP(int, strcasecmp, const char *a, const char *b)
{
    READS_TEXT(a);
    READS_TEXT(b);
    return strcasecmp(a, b);
}

C_WRAP(int, strncasecmp, const char *a, const char *b, size_t size)
{
    READS(a, strnlen(a, size));
    READS(b, strnlen(b, size));
    return strncasecmp(a, b, size);
}

C_WRAP(char *, strtok_r, char *text, const char *separators, char **rest)
{
    READS_TEXT(separators);
    if (!text)
        READS(rest, sizeof *rest);
    if (text || *rest)
        READS_TEXT(text ? text : *rest);
    WRITES(rest, sizeof *rest);
    return strtok_r(text, separators, rest);
}

/* Where it goes on without a text only the library knows. */
C_WRAP(char *, strtok, char *text, const char *separators)
{
    READS_TEXT(separators);
    if (text)
        READS_TEXT(text);
    return strtok(text, separators);
}

/* --- numbers --------------------------------------------------------------- */

C_WRAP(int, atoi, const char *text)
{
    READS_TEXT(text);
    return atoi(text);
}

C_WRAP(long, atol, const char *text)
{
    READS_TEXT(text);
    return atol(text);
}

C_WRAP(double, atof, const char *text)
{
    READS_TEXT(text);
    return atof(text);
}

C_WRAP(long, strtol, const char *text, char **end, int base)
{
    READS_TEXT(text);
    if (end)
        WRITES(end, sizeof *end);
    return strtol(text, end, base);
}

C_WRAP(unsigned long, strtoul, const char *text, char **end, int base)
{
    READS_TEXT(text);
    if (end)
        WRITES(end, sizeof *end);
    return strtoul(text, end, base);
}

C_WRAP(double, strtod, const char *text, char **end)
{
    READS_TEXT(text);
    if (end)
        WRITES(end, sizeof *end);
    return strtod(text, end);
}

/* --- sorting --------------------------------------------------------------- */

C_WRAP(void, qsort, void *at, size_t n, size_t size, int (*compare)(const void *, const void *))
{
    WRITES(at, n * size);
    qsort(at, n, size, compare);
}
