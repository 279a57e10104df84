/* unread.c -- errors that a program's text drops.
 *
 * What is an error follows from where it comes from: a function of the vocabulary, one of the
 * program's own that returns one, a channel on which one is sent.  What holds one is a variable
 * that was given one; which functions return one is found by going round until no more are.
 */
#include "grade/unread.h"

#include "grade/tokens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { OWN_MOST = 64, CHANNELS_MOST = 32, ROUNDS = 4 };

/* One of the program's functions, by the token of its name where it is defined. */
struct own {
    size_t name;
    size_t which; /* of its values is an error, from 1; 0: none */
};

struct reading {
    struct tokens tokens;
    struct own own[OWN_MOST];
    size_t nown;
    size_t channels[CHANNELS_MOST]; /* names of channels on which errors are sent */
    size_t nchannels;
    struct unread *out;
    size_t found, most;
};

/* A call whose value number `which` is an error. */
struct call {
    size_t start, name, end; /* its first token, the function's name, the token after it */
    size_t which;
    bool waits;              /* a group's Wait: what becomes of that is seen in runs */
};

static bool is(const struct reading *r, size_t i, const char *word)
{
    return tokens_is(&r->tokens, i, word);
}

static bool is_name(const struct reading *r, size_t i)
{
    return tokens_is_name(&r->tokens, i);
}

static const struct token *token(const struct reading *r, size_t i)
{
    return &r->tokens.at[i];
}

/* A name that says it is an error: err, errs[i], ErrFull. */
static bool says_error(const struct reading *r, size_t i)
{
    return is_name(r, i) && token(r, i)->len >= 3 && strncasecmp(token(r, i)->at, "err", 3) == 0 &&
           !is(r, i, "error") && !is(r, i, "errors");
}

/* A name that is no field, method or function of something else. */
static bool stands_alone(const struct reading *r, size_t i)
{
    return is_name(r, i) &&
           !(i > 0 && (is(r, i - 1, ".") || is(r, i - 1, "->") || is(r, i - 1, ":")));
}

/* Whether the name is given a value here, alone or among several. */
static bool is_target(const struct reading *r, size_t i)
{
    while (r->tokens.lua && is(r, i + 1, ",") && is_name(r, i + 2))
        i += 2;
    return is(r, i + 1, "=");
}

/* --- calls that give errors -------------------------------------------------- */

/* What the vocabulary returns.  of: the package, or what made the object. */
static const struct {
    const char *of, *name;
    size_t which;
} lua_calls[] = {
    {"errors", "new", 1},          {"errors", "wrap", 1},       {"errors", "join", 1},
    {"errors", "unwrap", 1},       {"fmt", "errorf", 1},        {"context", "cause", 1},
    {"net", "listen", 2},          {"net", "dial", 2},
}, lua_methods[] = {
    {"errgroup", "wait", 1},       {"singleflight", "call", 2}, {"listen", "accept", 2},
    {"limiter", "wait", 1},        {"with_cancel", "err", 1},   {"with_timeout", "err", 1},
    {"with_deadline", "err", 1},
};

static const char *const c_calls[] = {"group_wait", "limit_wait", "net_write", "ctx_err",
                                      "ctx_cause",  "err_new",    "err_wrap",  "err_unwrap", NULL};

/* Functions whose last argument is where they put an error. */
static const char *const c_fills[] = {"net_listen", "net_accept", "net_dial", "net_read",
                                      "net_get",    "once_values", NULL};

static size_t own_error(const struct reading *r, size_t i)
{
    for (size_t k = 0; k < r->nown; k++)
        if (tokens_same(&r->tokens, r->own[k].name, i))
            return r->own[k].name == i ? 0 : r->own[k].which;
    return 0;
}

static bool holds_channel(const struct reading *r, size_t i)
{
    for (size_t k = 0; k < r->nchannels; k++)
        if (tokens_same(&r->tokens, r->channels[k], i))
            return true;
    return false;
}

