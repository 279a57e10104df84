/* course.h -- lessons and exercises as read from the content folders.
 *
 * Content is data: lessons/NN-topic/lesson.md, exercises/NN-topic/topic.lua (a
 * table loaded as text with an empty environment and a step cap; its keys stand in
 * topic.c).  A new lesson or exercise touches no C.
 *
 * In lesson.md the `#` heading is the title and each `##` heading begins a step; a line
 * `[watch](pool)` names the step's demo, pool.lua and pool.c beside lesson.md, a line
 * `[exercise](basic_pool)` its exercise.  A question about the demo, to be answered before it is
 * watched, and what the learner as the scheduler may try to bring about:
 *
 *     [predict] What does it print at the end?
 *     - sum: 14
 *     - print sum: 0
 *     - deadlock
 *
 *     [goal] deadlock
 *
 * For who presents the lesson to others (course/deck.h), and not shown to who reads it: how long a
 * step takes, what to say, up to the next empty line, and what all shall have come to:
 *
 *     [minutes] 8
 *     [notes] Let them argue.  Somebody
 *     will say 35 minutes.
 *     [checkpoint] everyone has seen the deadlock
 *
 * Answers and goals are wishes as grade/wish.h reads them: part of what is printed, all of it, or
 * a fault.  No answer tells which is right: the engine finds out.  A question without answers asks
 * for all that is printed.
 */
#ifndef BRAID_COURSE_COURSE_H
#define BRAID_COURSE_COURSE_H

#include "base/region.h"
#include "course/expect.h"
#include "course/mutants.h"
#include "course/world.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a step is made of, in the order of the file. */
struct lesson_part {
    enum lesson_part_kind {
        PART_TEXT,         /* Markdown between the others */
        PART_QUESTION,     /* the Markdown that asks it, its answers included */
        PART_GOALS,        /* ... that sets them */
        PART_WATCH,        /* the demo's name */
        PART_EXERCISE,     /* its name */
        PART_NOTES,        /* Markdown, for the presenter alone */
        PART_CHECKPOINT,   /* a sentence */
    } kind;
    char *text;
    struct lesson_part *next;
};

struct lesson_step {
    char *title;       /* of its `##` heading */
    char *markdown;    /* the step's text, its heading included, as who reads it sees it */
    char *demo_lua;    /* path of the demo to watch in each language, NULL: none */
    char *demo_c;
    char *question;    /* asked before the demo is watched, NULL: none */
    char **answers;    /* to choose from; none: to be typed */
    char **goals;      /* of who schedules the demo by hand */
    size_t nanswers, ngoals;
    char *exercise;    /* name of an exercise of this topic, NULL: none */
    struct lesson_part *parts;
    uint32_t minutes;  /* that it takes in a workshop; 0: not said */
};

struct exercise {
    char *topic;       /* "05-worker-pool" */
    char *name;        /* "basic_pool" */
    char *title;
    char *task;        /* Markdown: what is asked */
    char *fault;       /* verdict its starters must get, e.g. "deadlock" */
    struct expectation expect;
    struct world world;
    uint64_t runs;     /* exploration budget; 0: default */
    uint32_t step;     /* lesson step that explains it, from 0 */
    char **hints;
    size_t nhints;
    /* paths; NULL where there is no such file */
    char *starter[2];  /* indexed by enum course_language */
    char *solution[2];
    struct mutants mutants[2]; /* none: the program is no check */
};

enum course_language { COURSE_LUA, COURSE_C };

enum { COURSE_ANSWERS = 9, COURSE_GOALS = 4 }; /* of a step, at most */

struct lesson {
    char *id;          /* "05-worker-pool" */
    char *title;
    struct lesson_step *steps;
    size_t nsteps;
    struct exercise *exercises;
    size_t nexercises;
};

struct course {
    struct region memory; /* all that follows */
    char *root;        /* the folder that holds lessons/, exercises/, solutions/ */
    struct lesson *lessons; /* by id */
    size_t nlessons;
    struct lesson glossary; /* lessons/glossary.md: a step for each word, no id; zero: none */
};

/* Called with each "file:line: what 'subject'" found wrong; loading goes on with the next file. */
typedef void course_complaint(void *context, const char *message);

/* Loads all content below root.  False: nothing could be loaded (a complaint said why). */
bool course_load(struct course *course, const char *root, course_complaint *complain,
                 void *context);
void course_release(struct course *course);

/* By "name", "topic/name" or a path whose last component is name.lua / name.c; NULL: none.
 * Sets *language when the text said one (ending), else leaves it. */
const struct exercise *course_find(const struct course *course, const char *text,
                                   enum course_language *language);
/* The exercise a file answers: its name is the exercise's and it lies in a folder named after the
 * topic (the learner's copy, a starter, a solution); a name alone, found anywhere, means nothing.
 * NULL: none. */
const struct exercise *course_of_file(const struct course *course, const char *path,
                                      enum course_language *language);

/* The lesson whose id begins with a word, or its name: "05", "5", "05-worker-pool", "worker-pool".
 * NULL: none. */
const struct lesson *course_find_lesson(const struct course *course, const char *word);

const struct lesson *course_lesson_of(const struct course *course, const struct exercise *exercise);

/* The step whose demo a file is, by its path; NULL: none. */
const struct lesson_step *course_step_of(const struct course *course, const char *path);

/* What a check in that language must catch; NULL: the exercise is no check. */
const struct mutants *exercise_mutants(const struct exercise *exercise,
                                       enum course_language language);

/* The exercise after this one in order of the course; NULL: it was the last. */
const struct exercise *course_next(const struct course *course, const struct exercise *exercise);

#endif
