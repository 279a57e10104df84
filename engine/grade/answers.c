/* answers.c -- the eight questions of a code review, answered from what all runs did.
 *
 * One function a question.  What has no line in the run that is shown is called by its kind.
 */
#include "grade/answers.h"

#include "grade/words.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *title, *asked;
} questions[] = {
#define X(name, title, asked) {title, asked},
    QUESTIONS(X)
#undef X
};

const char *question_title(enum question question)
{
    return questions[question].title;
}

const char *question_asked(enum question question)
{
    return questions[question].asked;
}

const char *sign_word(enum sign sign)
{
    static const char *const words[SIGN_COUNT] = {"red flag", "advice", "fine"};

    return words[sign];
}

/* Answers being collected. */
struct asking {
    struct answers *answers;
    const struct review *review;
    const struct trace *trace;     /* of the run that is shown */
    const struct names *names;
    const struct program *program; /* may be NULL */
    enum question question;
    struct text text;              /* of the answer being made */
    bool failed;
};

/* Ends the answer in a->text. */
static void add(struct asking *a, enum sign sign, uint32_t place, uint64_t runs)
{
    struct answers *answers = a->answers;
    struct answer *more = realloc(answers->at, (answers->count + 1) * sizeof *more);

    if (!more) {
        a->failed = true;
        text_clear(&a->text);
        return;
    }
    answers->at = more;
    more[answers->count++] = (struct answer){a->question, sign, a->review->places[place].line,
                                             runs, strdup(text_string(&a->text))};
    text_clear(&a->text);
}

static void add_words(struct asking *a, enum sign sign, const char *words)
{
    text_add(&a->text, words);
    add(a, sign, 0, 0);
}

/* --- names ---------------------------------------------------------------- */

static bool is_at(const struct asking *a, const struct event *event, uint32_t place)
{
    const struct review_place *p = &a->review->places[place];

    return place && (p->pc ? event->pc == p->pc : event->line == p->line);
}

/* "worker" for those started at a place. */
static void goroutines_name(struct asking *a, uint32_t place)
{
    const char *words = "a goroutine";
    size_t len;

    for (uint32_t i = 0; a->names && i < a->trace->count; i++) {
        const struct event *event = &a->trace->events[i];

        if (event->kind == EVENT_GO && is_at(a, event, place)) {
            words = names_goroutine(a->names, event->other);
            break;
        }
    }
    len = strlen(words);
    while (len > 0 && isdigit((unsigned char)words[len - 1]))
        len--;
    if (len > 1 && words[len] && words[len - 1] == ' ' && strncmp(words, "goroutine ", len) != 0)
        text_add_n(&a->text, words, len - 1);
    else
        text_add(&a->text, words);
}

static void name(struct asking *a, struct review_object of, const char *otherwise)
{
    for (uint32_t i = 0, n = 0; a->names && i < a->trace->count; i++) {
        const struct event *event = &a->trace->events[i];

        if (event->kind == EVENT_MAKE && is_at(a, event, of.place) && n++ == of.ordinal) {
            text_add(&a->text, names_object(a->names, event->obj));
            return;
        }
    }
    text_add(&a->text, otherwise);
}

static void line(struct asking *a, uint32_t place)
{
    if (a->review->places[place].line)
        text_addf(&a->text, " at line %" PRIu32, a->review->places[place].line);
}

static const char *wait_words(uint32_t wait)
{
    switch (wait) {
    case WAIT_SEND: case WAIT_NIL_SEND: return "sending";
    case WAIT_RECV: case WAIT_NIL_RECV: return "receiving";
    case WAIT_SELECT: case WAIT_EMPTY_SELECT: return "in its select";
    case WAIT_LOCK: case WAIT_RLOCK: case WAIT_READERS: return "at a lock";
    case WAIT_WG: return "at a Wait";
    case WAIT_COND: return "at a Cond";
    default: return "waiting";
    }
}

/* --- exit paths ------------------------------------------------------------ */