/* Whether the variable at i was made by a call in which the word is: `g = errgroup.group()`. */
static bool is_made_by(const struct reading *r, size_t i, const char *word)
{
    for (size_t k = 0; k < i; k++) {
        size_t at = k + 1;

        if (!tokens_same(&r->tokens, k, i) || !is_target(r, k))
            continue;
        while (at < i && !is(r, at, "="))
            at++;
        if (is(r, at + 1, word) || (is(r, at + 2, ".") && is(r, at + 3, word)))
            return true;
    }
    return false;
}

static size_t method_error(const struct reading *r, size_t object, size_t name)
{
    if (is(r, name, "recv") && holds_channel(r, object))
        return 1;
    for (size_t k = 0; k < sizeof lua_methods / sizeof *lua_methods; k++)
        if (is(r, name, lua_methods[k].name) && is_made_by(r, object, lua_methods[k].of))
            return lua_methods[k].which;
    return 0;
}

static size_t package_error(const struct reading *r, size_t package, size_t name)
{
    for (size_t k = 0; k < sizeof lua_calls / sizeof *lua_calls; k++)
        if (is(r, package, lua_calls[k].of) && is(r, name, lua_calls[k].name))
            return lua_calls[k].which;
    return 0;
}

/* A limiter's wait in vain ends by its context: one that nobody cancels gives no error. */
static bool cannot_fail(const struct reading *r, size_t i)
{
    static const char *const never[] = {"nil", "NULL", "ctx_background", ")", NULL};
    size_t first = r->tokens.lua ? i + 2 : i + 4;

    if (!is(r, i, r->tokens.lua ? "wait" : "limit_wait") ||
        (r->tokens.lua && (i < 2 || !is_made_by(r, i - 2, "limiter"))))
        return false;
    return tokens_is_one_of(&r->tokens, first, never) || is(r, first + 2, "background");
}

/* The call whose function's name is at i; false: none, or it gives no error. */
static bool call_at(const struct reading *r, size_t i, struct call *call)
{
    if (!is_name(r, i) || !is(r, i + 1, "(") || cannot_fail(r, i))
        return false;
    *call = (struct call){.start = i, .name = i,
                          .end = tokens_after_bracket(&r->tokens, i + 1)};
    if (i > 0 && is(r, i - 1, "function"))
        return false;
    if (stands_alone(r, i)) {
        call->which = own_error(r, i);
        if (!call->which && !r->tokens.lua)
            call->which = tokens_is_one_of(&r->tokens, i, c_calls) ||
                          (is(r, i, "go_recv_any") && holds_channel(r, i + 2));
        call->waits = is(r, i, "group_wait");
    } else if (r->tokens.lua && i >= 2 && is_name(r, i - 2)) {
        bool method = is(r, i - 1, ":");

        call->which = method ? method_error(r, i - 2, i) : package_error(r, i - 2, i);
        call->waits = method && is(r, i, "wait") && is_made_by(r, i - 2, "errgroup");
        for (call->start = i - 2; call->start >= 2 && is(r, call->start - 1, ".");)
            call->start -= 2;
    }
    return call->which > 0;
}

/* The call that begins at i. */
static bool call_from(const struct reading *r, size_t i, struct call *call)
{
    while (is_name(r, i) && (is(r, i + 1, ".") || is(r, i + 1, ":")) && is_name(r, i + 2))
        i += 2;
    return call_at(r, i, call);
}

/* --- variables that hold errors ---------------------------------------------- */

/* The variable that a call's error is put into by a declaration: `local v, err = f()`, `const char
 * *err = f();`.  0: there is none. */
