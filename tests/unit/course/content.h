/* content.h -- folders of content made for one test. */
#ifndef BRAID_TESTS_CONTENT_H
#define BRAID_TESTS_CONTENT_H

#include "course/files.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char content_root[64];

static inline int content_setup(void **state)
{
    (void)state;
    strcpy(content_root, "/tmp/braid-test-XXXXXX");
    return mkdtemp(content_root) ? 0 : -1;
}

static inline int content_remove(const char *path, const struct stat *at, int type, struct FTW *ftw)
{
    (void)at;
    (void)type;
    (void)ftw;
    return remove(path);
}

static inline int content_teardown(void **state)
{
    (void)state;
    return nftw(content_root, content_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/* root/path; valid until the next but three. */
static inline const char *content_path(const char *path)
{
    static char paths[4][512];
    static unsigned next;
    char *at = paths[next++ % 4];

    snprintf(at, sizeof paths[0], "%s/%s", content_root, path);
    return at;
}

/* Writes root/path, making its folders. */
static inline void content_write(const char *path, const char *text)
{
    char folder[512];

    snprintf(folder, sizeof folder, "%s", content_path(path));
    *strrchr(folder, '/') = '\0';
    if (!files_make_folder(folder) || !files_replace(content_path(path), text, strlen(text)))
        abort();
}

/* The text of root/path, "(none)" when there is no such file; valid until the next call. */
static inline const char *content_read(const char *path)
{
    static char *text;
    size_t len;

    free(text);
    text = files_read(content_path(path), &len);
    return text ? text : "(none)";
}

#endif
