/* words_finding.c -- what went wrong, where, why, and what to do about it.
 *
 * Everything said is read off the trace: who waits where, who was the last that could have
 * helped, who did the first of two things that exclude each other.
 */
#include "grade/words_finding.h"

#include "rt/fault.h"

#include <signal.h>
#include <string.h>

/* --- panic --------------------------------------------------------------- */

static void first_close(const struct telling *t, uint32_t chan)
{
    const struct event *close = telling_last(t, UINT32_MAX, EVENT_CLOSE, 0, chan);

    if (!close)
        return;
    text_addf(t->out, "%s had closed it ", close->g == t->finding->at.g ? "The same goroutine"
                                                                        : telling_who(t, close->g));
    telling_at(t, close);
    text_add(t->out, ". ");
}

/* The rest of "main ...": an object is made at its first use. */
static void copied_why(const struct telling *t, uint32_t obj)
{
    const struct event *made = telling_last(t, UINT32_MAX, EVENT_MAKE, 0, obj);

    text_addf(t->out, " uses a copy of %s at ", telling_what(t, obj));
    telling_place(t, t->finding->at.file, t->finding->at.line);
    text_add(t->out, ". ");
    if (made) {
        text_addf(t->out, "Its first use was by %s ", telling_who(t, made->g));
        telling_at(t, made);
        text_add(t->out, ". ");
    }
    text_add(t->out, "A copy is another one, which keeps nobody out and counts nothing of the first. "
                     "Pass a pointer to it, or to the struct it is in.");
}

static void panic_why(const struct telling *t)
{
    const struct finding *f = t->finding;
    const char *message = trace_text(t->trace, f->text);
    uint32_t chan = f->obj; /* what it misused */

    telling_started(t, f->at.g);
    telling_way(t);
    text_add(t->out, telling_who(t, f->at.g));
    if (strstr(message, fault_text(FAULT_CLOSE_CLOSED))) {
        text_addf(t->out, " closes %s at ", chan ? telling_what(t, chan) : "a channel");
        telling_place(t, f->at.file, f->at.line);
        text_add(t->out, ". ");
        first_close(t, chan);
        text_add(t->out,
                 "Let one goroutine own the channel and close it, once all senders are done.");
    } else if (strstr(message, fault_text(FAULT_SEND_CLOSED))) {
        text_addf(t->out, " sends on %s at ", chan ? telling_what(t, chan) : "a channel");
        telling_place(t, f->at.file, f->at.line);
        text_add(t->out, ". ");
        first_close(t, chan);
        text_add(t->out,
                 "Close a channel only when all its senders are done: wait for them first.");
    } else if (strstr(message, fault_text(FAULT_CLOSE_NIL))) {
        text_add(t->out, " closes a channel that was never made, at ");
        telling_place(t, f->at.file, f->at.line);
        text_add(t->out, ". Make it before it is used.");
    } else if (strstr(message, fault_text(FAULT_WG_NEGATIVE))) {
        text_add(t->out, " calls Done at ");
        telling_place(t, f->at.file, f->at.line);
        text_add(t->out, " when the counter is 0 already. Add once before each go, and call Done "
                         "once in each goroutine.");
    } else if (strstr(message, fault_text(FAULT_WG_REUSED))) {
        text_addf(t->out, " waits for %s at ", chan ? telling_what(t, chan) : "a WaitGroup");
        telling_place(t, f->at.file, f->at.line);
        text_add(t->out, ". Its counter had come to 0, and rose again before that Wait had returned. "
                         "Add before anybody calls Wait; begin a new round when all have returned "
                         "from it, or with a new WaitGroup.");
    } else if (strstr(message, fault_text(FAULT_COPIED))) {
        copied_why(t, chan);
    } else if (strstr(message, fault_text(FAULT_SEMAPHORE_RELEASE))) {
        text_add(t->out, " releases at ");
        telling_place(t, f->at.file, f->at.line);
        text_add(t->out, " more than was acquired. Release what was acquired, once.");
    } else if (strstr(message, fault_text(FAULT_RW_RUNLOCK))) {
        text_add(t->out, " unlocks for reading at ");
        telling_place(t, f->at.file, f->at.line);
        text_add(t->out, " what no reader has locked. RUnlock once for each RLock, Unlock for "
                         "each Lock.");
    } else if (strstr(message, fault_text(FAULT_UNLOCK_UNLOCKED)) ||
               strstr(message, fault_text(FAULT_RW_UNLOCK))) {
        text_add(t->out, " unlocks at ");
        telling_place(t, f->at.file, f->at.line);
        text_add(t->out, " what is not locked. Unlock once for each Lock.");
    } else {
        text_add(t->out, " panicked at ");
        telling_place(t, f->at.file, f->at.line);
        text_add(t->out, " and nobody recovered it. Look at that line first.");
    }
}

