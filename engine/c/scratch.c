/* scratch.c -- see scratch.h. */
#include "c/scratch.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char prefix[] = "braid-";
static const char *const files[] = {"program.so", "program.c", "program.lua"};

enum {
    NAME = sizeof "braid-XXXXXX" - 1,
    YOUNG_SECONDS = 60, /* between its making and its locking nobody takes it for left behind */
};

static const char *folder_for(void)
{
    const char *folder = getenv("TMPDIR");

    return folder && *folder ? folder : "/tmp";
}

/* A lock that goes with the last process that has the descriptor. */
static int lock_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static void remove_files(int folder)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlinkat(folder, files[i], 0);
}

/* --- what others left ---------------------------------------------------- */

static bool is_old(int fd)
{
    struct stat is;

    return fstat(fd, &is) == 0 && is.st_uid == geteuid()
           && is.st_mtime + YOUNG_SECONDS < time(NULL);
}

static void remove_left(const char *folder, const char *name)
{
    struct text path = {0};
    int fd;

    text_addf(&path, "%s/%s", folder, name);
    fd = lock_folder(text_string(&path));
    if (fd >= 0 && is_old(fd)) {
        remove_files(fd);
        rmdir(text_string(&path)); /* a folder with anything else in it is not ours */
    }
    if (fd >= 0)
        close(fd);
    text_release(&path);
}

void scratch_sweep(const char *folder)
{
    DIR *all = opendir(folder);
    struct dirent *one;

    while (all && (one = readdir(all)))
        if (strlen(one->d_name) == NAME
            && strncmp(one->d_name, prefix, sizeof prefix - 1) == 0)
            remove_left(folder, one->d_name);
    if (all)
        closedir(all);
}

/* --- one of our own ------------------------------------------------------ */

bool scratch_make(struct scratch *scratch, char **path)
{
    static bool swept;
    struct text name = {0};
    int error;

    *scratch = (struct scratch){0};
    if (!swept)
        scratch_sweep(folder_for());
    swept = true;
    text_addf(&name, "%s/%sXXXXXX", folder_for(), prefix);
    *path = text_take(&name);
    if (!*path || !mkdtemp(*path))
        return false;
    scratch->lock = lock_folder(*path);
    if (scratch->lock < 0) {
        error = errno;
        rmdir(*path);
        errno = error;
        return false;
    }
    scratch->path = *path;
    *path = NULL;
    return true;
}

void scratch_remove(struct scratch *scratch)
{
    if (!scratch->path)
        return;
    remove_files(scratch->lock);
    rmdir(scratch->path);
    close(scratch->lock);
    free(scratch->path);
    *scratch = (struct scratch){0};
}
