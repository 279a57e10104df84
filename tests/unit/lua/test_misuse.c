/* test_misuse.c -- what Go's types rule out and Lua's do not: each is told in words, at its line. */
#include "unit/lua/program.h"

/* The code is line 2 of the program. */
static const struct misuse {
    const char *code, *message;
} misuses[] = {
    /* views */
    {"local r = chan():receiver() r:send(1)",
     "invalid operation: cannot send to receive-only channel r"},
    {"local r = chan():receiver() r:close()",
     "invalid operation: cannot close receive-only channel r"},
    {"local s = chan():sender() s:recv()",
     "invalid operation: cannot receive from send-only channel s"},
    {"local s = chan():sender() for v in s:range() do end",
     "cannot range over s (receive from send-only channel)"},
    {"local s = chan():sender() select { a = recv(s) }",
     "invalid operation: cannot receive from send-only channel s"},
    {"local r = chan():receiver() select { a = send(r, 1) }",
     "invalid operation: cannot send to receive-only channel r"},
    {"local r = chan():receiver() r:sender()", "cannot use r (<-chan) as chan<-"},
    {"local s = chan():sender() s:receiver()", "cannot use s (chan<-) as <-chan"},
    {"local t = { out = chan():receiver() } t.out:send(1)",
     "invalid operation: cannot send to receive-only channel <-chan 1"},
    {"time.after(1):send(1)", "invalid operation: cannot send to receive-only channel <-chan 2"},
    {"local done = context.with_cancel(context.background()):done() done:close()",
     "invalid operation: cannot close receive-only channel done"},
};

static void each_is_told_at_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof misuses / sizeof *misuses; i++) {
        const struct misuse *m = &misuses[i];
        struct text source = {0}, expected = {0};
        enum run_end end;

        text_addf(&source, "print('begin')\n%s\nprint('end')", m->code);
        text_addf(&expected, "2: %s", m->message);
        end = execute(text_string(&source));
        if (end != RUN_PANIC || strcmp(text_string(&panic), text_string(&expected)) != 0)
            fail_msg("%s\nended as %d: '%s'\nexpected '%s'", m->code, end, text_string(&panic),
                     text_string(&expected));
        assert_string_equal(text_string(&output), "begin\n");
        text_release(&source);
        text_release(&expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_is_told_at_its_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
