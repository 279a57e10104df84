/* stdio.c -- what the learner's code prints.
 *
 * Standard output becomes PRINT events, one a call; standard error is thrown away, so
 * that nothing reaches the terminal under the app.  Other streams are the library's.
 */
#include "c/inside.h"
#include "rt/basic.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define CALLER __builtin_return_address(0)

/* What is printed as it lies there is read by the learner's code. */
static void reads(const void *caller, const void *at, size_t size)
{
    if (run_current)
        c_access(c_enter(caller), at, size, false, false);
}

static void reads_text(const void *caller, const char *text)
{
    reads(caller, text, 1);
    reads(caller, text, strlen(text) + 1);
}

/* Whether the stream is one of ours; standard output's text is printed. */
static bool ours(const void *caller, FILE *stream, const char *text, size_t len)
{
    if (stream != stdout && stream != stderr)
        return false;
    if (stream == stdout && run_current && len > 0)
        basic_print(c_enter(caller), text, len);
    return true;
}

static int print(const void *caller, FILE *stream, const char *format, va_list args)
{
    char small[1024];
    size_t len;
    char *text;

    if (stream != stdout && stream != stderr)
        return vfprintf(stream, format, args);
    if (!run_current)
        return 0;
    text = c_format(c_enter(caller), small, sizeof small, &len, format, args);
    ours(caller, stream, text, len);
    return (int)len;
}

C_WRAP(int, vfprintf, FILE *stream, const char *format, va_list args)
{
    return print(CALLER, stream, format, args);
}

C_WRAP(int, vprintf, const char *format, va_list args)
{
    return print(CALLER, stdout, format, args);
}

C_WRAP(int, fprintf, FILE *stream, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = print(CALLER, stream, format, args);
    va_end(args);
    return n;
}

C_WRAP(int, printf, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = print(CALLER, stdout, format, args);
    va_end(args);
    return n;
}

C_WRAP(int, puts, const char *text)
{
    size_t len;
    char *line;

    if (!run_current)
        return 0;
    reads_text(CALLER, text);
    len = strlen(text);
    line = region_alloc(&run_current->objects, len + 1);
    if (!line)
        run_stop(run_current, RUN_MEMORY);
    memcpy(line, text, len);
    line[len] = '\n';
    ours(CALLER, stdout, line, len + 1);
    return 0;
}

C_WRAP(int, fputs, const char *text, FILE *stream)
{
    reads_text(CALLER, text);
    return ours(CALLER, stream, text, strlen(text)) ? 0 : fputs(text, stream);
}

static int put(const void *caller, int c, FILE *stream)
{
    char byte = (char)c;

    return ours(caller, stream, &byte, 1) ? (unsigned char)c : fputc(c, stream);
}

C_WRAP(int, fputc, int c, FILE *stream)
{
    return put(CALLER, c, stream);
}

C_WRAP(int, putc, int c, FILE *stream)
{
    return put(CALLER, c, stream);
}

C_WRAP(int, putchar, int c)
{
    return put(CALLER, c, stdout);
}

C_WRAP(size_t, fwrite, const void *bytes, size_t size, size_t n, FILE *stream)
{
    reads(CALLER, bytes, size * n);
    return ours(CALLER, stream, bytes, size * n) ? n : fwrite(bytes, size, n, stream);
}

C_WRAP(int, fflush, FILE *stream)
{
    return !stream || stream == stdout || stream == stderr ? 0 : fflush(stream);
}

C_WRAP(void, setbuf, FILE *stream, char *buffer)
{
    if (stream != stdout && stream != stderr)
        setbuf(stream, buffer);
}

C_WRAP(int, setvbuf, FILE *stream, char *buffer, int mode, size_t size)
{
    return stream == stdout || stream == stderr ? 0 : setvbuf(stream, buffer, mode, size);
}

C_WRAP(void, perror, const char *text)
{
    (void)text;
}

C_WRAP(ssize_t, write, int file, const void *bytes, size_t size)
{
    reads(CALLER, bytes, size);
    if (file == 1 || file == 2)
        return ours(CALLER, file == 1 ? stdout : stderr, bytes, size) ? (ssize_t)size : -1;
    return write(file, bytes, size);
}