static void exit_paths(struct asking *a)
{
    const struct review *r = a->review;

    for (uint32_t i = 0; i < r->nstarts; i++) {
        const struct review_start *s = &r->starts[i];

        goroutines_name(a, s->of.place);
        text_addf(&a->text, ": %" PRIu64 " started, %" PRIu64 " returned", s->started,
                  s->returned + s->exited);
        if (s->cut)
            text_addf(&a->text, ", %" PRIu64 " cut off by the end of the program", s->cut);
        if (s->going)
            text_addf(&a->text, ", %" PRIu64 " never end", s->going);
        if (s->stuck) {
            text_addf(&a->text, ", %" PRIu64 " blocked for ever, %s", s->stuck,
                      wait_words(s->stuck_wait));
            line(a, s->stuck_at);
        }
        if (s->stuck || s->going)
            add(a, SIGN_RED, s->of.place, s->stuck_in.runs);
        else
            add(a, s->cut && !s->returned ? SIGN_ADVICE : SIGN_FINE, s->of.place, 0);
    }
    if (r->nstarts == 0)
        add_words(a, SIGN_FINE, "no goroutine is started");
}

/* --- channel ownership ----------------------------------------------------- */

static void chan_answer(struct asking *a, const struct review_chan *c, enum sign sign,
                        const char *words, uint64_t runs)
{
    name(a, c->of, "a channel");
    text_addf(&a->text, ": %s", words);
    add(a, sign, c->of.place, runs);
}

static void owned(struct asking *a, const struct review_chan *c)
{
    name(a, c->of, "a channel");
    if (c->nclosers == 0)
        text_add(&a->text, ": never closed, and nobody waits for that");
    else
        text_addf(&a->text, ": closed in %" PRIu64 " of %" PRIu64 " runs", c->closed.runs,
                  a->review->runs);
    for (uint32_t k = 0; k < c->nclosers; k++) {
        if (k > 0)
            text_add(&a->text, " and");
        line(a, c->closers[k]);
    }
    add(a, c->nclosers > 1 ? SIGN_ADVICE : SIGN_FINE, c->of.place, 0);
}

static void ownership(struct asking *a)
{
    const struct review *r = a->review;

    for (uint32_t i = 0; i < r->nchans; i++) {
        const struct review_chan *c = &r->chans[i];

        if (c->again.runs)
            chan_answer(a, c, SIGN_RED, "closed twice, or sent on after its close: it has more than "
                                        "one owner", c->again.runs);
        if (c->awaited.runs)
            chan_answer(a, c, SIGN_RED, "somebody receives from it for ever, and nobody closes it",
                        c->awaited.runs);
        if (c->by_receiver.runs)
            chan_answer(a, c, SIGN_ADVICE, "closed by who receives from it: let its sender do that",
                        c->by_receiver.runs);
        if (!c->again.runs && !c->awaited.runs)
            owned(a, c);
    }
    if (r->nchans == 0)
        add_words(a, SIGN_FINE, "the program makes no channel");
}

/* --- error handling -------------------------------------------------------- */

/* Whether the line is nothing but a call of a wait, whose value is lost. */
static bool discards(const struct asking *a, uint32_t place)
{
    size_t len, i = 0;
    const char *at;

    if (!a->program || !a->review->places[place].line)
        return false;
    at = program_line(a->program, a->review->places[place].line, &len);
    while (i < len && isspace((unsigned char)at[i]))
        i++;
    for (; i < len && at[i] != '('; i++)
        if (!isalnum((unsigned char)at[i]) && !strchr("_.:->", at[i]))
            return false;
    return i >= 4 && i < len && strncmp(at + i - 4, "wait", 4) == 0;
}

static void group_errors(struct asking *a, const struct review_error *e)
{
    bool lost = discards(a, e->waited_at);

    name(a, e->of, "a group");
    if (e->waited_at == 0) {
        text_add(&a->text, ": nobody waits for it, so nobody learns of its errors");
        add(a, SIGN_RED, e->of.place, e->seen.runs);
        return;
    }
    if (lost) {
        text_addf(&a->text, ": the error that its Wait returns%s is thrown away",
                  e->first ? "" : ", were there one,");
        add(a, e->first ? SIGN_RED : SIGN_ADVICE, e->waited_at, e->first ? e->seen.runs : 0);
        return;
    }
    text_addf(&a->text, ": %" PRIu64 " failures returned by Wait", e->first);
    if (e->later)
        text_addf(&a->text, ", %" PRIu64 " more dropped: it returns the first only", e->later);
    add(a, e->later ? SIGN_ADVICE : SIGN_FINE, e->of.place, 0);
}

