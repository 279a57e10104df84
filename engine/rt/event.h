/* event.h -- the one door through which facts leave a run.
 *
 * Every visible operation of a learner's program is one event; the checkers,
 * the animation, the story in words and every export read events and nothing
 * else.  The events of a run, in order, are its trace (rt/trace.h).
 *
 * Two sorts.  A *step* is an operation that took effect and that a strategy had
 * to allow: the order of the steps is the interleaving, and a schedule is read
 * off them.  A *fact* tells what followed by itself (a goroutine was started,
 * came to wait, ended; virtual time advanced).
 *
 * An unbuffered hand-off is one step, the receiver's RECV, with the sender in `other`
 * and its place in other_line; whoever came first.  (Only a select with default
 * that sends makes it a SEND: it never waits to be received from.)  On a buffered
 * channel send and receive are steps of their own.  A select is the step of the
 * case it took, flagged EVENT_IN_SELECT.
 */
#ifndef BRAID_RT_EVENT_H
#define BRAID_RT_EVENT_H

#include <stdbool.h>
#include <stdint.h>

/* X(NAME, is_step, fields):  what obj, other, value and text hold.
 * `value` is a learner's value unless said otherwise; see enum value_kind. */
#define EVENT_KINDS(X)                                                                         \
    X(NONE,        0, "nothing: the zero event")                                               \
    X(GO,          0, "g starts goroutine other; text: name of its function, or none; obj: "   \
                      "the timer it was set to start with (g = 0: the clock started it); a "   \
                      "step when EVENT_COUNTED")                                               \
    X(END,         0, "g returned, or (extra = 1) called Goexit; for main: value = exit code, " \
                      "and it is a step: what others do before and after it differs to the "   \
                      "world; else a step when EVENT_COUNTED")                                 \
    X(MAKE,        0, "g made obj; extra = enum object_kind; value = capacity (channels), "    \
                      "period ns (tickers), deadline ns (contexts, timers; -1 none); "         \
                      "other = parent object (contexts; the context of a done channel; the "   \
                      "timer of a time channel); text: name given by the learner, or none")    \
    X(BLOCK,       0, "g cannot go on: extra = enum wait_kind; obj = what it waits for "       \
                      "(0: nothing or several); text: none")                                   \
    X(STUCK,       0, "nobody who may still go on can let g go on from its wait (runs that are "  \
                      "asked to tell it)")                                                      \
    X(BLOCK_CASE,  0, "one case of the select g has just blocked in: obj, extra = wait_kind, " \
                      "value = case index; text: the case's name, or none")                    \
    X(TIME,        0, "virtual time advanced to `time`")                                       \
    X(FIRE,        0, "timer obj fired (g = 0)")                                               \
    X(WAKE,        0, "g's sleep is over; or what it waited for at obj came, by goroutine "     \
                      "other (0: the clock); a semaphore's: extra = units in use; processors': " \
                      "extra = how many are at work, value = ns of work left, seq = which")    \
    X(FRAME,       0, "where g is as it panics, or makes an access that is told: in the "      \
                      "function `text` (before its PANIC, PLACE or ACCESS; innermost first)")  \
    X(PANIC,       0, "g panicked and nobody recovered; text: Go's message; obj: what it "     \
                      "misused, or 0")                                                         \
    X(RECOVER,     0, "g recovered from a panic; text: its message")                           \
    X(EXIT,        1, "g ended the whole program; value = exit code; g = 0: the signal text " \
                      "did")                                                                    \
    X(SEND,        1, "g sent value on obj; other = receiver (unbuffered, from a select with " \
                      "default), extra = case index, seq = number of this send on obj; g = 0: " \
                      "the world sent it (a signal)")                                          \
    X(RECV,        1, "g received value from obj; other = sender (unbuffered); extra = case "  \
                      "index; seq = number of this receive; EVENT_CLOSED: zero value, closed") \
    X(CLOSE,       1, "g closed channel obj; extra = another that was closed with it, or 0")   \
    X(DEFAULT,     1, "g's select took its default case; extra = its index, the number of "    \
                      "cases")                                                                 \
    X(LOCK,        1, "g locked obj (mutex)")                                                  \
    X(UNLOCK,      1, "g unlocked obj")                                                        \
    X(WG_ADD,      1, "g added value to WaitGroup obj (-1 is Done); extra = new counter")      \
    X(WG_WAIT,     1, "g's Wait on WaitGroup obj returned")                                    \
    X(SLEEP,       1, "g sleeps for value ns")                                                 \
    X(YIELD,       1, "g gave way")                                                            \
    X(TIMER_STOP,  1, "g stopped timer or ticker obj")                                         \
    X(CANCEL,      1, "context obj was cancelled by g (0: its timer); text: its Err; "         \
                      "other = the context whose cancelling caused it, or 0")                  \
    X(PRINT,       1, "g wrote text on standard output")                                       \
    X(RAND,        1, "g drew value out of extra")                                             \
    X(CHECK,       1, "g found a stated check of the program false; text: the check")          \
    X(LOOK,        1, "g looked at obj (len, Err, a TryLock in vain) and saw value; extra = 1: " \
                      "it called cancel of a context that was cancelled already")              \
    X(RLOCK,       1, "g locked obj (RWMutex) for reading; extra = readers now")               \
    X(RUNLOCK,     1, "g gave up its read lock of obj; extra = readers left")                  \
    X(CLAIM,       1, "g's Lock of obj (RWMutex) waits for extra readers to leave; no new one " \
                      "gets in before it")                                                     \
    X(ONCE_BEGIN,  1, "g is the first at obj (Once; a flight's key seq) and runs its function") \
    X(ONCE_END,    1, "g's function of obj is over")                                           \
    X(ONCE_PASS,   1, "g's Do of obj returned: it had been done")                              \
    X(JOIN,        1, "g waits for the call of key seq that is in flight in obj")              \
    X(FORGET,      1, "g made obj forget that a call of key seq is in flight")                 \
    X(SIGNAL,      1, "g signalled obj (Cond) and woke other; 0: nobody waited, it is lost; "  \
                      "extra = who still wait")                                                \
    X(BROADCAST,   1, "g woke all extra goroutines that waited on obj (Cond)")                 \
    X(ACQUIRE,     1, "g took value units of obj (semaphore); extra = units in use")           \
    X(QUEUE,       1, "g queues up for value units of obj (semaphore)")                        \
    X(RELEASE,     1, "g gave back value units of obj; extra = units left in use")             \
    X(LOAD,        1, "g read value from obj (atomic, Map: key seq, 0 all of it); extra = enum " \
                      "cell_op; text: the key")                                                \
    X(STORE,       1, "g changed obj to value (atomic, Map: key seq); extra = enum cell_op; "  \
                      "text: the key")                                                         \
    X(PUT,         1, "g put the item seq into obj (Pool)")                                    \
    X(GET,         1, "g got the item seq from obj (Pool), 0: a new one; extra = which, "      \
                      "counted back from the last put; after them all: a new one")             \
    X(ERROR,       1, "g's function of obj (errgroup) failed with text; extra = 1: the first") \
    X(TAKE,        1, "g took value tokens of obj (limiter); extra: us until they are there")  \
    X(TIMER_RESET, 1, "g set timer or ticker obj anew; value = ns")                            \
    X(NAME,        0, "g named itself text")                                                   \
    X(MARK,        0, "g passed the marker text")                                              \
    X(READ,        1, "g reads variable obj (runs whose accesses are steps)")                  \
    X(WRITE,       1, "g writes variable obj (the same)")                                      \
    X(OPTION,      0, "g could take the next step (runs that are asked to tell it); extra = "  \
                      "enum wait_kind of its operation, obj = its object, 0: none or several")  \
    X(FAIL,        1, "g's operation on obj failed, and it panics; text: Go's words; extra = case " \
                      "index")                                                                 \
    X(FINISH,      0, "g came to the end of thread obj: it can be joined")                      \
    X(WORK,        1, "g took processor seq of obj to work for value ns; extra = how many are " \
                      "at work now")                                                            \
    X(PROCESSORS,  1, "g set obj to value processors")                                          \
    X(NOTIFY,      1, "g asked for signals: to be sent on channel obj, or to cancel context obj; " \
                      "text: which")                                                            \
    X(NOTIFY_STOP, 1, "g asked for them no more; obj 0: nobody gets any of text")               \
    X(NOTIFY_IGNORE, 1, "g had signals ignored; text: which")                                   \
    X(RAISE,       1, "g raised signal value (g = 0: the world did); text: Go's words")         \
    X(LOST,        0, "signal text was not sent on obj: no room, or nobody waited (g = 0)")     \
    X(LISTEN,      1, "g listens at obj; text: the address; obj 0: somebody else does already")  \
    X(DIAL,        1, "g dials text, where obj listens (0: nobody); value: whether it does still") \
    X(REQUEST,     1, "g asks host obj (0: there is none) for text; value = ns until the answer") \
    X(DEADLINE,    1, "g set the deadline of connection obj to value ns (0: none)")             \
    X(PLACE,       0, "the memory of g's ACCESS that follows (C): extra = enum place_kind; value = " \
                      "offset of the byte in it; pc = where it was allocated, or in whose frame " \
                      "it is; other = whose stack; seq = bytes of the block; text: its name")    \
    X(ACCESS,      0, "one of the two accesses of a race: extra = enum access_kind; value = what " \
                      "was read, or there when it was done; seq = bytes; text: the variable's name") \
    X(USAGE,       0, "main returns, and value is what a run made of its processors; extra = "  \
                      "enum usage_kind (g = 0)")

