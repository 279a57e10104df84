/* test_symbol.c -- lines and files for pcs. */
#include "unit/c/program.h"

#include "c/linetable.h"

static const char *const text =
    "#include \"helper.h\"\n"            /* 2 */
    "static void worker(void *arg)\n"
    "{\n"
    "    struct chan *c = arg;\n"
    "    go_send(c, &(int){1});\n"       /* 6 */
    "}\n"
    "int main(void)\n"
    "{\n"
    "    struct chan *c = go_chan(int,\n" /* 10 */
    "                             0);\n"
    "    int v;\n"
    "    go(worker, c);\n"               /* 13 */
    "    help(c, &v);\n"
    "}\n";

static void write_helper(const struct program *program, char *path, size_t size)
{
    FILE *file;

    snprintf(path, size, "%s/helper.h", program->directory);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs("static void help(struct chan *c, int *v)\n{\n    go_recv(c, v);\n}\n", file);
    fclose(file);
}

static void check_lines(const char *const *flags)
{
    struct findings findings = {.count = 1};
    struct program program;
    const struct event *event;
    char helper[128];

    program_write(&program, text);
    write_helper(&program, helper, sizeof helper);
    program_compile(&program, flags);
    assert_int_equal(program.compiled.end, COMPILE_DONE);
    program.face = c_face_new(program.compiled.object, 1 << 20, program.error,
                              sizeof program.error);
    program.run.trace = program.trace = trace_new(100, 10000);
    assert_true(run_init(&program.run));
    assert_int_equal(program_run(&program), RUN_DONE);
    findings.at[0].at.pc = program_event(&program, EVENT_GO, 0)->pc;
    findings.at[0].other.pc = program_event(&program, EVENT_BLOCK, 0)->pc;
    assert_true(symbol_resolve(program.compiled.object, program.trace, &findings));
    assert_int_equal(program_event(&program, EVENT_MAKE, 0)->line, 10);
    event = program_event(&program, EVENT_GO, 0);
    assert_int_equal(event->line, 13);
    assert_int_equal(event->file, 0);
    assert_string_equal(trace_text(program.trace, event->text), "worker");
    event = program_event(&program, EVENT_RECV, 0);
    assert_int_equal(event->line, 3);
    assert_int_equal(event->other_line, 6);
    event = program_event(&program, EVENT_BLOCK, 0);
    assert_int_equal(event->line, 3);
    assert_string_equal(trace_text(program.trace, event->file), "helper.h");
    assert_int_equal(findings.at[0].at.line, 13);
    assert_int_equal(findings.at[0].at.file, 0);
    assert_int_equal(findings.at[0].other.line, 3);
    assert_string_equal(trace_text(program.trace, findings.at[0].other.file), "helper.h");
    assert_int_equal(program_event(&program, EVENT_END, 0)->g, 2);
    unlink(helper);
    program_free(&program);
}

static void lines_and_files_are_found(void **state)
{
    (void)state;
    check_lines(NULL);
    check_lines((const char *const[]){"-O1", NULL});
}

static void all_versions_of_the_table_are_read(void **state)
{
    (void)state;
    check_lines((const char *const[]){"-gdwarf-2", "-gstrict-dwarf", NULL});
    check_lines((const char *const[]){"-gdwarf-3", NULL});
    check_lines((const char *const[]){"-gdwarf-4", NULL});
    check_lines((const char *const[]){"-gdwarf-5", NULL});
}

/* Whatever the file says, reading stays inside it.  Every byte of the table's first part is
 * changed in turn. */
static void broken_tables_are_survived(void **state)
{
    struct program program;
    struct object object;
    struct object_bytes table;
    unsigned char *bytes;
    const char *file;
    size_t at;

    (void)state;
    program_load(&program, "int main(void) { return 0; }\n");
    assert_true(object_open(&object, program.compiled.object));
    table = object_section(&object, ".debug_line");
    assert_true(table.size > 0);
    at = (size_t)(table.at - object.bytes);
    bytes = malloc(object.length);
    assert_non_null(bytes);
    for (size_t i = 0; i < table.size && i < 400; i++)
        for (unsigned value = 0; value < 256; value += 51) {
            struct object broken = {bytes, object.length};
            struct linetable *lines;

            memcpy(bytes, object.bytes, object.length);
            bytes[at + i] = (unsigned char)value;
            lines = linetable_new(&broken);
            if (lines)
                linetable_find(lines, 0x1100, &file);
            linetable_free(lines);
        }
    free(bytes);
    object_close(&object);
    program_free(&program);
}

static void what_is_no_object_is_refused(void **state)
{
    struct program program;
    struct object object;

    (void)state;
    program_write(&program, "int main(void) { return 0; }\n");
    assert_false(object_open(&object, program.source));
    assert_false(object_open(&object, "/no/such/file"));
    assert_false(object_open(&object, "/tmp"));
    assert_false(symbol_resolve(program.source, NULL, NULL));
    assert_int_equal(symbol_line(program.source, 1), 0);
    program_free(&program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_and_files_are_found),
        cmocka_unit_test(all_versions_of_the_table_are_read),
        cmocka_unit_test(broken_tables_are_survived),
        cmocka_unit_test(what_is_no_object_is_refused),
    };
    int failed = cmocka_run_group_tests_name("gcc", tests, program_use_gcc, NULL);

    return failed + cmocka_run_group_tests_name("clang", tests, program_use_clang, NULL);
}
