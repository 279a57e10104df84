/* gradebook.c -- grades in memory, as JSON, as a table, as words. */
#include "grade/gradebook.h"

#include "course/files.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char truth[] = "grades.json";

static void free_grade(struct grade *grade)
{
    free(grade->student);
    free(grade->topic);
    free(grade->exercise);
    free(grade->language);
    free(grade->verdict);
    free(grade->headline);
    free(grade->report);
    *grade = (struct grade){0};
}

struct grade *gradebook_add(struct gradebook *book, const char *student, const char *topic,
                            const char *exercise, const char *language)
{
    struct grade *more = realloc(book->at, (book->count + 1) * sizeof *more), *grade;

    if (!more)
        return NULL;
    book->at = more;
    grade = &more[book->count];
    *grade = (struct grade){.student = strdup(student), .topic = strdup(topic),
                            .exercise = strdup(exercise), .language = strdup(language)};
    if (!grade->student || !grade->topic || !grade->exercise || !grade->language) {
        free_grade(grade);
        return NULL;
    }
    book->count++;
    return grade;
}

const struct grade *gradebook_find(const struct gradebook *book, const struct grade *grade)
{
    for (size_t i = 0; i < book->count; i++) {
        const struct grade *one = &book->at[i];

        if (strcmp(one->student, grade->student) == 0 && strcmp(one->topic, grade->topic) == 0 &&
            strcmp(one->exercise, grade->exercise) == 0 &&
            strcmp(one->language, grade->language) == 0)
            return one;
    }
    return NULL;
}

bool grade_set(struct grade *grade, uint64_t digest, const char *verdict, const char *headline,
               const char *report)
{
    free(grade->verdict);
    free(grade->headline);
    free(grade->report);
    grade->digest = digest;
    grade->verdict = strdup(verdict);
    grade->headline = headline ? strdup(headline) : NULL;
    grade->report = report ? strdup(report) : NULL;
    return grade->verdict && (grade->headline || !headline) && (grade->report || !report);
}

bool grade_passed(const struct grade *grade)
{
    return grade->verdict && strcmp(grade->verdict, "passed") == 0;
}

void gradebook_release(struct gradebook *book)
{
    for (size_t i = 0; i < book->count; i++)
        free_grade(&book->at[i]);
    free(book->at);
    *book = (struct gradebook){0};
}

uint64_t digest_add(uint64_t digest, const void *bytes, size_t n)
{
    for (const unsigned char *at = bytes, *end = at + n; at < end; at++)
        digest = (digest ^ *at) * UINT64_C(1099511628211);
    return digest;
}

/* --- JSON ----------------------------------------------------------------- */

static bool read_grade(struct gradebook *book, json_t *object)
{
    const char *student, *topic, *exercise, *language, *digest, *verdict = NULL, *headline = NULL,
               *report = NULL;
    struct grade *grade;

    if (json_unpack(object, "{s:s, s:s, s:s, s:s, s:s, s:s, s?s, s?s}", "student", &student, "topic",
                    &topic, "exercise", &exercise, "language", &language, "digest", &digest,
                    "verdict", &verdict, "headline", &headline, "report", &report) != 0)
        return false;
    grade = gradebook_add(book, student, topic, exercise, language);
    return grade && grade_set(grade, strtoull(digest, NULL, 16), verdict, headline, report);
}

bool gradebook_read(struct gradebook *book, const char *folder, char **error)
{
    char *path = files_path(folder, truth, NULL);
    struct text what = {0};
    json_error_t wrong;
    json_t *array, *object;
    size_t i;

    *error = NULL;
    *book = (struct gradebook){0};
    if (path && !files_exist(path)) {
        free(path);
        return true;
    }
    array = path ? json_load_file(path, JSON_REJECT_DUPLICATES, &wrong) : NULL;
    if (!array)
        text_addf(&what, "%s:%d: %s", path ? path : truth, path ? wrong.line : 0,
                  path ? wrong.text : "out of memory");
    else if (!json_is_array(array))
        text_addf(&what, "%s: no list of grades: grade into another folder", path);
    json_array_foreach(array, i, object) {
        if (!what.len && !read_grade(book, object))
            text_addf(&what, "%s: grade %zu is none: grade into another folder", path, i + 1);
    }
    json_decref(array);
    free(path);
    if (!what.len)
        return true;
    *error = text_take(&what);
    gradebook_release(book);
    return false;
}

/* Text of students' programs may hold any bytes; JSON holds UTF-8 only. */
static json_t *json_words(const char *words)
{
    json_t *string = json_string(words);
    struct text clean = {0};

    if (string)
        return string;
    for (; *words; words++)
        text_add_char(&clean, (unsigned char)*words < 0x80 ? *words : '?');
    string = json_string(text_string(&clean));
    text_release(&clean);
    return string;
}

static json_t *json_grade(const struct grade *grade)
{
    json_t *object = json_object();
    char digest[20];

    snprintf(digest, sizeof digest, "%016" PRIx64, grade->digest);
    json_object_set_new(object, "student", json_words(grade->student));
    json_object_set_new(object, "topic", json_words(grade->topic));
    json_object_set_new(object, "exercise", json_words(grade->exercise));
    json_object_set_new(object, "language", json_words(grade->language));
    json_object_set_new(object, "verdict", json_words(grade->verdict));
    json_object_set_new(object, "passed", json_boolean(grade_passed(grade)));
    if (grade->headline)
        json_object_set_new(object, "headline", json_words(grade->headline));
    json_object_set_new(object, "digest", json_string(digest));
    if (grade->report)
        json_object_set_new(object, "report", json_words(grade->report));
    return object;
}

