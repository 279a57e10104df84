/* filewatch.c -- inotify on the folder, the stamp for the answer. */
#include "ui/filewatch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum { POLL_MS = 1000 };

static void look(struct filewatch *watch, struct stat *now)
{
    if (stat(watch->path, now) != 0)
        now->st_size = -1;
}

static void remember(struct filewatch *watch, const struct stat *now)
{
    watch->size = now->st_size;
    watch->inode = now->st_ino;
    watch->modified = now->st_mtim;
}

static int watch_folder(const char *path)
{
    char *folder = strdup(path);
    if (!folder)
        return -1;
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder] = '\0';
    int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (fd >= 0 && inotify_add_watch(fd, slash ? folder : ".", IN_CLOSE_WRITE | IN_MOVED_TO) < 0) {
        close(fd);
        fd = -1;
    }
    free(folder);
    return fd;
}

bool filewatch_open(struct filewatch *watch, const char *path)
{
    struct stat now = {0};

    watch->path = strdup(path);
    watch->fd = -1;
    if (!watch->path)
        return false;
    watch->fd = watch_folder(path); /* before the look: nothing falls between */
    look(watch, &now);
    remember(watch, &now);
    return true;
}

void filewatch_close(struct filewatch *watch)
{
    if (watch->path && watch->fd >= 0)
        close(watch->fd);
    free(watch->path);
    watch->path = NULL;
    watch->fd = -1;
}

bool filewatch_changed(struct filewatch *watch)
{
    char events[4096];
    struct stat now = {0};

    if (!watch->path)
        return false;
    if (watch->fd >= 0)
        while (read(watch->fd, events, sizeof events) > 0)
            ; /* which files they name does not matter: the stamp decides */
    look(watch, &now);
    if (now.st_size < 0
        || (now.st_size == watch->size && now.st_ino == watch->inode
            && now.st_mtim.tv_sec == watch->modified.tv_sec
            && now.st_mtim.tv_nsec == watch->modified.tv_nsec))
        return false;
    remember(watch, &now);
    return true;
}

int filewatch_wait(const struct filewatch *watch)
{
    return watch->path && watch->fd < 0 ? POLL_MS : -1;
}
