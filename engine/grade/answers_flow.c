/* answers_flow.c -- who ends, who closes, who learns of errors, who can be called off. */
#include "grade/answers_inside.h"

#include "grade/unread.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { UNREAD_MOST = 16 };

/* --- exit paths ------------------------------------------------------------ */

void answer_exit_paths(struct asking *a)
{
    const struct review *r = a->review;

    for (uint32_t i = 0; i < r->nstarts; i++) {
        const struct review_start *s = &r->starts[i];

        answer_goroutines(a, s->of.place);
        text_addf(&a->text, ": %" PRIu64 " started, %" PRIu64 " returned", s->started,
                  s->returned + s->exited);
        if (s->cut)
            text_addf(&a->text, ", %" PRIu64 " cut off by the end of the program", s->cut);
        if (s->going)
            text_addf(&a->text, ", %" PRIu64 " never end", s->going);
        if (s->stuck) {
            text_addf(&a->text, ", %" PRIu64 " blocked for ever, %s", s->stuck,
                      answer_wait(s->stuck_wait));
            answer_line(a, s->stuck_at);
        }
        if (s->stuck || s->going)
            answer_add(a, SIGN_RED, s->of.place, s->stuck_in.runs);
        else
            answer_add(a, s->cut && !s->returned ? SIGN_ADVICE : SIGN_FINE, s->of.place, 0);
    }
    if (r->nstarts == 0)
        answer_words(a, SIGN_FINE, "no goroutine is started");
}

/* --- channel ownership ----------------------------------------------------- */

static void chan_answer(struct asking *a, const struct review_chan *c, enum sign sign,
                        const char *words, uint64_t runs)
{
    answer_name(a, c->of, "a channel");
    text_addf(&a->text, ": %s", words);
    answer_add(a, sign, c->of.place, runs);
}

static void owned(struct asking *a, const struct review_chan *c)
{
    answer_name(a, c->of, "a channel");
    if (c->nclosers == 0)
        text_add(&a->text, ": never closed, and nobody waits for that");
    else
        text_addf(&a->text, ": closed in %" PRIu64 " of %" PRIu64 " runs", c->closed.runs,
                  a->review->runs);
    for (uint32_t k = 0; k < c->nclosers; k++) {
        if (k > 0)
            text_add(&a->text, " and");
        answer_line(a, c->closers[k]);
    }
    answer_add(a, c->nclosers > 1 ? SIGN_ADVICE : SIGN_FINE, c->of.place, 0);
}

void answer_ownership(struct asking *a)
{
    const struct review *r = a->review;

    for (uint32_t i = 0; i < r->nchans; i++) {
        const struct review_chan *c = &r->chans[i];

        if (c->again.runs)
            chan_answer(a, c, SIGN_RED,
                        "closed twice, or sent on after its close: it has more than one owner",
                        c->again.runs);
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
        answer_words(a, SIGN_FINE, "the program makes no channel");
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

    answer_name(a, e->of, "a group");
    if (e->waited_at == 0) {
        text_add(&a->text, ": nobody waits for it, so nobody learns of its errors");
        answer_add(a, SIGN_RED, e->of.place, e->seen.runs);
        return;
    }
    if (lost) {
        text_addf(&a->text, ": the error that its Wait returns%s is thrown away",
                  e->first ? "" : ", were there one,");
        answer_add(a, e->first ? SIGN_RED : SIGN_ADVICE, e->waited_at, e->first ? e->seen.runs : 0);
        return;
    }
    text_addf(&a->text, ": %" PRIu64 " failures returned by Wait", e->first);
    if (e->later)
        text_addf(&a->text, ", %" PRIu64 " more dropped: it returns the first only", e->later);
    answer_add(a, e->later ? SIGN_ADVICE : SIGN_FINE, e->of.place, 0);
}

/* What the text of the program drops, whether or not a run ever comes there. */
static void dropped_errors(struct asking *a)
{
    struct unread unread[UNREAD_MOST];
    size_t n = a->program ? unread_errors(a->program, unread, UNREAD_MOST) : 0;

    for (size_t i = 0; i < n; i++) {
        if (unread[i].call)
            text_addf(&a->text, "the error that %s returns is thrown away", unread[i].name);
        else
            text_addf(&a->text, "%s is set, and nobody looks at it", unread[i].name);
        answer_add_line(a, SIGN_ADVICE, unread[i].line);
    }
}

void answer_errors(struct asking *a)
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
        answer_add(a, e->kind == EVENT_PANIC ? SIGN_RED : SIGN_FINE, e->of.place, e->seen.runs);
    }
    for (uint32_t i = 0; i < r->nchans; i++) {
        const struct review_chan *c = &r->chans[i];
        bool about;

        answer_name(a, c->of, "a channel");
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
    dropped_errors(a);
    if (a->answers->count == before)
        answer_words(a, SIGN_FINE, "no error was dropped, and nothing panicked");
}

/* --- cancellation ---------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

/* ": lines 12, 20": where somebody waited without a done case. */
static void alone_lines(struct asking *a)
{
    const struct review *r = a->review;
    uint32_t lines[REVIEW_MOST], n = 0;

    for (uint32_t i = 0; i < r->nwaits; i++)
        if (r->waits[i].alone && r->places[r->waits[i].of.place].line)
            lines[n++] = r->places[r->waits[i].of.place].line;
    qsort(lines, n, sizeof *lines, by_number);
    for (uint32_t i = 0; i < n; i++)
        if (i == 0 || lines[i] != lines[i - 1])
            text_addf(&a->text, "%s%" PRIu32, i > 0 ? ", " : n == 1 ? ": line " : ": lines ",
                      lines[i]);
}

void answer_cancellation(struct asking *a)
{
    const struct review *r = a->review;
    uint64_t places = 0;
    bool any = false;

    for (uint32_t i = 0; i < r->nwaits; i++) {
        const struct review_wait *w = &r->waits[i];

        places += w->alone > 0;
        if (!w->stuck.runs)
            continue;
        text_addf(&a->text, "somebody is left here for ever, %s: ", answer_wait(w->kind));
        text_add(&a->text, w->alone ? "the wait has no case that can call it off"
                                    : "and no case of the select ever comes");
        answer_add(a, SIGN_RED, w->of.place, w->stuck.runs);
    }
    for (uint32_t i = 0; i < r->nheld; i++) {
        const struct review_held *h = &r->held[i];

        if (h->kind != OBJECT_CONTEXT)
            continue;
        any = true;
        answer_name(a, h->of, "a context");
        text_add(&a->text, h->stuck.runs ? ": it was cancelled, and some goroutine did not end"
                           : r->cancelled.runs ? ": after its cancel every goroutine ended"
                                               : ": no run cancels it");
        answer_add(a, h->stuck.runs ? SIGN_RED : SIGN_FINE, h->of.place, h->stuck.runs);
    }
    if (!any)
        text_add(&a->text, "nothing can be cancelled; ");
    text_addf(&a->text, "%" PRIu64 " place%s where somebody waited without a done case", places,
              places == 1 ? "" : "s");
    alone_lines(a);
    answer_add(a, SIGN_FINE, 0, 0);
}