static size_t declared_by(const struct reading *r, const struct call *call)
{
    static const char *const goes_on[] = {",", ".", ":", "[", "or", "and", "==", "~=", NULL};
    size_t targets = 1, first = call->start;

    if (first < 2 || !is(r, first - 1, "=") || tokens_is_one_of(&r->tokens, call->end, goes_on))
        return 0;
    first -= 2;
    if (!r->tokens.lua)
        return is_name(r, first) && first > 1 && is(r, first - 1, "*") && is(r, first - 2, "char")
                   ? first : 0;
    while (first >= 2 && is(r, first - 1, ",") && is_name(r, first - 2)) {
        first -= 2;
        targets++;
    }
    if (!is_name(r, first) || first == 0 || !is(r, first - 1, "local") || targets < call->which)
        return 0;
    return first + 2 * (call->which - 1);
}

/* Whether the name at i holds an error: it says so, or its last declaration gave it one. */
static bool holds(const struct reading *r, size_t i)
{
    uint32_t depth = token(r, i)->depth;

    if (says_error(r, i))
        return true;
    for (size_t k = i; k-- > 0;) {
        struct call call;
        size_t at = k;

        if (token(r, k)->depth < depth)
            depth = token(r, k)->depth;
        if (token(r, k)->depth > depth || !tokens_same(&r->tokens, k, i) || !is_target(r, k))
            continue;
        while (!is(r, at, "="))
            at++;
        return call_from(r, at + 1, &call) && declared_by(r, &call) == k;
    }
    return false;
}

static bool is_read(const struct reading *r, size_t i)
{
    for (size_t k = i + 1; k < r->tokens.count && token(r, k)->depth >= token(r, i)->depth; k++)
        if (tokens_same(&r->tokens, i, k) && stands_alone(r, k) && !is_target(r, k))
            return true;
    return false;
}

/* --- functions that return errors ----------------------------------------- */

/* Which of a return's values is an error, from 1; 0: none. */
static size_t returned(const struct reading *r, size_t i)
{
    static const char *const ends[] = {"end", "else", "elseif", "until", ";", NULL};
    size_t values = 1, last = i + 1;
    bool nil = is(r, i + 1, "nil");
    struct call call;

    for (i++; i < r->tokens.count && !tokens_is_one_of(&r->tokens, i, ends); i++) {
        if (is(r, i, "function"))
            return 0;
        if (is(r, i, "(") || is(r, i, "{") || is(r, i, "["))
            i = tokens_after_bracket(&r->tokens, i) - 1;
        else if (is(r, i, ",")) {
            values++;
            last = i + 1;
        }
    }
    if (last >= r->tokens.count)
        return 0;
    if (token(r, last)->kind == TOKEN_TEXT && nil && values > 1)
        return values;
    if (call_from(r, last, &call) && call.end == i)
        return values - 1 + call.which;
    if (!is_name(r, last))
        return 0;
    return says_error(r, last) || (last + 1 == i && holds(r, last)) ? values : 0;
}

/* The function that the name at i is that of, when it is defined there: which of its values is an
 * error; 0: none is. */
static size_t error_of(const struct reading *r, size_t i)
{
    bool lua = r->tokens.lua;
    size_t at, values = 0, inner = 0;
    uint32_t depth;

    at = tokens_after_bracket(&r->tokens, i + 1);
    if (at >= r->tokens.count || (!lua && !is(r, at, "{")))
        return 0;
    depth = lua ? token(r, i)->depth : token(r, at)->depth + 1;
    for (at += !lua; at < r->tokens.count && token(r, at)->depth >= depth; at++) {
        if (lua && is(r, at, "function") && !inner)
            inner = token(r, at)->depth + 1;
        else if (inner && is(r, at, "end") && token(r, at)->depth + 1 == inner)
            inner = 0;
        else if (!inner && is(r, at, "return") && returned(r, at) > values)
            values = returned(r, at);
    }
    return values;
}

static bool is_defined_at(const struct reading *r, size_t i)
{
    if (!is_name(r, i) || !is(r, i + 1, "("))
        return false;
    return r->tokens.lua ? i > 0 && is(r, i - 1, "function")
                         : i > 1 && is(r, i - 1, "*") && is(r, i - 2, "char") &&
                               token(r, i)->depth == 0;
}