bool gradebook_json(const struct gradebook *book, struct text *out)
{
    json_t *array = json_array();
    char *dump;

    for (size_t i = 0; i < book->count; i++)
        if (book->at[i].verdict)
            json_array_append_new(array, json_grade(&book->at[i]));
    dump = json_dumps(array, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    json_decref(array);
    if (!dump)
        return false;
    text_add(out, dump);
    text_add_char(out, '\n');
    free(dump);
    return !out->failed;
}

/* --- the table ------------------------------------------------------------- */

static void add_cell(struct text *out, const char *value, char end)
{
    text_add_char(out, '"');
    if (*value && strchr("=+-@\t\r", *value)) /* a spreadsheet would compute it */
        text_add_char(out, '\'');
    for (; *value; value++) {
        if (*value == '"')
            text_add_char(out, '"');
        text_add_char(out, *value);
    }
    text_add_char(out, '"');
    text_add_char(out, end);
}

void gradebook_csv(const struct gradebook *book, struct text *out)
{
    text_add(out, "student,topic,exercise,language,passed,verdict,headline\n");
    for (size_t i = 0; i < book->count; i++) {
        const struct grade *grade = &book->at[i];

        add_cell(out, grade->student, ',');
        add_cell(out, grade->topic, ',');
        add_cell(out, grade->exercise, ',');
        add_cell(out, grade->language, ',');
        text_add(out, grade_passed(grade) ? "1," : "0,");
        add_cell(out, grade->verdict ? grade->verdict : "not graded", ',');
        add_cell(out, grade->headline ? grade->headline : "", '\n');
    }
}

/* --- words ----------------------------------------------------------------- */

void grade_line(const struct grade *grade, struct text *out)
{
    const char *word = grade->verdict ? grade->verdict : "not graded";

    text_addf(out, "  %-16s  %s/%s%s%s\n", word, grade->topic, grade->exercise,
              *grade->language ? "." : "", grade->language);
    if (grade->headline && *grade->headline)
        text_addf(out, "  %16s  %s\n", "", grade->headline);
}

void gradebook_sum(const struct gradebook *book, struct text *out)
{
    size_t students = 0, files = 0, passed = 0, missing = 0, open = 0;

    for (size_t i = 0; i < book->count; i++) {
        const struct grade *grade = &book->at[i];

        students += i == 0 || strcmp(book->at[i - 1].student, grade->student) != 0;
        files += *grade->language != '\0';
        passed += grade_passed(grade);
        open += !grade->verdict;
        missing += grade->verdict && strcmp(grade->verdict, "missing") == 0;
    }
    text_addf(out, "%zu student%s, %zu submission%s: %zu passed, %zu failed", students,
              students == 1 ? "" : "s", files, files == 1 ? "" : "s", passed,
              book->count - passed - missing - open);
    if (missing)
        text_addf(out, ", %zu missing", missing);
    if (open)
        text_addf(out, ", %zu not graded", open);
    text_add_char(out, '\n');
}

/* What one student is told; returns the index after his last grade. */
static size_t add_feedback(const struct gradebook *book, size_t first, struct text *out)
{
    const char *student = book->at[first].student;
    size_t end = first, passed = 0;

    while (end < book->count && strcmp(book->at[end].student, student) == 0)
        passed += grade_passed(&book->at[end++]);
    text_addf(out, "%s: %zu of %zu passed\n", student, passed, end - first);
    for (size_t i = first; i < end; i++) {
        text_add_char(out, '\n');
        grade_line(&book->at[i], out);
        if (book->at[i].report)
            text_addf(out, "\n%s", book->at[i].report);
    }
    return end;
}

static bool write_text(const char *folder, const char *name, const char *ending, const struct text *text)
{
    struct text path = {0};
    bool good;

    text_addf(&path, "%s/%s%s", folder, name, ending);
    good = !path.failed && !text->failed &&
           files_replace(text_string(&path), text_string(text), text->len);
    text_release(&path);
    return good;
}

static bool write_feedback(const struct gradebook *book, const char *folder)
{
    char *inside = files_path(folder, "feedback", NULL);
    bool good = inside && files_make_folder(inside);

    for (size_t i = 0; good && i < book->count;) {
        const char *name = strcmp(book->at[i].student, ".") == 0 ? "all" : book->at[i].student;
        struct text text = {0};

        i = add_feedback(book, i, &text);
        good = write_text(inside, name, ".txt", &text);
        text_release(&text);
    }
    free(inside);
    return good;
}

bool gradebook_write(const struct gradebook *book, const char *folder)
{
    struct text json = {0}, csv = {0};
    bool good = files_make_folder(folder) && gradebook_json(book, &json) &&
                write_text(folder, truth, "", &json);

    gradebook_csv(book, &csv);
    good = good && write_text(folder, "grades", ".csv", &csv) && write_feedback(book, folder);
    text_release(&json);
    text_release(&csv);
    return good;
}
