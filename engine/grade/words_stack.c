/* words_stack.c -- where a goroutine that panicked was, as Go prints it. */
#include "grade/words_finding.h"

#include <string.h>

/* Its frames lie right before its PANIC, innermost first. */
uint32_t words_frames(const struct trace *trace, const struct finding *finding, uint32_t *first)
{
    uint32_t n = 0;

    if (finding->kind != FINDING_PANIC || finding->event >= trace->count)
        return 0;
    while (n < finding->event && trace->events[finding->event - n - 1].kind == EVENT_FRAME)
        n++;
    *first = finding->event - n;
    return n;
}

const char *words_frame(const struct trace *trace, const struct names *names,
                        const struct finding *finding, uint32_t index)
{
    const char *function = trace_text(trace, trace->events[index].text);
    const char *who = names_goroutine(names, finding->at.g);
    bool outermost = index + 1 == finding->event;

    /* Lua knows no name of the function that a goroutine was started with; its source does */
    if (outermost && strncmp(function, "function <", 10) == 0 &&
        strncmp(who, "goroutine ", 10) != 0)
        return who;
    return function;
}

/* The panics that followed from the first: lines of the text after its first, told by Go with a
 * tab before them. */
static void later_panics(const struct telling *t)
{
    const char *more = strchr(trace_text(t->trace, t->finding->text), '\n');

    while (more) {
        const char *line = more + 1 + strspn(more + 1, "\t");
        size_t len = strcspn(line, "\n");

        text_add(t->out, "    ");
        words_safe(t->out, line, len);
        text_add_char(t->out, '\n');
        more = strchr(line, '\n');
    }
}

void words_finding_stack(struct text *out, const struct trace *trace, const struct names *names,
                         const struct finding *finding)
{
    struct telling t = {out, trace, names, names_program(names), finding};
    uint32_t first, n = words_frames(trace, finding, &first), start;

    if (n == 0)
        return;
    later_panics(&t);
    text_addf(out, "\ngoroutine %u [running]:\n", finding->at.g);
    for (uint32_t i = first; i < first + n; i++) {
        words_safe(out, words_frame(trace, names, finding, i), 100);
        text_add(out, "(...)\n    ");
        telling_place(&t, trace->events[i].file, trace->events[i].line);
        text_add_char(out, '\n');
    }
    start = names_goroutine_event(names, finding->at.g);
    if (finding->at.g > 1 && start < trace->count && trace->events[start].g != 0) {
        text_addf(out, "created by %s\n    ", telling_who(&t, trace->events[start].g));
        telling_place(&t, trace->events[start].file, trace->events[start].line);
        text_add_char(out, '\n');
    }
    text_add_char(out, '\n');
}

void telling_way(const struct telling *t)
{
    uint32_t first, n = words_frames(t->trace, t->finding, &first);

    if (n < 2)
        return;
    words_safe(t->out, words_frame(t->trace, t->names, t->finding, first), 100);
    text_add(t->out, " was called");
    for (uint32_t i = first + 1; i < first + n && i <= first + 3; i++) {
        text_add(t->out, i > first + 1 ? ", by " : " by ");
        words_safe(t->out, words_frame(t->trace, t->names, t->finding, i), 100);
        text_add(t->out, " at ");
        telling_place(t, t->trace->events[i].file, t->trace->events[i].line);
    }
    text_add(t->out, ". ");
}