static void errors(struct asking *a)
{
    const struct review *r = a->review;
    size_t before = a->answers->count;

    for (uint32_t i = 0; i < r->nerrors; i++) {
        const struct review_error *e = &r->errors[i];

        if (e->kind == EVENT_ERROR) {
            group_errors(a, e);
            continue;
        }
        text_add(&a->text, e->kind == EVENT_PANIC ? "a panic that nobody recovers"
                                                  : "a panic is recovered");
        add(a, e->kind == EVENT_PANIC ? SIGN_RED : SIGN_FINE, e->of.place, e->seen.runs);
    }
    for (uint32_t i = 0; i < r->nchans; i++) {
        const struct review_chan *c = &r->chans[i];
        bool about;

        name(a, c->of, "a channel");
        about = strstr(text_string(&a->text), "err") != NULL;
        text_clear(&a->text);
        if (about && c->full.runs)
            chan_answer(a, c, SIGN_RED, "who sends an error stands there for ever: nobody reads it",
                        c->full.runs);
        if (c->left.runs)
            chan_answer(a, c, about ? SIGN_RED : SIGN_FINE,
                        about ? "errors were sent, and nobody ever looked at them"
                              : "what was sent lay in it at the end, and nobody received it",
                        c->left.runs);
    }
    if (a->answers->count == before)
        add_words(a, SIGN_FINE, "no error was dropped, and nothing panicked");
}

/* --- cancellation ---------------------------------------------------------- */

static void cancellation(struct asking *a)
{
    const struct review *r = a->review;
    uint64_t places = 0;
    bool any = false;

    for (uint32_t i = 0; i < r->nwaits; i++) {
        const struct review_wait *w = &r->waits[i];

        places += w->alone > 0;
        if (!w->stuck.runs)
            continue;
        text_addf(&a->text, "somebody is left here for ever, %s: ", wait_words(w->kind));
        text_add(&a->text, w->alone ? "the wait has no case that can call it off"
                                    : "and no case of the select ever comes");
        add(a, SIGN_RED, w->of.place, w->stuck.runs);
    }
    for (uint32_t i = 0; i < r->nheld; i++) {
        const struct review_held *h = &r->held[i];

        if (h->kind != OBJECT_CONTEXT)
            continue;
        any = true;
        name(a, h->of, "a context");
        text_add(&a->text, h->stuck.runs ? ": it was cancelled, and some goroutine did not end"
                           : r->cancelled.runs ? ": after its cancel every goroutine ended"
                                               : ": no run cancels it");
        add(a, h->stuck.runs ? SIGN_RED : SIGN_FINE, h->of.place, h->stuck.runs);
    }
    if (!any)
        text_add(&a->text, "nothing can be cancelled; ");
    text_addf(&a->text, "%" PRIu64 " place%s where somebody waited without a done case", places,
              places == 1 ? "" : "s");
    add(a, SIGN_FINE, 0, 0);
}

/* --- cleanup --------------------------------------------------------------- */

static void held(struct asking *a, const struct review_held *h)
{
    bool context = h->kind == OBJECT_CONTEXT;

    name(a, h->of, context ? "a context" : "a ticker");
    if (h->live.runs) {
        text_add(&a->text, context ? ": still live when main returned, and nobody calls its cancel"
                                   : ": still ticking when main returned: stop it, by defer");
        add(a, context ? SIGN_RED : SIGN_ADVICE, h->of.place, h->live.runs);
    } else if (h->unpaid.runs) {
        text_add(&a->text, ": over by itself, and its cancel was never called; go vet calls this a "
                           "lost cancel: defer it");
        add(a, SIGN_ADVICE, h->of.place, h->unpaid.runs);
    } else {
        text_add(&a->text, context ? ": cancelled" : ": stopped");
        text_addf(&a->text, ", %" PRIu64 " of %" PRIu64, h->released, h->made);
        add(a, SIGN_FINE, h->of.place, 0);
    }
}

/* One that is left now and then is nothing; a loop that leaves one each time is.  All that are made
 * at one place are told with the first. */
static void timers(struct asking *a, const struct review_held *first)
{
    const struct review *r = a->review;
    uint64_t left = 0, runs = 0;

    if (first->of.ordinal > 0)
        return;
    for (uint32_t i = 0; i < r->nheld; i++)
        if (r->held[i].kind == OBJECT_TIMER && r->held[i].of.place == first->of.place) {
            left += r->held[i].live.runs > 0;
            if (r->held[i].live.runs > runs)
                runs = r->held[i].live.runs;
        }
    name(a, first->of, "a timer");
    if (left > 1)
        text_add(&a->text, ": several were still running when main returned: each goes on until its "
                           "time is up; make one before the loop, Reset it, and Stop it by defer");
    else if (left)
        text_add(&a->text, ": still running when main returned; Stop lets it go at once");
    else
        text_add(&a->text, ": fired or stopped");
    add(a, left > 1 ? SIGN_ADVICE : SIGN_FINE, first->of.place, runs);
}

