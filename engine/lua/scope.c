/* scope.c -- names to variables, and the decision which of them are watched.
 *
 * A race needs a write.  So what nobody writes once a second goroutine can exist
 * is left alone:
 *  - a local that no closure captures, or that is only assigned before any
 *    closure captured it;
 *  - a global that the file does not assign, or only in the main chunk before
 *    its first call (no goroutine exists until something is called).
 * "Before" is the order of the text, which is the order of time only where no
 * loop and no goto leads back; there, an assignment counts as a later one.
 */
#include "lua/scope.h"

#include <stdlib.h>
#include <string.h>

/* Room a function must have for the hooks it may use and for _ENV. */
enum { HOOK_UPVALUES = 8 };

/* What a program starts with.  Reading one is no access unless the file assigns it. */
static const char *const library[] = {
    "_VERSION", "after", "assert", "atomic", "chan", "collectgarbage", "context", "coroutine",
    "debug", "defer", "dofile", "errgroup", "error", "errors", "fmt", "getmetatable", "go", "io",
    "ipairs", "load", "loadfile", "math", "net", "next", "os", "package", "pairs", "panic", "pcall",
    "print", "rand", "rate", "rawequal", "rawget", "rawlen", "rawset", "recv", "recover",
    "require", "runtime", "select", "semaphore", "send", "setmetatable", "signal", "singleflight", "string",
    "sync", "syscall", "table", "time", "tonumber", "tostring", "type", "utf8", "work", "xpcall",
};

static bool same(const char *a, size_t len, const char *b)
{
    return strlen(b) == len && memcmp(a, b, len) == 0;
}

bool scope_is_library(const char *name, size_t len)
{
    for (size_t i = 0; i < sizeof library / sizeof library[0]; i++)
        if (same(name, len, library[i]))
            return true;
    return false;
}

static void *alloc(struct scope *scope, size_t size)
{
    void *memory = region_alloc(&scope->tree->region, size);

    if (!memory)
        scope->failed = true;
    return memory;
}

void scope_release(struct scope *scope)
{
    free(scope->vars);
    scope->vars = NULL;
}

struct func *scope_enter(struct scope *scope)
{
    struct func *func = alloc(scope, sizeof *func);

    if (!func)
        return NULL;
    func->outer = scope->func;
    if (scope->tree->last_func)
        scope->tree->last_func->next = func;
    else
        scope->tree->main = func;
    scope->tree->last_func = func;
    scope->func = func;
    return func;
}

void scope_leave(struct scope *scope)
{
    if (scope->func)
        scope->func = scope->func->outer;
}

uint32_t scope_mark(const struct scope *scope)
{
    return scope->count;
}

void scope_reset(struct scope *scope, uint32_t mark)
{
    if (scope->count > mark && scope->func)
        scope->func->active -= scope->count - mark;
    scope->count = mark;
}

struct var *scope_var(struct scope *scope, struct var **list, const char *name, uint32_t len,
                      uint32_t line)
{
    struct var *var = alloc(scope, sizeof *var);

    if (!var)
        return NULL;
    var->name = name;
    var->len = len;
    var->line = line;
    var->func = scope->func;
    while (*list)
        list = &(*list)->next;
    *list = var;
    return var;
}

static void push(struct scope *scope, struct var *var)
{
    if (scope->count == scope->cap) {
        uint32_t cap = scope->cap ? scope->cap * 2 : 64;
        struct var **vars = realloc(scope->vars, cap * sizeof(struct var *));

        if (!vars) {
            scope->failed = true;
            return;
        }
        scope->vars = vars;
        scope->cap = cap;
    }
    scope->vars[scope->count++] = var;
    if (scope->func && ++scope->func->active > TREE_LOCALS)
        scope->failed = true;
}

void scope_show(struct scope *scope, struct var *list)
{
    for (struct var *var = list; var; var = var->next) {
        var->loops = scope->func->loops;
        push(scope, var);
    }
}

void scope_hide(struct scope *scope, uint32_t n)
{
    while (n--)
        push(scope, NULL);
}