enum event_kind {
#define X(name, step, fields) EVENT_##name,
    EVENT_KINDS(X)
#undef X
    EVENT_KIND_COUNT
};

enum event_flag {
    EVENT_IN_SELECT = 1, /* SEND, RECV: taken by a select */
    EVENT_CLOSED = 2,    /* RECV: ok was false */
    EVENT_CASE_CHOSEN = 4,    /* more than one case was ready: extra was a choice */
    EVENT_PARTNER_CHOSEN = 8, /* more than one partner waited: other was a choice */
    EVENT_AFTERMATH = 16, /* main had already returned */
    EVENT_IN_VAIN = 32,   /* LOAD, LOOK: from the same place as before, and nothing had changed */
    EVENT_COUNTED = 64,   /* GO, END: a step, for the program counts its goroutines */
};

enum object_kind {
    OBJECT_NONE,
    OBJECT_CHAN,
    OBJECT_MUTEX,
    OBJECT_WAITGROUP,
    OBJECT_TIMER,  /* after, and the deadline of a context */
    OBJECT_TICKER,
    OBJECT_CONTEXT,
    OBJECT_RWMUTEX,
    OBJECT_ONCE,
    OBJECT_COND,
    OBJECT_SEMAPHORE,
    OBJECT_ATOMIC,
    OBJECT_POOL,
    OBJECT_MAP,
    OBJECT_GROUP,  /* errgroup */
    OBJECT_FLIGHT, /* singleflight */
    OBJECT_LIMITER,
    OBJECT_THREAD,  /* a pthread */
    OBJECT_BARRIER,
    OBJECT_VARIABLE, /* memory, in runs whose accesses are steps */
    OBJECT_PROCESSORS,
    OBJECT_LISTENER,
    OBJECT_CONN,   /* one side of a connection */
    OBJECT_HOST,   /* who answers requests by a table */
    OBJECT_KIND_COUNT
};

