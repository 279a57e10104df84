/* test_reference.c -- entries are read, faults in them told; words, Go expressions and programs
 * lead to the right ones. */
#include "course/reference.h"
#include "course/signature.h"

#include "base/text.h"
#include "course/annotations.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "content.h"

static struct reference reference;
static struct text complaints;

static const char book[] =
    "# Channels\n\n"
    "## chan\n"
    "go: make(chan T, n)\n"
    "lua: chan(cap?: integer) -> chan\n"
    "c: struct chan *go_chan(type, cap)\n"
    "c: struct chan\n"
    "covers: go.chan\n"
    "see: chan.send\n"
    "lesson: 03-channels\n"
    "\n"
    "Makes a channel.\n\nSecond paragraph.\n\n"
    "```lua\nlocal c = chan()\n\n## not a heading\n```\n"
    "```c\nint main(void) {}\n```\n"
    "```text\nsoup\n```\n\n"
    "## chan.send\n"
    "go: ch <- v\n"
    "lua: c:send(value?: any)\n"
    "c: go_send(struct chan *c, T *value)\n"
    "\nSends.\n\n"
    "# Sync\n\n"
    "## sync.Group\n"
    "go: var g sync.Group\n"
    "lua: sync.Group() -> sync.Group\n"
    "c: struct group g = {0};\n"
    "\nA group.\n\n```lua\nsync.Group():wait()\n```\n\n"
    "## sync.Group.wait\n"
    "go: g.Wait()\n"
    "lua: g:wait() -> err: any, n: integer\n"
    "c: void group_wait(struct group *g)\n"
    "\nWaits.\n\n"
    "## sync.Cond\n"
    "lua: sync.Cond(mu: fun(a: integer, b: any): any, ...: any) -> sync.Cond\n"
    "\nA cond.\n\n"
    "## sync.Cond.wait\n"
    "go: cond.Wait()\n"
    "lua: cond:wait()\n"
    "\nWaits too.\n\n"
    "## time.second\n"
    "lua: time.second: integer\n"
    "lua: time.ms: integer\n"
    "lua: os.start: integer\n"
    "covers: os\n"
    "c: SECOND\n"
    "verdict: panic\n"
    "\nA second.\n";

static void complain(void *context, const char *message)
{
    (void)context;
    text_addf(&complaints, "%s\n", message);
}

static bool load(const char *text)
{
    content_write("engine/reference/01-test.md", text);
    text_clear(&complaints);
    reference_release(&reference);
    return reference_load(&reference, content_root, complain, NULL);
}

static int setup(void **state)
{
    return content_setup(state) == 0 && load(book) ? 0 : -1;
}

static int teardown(void **state)
{
    reference_release(&reference);
    text_release(&complaints);
    return content_teardown(state);
}

static void reads_an_entry(void **state)
{
    const struct reference_entry *entry = reference.entries;

    (void)state;
    assert_string_equal(text_string(&complaints), "");
    assert_int_equal(reference.count, 7);
    assert_string_equal(entry->name, "chan");
    assert_string_equal(entry->group, "Channels");
    assert_string_equal(entry->place, "engine/reference/01-test.md");
    assert_int_equal(entry->line, 3);
    assert_int_equal(entry->c.count, 2);
    assert_string_equal(entry->c.at[1], "struct chan");
    assert_string_equal(entry->covers.at[0], "go.chan");
    assert_string_equal(entry->lesson, "03-channels");
    assert_null(entry->verdict);
    assert_string_equal(entry->text, "Makes a channel.\n\nSecond paragraph.");
    assert_string_equal(entry->program[COURSE_LUA], "local c = chan()\n\n## not a heading");
    assert_string_equal(entry->program[COURSE_C], "int main(void) {}");
    assert_string_equal(entry->prints, "soup");
    assert_string_equal(reference.entries[2].group, "Sync");
    assert_string_equal(reference.entries[6].verdict, "panic");
}

static void shows_the_program_above(void **state)
{
    struct reference_entry *e = reference.entries;

    (void)state;
    assert_ptr_equal(reference_shown(&reference, &e[0]), &e[0]);
    assert_ptr_equal(reference_shown(&reference, &e[1]), &e[0]);
    assert_ptr_equal(reference_shown(&reference, &e[3]), &e[2]);
    assert_null(reference_shown(&reference, &e[5])); /* sync.Cond has none, sync.Group is another */
}

static void tells_faults(void **state)
{
    (void)state;
    assert_true(load("stray\n# G\n## a\nlau: x\nnothing\n\nText.\n```perl\n1\n```\nmore\n## a\n\n"
                     "```lua\n1\n```\n```lua\n2\n```\n```c\nno end\n"));
    assert_string_equal(complaints.at,
                        "engine/reference/01-test.md:1: text before the first entry 'stray'\n"
                        "engine/reference/01-test.md:4: no such key, as in 'lau: x'\n"
                        "engine/reference/01-test.md:5: neither a 'key: value' nor a blank line "
                        "'nothing'\n"
                        "engine/reference/01-test.md:8: a program is lua, c or text, not 'perl'\n"
                        "engine/reference/01-test.md:12: text after the programs\n"
                        "engine/reference/01-test.md:12: a second entry 'a'\n"
                        "engine/reference/01-test.md:19: a second program of a language 'a'\n"
                        "engine/reference/01-test.md:21: a program has no end\n");
    assert_false(load(""));
    assert_non_null(strstr(complaints.at, "engine/reference: no entries"));
}

