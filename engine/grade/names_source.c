/* names_source.c -- what a line of a learner's source calls the thing that is made there.
 *
 *     local jobs, results = chan(), chan(3)
 *           ----  -------   ====
 *     targets (left of '=')  the nth call that makes such an object: its place among the
 *                            expressions right of '=' is the place of its target
 */
#include "grade/names_source.h"

#include <ctype.h>
#include <string.h>

struct span {
    const char *at, *end;
};

static bool word_char(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static struct span trim(struct span s)
{
    while (s.at < s.end && isspace((unsigned char)*s.at))
        s.at++;
    while (s.end > s.at && isspace((unsigned char)s.end[-1]))
        s.end--;
    return s;
}

/* The line up to its comment, strings left alone. */
static struct span without_comment(const char *line, size_t len, enum language language)
{
    const char *mark = language == LANGUAGE_C ? "//" : "--";
    char quote = 0;

    for (size_t i = 0; i < len; i++) {
        if (quote) {
            if (line[i] == '\\')
                i++;
            else if (line[i] == quote)
                quote = 0;
        } else if (line[i] == '"' || line[i] == '\'') {
            quote = line[i];
        } else if (i + 1 < len && memcmp(line + i, mark, 2) == 0) {
            len = i;
        }
    }
    return (struct span){line, line + len};
}

/* The next whole word `word` in s at or after from that is followed by '(' or '{', with blanks
 * or without; NULL: none. */
static const char *find_call(struct span s, const char *from, const char *word)
{
    size_t n = strlen(word);

    for (const char *p = from; p + n <= s.end; p++) {
        const char *after = p + n;

        if (memcmp(p, word, n) != 0 || (p > s.at && word_char(p[-1])))
            continue;
        while (after < s.end && isspace((unsigned char)*after))
            after++;
        if (after < s.end && (*after == '(' || *after == '{')) /* sync.Pool{new = f} */
            return p;
    }
    return NULL;
}

static const char *const chan_calls[] = {"chan", "go_chan", "go_chan_named", NULL};
static const char *const mutex_calls[] = {"Mutex", NULL};
static const char *const wg_calls[] = {"WaitGroup", NULL};
static const char *const timer_calls[] = {"after", "go_after", NULL};
static const char *const ticker_calls[] = {"ticker", "go_ticker", NULL};
static const char *const root_calls[] = {"background", "ctx_background", NULL};
static const char *const context_calls[] = {
    "with_cancel", "with_timeout", "with_deadline", "ctx_with_cancel", "ctx_with_timeout",
    "ctx_with_deadline", "with_context", "group_with_context", NULL,
};

static const char *const rw_calls[] = {"RWMutex", NULL};
static const char *const once_calls[] = {"Once", NULL};
static const char *const cond_calls[] = {"Cond", NULL};
static const char *const semaphore_calls[] = {"weighted", "go_sema", NULL};
static const char *const atomic_calls[] = {
    "Int", "Int32", "Int64", "Uint32", "Uint64", "Bool", "Pointer", "Value", NULL,
};
static const char *const pool_calls[] = {"Pool", NULL};
static const char *const map_calls[] = {"Map", NULL};
static const char *const group_calls[] = {"group", "with_context", NULL};
static const char *const limiter_calls[] = {"limiter", "go_limit", NULL};

static const char *const *calls_of(enum object_kind kind, bool root)
{
    switch (kind) {
    case OBJECT_CHAN: return chan_calls;
    case OBJECT_MUTEX: return mutex_calls;
    case OBJECT_WAITGROUP: return wg_calls;
    case OBJECT_TIMER: return timer_calls;
    case OBJECT_TICKER: return ticker_calls;
    case OBJECT_RWMUTEX: return rw_calls;
    case OBJECT_ONCE: return once_calls;
    case OBJECT_COND: return cond_calls;
    case OBJECT_SEMAPHORE: return semaphore_calls;
    case OBJECT_ATOMIC: return atomic_calls;
    case OBJECT_POOL: return pool_calls;
    case OBJECT_MAP: return map_calls;
    case OBJECT_GROUP:
    case OBJECT_FLIGHT: return group_calls;
    case OBJECT_LIMITER: return limiter_calls;
    case OBJECT_CONTEXT: return root ? root_calls : context_calls;
    default: return NULL;
    }
}

/* What the functions of C begin with that make such an object at its first use. */
static const struct {
    enum object_kind kind;
    const char *prefix;
} first_uses[] = {
    {OBJECT_MUTEX, "mu_"},    {OBJECT_WAITGROUP, "wg_"}, {OBJECT_RWMUTEX, "rw_"},
    {OBJECT_ONCE, "once_"},   {OBJECT_COND, "cv_"},      {OBJECT_POOL, "go_pool_"},
    {OBJECT_MAP, "go_map_"},  {OBJECT_GROUP, "group_"},  {OBJECT_FLIGHT, "go_flight_"},
    {OBJECT_ATOMIC, "a64_"},  {OBJECT_ATOMIC, "a32_"},   {OBJECT_ATOMIC, "au64_"},
    {OBJECT_ATOMIC, "au32_"}, {OBJECT_ATOMIC, "abool_"}, {OBJECT_ATOMIC, "aptr_"},
    {OBJECT_ATOMIC, "aval_"},
};

/* The nth call of any of the words. */
static const char *nth_call(struct span s, const char *const *words, uint32_t nth)
{
    const char *from = s.at, *best = NULL;

    for (uint32_t i = 0; i <= nth; i++) {
        best = NULL;
        for (const char *const *word = words; *word; word++) {
            const char *at = find_call(s, from, *word);

            if (at && (!best || at < best))
                best = at;
        }
        if (!best)
            return NULL;
        from = best + 1;
    }
    return best;
}

/* The last component of `p->jobs`, `self.jobs`, `outs[i]`, `&c->mu`, `struct chan *jobs`,
 * `local jobs <const>`; false: no name in it. */
static bool last_name(struct span s, char *name, size_t size)
{
    const char *at, *end;
    int depth = 0;

    s = trim(s);
    while (s.end > s.at) { /* what follows the name: an index, an attribute */
        char c = s.end[-1];

        if (c == ']' || c == '>' || c == ')')
            depth++;
        else if (c == '[' || c == '<' || c == '(')
            depth--;
        else if (depth == 0 && word_char(c))
            break;
        s.end--;
    }
    end = s.end;
    for (at = end; at > s.at && word_char(at[-1]); at--)
        ;
    if (at == end || isdigit((unsigned char)*at))
        return false;
    if ((size_t)(end - at) >= size)
        end = at + size - 1;
    memcpy(name, at, (size_t)(end - at));
    name[end - at] = '\0';
    return true;
}

/* The '=' of an assignment that governs `at`: the last one before it at its own depth of
 * brackets; NULL: none.  *nth is set to the number of commas between them at that depth. */
static const char *assignment_of(struct span s, const char *at, uint32_t *nth)
{
    int depth = 0;

    *nth = 0;
    for (const char *p = at - 1; p >= s.at; p--) {
        if (*p == ')' || *p == '}' || *p == ']') {
            depth++;
        } else if (*p == '(' || *p == '{' || *p == '[') {
            if (--depth < 0)
                return NULL;
        } else if (depth == 0 && *p == ',') {
            ++*nth;
        } else if (depth == 0 && *p == ';') {
            return NULL;
        } else if (depth == 0 && *p == '=' && p > s.at && !strchr("=<>!~", p[-1]) && p[1] != '=') {
            return p;
        }
    }
    return NULL;
}

/* The nth of the targets that end at `end`, counted from the first.  After another '=', as among
 * the fields of a table, there is one: the last. */
static struct span target(struct span s, const char *end, uint32_t nth)
{
    const char *starts[8];
    uint32_t count = 1;
    int depth = 0;
    const char *from = end;

    while (from > s.at) {
        char c = from[-1];

        if (c == ')' || c == ']')
            depth++;
        else if (c == '(' || c == '[')
            depth--;
        if (depth < 0 || c == '{' || c == ';' || c == '=')
            break;
        from--;
    }
    starts[0] = from;
    for (const char *p = from; p < end && count < 8; p++)
        if (*p == ',')
            starts[count++] = p + 1;
    if (from > s.at && from[-1] == '=')
        nth = count - 1;
    if (nth >= count)
        return (struct span){end, end};
    return (struct span){starts[nth], nth + 1 < count ? starts[nth + 1] - 1 : end};
}

/* The first argument of the nth call of a word that begins with prefix: `wg_add(&p->wg, 1)`. */
static bool first_argument(struct span s, const char *prefix, uint32_t nth, char *name, size_t size)
{
    size_t n = strlen(prefix);

    for (const char *p = s.at; p + n < s.end; p++) {
        const char *open = p + n, *end;
        int depth = 0;

        if (memcmp(p, prefix, n) != 0 || (p > s.at && word_char(p[-1])))
            continue;
        while (open < s.end && word_char(*open))
            open++;
        if (open == s.end || *open != '(' || nth-- > 0)
            continue;
        for (end = open + 1; end < s.end && (depth > 0 || (*end != ',' && *end != ')')); end++)
            depth += (*end == '(') - (*end == ')');
        return last_name((struct span){open + 1, end}, name, size);
    }
    return false;
}

static bool first_use(struct span s, enum object_kind kind, uint32_t nth, char *name, size_t size)
{
    for (size_t i = 0; i < sizeof first_uses / sizeof *first_uses; i++)
        if (first_uses[i].kind == kind && first_argument(s, first_uses[i].prefix, nth, name, size))
            return true;
    return false;
}

bool names_source_object(const char *line, size_t len, enum language language,
                         enum object_kind kind, bool root, uint32_t nth, char *name, size_t size)
{
    struct span s = without_comment(line, len, language);
    const char *const *words = calls_of(kind, root);
    const char *call = words ? nth_call(s, words, nth) : NULL;
    const char *equals;
    uint32_t place;

    if (!call)
        return language == LANGUAGE_C && first_use(s, kind, nth, name, size);
    equals = assignment_of(s, call, &place);
    if (!equals)
        return false;
    if (language == LANGUAGE_C) { /* `a = f(), b = g()`: each '=' has one target, the nearest */
        const char *from = equals;

        while (from > s.at && !strchr(",;{(=", from[-1]))
            from--;
        return last_name((struct span){from, equals}, name, size);
    }
    if (kind == OBJECT_CONTEXT && strncmp(call, "with_context", strlen("with_context")) == 0)
        place++; /* local g, ctx = errgroup.with_context(parent) */
    return last_name(target(s, equals, place), name, size);
}

bool names_source_function(const char *line, size_t len, enum language language, uint32_t nth,
                           char *name, size_t size)
{
    static const char *const words[] = {"go", NULL};
    struct span s = without_comment(line, len, language);
    const char *call = nth_call(s, words, nth);
    const char *open, *end;

    /* `go.go(worker)` counts as one */
    if (!call)
        return false;
    open = memchr(call, '(', (size_t)(s.end - call));
    for (end = open + 1; end < s.end && *end != ',' && *end != ')' && *end != '('; end++)
        ;
    if (!last_name((struct span){open + 1, end}, name, size))
        return false;
    return strcmp(name, "function") != 0;
}
