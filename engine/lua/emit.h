/* emit.h -- writes a tree's text with the hooks in it. */
#ifndef BRAID_LUA_EMIT_H
#define BRAID_LUA_EMIT_H

#include "base/text.h"
#include "lua/rewrite.h"
#include "lua/scope.h"
#include "lua/tree.h"

struct emitter {
    const struct tree *tree;
    struct text out;
    size_t at;                 /* the text before this is dealt with */
    struct region region;      /* names of sites */
    struct rewrite_site *sites;
    uint32_t nsites, sites_cap;
    const struct func *func;   /* whose code is being written */
    bool apart;                /* see rewrite_source */
    const struct var *joined;  /* whose reads are told by the write that follows; NULL: none */
    uint32_t open;             /* hook calls around the current place */
    char prefix[16];           /* of all names put in; no name of the text begins with it */
    bool failed;
};

/* Writes the node, and what lies between the last node and it. */
void emit_node(struct emitter *e, const struct node *node);

/* Writes the children of a node and the text around them, up to its end. */
void emit_children(struct emitter *e, const struct node *node);

/* Writes a chain's parts before `stop` (NULL: all) as an expression that is read. */
void emit_chain(struct emitter *e, const struct node *chain, const struct node *stop);

/* The text up to the start, or through the end, of a token. */
void emit_before(struct emitter *e, uint32_t token);
void emit_through(struct emitter *e, uint32_t token);
/* As emit_before, but only line ends and a space are written. */
void emit_skip_before(struct emitter *e, uint32_t token);
void emit_skip_through(struct emitter *e, uint32_t token);

/* A space where a word put in would run into the one before: `local x(f).y()`. */
void emit_gap(struct emitter *e);

/* A token, all tokens of a node, again at another place. */
void emit_token(struct emitter *e, uint32_t token);
void emit_tokens(struct emitter *e, const struct node *node);

/* One more site; its number. */
uint32_t emit_site(struct emitter *e, const struct rewrite_site *site);
/* The line of Lua's errors in a read that ends with this token. */
uint32_t emit_error_line(const struct emitter *e, uint32_t last);

/* site.c: how a chain up to and with `last` is shown, "stats.hits[i]". */
const char *site_name(struct emitter *e, const struct node *chain, const struct node *last,
                      const char *before);
/* site.c: what Lua's messages call the value of a chain's parts before `stop`. */
const char *site_described(struct emitter *e, const struct node *chain, const struct node *stop);
const char *site_variable(struct emitter *e, const struct node *name);
const char *site_environment(struct emitter *e, const struct node *name);

/* Whether hooks may be put here at all. */
bool emit_allowed(const struct emitter *e, const struct node *node);
/* Whether evaluating it twice is the same as once: a literal, a variable nobody else sees. */
bool emit_simple(const struct emitter *e, const struct node *node);
/* Whether none of its tokens spans lines. */
bool emit_one_line(const struct emitter *e, const struct node *node);
bool emit_boxed(const struct node *name);
bool emit_global(const struct emitter *e, const struct node *name); /* a watched global */

/* In a program that recovers, a function that declares a to-be-closed variable calls another with
 * its parameters, which has its body: what is written before and after that.  Else nothing. */
void emit_frame_begin(struct emitter *e, const struct node *function);
void emit_frame_end(struct emitter *e, const struct node *function);

/* A function from its '('; name_self: `self` becomes a parameter like others. */
void emit_function(struct emitter *e, const struct node *node, bool name_self);

/* assign.c */
void emit_assign(struct emitter *e, const struct node *node);
void emit_function_statement(struct emitter *e, const struct node *node);

#endif