/* --- the others ---------------------------------------------------------- */

static void limit_title(const struct telling *t)
{
    static const char *const words[] = {
        [FINDING_OVER_STEPS] = "too many steps",
        [FINDING_OVER_TICKS] = "a loop that never waits for anything",
        [FINDING_OVER_MEMORY] = "too much memory",
        [FINDING_OVER_OUTPUT] = "too much output",
        [FINDING_OVER_TIME] = "it took too long and was stopped",
        [FINDING_STACK] = "the stack is full",
    };

    text_addf(t->out, "over limit: %s", words[t->finding->kind]);
    telling_brackets(t, t->finding->at.file, t->finding->at.line);
}

static void limit_why(const struct telling *t)
{
    const struct finding *f = t->finding;

    if (f->at.g) {
        text_addf(t->out, "It was %s, at ", telling_who(t, f->at.g));
        telling_place(t, f->at.file, f->at.line);
        text_add(t->out, ". ");
        telling_started(t, f->at.g);
    }
    switch (f->kind) {
    case FINDING_OVER_STEPS: text_add(t->out, "Does every loop come to an end?"); break;
    case FINDING_OVER_TICKS:
        text_add(t->out,
                 "A loop there runs on without any channel, lock or sleep. Give it an end.");
        break;
    case FINDING_OVER_MEMORY: text_add(t->out, "Keep less at a time."); break;
    case FINDING_OVER_OUTPUT: text_add(t->out, "Print less; does a loop print for ever?"); break;
    case FINDING_OVER_TIME: text_add(t->out, "Look for a loop that never ends."); break;
    default:
        text_add(t->out, "A function calls itself without end. Give the recursion a way out.");
        break;
    }
}

static const char *signal_words(int64_t number)
{
    switch (number) {
    case SIGSEGV: return "segmentation fault";
    case SIGABRT: return "aborted";
    case SIGFPE: return "division by zero";
    case SIGBUS: return "bus error";
    case SIGILL: return "illegal instruction";
    case SIGKILL: return "killed";
    case SIGSYS: return "forbidden system call";
    default: return NULL;
    }
}

static void crash_title(const struct telling *t)
{
    const char *words = signal_words(t->finding->value);

    if (words)
        text_addf(t->out, "crash: %s", words);
    else
        text_addf(t->out, "crash: signal %lld", (long long)t->finding->value);
    telling_brackets(t, t->finding->at.file, t->finding->at.line);
}

/* "prefix: text (place)", text's first line */
static void plain_title(const struct telling *t, const char *prefix, bool with_place)
{
    text_add(t->out, prefix);
    if (*trace_text(t->trace, t->finding->text)) {
        text_add(t->out, ": ");
        telling_text(t, t->finding->text, false);
    }
    if (with_place)
        telling_brackets(t, t->finding->at.file, t->finding->at.line);
}

static void diverged_title(const struct telling *t)
{
    const char *token = trace_text(t->trace, t->finding->text);

    text_add(t->out, "the schedule does not fit this program");
    if (*token)
        text_addf(t->out, ": its step %lld, '%s', cannot be taken there",
                  (long long)t->finding->value + 1, token);
}

/* --- not deterministic ---------------------------------------------------- */

static void unstable_title(const struct telling *t)
{
    text_add(t->out, "not deterministic: the same schedule made another run");
    telling_brackets(t, t->finding->at.file, t->finding->at.line);
}

static void unstable_why(const struct telling *t)
{
    const struct finding *f = t->finding;

    if (f->event < t->trace->count) {
        text_addf(t->out, "The first difference is event %u: '", f->event + 1);
        if (!words_event(t->out, t->trace, t->names, f->event))
            text_add(t->out, event_name(t->trace->events[f->event].kind));
        text_add(t->out, "'");
        if (f->at.line) {
            text_add(t->out, " at ");
            telling_place(t, f->at.file, f->at.line);
        }
        text_add(t->out, ". ");
    }
    if (f->value == EVENT_NONE) {
        text_add(t->out, "The second run was over by then. ");
    } else {
        text_addf(t->out, "The second time %s was at ",
                  f->other.g ? telling_who(t, f->other.g) : "the clock");
        telling_place(t, f->other.file, f->other.line);
        text_addf(t->out, " (%s), or saw another value. ", event_name((enum event_kind)f->value));
    }
    text_add(t->out, "Something besides the schedule decides what it does: memory that was never "
                     "written, or the value of an address. Give every variable a value before it "
                     "is read.");
}