/* `errs:send(err)`, `go_send(errs, &err)`: the name of the channel; 0: it is something else. */
static size_t sent_on(const struct reading *r, size_t i)
{
    struct call call;
    size_t chan = r->tokens.lua ? i - 2 : i + 2, value = r->tokens.lua ? i + 2 : i + 5;

    if (r->tokens.lua ? i < 2 || !is(r, i, "send") || !is(r, i - 1, ":")
                      : !is(r, i, "go_send") || !is(r, i + 3, ",") || !is(r, i + 4, "&"))
        return 0;
    if (!is_name(r, chan) || !is(r, i + 1, "(") || !is_name(r, value))
        return 0;
    if (is(r, value + 1, ")"))
        return holds(r, value) ? chan : 0;
    return call_from(r, value, &call) && is(r, call.end, ")") && call.which == 1 ? chan : 0;
}

static void find_sources(struct reading *r)
{
    for (size_t i = 0; i < r->tokens.count; i++)
        if (is_defined_at(r, i) && r->nown < OWN_MOST)
            r->own[r->nown++] = (struct own){.name = i};
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t k = 0; k < r->nown; k++)
            r->own[k].which = error_of(r, r->own[k].name);
        for (size_t i = 0; i < r->tokens.count; i++) {
            size_t chan = sent_on(r, i);

            if (chan && !holds_channel(r, chan) && r->nchannels < CHANNELS_MOST)
                r->channels[r->nchannels++] = chan;
        }
    }
}

/* --- what is found -------------------------------------------------------- */

/* The tokens from `first` to `last` make the name. */
static void add(struct reading *r, size_t first, size_t last, bool call)
{
    struct unread *out = &r->out[r->found];
    size_t used = 0;

    for (size_t k = 0; k < r->found; k++)
        if (r->out[k].line == token(r, last)->line && r->out[k].call == call)
            return;
    if (r->found == r->most)
        return;
    *out = (struct unread){.line = token(r, last)->line, .call = call};
    for (size_t i = first; i <= last && used < sizeof out->name; i++)
        used += (size_t)snprintf(out->name + used, sizeof out->name - used, "%.*s",
                                 (int)token(r, i)->len, token(r, i)->at);
    r->found++;
}

/* A variable that says it is an error, and is declared with what any call returns. */
static void look_at_variable(struct reading *r, size_t i)
{
    size_t first = i, at = i;

    if (!says_error(r, i) || !stands_alone(r, i) || is(r, i + 1, "(") || !is_target(r, i))
        return;
    if (!r->tokens.lua) {
        if (i > 1 && is(r, i - 1, "*") && is(r, i - 2, "char") && token(r, i)->depth > 0 &&
            is_name(r, i + 2) && is(r, i + 3, "(") && !is_read(r, i))
            add(r, i, i, false);
        return;
    }
    while (first >= 2 && is(r, first - 1, ",") && is_name(r, first - 2))
        first -= 2;
    while (!is(r, at, "="))
        at++;
    for (at++; is_name(r, at) || is(r, at, ".") || is(r, at, ":");)
        at++;
    if (first > 0 && is(r, first - 1, "local") && is(r, at, "(") && !is_read(r, i))
        add(r, i, i, false);
}

