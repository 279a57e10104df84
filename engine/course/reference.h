/* reference.h -- the vocabulary word by word: what each does, its spellings, a program.
 *
 * Content is data: engine/reference/NN-group.md, in this order of lines.
 *
 *     # Channels                              the group
 *     ## chan.send                            an entry; a method is named after its type
 *     go: ch <- v                             how Go spells it; one line for each spelling
 *     lua: c:send(value?: any)                its signature, types as LuaCATS writes them
 *     c: go_send(struct chan *c, T *value)    its prototype as in go.h, or its shape if a macro
 *     covers: go.chan, rawlen                 other names explained here
 *     see: chan.recv, select                  entries
 *     lesson: 03-channels                     the lesson that teaches it
 *     verdict: panic                          what its programs get; without it: passed
 *
 * A blank line, the meaning in Markdown, then fences: ```lua and ```c are whole programs
 * (`#include "go.h"` is put before the second), ```text is what both print.  An entry without
 * programs shows those of the nearest entry above whose name its own begins with, whatever the
 * case of the letters: sync.Mutex.lock those of sync.Mutex.
 *
 * This is the only list: the pages of `braid doc`, the annotations for editors and the tables of
 * lessons are made from it, and a test holds it against go.h and against what a Lua program finds.
 */
#ifndef BRAID_COURSE_REFERENCE_H
#define BRAID_COURSE_REFERENCE_H

#include "base/text.h"
#include "course/course.h"

struct reference_list {
    char **at;
    size_t count, cap;
};

struct reference_entry {
    char *name, *group;
    char *place;                    /* "engine/reference/02-channels.md" */
    uint32_t line;                  /* of its heading */
    struct reference_list go, lua, c, covers, see;
    char *lesson, *verdict;         /* NULL: none */
    char *text;                     /* Markdown */
    char *program[2];               /* by enum course_language; its own, NULL: none */
    char *prints;                   /* NULL: not said */
};

struct reference {
    struct region memory;           /* strings and lists */
    struct reference_entry *entries; /* in the order of the book; an array on the heap */
    size_t count;
};

/* Loads the files below root, each "file:line: what 'subject'" found wrong is told.  False: there
 * is nothing. */
bool reference_load(struct reference *reference, const char *root, course_complaint *complain,
                    void *context);
void reference_release(struct reference *reference);

/* The entry whose programs are shown with this one: itself, one above it, or NULL. */
const struct reference_entry *reference_shown(const struct reference *reference,
                                              const struct reference_entry *entry);

/* Whether a Lua word of the entry is spelled after a receiver, whose name the program chooses:
 * `wg:add`, and the `t.c` of time.Timer.c, an entry of a type in a package.  What the entry's name
 * begins with is then the type: sync.WaitGroup. */
bool reference_is_member(const struct reference_entry *entry, const char *word);

/* Entries meant by a word: a name, its end ("send"), a name in Lua, C or Go, or a Go expression
 * (`jobs <- 3`).  Best first; returns how many were put into found (at most max). */
size_t reference_search(const struct reference *reference, const char *word,
                        const struct reference_entry **found, size_t max);

/* Names of entries that look most like a word that found nothing. */
size_t reference_nearest(const struct reference *reference, const char *word,
                         const struct reference_entry **found, size_t max);

/* Sets used[i] for each entry i (of reference->count) that a program's text calls or names.  A
 * method of a type is told from those of the same name by its receiver's usual name, else by
 * whether the text makes such a thing. */
void reference_used(const struct reference *reference, enum course_language language,
                    const char *text, bool *used);

/* Adds a table in Markdown with a row for each entry that is used: its first spelling in Go, Lua
 * and C, without types.  language: only this face beside Go; -1: both.  Entries Go has no word for
 * are left out; nothing is added when no row remains. */
void reference_table(const struct reference *reference, const bool *used, int language,
                     struct text *out);

#endif
