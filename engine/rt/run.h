/* run.h -- one run of a learner's program, as one value.
 *
 * A run owns its goroutines, their stacks, its objects (channels, locks, ...),
 * its timers and its virtual clock.  run_start executes it to its end on the
 * calling thread; run_clear drops everything, wherever the run stood, and the
 * next run_start starts clean.  Nothing outlives a run but its trace.
 *
 * Two modes.  *Explored*: before every step the strategy is asked which of the
 * goroutines that can take one does.  *Free*: goroutines run until they block,
 * in the order they became ready; nobody is asked (but select cases), and a
 * switch goes straight to the next goroutine.  Both emit the same events, and
 * the steps of a free run are a schedule the explored mode can follow.
 *
 * How an explored run chooses: a goroutine that comes to a visible operation
 * publishes it (waits in the queues of its objects) and gives way; when all
 * goroutines have come to one, those whose operation can take effect are the
 * options.  So a step never finds itself blocked, and what goroutines do between
 * steps is never a choice.  (This is the transition system of the model-checking
 * papers: Godefroid, "Partial-Order Methods", 1996.)
 *
 * Fairness: a goroutine that polled in vain (select's default, Gosched) gives way
 * at its next poll until somebody made a step that is none (after Musuvathi & Qadeer, PLDI 2008); when
 * everybody polls, virtual time advances.
 */
#ifndef BRAID_RT_RUN_H
#define BRAID_RT_RUN_H

#include "base/region.h"
#include "rt/event.h"
#include "rt/fault.h"
#include "rt/fiber.h"
#include "rt/hook.h"
#include "rt/processor.h"
#include "rt/timer.h"
#include "rt/trace.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum run_end {
    RUN_NONE,     /* not over */
    RUN_DONE,     /* main returned and all else came to rest */
    RUN_EXIT,     /* the program called exit */
    RUN_PANIC,    /* a panic nobody recovered, or a fatal error */
    RUN_CHECK,    /* a stated check of the program was false */
    RUN_DEADLOCK, /* nothing can run, main is blocked */
    RUN_STUCK,    /* others can, but nobody can let main go on any more */
    RUN_LIVELOCK, /* goroutines poll for ever and nothing else can happen */
    RUN_STEPS,    /* the step budget is used up */
    RUN_TICKS,    /* the budget of work between steps is used up */
    RUN_MEMORY,   /* the memory budget is used up */
    RUN_OUTPUT,   /* the output budget is used up */
    RUN_STACK,    /* a goroutine's stack overflowed */
    RUN_WILD,     /* memory misused (C) */
    RUN_UNDEFINED, /* what C leaves undefined */
    RUN_REDUNDANT, /* the strategy stopped it: an equivalent run has been made */
    RUN_DIVERGED, /* a recorded schedule does not fit the program */
    RUN_LOAD,     /* the program could not be loaded: the face holds the message */
};

enum goroutine_state {
    G_READY,   /* in the ready queue: has work to do before its next operation */
    G_RUNNING,
    G_WAITING, /* at an operation */
    G_DEAD,
};

enum ready {
    READY_NO,      /* it is blocked */
    READY_PARTNER, /* it can, but as part of its partner's step */
    READY_YES,
};

struct clause;   /* rt/clause.h */
struct deferred; /* c/defer.h */
struct panic;    /* rt/panic.h */

struct goroutine {
    /* What each operation in free mode looks at comes first: two or three cache lines. */
    uint32_t id;
    enum goroutine_state state;
    enum wait_kind wait;     /* WAITING: for what (WAIT_NONE: at a step that is always possible) */
    uint32_t wait_obj;       /* WAITING: the one object, or 0 */
    uint32_t line, file, pc; /* place of the operation it is at, set by the face; see struct event */
    bool told;               /* WAITING: its BLOCK event has been emitted */
    bool stuck;              /* WAITING: its STUCK event has; then it waits for ever */
    bool polled;             /* it polled in vain, and nobody changed anything since */
    bool at_poll;            /* WAITING: at a step that may be one more poll */
    struct fiber fiber;
    struct goroutine *next_ready;
    struct clause *clauses;  /* WAITING at channels: send, receive, select */
    uint32_t nclauses;
    int32_t fired;           /* index of the clause a partner completed, -1 none yet */
    /* WAITING: */
    enum ready (*ready)(struct goroutine *g); /* could it take effect now?  NULL: always */
    void (*tell)(struct run *run, struct goroutine *g); /* emits details after BLOCK; or NULL */
    void *op;                /* the object it waits at, for `ready` and `tell` too; NULL: none, or
                                see clauses */
    struct deferred *deferred; /* the C face's: calls to be made when it leaves its functions */