/* Whether nothing takes the error of a call. */
static bool is_dropped(const struct reading *r, const struct call *call)
{
    static const char *const before[] = {"end", "then", "do", "else", "repeat",
                                         ";",   "{",    "}",  NULL};
    size_t targets = 1, at, i = call->start;

    if (i == 0)
        return true;
    if (!r->tokens.lua)
        return is(r, call->end, ";") && tokens_is_one_of(&r->tokens, i - 1, before);
    if (is(r, call->end, ".") || is(r, call->end, ":") || is(r, call->end, "[") ||
        is(r, call->end, ","))
        return false;
    if (tokens_is_one_of(&r->tokens, i - 1, before) || is(r, i - 1, ")"))
        return true;
    if (!is(r, i - 1, "="))
        return token(r, i - 1)->line < token(r, i)->line && token(r, i - 1)->kind != TOKEN_OTHER &&
               !is(r, i - 1, "return") && !is(r, i - 1, "and") && !is(r, i - 1, "or") &&
               !is(r, i - 1, "not");
    for (at = i - 2; at >= 2 && is(r, at - 1, ","); at -= 2)
        targets++;
    return targets < call->which || (targets == call->which && is(r, i - 2, "_"));
}

static void look_at_call(struct reading *r, size_t i)
{
    struct call call;
    size_t variable;

    if (!call_at(r, i, &call))
        return;
    variable = declared_by(r, &call);
    if (variable && !is(r, variable, "_")) {
        if (!is_read(r, variable))
            add(r, variable, variable, false);
    } else if (!call.waits && is_dropped(r, &call)) {
        add(r, call.start, call.name, true);
    }
}

/* C: a variable of a block that is only ever filled in: `net_read(c, to, n, &err);`. */
static void look_at_filled(struct reading *r, size_t i)
{
    size_t filled = 0, argument, n = 0;

    if (r->tokens.lua || i < 2 || !is(r, i - 1, "*") || !is(r, i - 2, "char") ||
        token(r, i)->depth == 0 || !(is(r, i + 1, ";") || is(r, i + 1, "=")))
        return;
    for (size_t k = i + 1; k < r->tokens.count && token(r, k)->depth >= token(r, i)->depth; k++) {
        if (is_name(r, k) && is(r, k + 1, "(") &&
            (tokens_is_one_of(&r->tokens, k, c_fills) ||
             (is(r, k, "go_recv") && holds_channel(r, k + 2)))) {
            argument = tokens_after_bracket(&r->tokens, k + 1) - 2;
            if (argument < r->tokens.count && tokens_same(&r->tokens, argument, i) &&
                is(r, argument - 1, "&"))
                filled = argument;
        }
        n += tokens_same(&r->tokens, k, i) && k != filled && stands_alone(r, k);
    }
    if (filled && n == 0)
        add(r, filled, filled, false);
}

/* Lua: `for err in errs:range() do`, and no word of it inside. */
static void look_at_loop(struct reading *r, size_t i)
{
    if (!r->tokens.lua || !is(r, i, "for") || !is_name(r, i + 1) || !is(r, i + 2, "in") ||
        !is(r, i + 4, ":") || !is(r, i + 5, "range") || !holds_channel(r, i + 3) ||
        is(r, i + 1, "_"))
        return;
    if (!is_read(r, i + 1))
        add(r, i + 1, i + 1, false);
}

static int by_line(const void *a, const void *b)
{
    const struct unread *x = a, *y = b;

    return x->line != y->line ? (x->line < y->line ? -1 : 1) : strcmp(x->name, y->name);
}

size_t unread_errors(const struct program *program, struct unread *out, size_t most)
{
    struct reading *r = calloc(1, sizeof *r);
    size_t found;

    if (!r)
        return 0;
    *r = (struct reading){.out = out, .most = most};
    r->tokens.lua = program->language == LANGUAGE_LUA;
    tokens_read(&r->tokens, program->text);
    if (!r->tokens.failed)
        find_sources(r);
    for (size_t i = 0; i < r->tokens.count && !r->tokens.failed; i++) {
        look_at_variable(r, i);
        look_at_call(r, i);
        look_at_filled(r, i);
        look_at_loop(r, i);
    }
    found = r->found;
    tokens_release(&r->tokens);
    free(r);
    if (found > 1)
        qsort(out, found, sizeof *out, by_line);
    return found;
}
