/* report_stats.c -- what a run made of its time and of its processors. */
#include "grade/report.h"

#include "grade/busy.h"
#include "grade/words.h"
#include "rt/processor.h"

#include <inttypes.h>
#include <jansson.h>

/* False: main did not return.  Without any work only the time is known. */
static bool find_usage(const struct result *result, struct usage *usage)
{
    *usage = (struct usage){0};
    for (uint32_t i = 0; result->trace && i < result->trace->count; i++) {
        const struct event *event = &result->trace->events[i];

        usage_event(usage, event);
        if (event->kind == EVENT_END && event->g == 1) {
            usage->at[USAGE_ELAPSED] = event->time;
            return true;
        }
    }
    return false;
}

/* "; slept or worked for 60ms in all, at most 3 goroutines at once, 20ms of it one after the other
 * (critical path): parallelism 3.000" */
static void add_busy(struct text *out, const struct result *result)
{
    struct busy busy = {0};
    int64_t chain = busy_of_trace(&busy, result->trace);

    if (busy.total > 0 && chain > 0) {
        text_add(out, "; slept or worked for ");
        words_duration(out, busy.total);
        text_addf(out, " in all, at most %" PRIu32 " goroutine%s at once, ", busy.most,
                  busy.most == 1 ? "" : "s");
        words_duration(out, chain);
        text_addf(out, " of it one after the other (critical path): parallelism %.3f",
                  (double)busy.total / (double)chain);
    }
    busy_release(&busy);
}

void report_stats(struct text *out, const struct result *result)
{
    struct usage usage;

    if (!find_usage(result, &usage))
        return;
    words_duration(out, usage.at[USAGE_ELAPSED]);
    text_add(out, " of virtual time");
    if (usage.at[USAGE_CAPACITY] > 0) {
        text_add(out, "; ");
        words_duration(out, usage.at[USAGE_WORKED]);
        text_addf(out, " of work in %" PRId64 " pieces, at most %" PRId64 " at once of %" PRId64
                  " processors: utilisation %.3f, speed-up %.3f, %.1f pieces a second; waited for "
                  "a processor ", usage.at[USAGE_PIECES], usage.at[USAGE_PEAK],
                  usage.at[USAGE_PROCESSORS], usage_utilisation(&usage), usage_speedup(&usage),
                  usage_throughput(&usage));
        words_duration(out, usage.at[USAGE_WAITED]);
    }
    add_busy(out, result);
    text_add_char(out, '\n');
}

json_t *report_stats_json(const struct result *result)
{
    static const char *const names[USAGE_COUNT] = {
        [USAGE_ELAPSED] = "elapsed_ns", [USAGE_WORKED] = "worked_ns",
        [USAGE_WAITED] = "waited_ns", [USAGE_CAPACITY] = "capacity_ns",
        [USAGE_PIECES] = "pieces", [USAGE_PEAK] = "peak", [USAGE_PROCESSORS] = "processors",
    };
    struct usage usage;
    struct busy busy = {0};
    int64_t chain;
    json_t *object;

    if (!find_usage(result, &usage))
        return json_null();
    object = json_object();
    for (int i = 0; i < USAGE_COUNT; i++)
        json_object_set_new(object, names[i], json_integer((json_int_t)usage.at[i]));
    json_object_set_new(object, "utilisation", json_real(usage_utilisation(&usage)));
    json_object_set_new(object, "speedup", json_real(usage_speedup(&usage)));
    json_object_set_new(object, "throughput", json_real(usage_throughput(&usage)));
    chain = busy_of_trace(&busy, result->trace);
    json_object_set_new(object, "busy_ns", json_integer((json_int_t)busy.total));
    json_object_set_new(object, "busy_at_once", json_integer((json_int_t)busy.most));
    json_object_set_new(object, "critical_path_ns",
                        chain < 0 ? json_null() : json_integer((json_int_t)chain));
    busy_release(&busy);
    return object;
}
