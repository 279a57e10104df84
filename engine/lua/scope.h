/* scope.h -- which variable a name means, and which variables must be watched. */
#ifndef BRAID_LUA_SCOPE_H
#define BRAID_LUA_SCOPE_H

#include "lua/tree.h"

/* The names visible at one place of the text. */
struct scope {
    struct tree *tree;
    struct func *func;      /* the innermost */
    struct var **vars;      /* visible, outermost first; hidden loop variables are NULL */
    uint32_t count, cap;
    bool main_called;       /* the main chunk has called something that may start a goroutine */
    bool failed;            /* out of memory, or beyond Lua's limits */
};

void scope_release(struct scope *scope);

/* A function begins inside the current one, ends. */
struct func *scope_enter(struct scope *scope);
void scope_leave(struct scope *scope);

/* Whether a global of this name is there before the program runs. */
bool scope_is_library(const char *name, size_t len);

/* Variables declared after a mark vanish with it. */
uint32_t scope_mark(const struct scope *scope);
void scope_reset(struct scope *scope, uint32_t mark);

/* A variable of the current function, not yet visible; appended to *list. */
struct var *scope_var(struct scope *scope, struct var **list, const char *name, uint32_t len,
                      uint32_t line);
/* Makes the variables of a list visible. */
void scope_show(struct scope *scope, struct var *list);
/* Lua's own unnamed variables of a loop. */
void scope_hide(struct scope *scope, uint32_t n);

/* Resolves a name, notes the capture: sets node->var, or node->global and environment. */
void scope_resolve(struct scope *scope, struct node *node);

/* The variable of a NAME is assigned.  `captured` says whether a closure that may run has
 * captured it (for a local; scope_captured before the values were read, or after). */
void scope_assign(struct scope *scope, const struct node *name, bool captured);
bool scope_captured(const struct node *name);

/* After the whole text: sets func.plain. */
void scope_decide(struct tree *tree);

/* After scope_decide: whether the variable lives in a box, the global is watched. */
bool scope_boxed(const struct var *var);
bool scope_watched(const struct tree *tree, const struct global *global);

#endif