void words_finding_title(struct text *out, const struct trace *trace, const struct names *names,
                         const struct finding *finding)
{
    struct telling t = {out, trace, names, names_program(names), finding};

    switch (finding->kind) {
    case FINDING_CRASH: crash_title(&t); break;
    case FINDING_WILD: telling_wild_title(&t); break;
    case FINDING_UNDEFINED: telling_undefined_title(&t); break;
    case FINDING_LOST: telling_lost_title(&t); break;
    case FINDING_UNSET: telling_unset_title(&t); break;
    case FINDING_RACE: telling_race_title(&t); break;
    case FINDING_PANIC: plain_title(&t, "panic", true); break;
    case FINDING_DEADLOCK: telling_deadlock_title(&t); break;
    case FINDING_WRONG_ANSWER: plain_title(&t, "wrong answer", true); break;
    case FINDING_LEAK: telling_leak_title(&t); break;
    case FINDING_LIVELOCK: plain_title(&t, "livelock: goroutines poll for ever", true); break;
    case FINDING_OVER_STEPS: case FINDING_OVER_TICKS: case FINDING_OVER_MEMORY:
    case FINDING_OVER_OUTPUT: case FINDING_OVER_TIME: case FINDING_STACK:
        limit_title(&t);
        break;
    case FINDING_LOAD: plain_title(&t, "does not load", false); break;
    case FINDING_UNSTABLE: unstable_title(&t); break;
    case FINDING_DIVERGED: diverged_title(&t); break;
    case FINDING_INTERNAL: plain_title(&t, "our failure", false); break;
    default: plain_title(&t, "finding", false); break;
    }
}

/* Of an exit the program called for itself nothing is said. */
static bool ended_by_signal(const struct trace *trace)
{
    uint32_t i = trace->count;

    while (i > 0 && trace->events[i - 1].kind != EVENT_EXIT)
        i--;
    return i > 0 && *trace_text(trace, trace->events[i - 1].text);
}

/* What the title leaves out: the further lines of the text, or where it showed. */
static void wrong_why(const struct telling *t)
{
    const struct finding *f = t->finding;
    const char *more = strchr(trace_text(t->trace, f->text), '\n');

    if (more && more[1]) {
        telling_text(t, f->text, true);
        text_add_char(t->out, '\n');
    }
    if (f->event < t->trace->count && t->trace->events[f->event].kind == EVENT_CHECK) {
        text_addf(t->out, "%s found it false at ", telling_who(t, f->at.g));
        telling_place(t, f->at.file, f->at.line);
        text_add(t->out, ", in this order of steps. ");
    }
    if (ended_by_signal(t->trace)) {
        text_add(t->out, "Ask for it with signal.Notify before it can come. After Stop or Reset it "
                         "ends the program again.");
        return;
    }
    text_add(t->out, "Step through the replay and look for the first step that should not have "
                     "been possible yet.");
}

/* "worker 1 was at pool.c:21. " */
static void was_at(const struct telling *t)
{
    if (!t->finding->at.g)
        return;
    text_addf(t->out, "%s was at ", telling_who(t, t->finding->at.g));
    telling_place(t, t->finding->at.file, t->finding->at.line);
    text_add(t->out, ". ");
    telling_started(t, t->finding->at.g);
}

void words_finding_why(struct text *out, const struct trace *trace, const struct names *names,
                       const struct program *program, const struct finding *finding)
{
    struct telling t = {out, trace, names, program ? program : names_program(names), finding};

    switch (finding->kind) {
    case FINDING_CRASH:
        was_at(&t);
        text_add(out, "Look for a pointer that is not valid there, or a call of abort.");
        break;
    case FINDING_WILD: telling_wild_why(&t); break;
    case FINDING_UNDEFINED: telling_undefined_why(&t); break;
    case FINDING_LOST: telling_lost_why(&t); break;
    case FINDING_UNSET: telling_unset_why(&t); break;
    case FINDING_RACE: telling_race_why(&t); break;
    case FINDING_PANIC: panic_why(&t); break;
    case FINDING_DEADLOCK: telling_deadlock_why(&t); break;
    case FINDING_WRONG_ANSWER: wrong_why(&t); break;
    case FINDING_LEAK: telling_leak_why(&t); break;
    case FINDING_LIVELOCK:
        was_at(&t);
        text_add(out,
                 "Everybody looks again and again, and nothing can change any more. Block in a "
                 "receive or a select without default instead of polling.");
        break;
    case FINDING_OVER_STEPS: case FINDING_OVER_TICKS: case FINDING_OVER_MEMORY:
    case FINDING_OVER_OUTPUT: case FINDING_OVER_TIME: case FINDING_STACK:
        limit_why(&t);
        break;
    case FINDING_UNSTABLE: unstable_why(&t); break;
    case FINDING_DIVERGED:
        text_add(out, "The program changed since the schedule was written down. Check it again to "
                      "get a new one.");
        break;
    case FINDING_INTERNAL:
        text_add(out, "This is a fault of braid, not of your program. Please report it.");
        break;
    default:
        telling_text(&t, finding->text, true);
        break;
    }
}