static void cleanup(struct asking *a)
{
    const struct review *r = a->review;

    for (uint32_t i = 0; i < r->nheld; i++)
        if (r->held[i].kind == OBJECT_TIMER)
            timers(a, &r->held[i]);
        else
            held(a, &r->held[i]);
    for (uint32_t i = 0; i < r->nlocks; i++) {
        const struct review_lock *l = &r->locks[i];

        name(a, l->of, "a lock");
        text_addf(&a->text, l->kept.runs ? ": still locked when all was over"
                                         : ": unlocked at the end");
        add(a, l->kept.runs ? SIGN_RED : SIGN_FINE, l->of.place, l->kept.runs);
    }
    if (r->nheld == 0 && r->nlocks == 0)
        add_words(a, SIGN_FINE, "there is no context, timer or lock to clean up");
}

/* --- lock order ------------------------------------------------------------ */

static bool same(const struct review_object *x, const struct review_object *y)
{
    return x->place == y->place && x->ordinal == y->ordinal;
}

/* Two orders that can meet: not both of one goroutine, and not under one more lock (Havelund,
 * "Using runtime analysis to guide model checking of Java programs", SPIN 2000: its gate locks). */
static bool can_meet(const struct review_order *x, const struct review_order *y)
{
    return !(x->g && x->g == y->g) && !(x->gate.place && same(&x->gate, &y->gate));
}

/* Whether from `at` a chain of orders leads back to `to`; path[0..n-1] are taken already. */
static bool leads_back(const struct review *r, const struct review_order **path, uint32_t n,
                       uint32_t most)
{
    const struct review_order *last = path[n - 1];

    for (uint32_t i = 0; i < r->norders; i++) {
        const struct review_order *next = &r->orders[i];
        bool fits = same(&last->second, &next->first);

        for (uint32_t k = 0; k < n && fits; k++)
            fits = can_meet(path[k], next) && !same(&path[k]->first, &next->first);
        if (!fits)
            continue;
        path[n] = next;
        if (same(&next->second, &path[0]->first) || (n + 1 < most && leads_back(r, path, n + 1, most)))
            return true;
    }
    return false;
}

enum { CYCLE_MOST = 8 };

/* A cycle is told once: from the first of its orders in the table. */
static void cycle(struct asking *a, uint32_t from)
{
    const struct review *r = a->review;
    const struct review_order *path[CYCLE_MOST + 1] = {&r->orders[from]};
    uint32_t n = 1;

    while (n < CYCLE_MOST && !leads_back(r, path, 1, n + 1))
        n++;
    if (n == CYCLE_MOST)
        return;
    for (uint32_t k = 1; k <= n; k++)
        if (path[k] < path[0])
            return;
    for (uint32_t k = 0; k <= n; k++) {
        text_add(&a->text, k ? "; " : "");
        name(a, path[k]->second, "a lock");
        text_add(&a->text, " is locked");
        line(a, path[k]->place);
        text_add(&a->text, " with ");
        name(a, path[k]->first, "a lock");
        text_add(&a->text, " held");
    }
    text_add(&a->text, ": a circle that can deadlock");
    add(a, SIGN_RED, path[0]->place, path[0]->seen.runs);
}

static void held_long(struct asking *a, const struct review_lock *l)
{
    if (l->waited.runs) {
        name(a, l->of, "a lock");
        text_add(&a->text, " is held while its goroutine waits for something else");
        add(a, SIGN_ADVICE, l->waited_at, l->waited.runs);
    }
    if (l->longest > 0) {
        name(a, l->of, "a lock");
        text_add(&a->text, " is held for ");
        words_duration(&a->text, l->longest);
        text_add(&a->text, " of virtual time: nobody else gets in meanwhile");
        add(a, SIGN_ADVICE, l->longest_at, 0);
    }
}

static void lock_order(struct asking *a)
{
    const struct review *r = a->review;
    size_t before = a->answers->count;

    for (uint32_t i = 0; i < r->norders; i++)
        cycle(a, i);
    for (uint32_t i = 0; i < r->nlocks; i++)
        held_long(a, &r->locks[i]);
    if (a->answers->count == before)
        add_words(a, SIGN_FINE, r->nlocks == 0    ? "there is no lock"
                                : r->norders == 0 ? "nobody holds two locks at once"
                                                  : "two locks are always taken in one order");
}

