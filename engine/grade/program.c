/* program.c -- a learner's source file. */
#include "grade/program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 1024 * 1024 };

static enum language language_of(const char *name)
{
    const char *dot = strrchr(name, '.');

    if (dot && strcmp(dot, ".lua") == 0)
        return LANGUAGE_LUA;
    if (dot && strcmp(dot, ".c") == 0)
        return LANGUAGE_C;
    return LANGUAGE_NONE;
}

/* Reads an open regular file whole, with a NUL behind it. */
static char *read_all(int fd, size_t size, size_t *length)
{
    char *text = malloc(size + 1);

    *length = 0;
    while (text && *length < size) {
        ssize_t n = read(fd, text + *length, size - *length);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        *length += (size_t)n;
    }
    if (text)
        text[*length] = '\0';
    return text;
}

static bool split(struct program *program)
{
    uint32_t n = 1;
    const char *end = program->text + program->length;

    for (const char *p = program->text; p < end; p++)
        n += *p == '\n' && p + 1 < end;
    program->lines = malloc(n * sizeof *program->lines);
    if (!program->lines)
        return false;
    program->nlines = 0;
    program->lines[program->nlines++] = program->text;
    for (const char *p = program->text; p < end; p++)
        if (*p == '\n' && p + 1 < end)
            program->lines[program->nlines++] = p + 1;
    return true;
}

bool program_load(struct program *program, const char *path, char *error, size_t size)
{
    struct program fresh = {0};
    const char *slash = strrchr(path, '/');
    const char *what = NULL;
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    fresh.language = language_of(slash ? slash + 1 : path);
    if (fd < 0 || fstat(fd, &st) != 0) {
        what = strerror(errno);
    } else if (S_ISDIR(st.st_mode)) {
        what = "is a directory: name a .lua or .c file in it";
    } else if (!S_ISREG(st.st_mode)) {
        what = "is not a regular file";
    } else if (fresh.language == LANGUAGE_NONE) {
        what = "neither Lua nor C: its name must end in .lua or .c";
    } else if (st.st_size == 0) {
        what = "is empty: write a program first, or 'braid reset' brings an exercise back";
    } else if (st.st_size > FILE_MAX) {
        what = "is larger than 1 MiB: not a program for braid";
    } else if (!(fresh.text = read_all(fd, (size_t)st.st_size, &fresh.length)) ||
               !(fresh.path = strdup(path)) || !split(&fresh)) {
        what = "out of memory";
    } else if (memchr(fresh.text, '\0', fresh.length)) {
        what = "is a binary, not a text: name the source file";
    }
    if (fd >= 0)
        close(fd);
    if (what) {
        snprintf(error, size, "%s: %s", path, what);
        program_release(&fresh);
        return false;
    }
    fresh.name = fresh.path + (slash ? slash + 1 - path : 0);
    *program = fresh;
    return true;
}

void program_release(struct program *program)
{
    free(program->path);
    free(program->text);
    free(program->lines);
    *program = (struct program){0};
}

const char *program_line(const struct program *program, uint32_t line, size_t *len)
{
    const char *at, *end;

    *len = 0;
    if (line == 0 || line > program->nlines)
        return "";
    at = program->lines[line - 1];
    end = memchr(at, '\n', (size_t)(program->text + program->length - at));
    *len = (size_t)((end ? end : program->text + program->length) - at);
    if (*len > 0 && at[*len - 1] == '\r')
        --*len;
    return at;
}
