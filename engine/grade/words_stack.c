/* words_stack.c -- where a goroutine that panicked was, as Go prints it. */
#include "grade/words_finding.h"

#include <string.h>

enum { FRAME_MOST = 100 }; /* characters of a function's name */

/* Its frames lie right before it, innermost first; before an ACCESS there may be its PLACE. */
uint32_t words_frames(const struct trace *trace, uint32_t at, uint32_t *first)
{
    uint32_t end = at, n = 0;

    if (at >= trace->count || (trace->events[at].kind != EVENT_PANIC &&
                               trace->events[at].kind != EVENT_ACCESS))
        return 0;
    if (at > 0 && trace->events[at - 1].kind == EVENT_PLACE)
        end--;
    while (n < end && trace->events[end - n - 1].kind == EVENT_FRAME)
        n++;
    *first = end - n;
    return n;
}

void words_frame(struct text *out, const struct trace *trace, const struct names *names,
                 uint32_t index)
{
    const struct event *frame = &trace->events[index];
    const char *function = trace_text(trace, frame->text);
    const char *who = names_goroutine(names, frame->g), *number = strrchr(who, ' ');
    bool outermost = index + 1 >= trace->count || trace->events[index + 1].kind != EVENT_FRAME;
    struct text name = {0};

    /* Lua knows no name of the function that a goroutine was started with; its source does:
     * "add 2" is the second that runs add */
    if (outermost && strncmp(function, "function <", 10) == 0 &&
        strncmp(who, "goroutine ", 10) != 0) {
        bool counted = number && number[1] && strspn(number + 1, "0123456789") == strlen(number + 1);

        text_add_n(&name, who, counted ? (size_t)(number - who) : strlen(who));
        function = text_string(&name);
    }
    words_safe(out, function, FRAME_MOST);
    text_release(&name);
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

/* Of the panic that is told; 0 for other findings. */
static uint32_t telling_frames(const struct telling *t, uint32_t *first)
{
    return t->finding->kind == FINDING_PANIC ? words_frames(t->trace, t->finding->event, first) : 0;
}

void words_finding_stack(struct text *out, const struct trace *trace, const struct names *names,
                         const struct finding *finding)
{
    struct telling t = {out, trace, names, names_program(names), finding};
    uint32_t first, n = telling_frames(&t, &first), start;

    if (n == 0)
        return;
    later_panics(&t);
    text_addf(out, "\ngoroutine %u [running]:\n", finding->at.g);
    for (uint32_t i = first; i < first + n; i++) {
        words_frame(out, trace, names, i);
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
    uint32_t first, n = telling_frames(t, &first);

    if (n < 2)
        return;
    words_frame(t->out, t->trace, t->names, first);
    text_add(t->out, " was called");
    for (uint32_t i = first + 1; i < first + n && i <= first + 3; i++) {
        text_add(t->out, i > first + 1 ? ", by " : " by ");
        words_frame(t->out, t->trace, t->names, i);
        text_add(t->out, " at ");
        telling_place(t, t->trace->events[i].file, t->trace->events[i].line);
    }
    text_add(t->out, ". ");
}
