/* tree.h -- what the rewriter knows of a Lua source: its nodes, variables, functions.
 *
 * The tree keeps only what rewriting needs.  A node covers the tokens first..last;
 * whatever lies between its children is copied as it stands.  So chains of
 * binary operators are one flat NODE_LIST, whatever their precedence, and
 * `a.b[c](d)` is one flat NODE_CHAIN: nothing nests deeper than the source's own
 * brackets and blocks, which Lua limits to 200 (TREE_LEVELS).
 *
 * Everything lies in the tree's region and dies with it.
 */
#ifndef BRAID_LUA_TREE_H
#define BRAID_LUA_TREE_H

#include "base/region.h"
#include "lua/lex.h"

enum { TREE_LEVELS = 200, TREE_LOCALS = 200, TREE_UPVALUES = 255 };

enum node_kind {
    NODE_LIST,      /* children in the order of the text */
    NODE_LITERAL,   /* nil, true, false, a number (with its sign), a string */
    NODE_NAME,      /* read of `var` or of `global` */
    NODE_PAREN,     /* ( child ) */
    NODE_LENGTH,    /* # child */
    NODE_FUNC,      /* ( parameters ) body end; children: statements */
    NODE_CHAIN,     /* children: a NAME or PAREN, then one or more of the next four */
    NODE_FIELD,     /* .name, the name being `last` */
    NODE_INDEX,     /* [ child ] */
    NODE_CALL,      /* arguments; children: the arguments */
    NODE_METHOD,    /* :name arguments; children: the arguments */
    NODE_LOCAL,     /* local names = ...; `declared` are the names */
    NODE_LOCALFUNC, /* local function name; `declared`, one NODE_FUNC */
    NODE_ASSIGN,    /* two children, the lists of targets and of values; mark: the '=' */
    NODE_FUNCSTAT,  /* function path; children: NAME or CHAIN of FIELDs, FUNC; mark: the ':'
                       of a method, or 0 */
    NODE_FOR,       /* either sort; `declared`; children: values, statements; mark: the 'do' */
};

/* A local variable.  It must be watched when another goroutine can see it change:
 * when a closure captures it and somebody assigns it after that. */
struct var {
    const char *name;
    uint32_t len;
    uint32_t line;
    struct func *func;        /* whose variable it is */
    uint32_t loops;           /* loops of its function around the declaration */
    bool captured;
    bool reassigned;          /* when a closure may have captured it */
    bool assigned_early;      /* before, at a place that no loop repeats */
    struct var *next;         /* in the same declaration */
};

struct func {
    struct func *outer;       /* NULL: the main chunk */
    uint32_t active;          /* active local variables, hidden ones of loops included */
    uint32_t loops;           /* loops around the current statement */
    bool has_label;           /* goto may jump back */
    bool closes;              /* declares a to-be-closed variable */
    bool varargs;
    struct var **upvalues;    /* distinct, TREE_UPVALUES at most; _ENV is not among them */
    uint32_t nupvalues, upvalues_cap;
    struct func *next;        /* all functions, inner ones after outer ones */
    bool plain;               /* no room for one more upvalue: nothing is watched in it */
};

/* A name that no local declares. */
struct global {
    const char *name;
    uint32_t len;
    bool reassigned;          /* when another goroutine may exist */
    bool assigned_early;
    bool library;             /* one of the names every program starts with */
    struct global *next;      /* in its bucket */
};

struct node {
    enum node_kind kind;
    uint32_t first, last;     /* tokens */
    uint32_t mark;            /* a token, see the kinds */
    uint32_t level;           /* nesting, as Lua counts it against its limit */
    uint32_t active;          /* ASSIGN, FUNCSTAT: active locals of the function there */
    struct node *child, *last_child, *next, *prev;
    struct var *var;          /* NAME */
    struct global *global;    /* NAME */
    struct var *environment;  /* NAME of a global: the local _ENV it is looked up in, or NULL */
    struct var *declared;     /* LOCAL, LOCALFUNC, FOR; FUNC: the parameters */
    struct func *func;        /* FUNC: its own; else the function it lies in */
    bool literal_minus;       /* LITERAL: begins with '-' */
};

enum { GLOBAL_BUCKETS = 256 };

struct tree {
    const char *text;
    size_t len;
    struct tokens tokens;
    struct region region;
    struct node *root;        /* NODE_FUNC of the main chunk, without the parentheses */
    struct func *main, *last_func;
    struct global *globals[GLOBAL_BUCKETS];
    bool recovers;            /* `recover` is mentioned */
    bool names_environment;   /* _G or _ENV is mentioned: any global may be assigned */
};

/* parse.c: reads text[from..len), which begins in line `line`.  False: not Lua 5.4, or out
 * of memory.  Release in either case. */
bool tree_read(struct tree *tree, const char *text, size_t len, size_t from, uint32_t line);
void tree_release(struct tree *tree);

#endif