static void assert_word(const char *signature, enum course_language language, const char *word)
{
    char got[80];

    signature_word(signature, language, got, sizeof got);
    assert_string_equal(got, word);
}

static void words_of_signatures(void **state)
{
    (void)state;
    assert_word("c:send(value?: any)", COURSE_LUA, "c:send");
    assert_word("go(fn: function, ...: any)", COURSE_LUA, "go");
    assert_word("time.second: integer", COURSE_LUA, "time.second");
    assert_word("void go(void (*fn)(void *), void *arg)", COURSE_C, "go");
    assert_word("struct chan *go_chan(type, cap)", COURSE_C, "go_chan");
    assert_word("struct wg wg = {0};", COURSE_C, "struct wg");
    assert_word("SECOND", COURSE_C, "SECOND");
}

/* Names of what is found, "a b ". */
static const char *found(const char *word)
{
    static struct text names;
    const struct reference_entry *entries[8];
    size_t n = reference_search(&reference, word, entries, 8);

    text_clear(&names);
    for (size_t i = 0; i < n; i++)
        text_addf(&names, "%s ", entries[i]->name);
    return text_string(&names);
}

static void finds_by_any_spelling(void **state)
{
    (void)state;
    assert_string_equal(found("chan.send"), "chan.send ");
    assert_string_equal(found("send"), "chan.send ");
    assert_string_equal(found("c:send"), "chan.send ");
    assert_string_equal(found("go_send()"), "chan.send ");
    assert_string_equal(found("go.chan"), "chan ");
    assert_string_equal(found("WAIT"), "sync.Group.wait sync.Cond.wait ");
    assert_string_equal(found("group.wait"), "sync.Group.wait ");
    assert_string_equal(found("g.Wait"), "sync.Group.wait ");
    assert_string_equal(found("second"), "time.second ");
    assert_string_equal(found("struct group"), "sync.Group ");
    assert_string_equal(found("end"), "");
    assert_string_equal(found(""), "");
}

static void finds_by_go_expression(void **state)
{
    (void)state;
    assert_string_equal(found("ch <- v"), "chan.send ");
    assert_string_equal(found("jobs<-3"), "chan.send ");
    assert_string_equal(found("make(chan int, 10)"), "chan ");
    assert_string_equal(found("workers.Wait()"), "sync.Group.wait sync.Cond.wait ");
    assert_string_equal(found("<- v"), "");
}

static void nearest_first(void **state)
{
    const struct reference_entry *near[3];

    (void)state;
    assert_int_equal(reference_nearest(&reference, "sned", near, 3), 1);
    assert_string_equal(near[0]->name, "chan.send");
    assert_int_equal(reference_nearest(&reference, "sync.Grup", near, 3), 1);
    assert_string_equal(near[0]->name, "sync.Group");
    assert_int_equal(reference_nearest(&reference, "zzzzzzzz", near, 3), 0);
}

static const char *used(enum course_language language, const char *program)
{
    static struct text names;
    bool is_used[16];

    text_clear(&names);
    reference_used(&reference, language, program, is_used);
    for (size_t i = 0; i < reference.count; i++)
        if (is_used[i])
            text_addf(&names, "%s ", reference.entries[i].name);
    return text_string(&names);
}

static void uses_of_lua(void **state)
{
    (void)state;
    assert_string_equal(used(COURSE_LUA, "local c = chan(1) c:send(3)"), "chan chan.send ");
    assert_string_equal(used(COURSE_LUA, "local c = go.chan()"), "chan ");
    assert_string_equal(used(COURSE_LUA, "-- chan()\nprint('chan()', \"c:send()\")\n"
                                         "--[[ chan()\n]]"), "");
    assert_string_equal(used(COURSE_LUA, "local chan = 3"), "");
    assert_string_equal(used(COURSE_LUA, "sleep(2 * time.second)"), "time.second ");
}

static void methods_by_receiver_then_by_type(void **state)
{
    (void)state;
    assert_string_equal(used(COURSE_LUA, "cond:wait()"), "sync.Cond.wait ");
    assert_string_equal(used(COURSE_LUA, "local all = sync.Group() all:wait()"),
                        "sync.Group sync.Group.wait ");
    assert_string_equal(used(COURSE_LUA, "thing:wait()"), "sync.Group.wait sync.Cond.wait ");
    assert_string_equal(used(COURSE_LUA, "local g = sync.Group() defer(g.wait, g)"),
                        "sync.Group sync.Group.wait ");
}

static void uses_of_c(void **state)
{
    (void)state;
    assert_string_equal(used(COURSE_C, "struct group all; group_wait(&all); // go_send(c, &v)"),
                        "sync.Group sync.Group.wait ");
    assert_string_equal(used(COURSE_C, "int group; /* go_chan(int, 0) */\n"
                                       "f(\"go_send(\", go_send);"), "");
    assert_string_equal(used(COURSE_C, "go_sleep(2 * SECOND);"), "time.second ");
}

