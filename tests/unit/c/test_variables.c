/* test_variables.c -- which variable, field and element a byte of a program's memory is. */
#include "unit/c/program.h"

#include "c/variables.h"

static const char *const text =
    "struct point { int x, y; };\n"
    "typedef struct { unsigned char flag; double d; struct point at[2][3]; } shape;\n"
    "union either { long whole; short part; };\n"
    "static shape shapes[4];\n"
    "static const volatile _Bool on = 1;\n"
    "union either either;\n"
    "static int count(void) { static unsigned calls; return (int)++calls; }\n"
    "static int sum(int a, struct point *p)\n"
    "{\n"
    "    int total = a;\n"
    "    { float half = 0.5f; total += (int)half; p->x = total; }\n"
    "    return total + count();\n"
    "}\n"
    "int main(void)\n"
    "{\n"
    "    struct point p = {1, 2};\n"
    "    shapes[0].flag = on;\n"
    "    either.whole = 1;\n"
    "    return sum(p.x, &p) > 100;\n"
    "}\n";

static struct program program;
static struct object object;
static struct object_symbols symbols;
static struct variables *variables;

static void load(const char *const *flags)
{
    program_write(&program, text);
    program_compile(&program, flags);
    if (program.compiled.end != COMPILE_DONE)
        print_message("%s", program.compiled.text);
    assert_int_equal(program.compiled.end, COMPILE_DONE);
    assert_true(object_open(&object, program.compiled.object));
    assert_true(object_symbols(&object, &symbols));
    variables = variables_new(&object);
    assert_non_null(variables);
}

static void unload(void)
{
    variables_free(variables);
    object_symbols_release(&symbols);
    object_close(&object);
    compile_result_release(&program.compiled);
    unlink(program.source);
    rmdir(program.directory);
}

static const struct object_symbol *symbol(const char *name)
{
    for (size_t i = 0; i < symbols.count; i++)
        if (strncmp(symbols.at[i].name, name, strlen(name)) == 0 ||
            (strchr(symbols.at[i].name, '.') && /* clang's count.calls */
             strcmp(strchr(symbols.at[i].name, '.') + 1, name) == 0))
            return &symbols.at[i];
    fail_msg("no symbol %s", name);
    return NULL;
}

static void assert_global(const char *of, uint64_t offset, const char *name,
                          enum variable_kind kind, uint64_t size)
{
    struct variable variable;
    struct text out = {0};

    assert_true(variables_global(variables, symbol(of)->start + offset, &out, &variable));
    assert_string_equal(text_string(&out), name);
    assert_int_equal(variable.kind, kind);
    assert_int_equal(variable.size, size);
    text_release(&out);
}

/* A shape: flag 0, d 8, at 16: three points of 8 bytes in each of two rows; 64 bytes in all. */
static void check_globals(void)
{
    struct variable variable;
    struct text out = {0};

    assert_global("shapes", 0, "shapes[0].flag", VARIABLE_UNSIGNED, 1);
    assert_global("shapes", 64 + 8, "shapes[1].d", VARIABLE_FLOAT, 8);
    assert_global("shapes", 3 * 64 + 16 + 24 + 8 + 4, "shapes[3].at[1][1].y", VARIABLE_SIGNED, 4);
    assert_global("shapes", 16 + 2 * 8 + 1, "shapes[0].at[0][2].x", VARIABLE_SIGNED, 4);
    assert_global("shapes", 3, "shapes[0]", VARIABLE_OTHER, 0); /* between two fields */
    assert_global("on", 0, "on", VARIABLE_BOOL, 1);
    assert_global("either", 0, "either.whole", VARIABLE_SIGNED, 8);
    assert_global("calls", 0, "calls", VARIABLE_UNSIGNED, 4);
    assert_false(variables_global(variables, symbol("main")->start, &out, &variable));
    assert_int_equal(out.len, 0);
    text_release(&out);
}

/* Where a compiler puts locals is its own affair: each of these has one byte, somewhere. */
static void check_local(const char *function, const char *name, enum variable_kind kind)
{
    for (int64_t offset = -200; offset < 0; offset++) {
        struct variable variable;
        struct text out = {0};
        bool found = variables_local(variables, symbol(function)->start + 8, offset, &out,
                                     &variable) &&
                     strcmp(text_string(&out), name) == 0;

        if (found)
            assert_int_equal(variable.kind, kind);
        text_release(&out);
        if (found)
            return;
    }
    fail_msg("no %s in %s", name, function);
}

static void check_members(void)
{
    struct variable variable;
    struct text out = {0};

    assert_true(variables_member(variables, 8, 4, "y", &out, &variable));
    assert_int_equal(out.len, 0);
    assert_int_equal(variable.kind, VARIABLE_SIGNED);
    assert_true(variables_member(variables, 128, 64 + 16 + 8, "at", &out, &variable));
    assert_string_equal(text_string(&out), "[0][1].x");
    assert_false(variables_member(variables, 8, 0, "y", &out, &variable));
    assert_false(variables_member(variables, 12, 4, "y", &out, &variable)); /* no whole points */
    assert_false(variables_member(variables, 8, 4, "z", &out, &variable));
    text_release(&out);
}

static void check(const char *const *flags)
{
    load(flags);
    check_globals();
    check_local("sum", "total", VARIABLE_SIGNED);
    check_local("sum", "half", VARIABLE_FLOAT);
    check_local("main", "p.y", VARIABLE_SIGNED);
    check_members();
    unload();
}

static void bytes_have_names(void **state)
{
    (void)state;
    check(NULL);
    check((const char *const[]){"-gdwarf-4", NULL});
    check((const char *const[]){"-gdwarf-5", NULL});
}

static void clang_names_them_too(void **state)
{
    (void)state;
    if (access("/usr/bin/clang", X_OK) != 0)
        return;
    setenv("BRAID_CC", "clang", 1);
    check(NULL);
    check((const char *const[]){"-gdwarf-4", NULL});
    unsetenv("BRAID_CC");
}

/* Whatever the file says, reading stays inside it and comes to an end. */
static void broken_descriptions_are_survived(void **state)
{
    static const char *const sections[] = {".debug_info", ".debug_abbrev", ".debug_str"};
    unsigned char *bytes;

    (void)state;
    load(NULL);
    bytes = malloc(object.length);
    assert_non_null(bytes);
    for (size_t s = 0; s < sizeof sections / sizeof sections[0]; s++) {
        struct object_bytes section = object_section(&object, sections[s]);
        size_t at = (size_t)(section.at - object.bytes);

        for (size_t i = 0; i < section.size && i < 600; i++)
            for (unsigned value = 0; value < 256; value += 51) {
                struct object broken = {bytes, object.length};
                struct variables *read;
                struct variable variable;
                struct text out = {0};

                memcpy(bytes, object.bytes, object.length);
                bytes[at + i] = (unsigned char)value;
                read = variables_new(&broken);
                if (read) {
                    variables_global(read, symbol("shapes")->start + 70, &out, &variable);
                    variables_local(read, symbol("sum")->start + 8, -20, &out, &variable);
                    variables_member(read, 64, 20, "at", &out, &variable);
                }
                variables_free(read);
                text_release(&out);
            }
    }
    free(bytes);
    unload();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_have_names),
        cmocka_unit_test(clang_names_them_too),
        cmocka_unit_test(broken_descriptions_are_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
