/* event.c -- names and sorts of events; faults' texts. */
#include "rt/event.h"
#include "rt/fault.h"

static const char *const kinds[] = {
#define X(name, step, fields) #name,
    EVENT_KINDS(X)
#undef X
};

const char *event_name(enum event_kind kind)
{
    return kind < EVENT_KIND_COUNT ? kinds[kind] : "?";
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