    uint64_t key;            /* explored mode: see run_goroutine_key */
    uint32_t made, started;  /* how many objects it has made, goroutines it has started */
    uint64_t came;           /* WAITING: run->lulls when it came to wait */
    /* What let it go on (started it, woke it) since its last step, as run->picks of then: */
    uint32_t since;          /* the last */
    uint32_t *follows;       /* all */
    uint32_t nfollows, follows_cap;
    uint32_t since_clock;    /* the last that was the clock; all steps until then came before */
    void *stack;             /* from the run's pool; NULL for main */

    void *also;              /* WAITING: another object that may let it go on; or NULL */
    struct touches touches;  /* WAITING: of the step it is at */
    /* At channels: stores the ways the step can be made now, returns how many; with NULL only
     * counts.  NULL: there is one way, or they are choices inside the step. */
    uint32_t (*ways)(const struct goroutine *g, struct way *ways);
    struct touch touch;      /* room for one */

    void (*entry)(void *arg);
    void *arg;
    void *face;              /* the language face's own data */
    struct panic *panic;     /* the C face's: the last it has not done with */
    struct {                 /* see sched_looked */
        uint64_t change;     /* how many changes there had been when it was counted from */
        uint32_t obj, line, pc, count, limit, rounds;
    } look;

    struct goroutine *prev, *next; /* all that are not dead, in order of id */
};

struct run_limits {
    uint64_t steps;     /* steps in one run; 0 = default */
    uint64_t aftermath; /* steps after main returned; 0 = default */
    uint64_t ticks;     /* units of work between steps, in all of a run; 0 = default */
    uint64_t output;    /* bytes printed; 0 = default */
};

struct run {
    /* What a program compiled without checks sees (go_fast.h). */
    uint64_t steps;
    uint64_t fast_until;      /* it may take steps by itself below this: 0 unless quiet */
    uint64_t stamp;           /* given by the face: no other of its runs has it */
    uint32_t vain;            /* rounds of polling, or timers fired, since the last real step */
    uint32_t npolled;         /* goroutines that gave way after a poll in vain */

    /* given by run_init */
    struct strategy *strategy;
    struct watcher *watchers;
    struct trace *trace;      /* NULL: keep none */
    bool explored;
    struct run_limits limits;
    /* the name of the variable at an access' `where`, in the trace's text; 0: unknown.  Or NULL */
    uint32_t (*name_of)(struct run *run, uintptr_t where);
    const struct witness *witness; /* given by the face */
    bool every_access;        /* those, too, that only repeat what was told since the last event */
    const struct reach_face *reaches; /* what the face can tell of it (reach.h); or NULL */

