/* test_spellings.c -- Go's words for the calls in a lesson's code. */
#include "course/reference.h"
#include "course/spellings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "content.h"

static void write_reference(void **state)
{
    (void)state;
    content_write("engine/reference/01-words.md",
                  "# Words\n\n## go\ngo: go f(x)\nlua: go(fn: function, ...: any)\n"
                  "c: go(void (*fn)(void *), void *arg)\n\nStarts.\n\n"
                  "## chan.send\ngo: ch <- v\nlua: c:send(value?: any)\n"
                  "c: go_send(struct chan *c, T *value)\n\nSends.\n\n"
                  "## chan.range\ngo: for v := range ch\nlua: c:range()\n\nReceives.\n\n"
                  "## time.Timer.c\ngo: t.C\nlua: t.c\n\nTimer.\n\n"
                  "## time.Ticker.c\ngo: t.C\nlua: t.c\n\nTicker.\n");
}

static const char text[] =
    "Send it: `c:send(1)` is no code of the step.\n\n```lua\ngo(f, 1)\nfor v in c:range() do end\n"
    "```\n```c\ngo(f, NULL);\n```\n\n```text\nc:send(1)\n```\n";

static void is_table(const char *markdown, int language, const char *expected)
{
    struct text out = {0};

    assert_int_equal(spellings_table(content_root, markdown, language, &out), *expected != '\0');
    assert_string_equal(text_string(&out), expected);
    text_release(&out);
}

static void only_what_the_code_calls(void **state)
{
    write_reference(state);
    is_table(text, -1, "| Go | Lua | C |\n|---|---|---|\n| `go f(x)` | `go(fn, ...)` | `go(fn, arg)` |\n"
                       "| `for v := range ch` | `c:range()` | |\n");
    is_table(text, COURSE_C, "| Go | C |\n|---|---|\n| `go f(x)` | `go(fn, arg)` |\n");
}

static void without_code_there_is_none(void **state)
{
    write_reference(state);
    is_table("Just `c:send(1)`.\n", -1, "");
    is_table("```lua\nprint(1)\n```\n", -1, "");
    is_table("```lua\n```\n", -1, "");
    is_table("```lua\ngo(f)\n", -1, ""); /* no end */
}

static void rows_that_look_alike_are_one(void **state)
{
    write_reference(state);
    is_table("```lua\ngo(f, t.c, ticker.c)\n```\n", COURSE_LUA,
             "| Go | Lua |\n|---|---|\n| `go f(x)` | `go(fn, ...)` |\n| `t.C` | `t.c` |\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_the_code_calls),
        cmocka_unit_test(without_code_there_is_none),
        cmocka_unit_test(rows_that_look_alike_are_one),
    };

    return cmocka_run_group_tests(tests, content_setup, content_teardown);
}
