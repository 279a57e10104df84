/* event.c -- names and sorts of events; faults' texts. */
#include "rt/event.h"
#include "rt/fault.h"

static const struct {
    const char *name;
    bool step;
} kinds[] = {
#define X(name, step, fields) {#name, step},
    EVENT_KINDS(X)
#undef X
};

const char *event_name(enum event_kind kind)
{
    return kind < EVENT_KIND_COUNT ? kinds[kind].name : "?";
}

bool event_is_step(const struct event *event)
{
    if (event->kind >= EVENT_KIND_COUNT) /* a program may scribble over its trace */
        return false;
    if (event->kind == EVENT_END && event->g == 1)
        return true;
    if (event->kind == EVENT_END || event->kind == EVENT_GO)
        return event->flags & EVENT_COUNTED;
    return kinds[event->kind].step && event->g != 0 &&
           !(event->kind == EVENT_CANCEL && event->other != 0);
}

static const struct {
    const char *text;
    bool fatal;
} faults[] = {
#define X(name, fatal, text) {text, fatal},
    FAULTS(X)
#undef X
};

const char *fault_text(enum fault fault)
{
    return fault < FAULT_COUNT ? faults[fault].text : "?";
}

bool fault_is_fatal(enum fault fault)
{
    return fault < FAULT_COUNT && faults[fault].fatal;
}
