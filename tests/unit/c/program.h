/* program.h -- for tests: a C program given as text is compiled, loaded and run.
 *
 * Line 1 is `#include "go.h"`, so that the text begins on line 2.
 */
#ifndef BRAID_TEST_C_PROGRAM_H
#define BRAID_TEST_C_PROGRAM_H

#include "base/text.h"
#include "c/compile.h"
#include "c/face.h"
#include "c/symbol.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct program {
    char directory[64], source[96];
    struct compile_result compiled;
    struct c_face *face;
    char error[256];
    struct run run;
    struct trace *trace;
};

static inline void program_write(struct program *program, const char *text)
{
    FILE *file;

    *program = (struct program){.directory = "/tmp/braid-test-XXXXXX"};
    assert_non_null(mkdtemp(program->directory));
    snprintf(program->source, sizeof program->source, "%s/program.c", program->directory);
    file = fopen(program->source, "w");
    assert_non_null(file);
    fprintf(file, "#include \"go.h\"\n%s", text);
    fclose(file);
}

static inline void program_compile(struct program *program, const char *const *flags)
{
    const struct compile_request request = {.source = program->source, .include = "engine", .flags = flags};
    struct compile *compile = compile_start(&request);

    assert_non_null(compile);
    assert_true(compile_poll(compile, -1));
    assert_int_equal(compile_fd(compile), -1);
    compile_finish(compile, &program->compiled);
}

static inline void program_load_memory(struct program *program, const char *text, size_t memory)
{
    program_write(program, text);
    program_compile(program, NULL);
    if (program->compiled.end != COMPILE_DONE)
        print_message("%s", program->compiled.text);
    assert_int_equal(program->compiled.end, COMPILE_DONE);
    program->face = c_face_new(program->compiled.object, memory, program->error,
                               sizeof program->error);
    program->trace = trace_new(20000, 1 << 20);
    assert_non_null(program->trace);
    program->run.trace = program->trace;
    assert_true(run_init(&program->run));
}

static inline void program_load(struct program *program, const char *text)
{
    program_load_memory(program, text, (size_t)64 << 20);
}

static inline enum run_end program_run(struct program *program)
{
    assert_non_null(program->face);
    run_clear(&program->run);
    return c_face_run(program->face, &program->run);
}

/* All that was printed, on the heap. */
static inline char *program_output(const struct program *program)
{
    struct text out = {0};

    for (uint32_t i = 0; i < program->trace->count; i++)
        if (program->trace->events[i].kind == EVENT_PRINT)
            text_add(&out, trace_text(program->trace, program->trace->events[i].text));
    return text_take(&out);
}

/* The n-th event of a kind, from 0; NULL: there are fewer. */
static inline const struct event *program_event(const struct program *program,
                                                enum event_kind kind, uint32_t n)
{
    for (uint32_t i = 0; i < program->trace->count; i++)
        if (program->trace->events[i].kind == kind && n-- == 0)
            return &program->trace->events[i];
    return NULL;
}

static inline void program_free(struct program *program)
{
    run_release(&program->run);
    c_face_free(program->face);
    compile_result_release(&program->compiled);
    free(program->trace);
    unlink(program->source);
    rmdir(program->directory);
}

/* Loads and runs once; the text printed and the end must be these. */
static inline void program_prints(const char *text, enum run_end end, const char *output)
{
    struct program program;
    char *printed;

    program_load(&program, text);
    assert_int_equal(program_run(&program), end);
    printed = program_output(&program);
    assert_string_equal(printed, output);
    free(printed);
    program_free(&program);
}

/* Loads and runs once; it must panic with this message at this line. */
static inline void program_panics(const char *text, const char *message, uint32_t line)
{
    struct program program;
    const struct event *event;

    program_load(&program, text);
    assert_int_equal(program_run(&program), RUN_PANIC);
    assert_true(symbol_resolve(program.compiled.object, program.trace, NULL));
    event = program_event(&program, EVENT_PANIC, 0);
    assert_non_null(event);
    assert_string_equal(trace_text(program.trace, event->text), message);
    assert_int_equal(event->line, line);
    program_free(&program);
}

/* Loads and runs once; it must do this wrong at this line; a line 0 is not looked at. */
static inline void program_goes_wild(const char *text, enum c_fault_kind kind, uint32_t line,
                                     uint32_t made, uint32_t freed)
{
    struct program program;
    const struct c_fault *fault;
    enum run_end end;

    program_load(&program, text);
    end = program_run(&program);
    fault = c_face_fault(program.face);
    assert_int_equal(end, kind == C_FAULT_STACK ? RUN_STACK : RUN_WILD);
    assert_int_equal(fault->kind, kind);
    if (line)
        assert_int_equal(symbol_line(program.compiled.object, fault->pc), line);
    assert_int_equal(symbol_line(program.compiled.object, fault->made_pc), made);
    assert_int_equal(symbol_line(program.compiled.object, fault->freed_pc), freed);
    program_free(&program);
}

static inline bool program_installed(const char *compiler)
{
    char command[64];

    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", compiler);
    return system(command) == 0;
}

/* A group's set-up: every test of it is compiled by this one; skipped by `skip` in the tests
 * when it is not installed. */
static inline int program_use_gcc(void **state)
{
    (void)state;
    return setenv("BRAID_CC", "gcc", 1);
}

static inline int program_use_clang(void **state)
{
    (void)state;
    return setenv("BRAID_CC", program_installed("clang") ? "clang" : "gcc", 1);
}

#endif
