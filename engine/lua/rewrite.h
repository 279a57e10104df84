/* rewrite.h -- a learner's Lua source with a call of the engine at each access to
 * memory that goroutines can share.
 *
 *     learner's                    rewritten (one line stays one line)
 *     t.k                          _bN(t,"k",0).k
 *     t[f()]                       _bG(t,f(),1)
 *     t.k = v                      t.k = _bW(t,"k",v,2);
 *     n      (boxed local)         _bR(3,n).n
 *     n = v                        n.n = _bV(n,v,4);
 *     n = n + 1                    n.n = _bV(n,n.n + 1,4);     (unless apart)
 *     local n = 0                  local n = 0 n={n=n};
 *     counter  (global)            _bN(_ENV,"counter",6).counter
 *     #t                           #_bZ(t,7)
 *     function(a) ... end          function(a) return _bF(function(a) ... end,a) end
 *
 * The last is for functions that declare a to-be-closed variable, in programs that mention
 * `recover`: what they defer may recover from a panic, so they run under a protected call
 * (lib_defer.c).  Lua nests some 190 of those; other programs are spared that limit.
 *
 * The access itself stays in Lua wherever it can, so that metamethods, evaluation
 * order, yields and messages are Lua's own.  Every token keeps its line.
 *
 * Watched are fields, globals that the file assigns, and locals that a closure
 * captures and somebody assigns later: such a local lives in a *box*, a table
 * {name = value} made where the local is declared, so each instance has its
 * own.  All other locals are untouched.  Method lookups (o:m()), the fields of
 * library globals (string.format) and table constructors are plain.
 *
 * The rewritten text is a chunk that takes the hooks, in the order of
 * enum rewrite_hook, and returns the learner's main function.  Promises to the
 * hooks, with `site` an index into `sites`:
 *     N(t, k, site)     t[k] is about to be read; must return t
 *     G(t, k, site)     must return t[k]
 *     W(t, k, v, site)  t[k] = v is about to happen; must return v
 *     R(site, box)      the variable is about to be read; must return box
 *     V(box, v, site)   it is about to get v; must return v; it has just been read, too, if the
 *                       site says so: nothing but arithmetic lies between
 *     Z(t, site)        #t is about to be taken; must return t
 *     F(f, ...)         must return f(...)
 * t may be anything, also something that cannot be indexed: Lua would blame the
 * hook's result without a name, so the hook raises that message itself (blame.h).
 */
#ifndef BRAID_LUA_REWRITE_H
#define BRAID_LUA_REWRITE_H

#include "base/region.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum rewrite_hook {
    REWRITE_NOTE,       /* N */
    REWRITE_GET,        /* G */
    REWRITE_SET,        /* W */
    REWRITE_BOX_READ,   /* R */
    REWRITE_BOX_WRITE,  /* V */
    REWRITE_LENGTH,     /* Z */
    REWRITE_FUNCTION,   /* F */
    REWRITE_HOOK_COUNT
};

enum rewrite_site_kind {
    SITE_FIELD,  /* N, G, W on t.k, t[k] */
    SITE_GLOBAL, /* N, W on _ENV */
    SITE_LOCAL,  /* R, V */
    SITE_LENGTH, /* Z */
};

struct rewrite_site {
    enum rewrite_site_kind kind;
    bool write;
    bool reads;           /* LOCAL, write: what is written was made from the variable */
    uint32_t line;        /* of the variable or key, for reports */
    uint32_t error_line;  /* the line Lua would give in an error message */
    const char *name;     /* "count", "stats.hits", "results[i]", "#results" */
    const char *container; /* as in Lua's messages, "local 't'"; NULL: Lua has no name for it */
    const char *self;     /* GLOBAL, LOCAL: "global 'count'", "upvalue 'count'"; else NULL */
};

struct rewrite {
    char *text;           /* NUL-terminated */
    size_t len;
    struct rewrite_site *sites;
    uint32_t nsites;
    struct region region; /* the names */
};

/* Rewrites a source that Lua has accepted; a "#!" line and a byte order mark may
 * begin it.  apart: what reads a variable and writes it is two accesses at two moments, for who may
 * come between them.  False: not understood, or out of memory; *out is untouched.
 * Lua may refuse the result where the source was near one of its limits (registers
 * of a function): run the source as it is then. */
bool rewrite_source(struct rewrite *out, const char *source, size_t len, bool apart);
void rewrite_release(struct rewrite *rewrite);

/* What Lua would have called the value it complains of.  A message ending in
 * "(field 'n')" for a boxed local or a watched global n gets "upvalue", "local" or
 * "global" instead of "field", in place of the word in `message`; returns a new
 * string in `into` (size bytes), or NULL when nothing is to change. */
const char *rewrite_message(const struct rewrite *rewrite, uint32_t line, const char *message,
                            char *into, size_t size);

#endif