static void assert_call(const char *signature, enum course_language language, const char *call)
{
    struct text got = {0};

    signature_call(signature, language, &got);
    assert_string_equal(text_string(&got), call);
    text_release(&got);
}

static void calls_without_types(void **state)
{
    (void)state;
    assert_call("c:send(value?: any)", COURSE_LUA, "c:send(value)");
    assert_call("f(a: table<string|integer, any>, ...: any) -> x: any", COURSE_LUA, "f(a, ...)");
    assert_call("time.second: integer", COURSE_LUA, "time.second");
    assert_call("void go(void (*fn)(void *), void *arg)", COURSE_C, "go(fn, arg)");
    assert_call("void group_go(struct group *g, int (*fn)(void *), void *arg)", COURSE_C,
                "group_go(g, fn, arg)");
    assert_call("int64_t go_now(void)", COURSE_C, "go_now()");
    assert_call("struct chan *go_chan(type, cap)", COURSE_C, "go_chan(type, cap)");
    assert_call("void go_name(const char *format, ...)", COURSE_C, "go_name(format, ...)");
    assert_call("int go_select(cases...)", COURSE_C, "go_select(cases...)");
    assert_call("struct wg wg = {0};", COURSE_C, "struct wg");
}

static void table_of_a_program(void **state)
{
    bool is_used[16];
    struct text out = {0};

    (void)state;
    reference_used(&reference, COURSE_LUA, "sync.Cond(mu) chan(1):send(time.second)", is_used);
    reference_table(&reference, is_used, -1, &out);
    assert_string_equal(text_string(&out),
                        "| Go | Lua | C |\n|---|---|---|\n"
                        "| `make(chan T, n)` | `chan(cap)` | `go_chan(type, cap)` |\n"
                        "| `ch <- v` | `c:send(value)` | `go_send(c, value)` |\n");
    text_clear(&out);
    reference_table(&reference, is_used, COURSE_LUA, &out);
    assert_non_null(strstr(out.at, "| `ch <- v` | `c:send(value)` |\n"));
    text_clear(&out);
    reference_used(&reference, COURSE_LUA, "print(1)", is_used);
    reference_table(&reference, is_used, -1, &out);
    assert_string_equal(text_string(&out), "");
    text_release(&out);
}

static void annotations_of_signatures(void **state)
{
    struct text out = {0};

    (void)state;
    assert_true(annotations_lua(&reference, &out));
    assert_non_null(strstr(out.at, "---Makes a channel.\n---\n---Second paragraph.\n---\n"
                                   "---Go: `make(chan T, n)`\n---@param cap? integer\n"
                                   "---@return chan\nfunction chan(cap) end\n"));
    assert_non_null(strstr(out.at, "\ngo.chan = chan\n"));
    assert_non_null(strstr(out.at, "\n---@class chan\nlocal chan_ = {}\n"));
    assert_non_null(strstr(out.at, "---@param value? any\nfunction chan_:send(value) end\n"));
    assert_non_null(strstr(out.at, "\nsync = {}\n"));
    assert_non_null(strstr(out.at, "---@return any err\n---@return integer n\n"
                                   "function sync_Group_:wait() end\n"));
    assert_non_null(strstr(out.at, "---@param mu fun(a: integer, b: any): any\n---@param ... any\n"
                                   "---@return sync.Cond\nfunction sync.Cond(mu, ...) end\n"));
    assert_non_null(strstr(out.at, "---@type integer\ntime.second = nil\n"));
    assert_non_null(strstr(out.at, "---@type integer\ntime.ms = nil\n"));
    assert_non_null(strstr(out.at, "\nos.start = nil\n"));
    assert_null(strstr(out.at, "\nos = {}\n")); /* it is Lua's */
    assert_null(strstr(strstr(out.at, "\ntime = {}\n") + 1, "\ntime = {}\n"));
    text_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_an_entry, setup, teardown),
        cmocka_unit_test_setup_teardown(shows_the_program_above, setup, teardown),
        cmocka_unit_test_setup_teardown(tells_faults, setup, teardown),
        cmocka_unit_test_setup_teardown(words_of_signatures, setup, teardown),
        cmocka_unit_test_setup_teardown(finds_by_any_spelling, setup, teardown),
        cmocka_unit_test_setup_teardown(finds_by_go_expression, setup, teardown),
        cmocka_unit_test_setup_teardown(nearest_first, setup, teardown),
        cmocka_unit_test_setup_teardown(uses_of_lua, setup, teardown),
        cmocka_unit_test_setup_teardown(methods_by_receiver_then_by_type, setup, teardown),
        cmocka_unit_test_setup_teardown(uses_of_c, setup, teardown),
        cmocka_unit_test_setup_teardown(calls_without_types, setup, teardown),
        cmocka_unit_test_setup_teardown(table_of_a_program, setup, teardown),
        cmocka_unit_test_setup_teardown(annotations_of_signatures, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