static bool add_upvalue(struct scope *scope, struct func *func, struct var *var)
{
    uint32_t n = func->nupvalues;

    if (n == TREE_UPVALUES) {
        scope->failed = true;
        return false;
    }
    if (n == func->upvalues_cap) {
        uint32_t cap = n ? n * 2 : 4;
        struct var **grown = alloc(scope, cap * sizeof(struct var *));

        if (!grown)
            return false;
        if (n)
            memcpy(grown, func->upvalues, n * sizeof(struct var *));
        func->upvalues = grown;
        func->upvalues_cap = cap;
    }
    func->upvalues[func->nupvalues++] = var;
    return true;
}

/* Every function between the use and the declaration carries the variable. */
static void capture(struct scope *scope, struct var *var)
{
    var->captured = true;
    for (struct func *func = scope->func; func && func != var->func; func = func->outer) {
        uint32_t i = 0;

        while (i < func->nupvalues && func->upvalues[i] != var)
            i++;
        if (i < func->nupvalues)
            return; /* the functions further out carry it already */
        if (!add_upvalue(scope, func, var))
            return;
    }
}

static struct global *global_find(struct scope *scope, const char *name, uint32_t len)
{
    uint32_t hash = 2166136261u;
    struct global **slot, *global;

    for (uint32_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)name[i]) * 16777619u;
    slot = &scope->tree->globals[hash % GLOBAL_BUCKETS];
    for (; *slot; slot = &(*slot)->next)
        if ((*slot)->len == len && memcmp((*slot)->name, name, len) == 0)
            return *slot;
    global = alloc(scope, sizeof *global);
    if (!global)
        return NULL;
    global->name = name;
    global->len = len;
    global->library = scope_is_library(name, len);
    *slot = global;
    return global;
}

void scope_resolve(struct scope *scope, struct node *node)
{
    const struct token *token = &scope->tree->tokens.at[node->first];
    const char *name = scope->tree->text + token->start;
    uint32_t len = token->end - token->start;

    if (same(name, len, "_G") || same(name, len, "_ENV"))
        scope->tree->names_environment = true;
    for (uint32_t i = scope->count; i-- > 0;) {
        struct var *var = scope->vars[i];

        if (var && var->len == len && memcmp(var->name, name, len) == 0) {
            node->var = var;
            if (var->func != scope->func)
                capture(scope, var);
            return;
        }
        if (var && !node->environment && same(var->name, var->len, "_ENV"))
            node->environment = var;
    }
    node->global = global_find(scope, name, len);
}

bool scope_captured(const struct node *name)
{
    return name->var && name->var->captured;
}

void scope_assign(struct scope *scope, const struct node *name, bool captured)
{
    struct func *func = scope->func;

    if (name->var) {
        if (captured || func != name->var->func || func->loops > name->var->loops)
            name->var->reassigned = true;
        else
            name->var->assigned_early = true;
    } else if (name->global) {
        if (func != scope->tree->main || func->loops || scope->main_called)
            name->global->reassigned = true;
        else
            name->global->assigned_early = true;
    }
}

void scope_decide(struct tree *tree)
{
    for (struct func *func = tree->main; func; func = func->next)
        func->plain = (func->outer && func->outer->plain)
                      || func->nupvalues + HOOK_UPVALUES > TREE_UPVALUES;
}

bool scope_boxed(const struct var *var)
{
    /* Names of globals are looked up in a local _ENV, which must stay what it is. */
    return var->captured && !var->func->plain && !same(var->name, var->len, "_ENV")
           && (var->reassigned || (var->assigned_early && var->func->has_label));
}

bool scope_watched(const struct tree *tree, const struct global *global)
{
    if (same(global->name, global->len, "_ENV"))
        return false; /* not a global at all: the chunk's upvalue */
    return global->reassigned || (global->assigned_early && tree->main->has_label)
           || (tree->names_environment && !global->library
               && !same(global->name, global->len, "_G"));
}
