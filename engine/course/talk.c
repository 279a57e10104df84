/* talk.c -- see talk.h. */
#include "course/talk.h"

#include "course/files.h"
#include "course/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *talk_path(const struct lesson *lesson)
{
    char *folder = progress_folder();
    char *path = folder ? files_path(folder, "present", lesson->id, NULL) : NULL;

    free(folder);
    return path;
}

/* --- the lock ------------------------------------------------------------ */

/* A lock of the process, which no child inherits. */
static struct flock whole_file(void)
{
    return (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET};
}

static char *lock_path(const char *path)
{
    struct text text = {0};

    text_addf(&text, "%s.lock", path);
    return text_take(&text);
}

static bool make_folder_of(const char *path)
{
    char *folder = strndup(path, (size_t)(strrchr(path, '/') - path));
    bool made = folder && files_make_folder(folder);

    free(folder);
    return made;
}

int talk_lock(const char *path)
{
    struct flock whole = whole_file();
    char *lock = lock_path(path);
    int fd = -1, error;

    if (lock && make_folder_of(path))
        fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd >= 0 && fcntl(fd, F_SETLK, &whole) < 0) {
        error = errno;
        close(fd);
        errno = error;
        fd = -1;
    }
    free(lock);
    return fd;
}

bool talk_is_held(const char *path)
{
    struct flock whole = whole_file();
    char *lock = lock_path(path);
    /* only to read: closed after writing, it would be news to who watches the folder, like us */
    int fd = lock ? open(lock, O_RDONLY | O_CLOEXEC) : -1;
    bool held = fd >= 0 && fcntl(fd, F_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;

    if (fd >= 0)
        close(fd);
    free(lock);
    return held;
}

/* --- the file ------------------------------------------------------------ */

bool talk_write(const char *path, const struct talk *talk)
{
    struct text text = {0};
    bool written;

    text_addf(&text, "slide %u of %u\nbegan %" PRId64 "\nstep %" PRId64 "\n", talk->slide,
              talk->slides, talk->began, talk->step);
    for (unsigned i = 0; i < TALK_CHECKPOINTS; i++)
        if (talk->agreed >> i & 1)
            text_addf(&text, "agreed %u\n", i);
    for (unsigned s = 0; s < TALK_STEPS; s++)
        for (unsigned a = 0; a < COURSE_ANSWERS; a++)
            if (talk->hands[s][a])
                text_addf(&text, "hands %u %u %u\n", s, a, talk->hands[s][a]);
    written = !text.failed && files_replace(path, text_string(&text), text.len);
    text_release(&text);
    return written;
}

static void read_line(struct talk *talk, const char *line)
{
    unsigned a, b, c;

    if (sscanf(line, "slide %u of %u", &a, &b) == 2 && a < b) {
        talk->slide = a;
        talk->slides = b;
    } else if (sscanf(line, "agreed %u", &a) == 1 && a < TALK_CHECKPOINTS) {
        talk->agreed |= (uint64_t)1 << a;
    } else if (sscanf(line, "hands %u %u %u", &a, &b, &c) == 3 && a < TALK_STEPS
               && b < COURSE_ANSWERS && c <= TALK_HANDS) {
        talk->hands[a][b] = (uint16_t)c;
    } else if (strncmp(line, "began ", 6) == 0) {
        talk->began = strtoll(line + 6, NULL, 10);
    } else if (strncmp(line, "step ", 5) == 0) {
        talk->step = strtoll(line + 5, NULL, 10);
    }
}

bool talk_read(const char *path, struct talk *talk)
{
    size_t len;
    char *text = files_read(path, &len), *rest = text;

    *talk = (struct talk){0};
    for (char *line; (line = strsep(&rest, "\n"));)
        read_line(talk, line);
    free(text);
    if (talk->slides == 0)
        *talk = (struct talk){0};
    return talk->slides > 0;
}

/* 1:05:09, 5:09. */
static void add_time(struct text *out, int64_t ms)
{
    int64_t s = ms > 0 ? ms / 1000 : 0;

    if (s >= 3600)
        text_addf(out, "%d:%02d:%02d", (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
    else
        text_addf(out, "%d:%02d", (int)(s / 60), (int)(s % 60));
}

void talk_clock(const struct talk *talk, uint32_t minutes, int64_t now, struct text *out)
{
    int64_t left = talk->step + minutes * (int64_t)60000 - now;

    add_time(out, now - talk->began);
    text_add(out, "  step ");
    if (minutes == 0)
        add_time(out, now - talk->step);
    else if (left >= 0)
        add_time(out, left + 999); /* 0:00 is when it is over */
    else
        add_time(out, -left);
    text_add(out, minutes == 0 ? "" : left >= 0 ? " left" : " over");
}

uint32_t talk_hands(const struct talk *talk, uint32_t step)
{
    uint32_t all = 0;

    for (size_t i = 0; step < TALK_STEPS && i < COURSE_ANSWERS; i++)
        all += talk->hands[step][i];
    return all;
}
