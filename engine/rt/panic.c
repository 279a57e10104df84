/* panic.c -- what a goroutine says that panics. */
#include "rt/panic.h"

#include <string.h>

/* Go's printpanics (runtime/panic.go). */
void panic_text(struct text *out, const struct panic *panic)
{
    if (panic->earlier)
        panic_text(out, panic->earlier);
    if (!panic->text)
        return;
    if (out->len > 0)
        text_add(out, "\n\tpanic: ");
    text_add(out, panic->text);
    if (panic->recovered)
        text_add(out, " [recovered]");
}

void panic_frame(struct run *run, const char *function, uint32_t line, uint32_t pc)
{
    struct event event = event_make(run, EVENT_FRAME, run->self, 0);

    event.text = run_text(run, function, strlen(function));
    event.line = line;
    event.pc = pc;
    event_emit(run, &event);
}

void panic_recovered(struct run *run, const char *text)
{
    struct event event = event_make(run, EVENT_RECOVER, run->self, 0);

    event.text = run_text(run, text, strlen(text));
    event_emit(run, &event);
}