/* --- copy safety ----------------------------------------------------------- */

static void copies(struct asking *a)
{
    const struct review *r = a->review;

    if (r->copied) {
        text_add(&a->text, "a copy of a lock or WaitGroup that was in use is used here");
        add(a, SIGN_RED, r->copied, r->copied_in.runs);
        return;
    }
    if (a->program && a->program->language == LANGUAGE_LUA)
        add_words(a, SIGN_FINE, "tables are handed on by reference: nothing is copied");
    else
        add_words(a, SIGN_FINE, "every lock and WaitGroup was used where it was first used");
}

/* --- buffer sizing --------------------------------------------------------- */

/* "; with 0 a deadlock (run 3), with 1 passed (12 runs)".  Whether it passes without a buffer. */
static bool smaller_sizes(struct asking *a, const struct review_chan *c)
{
    bool none = false, first = true;

    for (int k = 0; k < REVIEW_SIZES; k++) {
        const struct review_size *size = &c->sizes[k];
        const char *runs = size->complete ? "all interleavings" : "sampled";

        if (size->runs == 0)
            continue;
        text_addf(&a->text, "%s with %" PRId64 " ", first ? "; checked again," : ",", size->capacity);
        if (size->fault)
            text_addf(&a->text, "%s in run %" PRIu64,
                      verdict_word(verdict_of_finding((enum finding_kind)size->fault)), size->runs);
        else
            text_addf(&a->text, "passed (%" PRIu64 " run%s, %s)", size->runs,
                      size->runs == 1 ? "" : "s", runs);
        none |= size->capacity == 0 && !size->fault;
        first = false;
    }
    return none;
}

static void buffers(struct asking *a)
{
    const struct review *r = a->review;
    size_t before = a->answers->count;

    for (uint32_t i = 0; i < r->nchans; i++) {
        const struct review_chan *c = &r->chans[i];
        bool none;

        if (c->capacity <= 0)
            continue;
        name(a, c->of, "a channel");
        text_addf(&a->text, ": capacity %" PRId64 ", at most %" PRId64 " in it", c->capacity, c->fill);
        if (c->full.runs) {
            text_add(&a->text, "; when it is full its sender stands there for ever");
            add(a, SIGN_RED, c->of.place, c->full.runs);
            continue;
        }
        if (c->fill < c->capacity)
            text_addf(&a->text, ": with %" PRId64 " every run would have been the same", c->fill);
        else
            text_add(&a->text, ": with less a sender would have waited");
        none = smaller_sizes(a, c);
        if (none)
            text_add(&a->text, ": the buffer is for speed only");
        add(a, none || c->fill < c->capacity ? SIGN_ADVICE : SIGN_FINE, c->of.place, 0);
    }
    if (a->answers->count == before)
        add_words(a, SIGN_FINE, "no channel has a buffer");
}

/* --- the whole ------------------------------------------------------------- */

static int by_gravity(const void *a, const void *b)
{
    const struct answer *x = a, *y = b;

    if (x->question != y->question)
        return x->question < y->question ? -1 : 1;
    if (x->sign != y->sign)
        return x->sign < y->sign ? -1 : 1;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return strcmp(x->text ? x->text : "", y->text ? y->text : "");
}

bool answers_init(struct answers *answers, const struct result *result,
                  const struct program *program)
{
    static void (*const ask[QUESTION_COUNT])(struct asking *a) = {
        exit_paths, ownership, errors, cancellation, cleanup, lock_order, copies, buffers};
    struct asking a = {.answers = answers, .review = result->review, .trace = result->trace,
                       .program = program};
    struct names *names = result->trace ? names_new(result->trace, program) : NULL;

    *answers = (struct answers){0};
    a.names = names;
    for (int q = 0; q < QUESTION_COUNT; q++) {
        a.question = (enum question)q;
        ask[q](&a);
        answers->sign[q] = SIGN_FINE;
    }
    qsort(answers->at, answers->count, sizeof *answers->at, by_gravity);
    for (size_t i = 0; i < answers->count; i++)
        if (answers->at[i].sign < answers->sign[answers->at[i].question])
            answers->sign[answers->at[i].question] = answers->at[i].sign;
    text_release(&a.text);
    names_free(names);
    return !a.failed;
}

void answers_release(struct answers *answers)
{
    for (size_t i = 0; i < answers->count; i++)
        free(answers->at[i].text);
    free(answers->at);
    *answers = (struct answers){0};
}
