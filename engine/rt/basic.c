/* basic.c -- what a program can do without any object. */
#include "rt/basic.h"

#include "base/text.h"

#include <string.h>

/* Looks in a row that count as going round in circles. */
enum { COUNT_PATIENCE = 2 };

static void emit(struct run *run, enum event_kind kind, const char *text, size_t len, int64_t value)
{
    struct event event = event_make(run, kind, run->self, 0);

    event.text = run_text(run, text, len);
    event.value = value;
    event.value_kind = VALUE_INT;
    event_emit(run, &event);
}

/* A NUL would end the text in the trace: it is told as its picture. */
static void emit_visible(struct run *run, const char *text, size_t len)
{
    struct text out = {0};

    for (size_t i = 0; i < len; i++)
        if (text[i])
            text_add_char(&out, text[i]);
        else
            text_add(&out, "\u2400");
    if (out.failed) {
        text_release(&out);
        run_stop(run, RUN_MEMORY);
    }
    emit(run, EVENT_PRINT, text_string(&out), out.len, 0);
    text_release(&out);
}

void basic_print(struct run *run, const char *text, size_t len)
{
    sched_step(run, run->ordered_output ? TOUCH_OUTPUT : TOUCH_NOTHING, TOUCH_CHANGE);
    if (memchr(text, '\0', len))
        emit_visible(run, text, len);
    else
        emit(run, EVENT_PRINT, text, len, 0);
    run->output += len;
    if (run->output > run->limits.output)
        run_stop(run, RUN_OUTPUT);
}

uint32_t basic_rand(struct run *run, uint32_t n)
{
    struct event event;

    sched_step(run, TOUCH_NOTHING, TOUCH_CHANGE);
    event = event_make(run, EVENT_RAND, run->self, 0);
    event.extra = n;
    event.value = run_choose(run, CHOICE_RAND, n, NULL);
    event.value_kind = VALUE_INT;
    event_emit(run, &event);
    return (uint32_t)event.value;
}

void basic_yield(struct run *run)
{
    sched_poll(run, TOUCH_NOTHING, TOUCH_CHANGE);
    emit(run, EVENT_YIELD, "", 0, 0);
    sched_polled(run);
    sched_let_others(run);
}

uint32_t basic_count(struct run *run)
{
    struct event event;
    uint32_t n;

    sched_poll(run, TOUCH_COUNT, TOUCH_LOOK);
    n = run->nlive;
    event = event_make(run, EVENT_LOOK, run->self, 0);
    event.value = n;
    event.value_kind = VALUE_INT;
    if (sched_looked(run, TOUCH_COUNT, COUNT_PATIENCE))
        event.flags |= EVENT_IN_VAIN;
    event_emit(run, &event);
    if (event.flags & EVENT_IN_VAIN)
        sched_polled(run);
    return n;
}

_Noreturn void basic_exit(struct run *run, int32_t code)
{
    sched_step(run, TOUCH_ALL, TOUCH_CHANGE);
    run->exit_code = code;
    emit(run, EVENT_EXIT, "", 0, code);
    if (run->main_done)
        run_return(run); /* too late: the program was gone already */
    run_stop(run, RUN_EXIT);
}

_Noreturn void basic_check_failed(struct run *run, const char *text)
{
    sched_step(run, TOUCH_ALL, TOUCH_CHANGE);
    emit(run, EVENT_CHECK, text, strlen(text), 0);
    if (run->main_done)
        run_return(run);
    run_stop(run, RUN_CHECK);
}

void basic_name(struct run *run, const char *name)
{
    emit(run, EVENT_NAME, name, strlen(name), 0);
}

void basic_mark(struct run *run, const char *name)
{
    emit(run, EVENT_MARK, name, strlen(name), 0);
}
