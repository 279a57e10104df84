/* submission.c -- finds submissions in folders. */
#include "grade/submission.h"

#include "base/text.h"
#include "course/files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 6 }; /* of folders below a student's */

struct search {
    struct submissions *found;
    const struct course *course;
    const struct exercise *const *asked;
    size_t nasked;
    submissions_note *note;
    void *context;
    size_t cap;
    const char *student;   /* whose folder is being looked through */
    size_t first;          /* his first in found->at */
    bool failed;           /* out of memory */
};

static char *keep(struct search *search, const char *text)
{
    size_t size = strlen(text) + 1;
    char *kept = region_alloc(&search->found->memory, size);

    search->failed |= !kept;
    return kept ? memcpy(kept, text, size) : NULL;
}

static void note(struct search *search, const char *path, const char *format, const char *more)
{
    struct text out = {0};

    text_addf(&out, "%s: ", path);
    text_addf(&out, format, more);
    search->note(search->context, text_string(&out));
    text_release(&out);
}

static bool is_asked(const struct search *search, const struct exercise *exercise)
{
    for (size_t i = 0; i < search->nasked; i++)
        if (search->asked[i] == exercise)
            return true;
    return search->nasked == 0;
}

static void add(struct search *search, const struct exercise *exercise,
                enum course_language language, const char *path)
{
    struct submissions *found = search->found;

    if (found->count == search->cap) {
        size_t cap = search->cap ? 2 * search->cap : 64;
        struct submission *more = realloc(found->at, cap * sizeof *more);

        if (!more) {
            search->failed = true;
            return;
        }
        found->at = more;
        search->cap = cap;
    }
    found->at[found->count++] = (struct submission){search->student, exercise, language,
                                                    path ? keep(search, path) : NULL};
}

/* --- one student --------------------------------------------------------- */

static bool in_topic(const char *path, const struct exercise *exercise)
{
    const char *slash = strrchr(path, '/');
    size_t len = strlen(exercise->topic);

    return slash && (size_t)(slash - path) > len && slash[-1 - (ptrdiff_t)len] == '/' &&
           strncmp(slash - len, exercise->topic, len) == 0;
}

static void take_file(struct search *search, const char *path)
{
    const char *dot = strrchr(path, '.');
    enum course_language language = COURSE_LUA;
    const struct exercise *exercise;

    if (!dot || (strcmp(dot, ".lua") != 0 && strcmp(dot, ".c") != 0))
        return;
    exercise = course_find(search->course, path, &language);
    if (!exercise) {
        note(search, path, "passed over, no exercise is called so", "");
        return;
    }
    if (!is_asked(search, exercise))
        return;
    for (size_t i = search->first; i < search->found->count; i++) {
        struct submission *one = &search->found->at[i];

        if (one->exercise != exercise || one->language != language)
            continue;
        if (!in_topic(one->path, exercise) && in_topic(path, exercise)) {
            note(search, one->path, "passed over, there is '%s'", path);
            one->path = keep(search, path);
        } else {
            note(search, path, "passed over, there is '%s'", one->path);
        }
        return;
    }
    add(search, exercise, language, path);
}

static void look_through(struct search *search, const char *folder, unsigned depth)
{
    char **names = files_list(folder);

    if (!names)
        note(search, folder, "cannot be read: %s", strerror(errno));
    for (char **name = names; name && *name && !search->failed; name++) {
        char *path = files_path(folder, *name, NULL);
        struct stat st;

        search->failed |= !path;
        if (!path || lstat(path, &st) != 0)
            ;
        else if (S_ISREG(st.st_mode))
            take_file(search, path);
        else if (S_ISDIR(st.st_mode) && depth < DEPTH_MAX)
            look_through(search, path, depth + 1);
        else
            note(search, path, "passed over, it is %s", S_ISLNK(st.st_mode)   ? "a link"
                                                        : S_ISDIR(st.st_mode) ? "too deep"
                                                                              : "no regular file");
        free(path);
    }
    files_list_free(names);
}

static size_t rank(const struct course *course, const struct exercise *exercise)
{
    size_t n = 0;

    for (size_t i = 0; i < course->nlessons; i++) {
        const struct lesson *lesson = &course->lessons[i];

        if (exercise >= lesson->exercises && exercise < lesson->exercises + lesson->nexercises)
            return n + (size_t)(exercise - lesson->exercises);
        n += lesson->nexercises;
    }
    return n;
}

/* The student's, by the order of the course.  There are few. */
static void sort(struct search *search)
{
    struct submission *at = search->found->at;

    for (size_t i = search->first + 1; i < search->found->count; i++)
        for (size_t k = i; k > search->first; k--) {
            size_t a = rank(search->course, at[k - 1].exercise), b = rank(search->course, at[k].exercise);
            struct submission other = at[k];

            if (a < b || (a == b && at[k - 1].language <= at[k].language))
                break;
            at[k] = at[k - 1];
            at[k - 1] = other;
        }
}

static void add_missing(struct search *search)
{
    for (size_t i = 0; i < search->nasked; i++) {
        bool there = false;

        for (size_t k = search->first; k < search->found->count; k++)
            there |= search->found->at[k].exercise == search->asked[i];
        if (!there)
            add(search, search->asked[i], COURSE_LUA, NULL);
    }
}

static void take_student(struct search *search, const char *name, const char *folder)
{
    search->student = keep(search, name);
    search->first = search->found->count;
    search->found->students++;
    look_through(search, folder, 0);
    add_missing(search);
    if (search->found->count == search->first)
        note(search, folder, "no submission in it", "");
    sort(search);
}

/* --- the class ------------------------------------------------------------ */

static bool names_topic(const struct course *course, char **names)
{
    for (char **name = names; *name; name++)
        for (size_t i = 0; i < course->nlessons; i++)
            if (strcmp(*name, course->lessons[i].id) == 0)
                return true;
    return false;
}

bool submissions_find(struct submissions *submissions, const struct course *course,
                      const char *folder, const struct exercise *const *asked, size_t nasked,
                      submissions_note *note_it, void *context)
{
    struct search search = {.found = submissions, .course = course, .asked = asked,
                            .nasked = nasked, .note = note_it, .context = context};
    char **names = files_list(folder);

    *submissions = (struct submissions){0};
    if (!names)
        return false;
    if (names_topic(course, names))
        take_student(&search, ".", folder);
    else
        for (char **name = names; *name && !search.failed; name++) {
            char *path = files_path(folder, *name, NULL);
            struct stat st;

            search.failed |= !path;
            if (path && lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
                take_student(&search, *name, path);
            free(path);
        }
    files_list_free(names);
    if (search.failed)
        errno = ENOMEM;
    return !search.failed;
}

void submissions_release(struct submissions *submissions)
{
    region_release(&submissions->memory);
    free(submissions->at);
    *submissions = (struct submissions){0};
}
