/* options.h -- the command line of every command, parsed once. */
#ifndef BRAID_CLI_OPTIONS_H
#define BRAID_CLI_OPTIONS_H

#include "course/course.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OPTIONS_MAX = 256 };

struct options {
    bool plain, json, story, yes, all, keep_going, accesses, luacats, stats, review, notes;
    bool still, csv;
    bool braid;                   /* --view braid */
    const char *strategy;
    uint64_t seed, budget, steps, jobs;
    int64_t wall_ms;              /* --wall; 0: not said */
    const char *output, *reach;   /* of 'can' */
    const char *export;           /* --export FORMAT */
    const char *out;              /* --out FOLDER */
    int language;                 /* enum course_language, -1: not said */
    const char *exercise;         /* --exercise NAME */
    const char *cflags[OPTIONS_MAX]; /* NULL-terminated */
    size_t ncflags;
    const char *words[OPTIONS_MAX]; /* what is not an option */
    size_t nwords;
};

/* Parses argv[0..argc-1] (the command's name not among them).  False: said what is wrong on
 * standard error. */
bool options_parse(struct options *options, int argc, char **argv);

/* Asks for y on the terminal, unless --yes was said; without a terminal says that it must be. */
bool options_yes(const struct options *options, const char *question);

/* One line per option, for help. */
void options_help(void);

#endif