    /* state of the run */
    enum run_end end;
    int32_t exit_code;
    struct goroutine *self;   /* running now; NULL: the host */
    struct watcher *rest_watchers;   /* those with `rest`, by next_rest */
    struct watcher *access_watchers; /* those with `access`, by next_access */
    struct watcher *listeners[WATCHERS_MAX]; /* those with `event` */
    uint32_t listen[EVENT_KIND_COUNT]; /* by kind: a bit for each of them that wants it */
    struct goroutine *live, *live_last;
    uint32_t nlive;
    uint32_t last_id;         /* of goroutines */
    uint32_t last_object;
    uint64_t *object_keys, *goroutine_keys; /* explored mode: by id */
    uint32_t object_keys_cap, goroutine_keys_cap;
    struct { uint64_t key; uint32_t made; } owner; /* see run_own */
    struct goroutine *ready_first, *ready_last;
    struct goroutine *last_step; /* who took the last step; NULL: none, or dead */
    bool main_returns;        /* main's function has returned: its END comes, or has come */
    bool main_done;           /* main returned (Goexit is no return) */
    bool quiet;               /* free mode, no trace, no watcher: events need only be counted */
    uint64_t last_step_allowed; /* the value of steps at which the run is over */
    uint64_t ticks, output;
    uint64_t looks;           /* steps that were a look or a poll */
    enum fault fault;         /* the last misuse an operation answered with, and its object */
    uint32_t fault_obj;
    uint64_t lulls;           /* times everybody had come to rest, and time went on */
    int64_t now;              /* virtual ns since the start */
    struct timer_heap timers;
    struct processors processors;
    struct signals *signals;  /* of sync/signal.c; NULL: none yet */
    struct network *network;  /* of sync/net.c; NULL: none yet */
    uint32_t nprocessors;     /* given by run_init: GOMAXPROCS at the start; 0 = default */
    struct region objects;    /* everything that dies with the run */
    struct goroutine *dead;   /* to be reused, each with its stack */
    struct stack_pool *stacks;
    void *main_stack;
    struct fiber host;
    struct goroutine **candidates; /* of the choice being made, and their ids */
    uint32_t *options;
    uint32_t options_cap;
    uint32_t picks;                /* choices of a goroutine made */
    bool advanced;                 /* see struct choice */
    struct touch *touched;         /* since the last choice of a goroutine */
    uint32_t ntouched, touched_cap;
    bool tell_options;        /* given by run_init: explored, emit OPTION before each step */
    struct {
        uint32_t line, pc;    /* as of an event; both 0: nowhere */
        uint32_t cap;
    } resized;                /* given by run_init's caller: channels made there have room for less */
    bool points;              /* given by run_init: explored, memory accesses are steps (point.h) */
    struct run_points *touched_places; /* ... those of this run; NULL: none yet */
    bool ordered_output;      /* given by run_init: the order of prints matters */
    bool counted;             /* given by the face: the program may ask how many goroutines there
                                 are, so that one starts and ends are steps */
    bool tidy;                /* it will be looked at what can be reached: nobody is to leave behind
                                 on the stack what looks as if it could */
    bool may_exit;            /* given by the face: the program may end itself by exit or a signal */
    struct event untraced;    /* room for one that the trace has none for */
    uint32_t *scratch;        /* see run_scratch */
    uint32_t scratch_cap;
    void *face;               /* the language face's own data of this run */
};

/* The run executing on this thread, or NULL.  The engine's one mutable global. */
extern _Thread_local struct run *run_current;

/* Prepares a run.  Strategy, watchers and trace are borrowed; a NULL strategy is
 * allowed in free mode (select then takes the first ready case).  Returns false
 * when memory ran out. */
bool run_init(struct run *run);
void run_release(struct run *run);

/* Drops whatever the last run left; keeps strategy, watchers, trace (emptied). */
void run_clear(struct run *run);

/* Executes main(arg) as goroutine 1 until the run ends.  The run must be clear.
 * Calls the strategy's begin; its end is the caller's to call.  Afterwards all goroutines
 * that did not end are still there to be looked at. */
enum run_end run_start(struct run *run, void (*main)(void *arg), void *arg);

/* --- for goroutines ------------------------------------------------------ */

/* Starts entry(arg) as a goroutine; NULL: out of memory.  The new goroutine
 * runs when the starter gives way.  `name` may be NULL. */
struct goroutine *run_go(struct run *run, void (*entry)(void *arg), void *arg, const char *name);

/* As run_go, started by another goroutine than the running one (NULL: by the clock) because of
 * an object; it and its place are told with GO. */
struct goroutine *run_go_by(struct run *run, const struct goroutine *by, uint32_t obj,
                            void (*entry)(void *arg), void *arg, const char *name);

/* Ends the run at once; must be called by a goroutine; does not return. */
_Noreturn void run_stop(struct run *run, enum run_end end);

