/* test_data.c -- content tables: what is read, what is refused and where. */
#include "lua/data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static char message[300];

static bool load(struct data_file *file, const char *text)
{
    message[0] = '\0';
    return data_load(file, "topic.lua", text, strlen(text), message, sizeof message);
}

static void assert_refused(const char *text, const char *expected)
{
    struct data_file file;

    assert_false(load(&file, text));
    assert_string_equal(message, expected);
}

static void reads_every_kind(void **state)
{
    struct data_file file;
    const struct data *root, *list;

    (void)state;
    assert_true(load(&file,
                     "return { yes = true, n = 7, half = 0.5, s = 'x', list = {1, 'b', {}} }"));
    root = &file.root;
    assert_true(data_bool(root, "yes", false));
    assert_int_equal(data_int(root, "n", 0), 7);
    assert_int_equal(data_get(root, "half")->kind, DATA_NUM);
    assert_true(data_get(root, "half")->number > 0.4 && data_get(root, "half")->number < 0.6);
    assert_string_equal(data_string(root, "s", ""), "x");
    list = data_get(root, "list");
    assert_int_equal(list->table.nitems, 3);
    assert_int_equal(list->table.items[0].integer, 1);
    assert_string_equal(list->table.items[1].string, "b");
    assert_int_equal(list->table.items[2].kind, DATA_TABLE);
    data_release(&file);
}

static void sorts_its_keys(void **state)
{
    struct data_file file;

    (void)state;
    assert_true(load(&file, "return { c = 1, a = 2, B = 3 }"));
    assert_int_equal(file.root.table.nfields, 3);
    assert_string_equal(file.root.table.fields[0].key, "B");
    assert_string_equal(file.root.table.fields[1].key, "a");
    assert_string_equal(file.root.table.fields[2].key, "c");
    data_release(&file);
}

static void gives_defaults(void **state)
{
    struct data_file file;

    (void)state;
    assert_true(load(&file, "return { n = 7, s = 'x' }"));
    assert_int_equal(data_get(&file.root, "none")->kind, DATA_NIL);
    assert_int_equal(data_int(&file.root, "s", 3), 3);
    assert_string_equal(data_string(&file.root, "n", "other"), "other");
    assert_true(data_bool(&file.root, "n", true));
    assert_int_equal(data_get(data_get(&file.root, "n"), "deeper")->kind, DATA_NIL);
    data_release(&file);
}

static void computes_but_reaches_nothing(void **state)
{
    struct data_file file;

    (void)state;
    assert_true(load(&file, "local ms = 10 return { n = ms * 2, s = 'a' .. 'b' }"));
    assert_int_equal(data_int(&file.root, "n", 0), 20);
    assert_string_equal(data_string(&file.root, "s", ""), "ab");
    data_release(&file);
    assert_refused("return {\n  now = os.time() }",
                   "topic.lua:2: attempt to index a nil value (global 'os')");
    assert_refused("return { s = ('x'):rep(9) }",
                   "topic.lua:1: attempt to index a string value (constant 'x')");
}

static void refuses_what_is_no_table_of_data(void **state)
{
    (void)state;
    assert_refused("return 3", "topic.lua:1: returns no table but a 'number'");
    assert_refused("", "topic.lua:1: returns no table but a 'nil'");
    assert_refused("return { f = function() end }",
                   "topic.lua:1: values are words, numbers and tables, not a 'function'");
    assert_refused("return { [true] = 1 }",
                   "topic.lua:1: keys are words or positions, not a 'boolean'");
    assert_refused("return { [5] = 1 }", "topic.lua:1: a list has gaps");
    assert_refused("return { 'a\\0b' }", "topic.lua:1: zero byte in a string 'a'");
    assert_refused("local t = {} t.t = t return t", "topic.lua:1: tables nest too deep");
}

static void names_the_line_of_an_error(void **state)
{
    (void)state;
    assert_refused("return {\n  a = 1\n  b = 2\n}",
                   "topic.lua:3: '}' expected (to close '{' at line 1) near 'b'");
    assert_refused("\x1bLua", "topic.lua:1: attempt to load a binary chunk (mode is 't')");
}

static void ends_what_does_not_end(void **state)
{
    struct data_file file;

    (void)state;
    assert_refused("local n = 1\nwhile true do n = 2 end",
                   "topic.lua:2: the table takes too long to build");
    /* doubling: the memory cap ends it long before the machine's memory does */
    assert_refused("local s = 'xxxxxxxx' while true do s = s .. s end",
                   "topic.lua:1: not enough memory");
    /* a hundred to the fifth copies of one small table */
    assert_false(load(&file, "local t = {} for i = 1, 5 do local u = {} "
                             "for k = 1, 100 do u[k] = t end t = u end return t"));
    assert_string_equal(message, "topic.lua:1: not enough memory");
}

static void finds_lines(void **state)
{
    struct data_file file;

    (void)state;
    assert_true(load(&file, "return {\n  { name = 'a', fault = 'x' },\n"
                            "  { name = 'ab',\n    fault = 'x' } }"));
    assert_int_equal(data_line(&file, NULL, "fault"), 2);
    assert_int_equal(data_line(&file, "ab", "fault"), 4);
    assert_int_equal(data_line(&file, "ab", "nowhere"), 3);
    assert_int_equal(data_line(&file, NULL, "nowhere"), 1);
    assert_int_equal(data_line(&file, NULL, "aul"), 1);
    data_release(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_kind),
        cmocka_unit_test(sorts_its_keys),
        cmocka_unit_test(gives_defaults),
        cmocka_unit_test(computes_but_reaches_nothing),
        cmocka_unit_test(refuses_what_is_no_table_of_data),
        cmocka_unit_test(names_the_line_of_an_error),
        cmocka_unit_test(ends_what_does_not_end),
        cmocka_unit_test(finds_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
