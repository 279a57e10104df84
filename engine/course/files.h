/* files.h -- small whole files: reading, listing, and writing without losing anything.
 *
 * A file is written aside in its own folder and then linked or renamed to its
 * name, so that a reader, a full disk or a kill never meets half of one.
 */
#ifndef BRAID_COURSE_FILES_H
#define BRAID_COURSE_FILES_H

#include <stdbool.h>
#include <stddef.h>

/* "a/b/c" from its parts, the last of which is NULL; heap, NULL: out of memory. */
char *files_path(const char *first, ...) __attribute__((sentinel));

/* The whole file and a NUL after it, on the heap; NULL with errno (EISDIR, EFBIG over 4 MiB). */
char *files_read(const char *path, size_t *len);

/* Names in a folder without those that begin with '.', sorted by bytes, NULL-terminated; NULL
 * with errno.  Free with files_list_free. */
char **files_list(const char *folder);
void files_list_free(char **names);

bool files_exist(const char *path);
bool files_is_folder(const char *path);

/* Makes a folder and those above it; true when it is there.  False with errno. */
bool files_make_folder(const char *path);

/* Writes a file that must not exist yet.  False with errno, EEXIST among others. */
bool files_create(const char *path, const char *text, size_t len);

/* Writes a file, in place of what was there. */
bool files_replace(const char *path, const char *text, size_t len);

/* Copies a file to path.bak, path.bak2, ..., the first name that is free;
 * returns that, heap.  NULL with errno. */
char *files_backup(const char *path);

#endif