/* Emits PANIC with the text ("fatal error: " is put before it if fatal) and ends
 * the run; after main returned it ends only the goroutine. */
_Noreturn void run_panic(struct run *run, const char *text, bool fatal);

/* Ends the running goroutine as if its function returned. */
_Noreturn void run_return(struct run *run);

/* Ends the running goroutine, deferred calls done, by runtime.Goexit: when it is main, the others
 * go on, and the program never ends well by itself. */
_Noreturn void run_goexit(struct run *run);

/* Explored mode: the step being made touches what its goroutine published. */
void sched_published(struct run *run);

/* Notes the object of a fault, for the panic that may follow; returns the fault. */
static inline enum fault run_fault(struct run *run, enum fault fault, uint32_t obj)
{
    run->fault = fault;
    run->fault_obj = obj;
    return fault;
}

/* The same for an operation that was a step: emits FAIL.  It may be recovered from, and then the
 * step belongs to the schedule like any other. */
enum fault run_fail(struct run *run, enum fault fault, uint32_t obj);

/* ... which would have been this event, had it not failed. */
enum fault run_fail_as(struct run *run, enum fault fault, const struct event *event);

/* One unit of work between steps (a memory access, a batch of VM instructions);
 * ends the run when the budget is used up. */
static inline void run_tick(struct run *run, uint64_t units);

/* A new object id; emits MAKE.  See EVENT_KINDS for other, value, name. */
uint32_t run_object(struct run *run, enum object_kind kind, uint32_t other, int64_t value,
                    const char *name);

/* Explored mode.  Ids go by the order of creation, which is not the same in all interleavings; a key
 * is: it is made of who made it, and of how many that one had made before. */
static inline uint64_t run_object_key(const struct run *run, uint32_t id)
{
    return run->object_keys[id];
}
static inline uint64_t run_goroutine_key(const struct run *run, uint32_t id)
{
    return run->goroutine_keys[id];
}

/* The objects made from now on are those of a variable of the learner's, whoever comes to use it
 * first; NULL: of who makes them. */
void run_own(struct run *run, const void *variable);

/* --- for primitives (sync/) ---------------------------------------------- */

/* A scheduling point before a step that is always possible and touches obj (TOUCH_NOTHING: no
 * object). */
static inline void sched_step(struct run *run, uint32_t obj, enum touch_mode mode);

/* The same before a step that may find nothing to do and be made again and again (a select with
 * default, TryLock, a look): who has polled in vain gives way here. */
void sched_poll(struct run *run, uint32_t obj, enum touch_mode mode);

/* Explored mode: the step being made touches obj besides what its goroutine published. */
void sched_touch(struct run *run, uint32_t obj, enum touch_mode mode);
void sched_touched(struct run *run, const struct touch *touch);

/* What the running goroutine published with sched_step or sched_poll turns out to be; the
 * object's state before. */
static inline void sched_turned_out(struct run *run, enum touch_mode mode, int64_t level, bool shut)
{
    run->self->touch.mode = mode;
    run->self->touch.before.level = (int32_t)level;
    run->self->touch.before.shut = shut;
}

/* The running goroutine's next step comes after those made until run->picks was `pick`: what it has
 * just seen was ready by then. */
void sched_follow(struct run *run, uint32_t pick);

/* The running goroutine waits: in explored mode until it is picked with
 * ready(g) READY_YES, or g->fired >= 0; in free mode (where the caller has seen that
 * it cannot go on) until somebody calls sched_wake.  touches: borrowed while it waits. */
void sched_wait(struct run *run, enum wait_kind wait, uint32_t obj,
                enum ready (*ready)(struct goroutine *g),
                void (*tell)(struct run *run, struct goroutine *g), void *op,
                struct touches touches);

/* A waiting goroutine's operation was completed for it: it becomes ready. */
void sched_wake(struct run *run, struct goroutine *g);

/* After a step that was a poll in vain (select's default) or a Gosched.  Its goroutine goes on, but
 * at its next poll it gives way until somebody has changed something. */
void sched_polled(struct run *run);

/* Free mode: whoever is ready runs first.  (In explored mode the next choice says who does.) */
void sched_let_others(struct run *run);

