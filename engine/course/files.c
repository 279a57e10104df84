/* files.c -- small whole files: reading, listing, and writing without losing anything. */
#include "course/files.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 4 << 20, BACKUPS = 10000 };

char *files_path(const char *first, ...)
{
    struct text path = {0};
    va_list args;

    text_add(&path, first);
    va_start(args, first);
    for (const char *part; (part = va_arg(args, const char *));) {
        text_add_char(&path, '/');
        text_add(&path, part);
    }
    va_end(args);
    return text_take(&path);
}

char *files_read(const char *path, size_t *len)
{
    FILE *file = fopen(path, "re");
    struct text text = {0};
    char part[8192];
    size_t n;
    int error = 0;

    if (!file)
        return NULL;
    while (!error && (n = fread(part, 1, sizeof part, file))) {
        text_add_n(&text, part, n);
        if (text.len > LARGEST)
            error = EFBIG;
    }
    if (ferror(file))
        error = errno;
    else if (text.failed)
        error = ENOMEM;
    fclose(file);
    *len = text.len;
    if (error) {
        text_release(&text);
        errno = error;
        return NULL;
    }
    return text_take(&text);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

char **files_list(const char *folder)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, is_visible, by_bytes);
    char **names = n < 0 ? NULL : calloc((size_t)n + 1, sizeof *names);
    bool whole = names;

    for (int i = 0; i < n; i++) {
        if (whole)
            whole = (names[i] = strdup(entries[i]->d_name));
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    if (whole)
        return names;
    if (n >= 0) {
        files_list_free(names);
        errno = ENOMEM;
    }
    return NULL;
}

void files_list_free(char **names)
{
    for (char **name = names; name && *name; name++)
        free(*name);
    free(names);
}

bool files_exist(const char *path)
{
    return access(path, F_OK) == 0;
}

bool files_is_folder(const char *path)
{
    struct stat at;

    return stat(path, &at) == 0 && S_ISDIR(at.st_mode);
}

bool files_make_folder(const char *path)
{
    char *copy = strdup(path);
    bool made;
    int error;

    if (!copy)
        return false;
    for (char *slash = copy + 1; *copy && (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(copy, 0777); /* what matters is whether the last one is there */
        *slash = '/';
    }
    made = mkdir(copy, 0777) == 0;
    error = errno;
    if (!made && error == EEXIST) {
        made = files_is_folder(copy);
        error = ENOTDIR;
    }
    free(copy);
    errno = made ? 0 : error;
    return made;
}

/* A new file beside path, holding the text; its name on the heap.  NULL with errno. */
static char *write_aside(const char *path, const char *text, size_t len)
{
    size_t room = strlen(path) + sizeof ".XXXXXX";
    char *aside = malloc(room);
    mode_t mask = umask(0);
    ssize_t n = 0;
    int fd, error;

    umask(mask);
    if (!aside)
        return NULL;
    snprintf(aside, room, "%s.XXXXXX", path);
    fd = mkostemp(aside, O_CLOEXEC);
    if (fd < 0)
        goto no_file;
    for (; len; text += n, len -= (size_t)n) {
        n = write(fd, text, len);
        if (n < 0 && errno == EINTR)
            n = 0;
        else if (n < 0)
            goto not_written;
    }
    if (fchmod(fd, 0666 & ~mask) < 0)
        goto not_written;
    if (close(fd) < 0)
        goto not_closed;
    return aside;

not_written:
    error = errno;
    close(fd);
    errno = error;
not_closed:
    error = errno;
    unlink(aside);
    errno = error;
no_file:
    error = errno;
    free(aside);
    errno = error;
    return NULL;
}

/* link never overwrites; where a file system has none, the look before the rename must do. */
static bool take_name(const char *from, const char *to)
{
    if (link(from, to) == 0) {
        unlink(from);
        return true;
    }
    if (errno != EPERM && errno != EOPNOTSUPP && errno != EMLINK)
        return false;
    if (files_exist(to)) {
        errno = EEXIST;
        return false;
    }
    return rename(from, to) == 0;
}

bool files_create(const char *path, const char *text, size_t len)
{
    char *aside = write_aside(path, text, len);
    bool created;
    int error;

    if (!aside)
        return false;
    created = take_name(aside, path);
    error = errno;
    if (!created)
        unlink(aside);
    free(aside);
    errno = error;
    return created;
}

bool files_replace(const char *path, const char *text, size_t len)
{
    char *aside = write_aside(path, text, len);
    bool replaced;
    int error;

    if (!aside)
        return false;
    replaced = rename(aside, path) == 0;
    error = errno;
    if (!replaced)
        unlink(aside);
    free(aside);
    errno = error;
    return replaced;
}

char *files_backup(const char *path)
{
    size_t room = strlen(path) + sizeof ".bak10000", len;
    char *backup = malloc(room), *text = files_read(path, &len);
    bool made = false;
    int error;

    for (unsigned n = 1; backup && text && !made && n < BACKUPS; n++) {
        snprintf(backup, room, n == 1 ? "%s.bak" : "%s.bak%u", path, n);
        made = files_create(backup, text, len);
        if (!made && errno != EEXIST)
            break;
    }
    error = errno;
    free(text);
    if (!made) {
        free(backup);
        backup = NULL;
    }
    errno = error;
    return backup;
}
