/* gradebook.h -- what became of each submission of a class, in a file, so that grading can be stopped
 * and go on.
 *
 * A grade holds for one text of a program, of its exercise and of what was asked of the search: its
 * digest.  grades.json is the truth, written aside and renamed; the table (grades.csv) and what each
 * student is told (feedback/STUDENT.txt) are made from it.
 */
#ifndef BRAID_GRADE_GRADEBOOK_H
#define BRAID_GRADE_GRADEBOOK_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct grade {
    char *student, *topic, *exercise;
    char *language;   /* "lua", "c"; "" when nothing was handed in */
    char *verdict;    /* its word, or "missing"; NULL: not graded */
    char *headline;   /* one line; NULL: none */
    char *report;     /* all that is to be said; NULL: none */
    uint64_t digest;
};

struct gradebook {
    struct grade *at;
    size_t count;
};

/* A grade with copies of the strings.  NULL: out of memory. */
struct grade *gradebook_add(struct gradebook *book, const char *student, const char *topic,
                            const char *exercise, const char *language);

/* The grade of the same submission in another book; NULL: none. */
const struct grade *gradebook_find(const struct gradebook *book, const struct grade *grade);

/* What was found.  False: out of memory. */
bool grade_set(struct grade *grade, uint64_t digest, const char *verdict, const char *headline,
               const char *report);

bool grade_passed(const struct grade *grade);

/* Reads grades.json in a folder; none there is an empty book.  False: *error (heap) says what is
 * wrong with it. */
bool gradebook_read(struct gradebook *book, const char *folder, char **error);

/* Writes all files into a folder, making it.  False with errno. */
bool gradebook_write(const struct gradebook *book, const char *folder);

/* One line for each grade; RFC 4180, and no cell that a spreadsheet would take for a formula. */
void gradebook_csv(const struct gradebook *book, struct text *out);

/* One array. */
bool gradebook_json(const struct gradebook *book, struct text *out);

/* For people: "  leak              05-worker-pool/pool_cancel.c", and its headline on a line of its
 * own. */
void grade_line(const struct grade *grade, struct text *out);

/* "3 students, 14 submissions: 9 passed, 4 failed, 1 missing". */
void gradebook_sum(const struct gradebook *book, struct text *out);

void gradebook_release(struct gradebook *book);

/* FNV-1a, 64 bits: begin with DIGEST_BASIS. */
#define DIGEST_BASIS UINT64_C(14695981039346656037)
uint64_t digest_add(uint64_t digest, const void *bytes, size_t n);

#endif