/* What is inlined here and in rt/free.h needs: ends the run, whose budget is used up; explored
 * mode's sched_step; emits BLOCK of a goroutine that waits; goes on with whoever can. */
_Noreturn void sched_over(struct run *run);
void sched_publish(struct run *run, uint32_t obj, enum touch_mode mode);
void sched_tell(struct run *run, struct goroutine *g);
void sched_give_way(struct run *run);

/* The running goroutine is about to tell of a look at obj (a step that changes nothing).
 * True: it has come back to look there from the same place `patience` times, and nothing was
 * changed by anybody since, so it goes round in circles: flag the event EVENT_IN_VAIN and,
 * after it, call sched_polled. */
bool sched_looked(struct run *run, uint32_t obj, uint32_t patience);

/* Room for n options of a choice, valid until the next call; ends the run when memory ran out. */
uint32_t *run_scratch(struct run *run, uint32_t n);

/* Asks the strategy; n >= 1.  With n = 1 answers 0 without asking. */
uint32_t run_choose(struct run *run, enum choice_kind kind, uint32_t n, const uint32_t *options);

/* Makes *event one of goroutine g (NULL: the clock) at its current place. */
static inline void event_fill(const struct run *run, struct event *event, enum event_kind kind,
                              const struct goroutine *g, uint32_t obj)
{
    memset(event, 0, sizeof *event);
    event->kind = (uint8_t)kind;
    event->flags = run->main_done ? EVENT_AFTERMATH : 0;
    event->obj = obj;
    event->time = run->now;
    if (g) {
        event->g = g->id;
        event->line = g->line;
        event->file = g->file;
        event->pc = g->pc;
    }
}

/* The same; the caller fills in the rest and emits it. */
static inline struct event event_make(const struct run *run, enum event_kind kind,
                                      const struct goroutine *g, uint32_t obj)
{
    struct event event;

    event_fill(run, &event, kind, g, obj);
    return event;
}

void event_emit(struct run *run, const struct event *event);

/* The same for what happens very often: the event is made where it will stay, in the trace, and
 * not copied; which sort it is of need not be asked.  Until it is closed no other may be made. */
static inline struct event *event_open(struct run *run, enum event_kind kind,
                                       const struct goroutine *g, uint32_t obj)
{
    struct trace *trace = run->trace;
    struct event *event = trace && trace->count < trace->cap ? &trace->events[trace->count]
                                                             : &run->untraced;

    event_fill(run, event, kind, g, obj);
    return event;
}

void event_close_step(struct run *run, const struct event *event); /* one that changes something */
void event_close_fact(struct run *run, const struct event *event);
void event_close(struct run *run, const struct event *event); /* any */

/* In a quiet run a step that changes something need not be told, only counted. */
static inline void run_count_step(struct run *run);

/* Whether that is all there is to do. */
static inline bool run_quiet_step(struct run *run)
{
    if (run->quiet)
        run_count_step(run);
    return run->quiet;
}

/* Everybody who polled in vain may look again. */
void run_forget_polls(struct run *run);

/* Appends text to the trace; 0 when there is no trace. */
uint32_t run_text(struct run *run, const char *text, size_t len);

/* Tells the watchers of a memory access. */
static inline void run_access(struct run *run, const struct access *access)
{
    for (struct watcher *w = run->access_watchers; w; w = w->next_access)
        w->access(w, run, access);
}

static inline void sched_step(struct run *run, uint32_t obj, enum touch_mode mode)
{
    if (run->explored)
        sched_publish(run, obj, mode);
    else if (__builtin_expect(run->steps >= run->last_step_allowed, 0))
        sched_over(run);
}

static inline void run_count_step(struct run *run)
{
    run->steps++;
    if (__builtin_expect(run->vain != 0 || run->npolled != 0, 0))
        run_forget_polls(run);
}

static inline void run_tick(struct run *run, uint64_t units)
{
    run->ticks += units;
    if (__builtin_expect(run->ticks > run->limits.ticks, 0))
        run_stop(run, RUN_TICKS);
}

#endif
