/* faces.h -- the program of a case, ready to run: compiled or loaded by its face. */
#ifndef BRAID_TEST_FACES_H
#define BRAID_TEST_FACES_H

#include "conformance/cases.h"

#include "c/compile.h"
#include "c/face.h"
#include "lua/face.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FACES_MEMORY = 64 * 1024 * 1024 };

/* A C program on its way through the compiler while the one before it runs.  one: NULL if none. */
struct pending {
    const struct conformance_case *one;
    struct compile *compile;
    char source[128];
};

static inline _Noreturn void broken(const char *what)
{
    fprintf(stderr, "tests: %s\n", what);
    exit(3);
}

/* Starts to compile the case's C program, `prelude` put before it, in a file of `folder`. */
static inline void pending_start(struct pending *pending, const struct conformance_case *one,
                                 const char *folder, const char *prelude)
{
    struct compile_request request = {.include = "engine"};
    FILE *file;

    pending->one = one;
    snprintf(pending->source, sizeof pending->source, "%s/case%u.c", folder, one->line);
    file = fopen(pending->source, "w");
    if (!file)
        broken("the folder for C files cannot be written");
    fputs(prelude, file);
    fputs(one->program[CASE_C], file);
    if (fclose(file) != 0)
        broken("the folder for C files cannot be written");
    request.source = pending->source;
    pending->compile = compile_start(&request);
    if (!pending->compile)
        broken("out of memory");
}

/* Waits for the compiler.  NULL: it does not compile, or load: `why` (size bytes) says.  Free the
 * face, then release `compiled`. */
static inline struct c_face *pending_finish(struct pending *pending,
                                            struct compile_result *compiled, char *why, size_t size)
{
    struct c_face *face = NULL;

    compile_poll(pending->compile, -1);
    compile_finish(pending->compile, compiled);
    if (compiled->end == COMPILE_DONE)
        face = c_face_new(compiled->object, FACES_MEMORY, why, size);
    else
        snprintf(why, size, "%s", compiled->text);
    unlink(pending->source);
    pending->one = NULL;
    return face;
}

/* The case's Lua program; NULL: `why` says. */
static inline struct lua_face *case_lua(const struct conformance_case *one, char *why, size_t size)
{
    const char *program = one->program[CASE_LUA];

    return lua_face_new("case.lua", program, strlen(program), LUA_TELLS_ACCESSES, FACES_MEMORY, why, size);
}

/* Says on a line how it went. */
static inline void case_report(const struct conformance_case *one, enum case_language language,
                               bool good, const char *why)
{
    if (good)
        printf("ok %s (%s)\n", one->name, case_language_name[language]);
    else
        printf("FAIL %s (%s): %s (%s:%u)\n", one->name, case_language_name[language], why,
               one->file, one->line);
    fflush(stdout);
}

/* Whether one of the words is in the case's rule; no words: all are wanted. */
static inline bool case_wanted(const struct conformance_case *one, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strstr(one->name, argv[i]))
            return true;
    return argc <= 1;
}

#endif