enum wait_kind {
    WAIT_NONE,
    WAIT_SEND,
    WAIT_RECV,
    WAIT_SELECT,
    WAIT_LOCK,
    WAIT_WG,
    WAIT_SLEEP,
    WAIT_NIL_SEND, /* on a nil channel: for ever */
    WAIT_NIL_RECV,
    WAIT_EMPTY_SELECT,
    WAIT_RLOCK,
    WAIT_READERS, /* a writer that claimed an RWMutex: for its readers to leave */
    WAIT_ONCE,    /* for the one who runs the function */
    WAIT_COND,
    WAIT_SEMAPHORE,
    WAIT_FLIGHT,  /* for the call in flight */
    WAIT_JOIN,    /* for the thread obj to end; 0: for all others */
    WAIT_BARRIER, /* for the others to arrive */
    WAIT_POST,    /* for a post of the semaphore (POSIX: of no size) */
    WAIT_PROCESSOR, /* to work, for one of the processors */
    WAIT_WORK,    /* for its own work to be done */
};

/* What a LOAD or a STORE did. */
enum cell_op {
    CELL_LOAD,
    CELL_STORE,
    CELL_ADD,
    CELL_SWAP,
    CELL_CAS,     /* LOAD: it failed */
    CELL_DELETE,  /* LOAD: there was nothing */
    CELL_LOAD_OR_STORE,
    CELL_RANGE,
};

