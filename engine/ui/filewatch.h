/* filewatch.h -- tells when a file has been saved.
 *
 * The folder is watched, not the file: editors that write aside and rename give the
 * name a new inode.  Where inotify does not work, the file's stamp is polled.
 */
#ifndef BRAID_UI_FILEWATCH_H
#define BRAID_UI_FILEWATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

struct filewatch {
    char *path;    /* NULL: watches nothing */
    int fd;        /* of inotify; -1: the stamp is polled */
    /* the stamp of the file last seen; size -1: it was not there */
    off_t size;
    ino_t inode;
    struct timespec modified;
};

/* Starts to watch, from the file as it is now.  false: out of memory. */
bool filewatch_open(struct filewatch *watch, const char *path);
void filewatch_close(struct filewatch *watch);

/* Whether the file differs from what was last seen (then that is remembered).  A file that has
 * vanished has not changed. */
bool filewatch_changed(struct filewatch *watch);

/* How long a poll for watch->fd may wait, in ms; -1: for ever. */
int filewatch_wait(const struct filewatch *watch);

#endif
