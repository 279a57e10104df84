/* progress.c -- the learner's progress as a list of lines, saved at every change.
 *
 * Invariant: the lines are those of the file when it was last read, with our
 * facts put in.  Before a change the file is read again under a lock of its
 * folder, so that two braids at once lose nothing of each other's.
 */
#include "course/progress.h"

#include "base/text.h"
#include "course/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct progress {
    char *folder;      /* NULL: there is no home, nothing is kept */
    char *path;
    struct text text;  /* the file; each line ends in a newline */
    char *workspace;   /* what progress_workspace returned */
};

char *progress_folder(void)
{
    const char *own = getenv("BRAID_DATA"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");

    if (own && *own)
        return files_path(own, NULL);
    if (data && *data == '/')
        return files_path(data, "braid", NULL);
    if (home && *home)
        return files_path(home, ".local/share/braid", NULL);
    return NULL;
}

/* A missing file is an empty one.  False with errno: it cannot be read. */
static bool read_file(struct progress *progress)
{
    size_t len;
    char *text = files_read(progress->path, &len);

    if (!text)
        return errno == ENOENT;
    text_clear(&progress->text);
    text_add(&progress->text, text);
    if (progress->text.len && progress->text.at[progress->text.len - 1] != '\n')
        text_add_char(&progress->text, '\n');
    free(text);
    return true;
}

/* Where the line that begins with `fact` begins; NULL: there is none.  A fact ends at the
 * line's end or at a blank. */
static char *find(const struct progress *progress, const char *fact)
{
    size_t len = strlen(fact);

    for (char *line = progress->text.at; line && *line; line++) {
        if (strncmp(line, fact, len) == 0 && strchr(" \n", line[len]))
            return line;
        line = strchr(line, '\n');
    }
    return NULL;
}

struct progress *progress_open(void)
{
    struct progress *progress = calloc(1, sizeof *progress);
    const char *line;

    if (!progress)
        return NULL;
    progress->folder = progress_folder();
    if (progress->folder)
        progress->path = files_path(progress->folder, "progress", NULL);
    if (progress->path)
        read_file(progress); /* saving will say why it cannot */
    line = find(progress, "workspace");
    if (line && line[9] == ' ')
        progress->workspace = strndup(line + 10, strcspn(line + 10, "\n"));
    return progress;
}

void progress_free(struct progress *progress)
{
    if (!progress)
        return;
    free(progress->folder);
    free(progress->path);
    free(progress->workspace);
    text_release(&progress->text);
    free(progress);
}

static uint32_t find_number(const struct progress *progress, const char *fact)
{
    const char *line = find(progress, fact);
    unsigned long number = line ? strtoul(line + strlen(fact), NULL, 10) : 0;

    return number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
}

/* Puts "fact value" in place of the line of that fact, or at the end. */
static bool put(struct progress *progress, const char *fact, const char *value)
{
    char *line = find(progress, fact), *end;
    struct text text = {0};

    if (line) {
        text_add_n(&text, progress->text.at, (size_t)(line - progress->text.at));
        end = strchr(line, '\n') + 1;
    } else {
        text_add(&text, text_string(&progress->text));
        end = NULL;
    }
    text_addf(&text, "%s%s%s\n", fact, value ? " " : "", value ? value : "");
    if (end)
        text_add(&text, end);
    if (text.failed) {
        text_release(&text);
        errno = ENOMEM;
        return false;
    }
    text_release(&progress->text);
    progress->text = text;
    return true;
}

/* `value` NULL: the fact alone.  A number is only ever raised. */
static bool save(struct progress *progress, const char *fact, const char *value, uint32_t number)
{
    int lock, error;
    bool saved;

    if (!progress->path) {
        errno = ENOENT;
        return false;
    }
    if (!files_make_folder(progress->folder))
        return false;
    lock = open(progress->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock >= 0)
        flock(lock, LOCK_EX); /* where there are no locks, the last one to write wins */
    saved = read_file(progress);
    if (saved && (number == 0 || find_number(progress, fact) < number))
        saved = put(progress, fact, value) &&
                files_replace(progress->path, progress->text.at, progress->text.len);
    error = errno;
    if (lock >= 0)
        close(lock);
    errno = error;
    return saved;
}

/* --- the facts ----------------------------------------------------------- */

enum { FACT = 512 };

static const char *passed_fact(char fact[FACT], const struct exercise *exercise,
                               enum course_language language)
{
    snprintf(fact, FACT, "passed %s/%s %s", exercise->topic, exercise->name,
             language == COURSE_LUA ? "lua" : "c");
    return fact;
}

static const char *hints_fact(char fact[FACT], const struct exercise *exercise)
{
    snprintf(fact, FACT, "hint %s/%s", exercise->topic, exercise->name);
    return fact;
}

static const char *step_fact(char fact[FACT], const struct lesson *lesson)
{
    snprintf(fact, FACT, "read %s", lesson->id);
    return fact;
}

/* By the demo's name, which stays when steps are moved about. */
static const char *demo_fact(char fact[FACT], const char *what, const struct lesson *lesson,
                             const struct lesson_step *step)
{
    const char *demo = step->demo_lua ? step->demo_lua : step->demo_c;
    const char *name = demo && strrchr(demo, '/') ? strrchr(demo, '/') + 1 : "";

    snprintf(fact, FACT, "%s %s/%.*s", what, lesson->id, (int)strcspn(name, "."), name);
    return fact;
}

bool progress_passed(const struct progress *progress, const struct exercise *exercise,
                     enum course_language language)
{
    char fact[FACT];

    return find(progress, passed_fact(fact, exercise, language));
}

uint32_t progress_hints(const struct progress *progress, const struct exercise *exercise)
{
    char fact[FACT];

    return find_number(progress, hints_fact(fact, exercise));
}

uint32_t progress_step(const struct progress *progress, const struct lesson *lesson)
{
    char fact[FACT];

    return find_number(progress, step_fact(fact, lesson));
}

char *progress_predicted(const struct progress *progress, const struct lesson *lesson,
                         const struct lesson_step *step)
{
    char fact[FACT];
    const char *line = find(progress, demo_fact(fact, "predicted", lesson, step));
    size_t len = strlen(fact);

    if (!line || line[len] != ' ')
        return NULL;
    return strndup(line + len + 1, strcspn(line + len + 1, "\n"));
}

static const char *const foretold_words[] = {
    [FORETOLD_OPEN] = "open", [FORETOLD_RIGHT] = "right", [FORETOLD_WRONG] = "wrong"};

enum foretold progress_foretold(const struct progress *progress, const struct lesson *lesson,
                                const struct lesson_step *step)
{
    char fact[FACT];
    const char *line = find(progress, demo_fact(fact, "foretold", lesson, step));
    const char *word = line && line[strlen(fact)] == ' ' ? line + strlen(fact) + 1 : "";

    for (enum foretold i = FORETOLD_RIGHT; i <= FORETOLD_WRONG; i++)
        if (strcspn(word, "\n") == strlen(foretold_words[i]) &&
            strncmp(word, foretold_words[i], strlen(foretold_words[i])) == 0)
            return i;
    return FORETOLD_OPEN;
}

const char *progress_workspace(const struct progress *progress)
{
    return progress->workspace;
}

static bool save_number(struct progress *progress, const char *fact, uint32_t number)
{
    char value[16];

    if (number == 0)
        return true;
    snprintf(value, sizeof value, "%u", number);
    return save(progress, fact, value, number);
}

bool progress_set_passed(struct progress *progress, const struct exercise *exercise,
                         enum course_language language)
{
    char fact[FACT];

    passed_fact(fact, exercise, language);
    return find(progress, fact) || save(progress, fact, NULL, 0);
}

bool progress_set_hints(struct progress *progress, const struct exercise *exercise, uint32_t hints)
{
    char fact[FACT];

    return save_number(progress, hints_fact(fact, exercise), hints);
}

bool progress_set_step(struct progress *progress, const struct lesson *lesson, uint32_t step)
{
    char fact[FACT];

    return save_number(progress, step_fact(fact, lesson), step);
}

bool progress_set_predicted(struct progress *progress, const struct lesson *lesson,
                            const struct lesson_step *step, const char *answer)
{
    char fact[FACT];

    if (*answer == '\0' || strchr(answer, '\n')) {
        errno = EINVAL;
        return false;
    }
    return save(progress, demo_fact(fact, "predicted", lesson, step), answer, 0) &&
           progress_set_foretold(progress, lesson, step, FORETOLD_OPEN);
}

bool progress_set_foretold(struct progress *progress, const struct lesson *lesson,
                           const struct lesson_step *step, enum foretold foretold)
{
    char fact[FACT];

    demo_fact(fact, "foretold", lesson, step);
    if (progress_foretold(progress, lesson, step) == foretold)
        return true;
    return save(progress, fact, foretold_words[foretold], 0);
}

bool progress_set_workspace(struct progress *progress, const char *path)
{
    char *copy;

    if (*path == '\0' || strchr(path, '\n')) {
        errno = EINVAL;
        return false;
    }
    copy = strdup(path);
    if (!copy || !save(progress, "workspace", path, 0)) {
        free(copy);
        return false;
    }
    free(progress->workspace);
    progress->workspace = copy;
    return true;
}
