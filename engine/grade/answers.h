/* answers.h -- the eight questions of a code review, answered from what all runs did.
 *
 * An answer says one thing, with its evidence: the line, and in how many runs it was seen so.
 */
#ifndef BRAID_GRADE_ANSWERS_H
#define BRAID_GRADE_ANSWERS_H

#include "grade/names.h"
#include "grade/result.h"

/* X(NAME, title, what is asked) */
#define QUESTIONS(X)                                                                            \
    X(EXIT, "exit paths", "how does every goroutine end?")                                      \
    X(OWNERSHIP, "channel ownership", "who closes each channel, and does only one?")            \
    X(ERRORS, "error handling", "does somebody look at every error?")                           \
    X(CANCEL, "cancellation", "does every goroutine end after cancel?")                         \
    X(CLEANUP, "cleanup", "are contexts cancelled, tickers stopped, locks given back?")         \
    X(LOCKS, "lock order", "are locks taken in one order, and held for short?")                 \
    X(COPY, "copy safety", "is a lock or a WaitGroup copied after its first use?")              \
    X(BUFFERS, "buffer sizing", "does each buffer need its size?")

enum question {
#define X(name, title, asked) QUESTION_##name,
    QUESTIONS(X)
#undef X
    QUESTION_COUNT
};

enum sign { SIGN_RED, SIGN_ADVICE, SIGN_FINE, SIGN_COUNT };

struct answer {
    enum question question;
    enum sign sign;
    uint32_t line;  /* 0: none */
    uint64_t runs;  /* in which it was seen; 0: it is not about runs */
    char *text;     /* without its line and its runs */
};

struct answers {
    struct answer *at; /* by question, the gravest first */
    size_t count;
    enum sign sign[QUESTION_COUNT]; /* the gravest of each */
};

const char *question_title(enum question question);
const char *question_asked(enum question question);

/* "red flag", "advice", "fine". */
const char *sign_word(enum sign sign);

/* result->review must be there.  false: out of memory. */
bool answers_init(struct answers *answers, const struct result *result,
                  const struct program *program);
void answers_release(struct answers *answers);

#endif