/* What an ACCESS did, any of them. */
enum access_kind { ACCESS_WRITE = 1, ACCESS_ATOMIC = 2 };

enum place_kind {
    PLACE_UNKNOWN,
    PLACE_VARIABLE, /* value: offset in the program's image */
    PLACE_BLOCK,    /* of the heap */
    PLACE_FRAME,    /* a local variable; value: offset from the frame's canonical address, its caller's
                       stack pointer; pc 0: of a function that is not known */
};

/* How `value` is to be shown. */
enum value_kind {
    VALUE_NONE,  /* nothing worth showing */
    VALUE_INT,
    VALUE_NUM,   /* the bits of a double */
    VALUE_BOOL,
    VALUE_NIL,
    VALUE_TEXT,  /* `value` is an offset into the trace's text */
};

struct event {
    uint8_t kind;       /* enum event_kind */
    uint8_t flags;      /* enum event_flag */
    uint8_t value_kind; /* enum value_kind, of `value` */
    uint8_t reserved;
    uint32_t g;     /* goroutine, 1 = main, in order of creation; 0 = the clock */
    uint32_t obj;   /* object id, from 1 in order of creation; 0 = none */
    uint32_t other; /* see EVENT_KINDS */
    uint32_t extra; /* see EVENT_KINDS */
    uint32_t seq;   /* see EVENT_KINDS */
    uint32_t text;  /* offset into the trace's text; 0 = none */
    uint32_t line;  /* 1..; 0 = unknown.  C programs: filled in by the parent */
    uint32_t file;  /* offset of the file's name in the trace's text; 0 = the program's main file */
    uint32_t pc;    /* C programs: offset of the call in the program's image; else 0 */
    uint32_t other_line, other_pc; /* place of goroutine `other`, when it took part in the step */
    int64_t value;
    int64_t time;   /* virtual time in ns when it happened */
};

/* "SEND" for EVENT_SEND.  Never NULL. */
const char *event_name(enum event_kind kind);

/* The kinds that are steps. */
static const bool event_steps[EVENT_KIND_COUNT] = {
#define X(name, step, fields) step,
    EVENT_KINDS(X)
#undef X
};

/* Whether it is a step of its goroutine: of a step's kind, not the clock's (g = 0), and not the
 * cancelling of a context that followed from another's.  Main's END is one, and what is counted. */
static inline bool event_is_step(const struct event *event)
{
    /* one by one: read as a whole, fields just written would have to be waited for */
    uint32_t kind = event->kind, g = event->g;

    if (kind >= EVENT_KIND_COUNT) /* a program may scribble over its trace */
        return false;
    if (event_steps[kind])
        return g != 0 && (kind != EVENT_CANCEL || event->other == 0);
    if (kind == EVENT_END && g == 1)
        return true;
    return (kind == EVENT_END || kind == EVENT_GO) && event->flags & EVENT_COUNTED;
}

#endif
