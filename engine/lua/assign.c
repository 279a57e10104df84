/* assign.c -- assignments, and `function a.b:c() ... end`, which is one.
 *
 * A hook must be told after the values are evaluated and before the store, with
 * table and key evaluated once, before the values:
 *     t.k = v            t.k = _bW(t,"k",v,1);                    t, k evaluate to the same twice
 *     a.b[f()] = v       do local _bt,_bk=a.b,f() _bt[_bk] = _bW(_bt,_bk,v,1) end
 *     n, t.k = f()       do local _bt2=t local _bv1,_bv2=f() _bt2.k=_bW(...);n.n=_bV(...); end
 * Stores of a multiple assignment go from the last target to the first, as Lua's do.
 */
#include "lua/emit.h"
#include <stdio.h>

/* The text of the key of a field or index; `key_temp` when it was put into one. */
static void add_key(struct emitter *e, const struct node *part, const char *key_temp)
{
    if (key_temp[0]) {
        text_add(&e->out, key_temp);
    } else if (part->kind == NODE_FIELD) {
        text_add(&e->out, "\"");
        emit_token(e, part->last);
        text_add(&e->out, "\"");
    } else {
        emit_tokens(e, part->child);
    }
}

static struct rewrite_site write_site(struct emitter *e, const struct node *statement,
                                      const struct node *target)
{
    const struct token *tokens = e->tree->tokens.at;
    struct rewrite_site site = {
        .kind = SITE_FIELD,
        .write = true,
        .line = tokens[target->last].line,
        /* Lua gives a function statement the line it begins in */
        .error_line = tokens[statement->kind == NODE_FUNCSTAT ? statement->first
                                                              : statement->last].line,
        .name = site_name(e, target, NULL, ""),
    };

    if (target->kind == NODE_NAME) {
        site.kind = emit_boxed(target) ? SITE_LOCAL : SITE_GLOBAL;
        site.container = site.kind == SITE_GLOBAL ? site_environment(e, target) : NULL;
        site.self = site_variable(e, target);
    } else {
        site.container = site_described(e, target, target->last_child);
    }
    return site;
}

/* V(n, or W(_ENV,"n",  for a NAME. */
static void open_variable(struct emitter *e, const struct node *name)
{
    if (emit_boxed(name)) {
        text_addf(&e->out, "%sV(", e->prefix);
        emit_token(e, name->first);
        text_add(&e->out, ",");
    } else {
        text_addf(&e->out, "%sW(_ENV,\"", e->prefix);
        emit_token(e, name->first);
        text_add(&e->out, "\",");
    }
}

static bool watched(const struct emitter *e, const struct node *target)
{
    return target->kind == NODE_CHAIN || emit_boxed(target) || emit_global(e, target);
}

/* The left side of an assignment that is not told of. */
static void plain_target(struct emitter *e, const struct node *target)
{
    emit_before(e, target->first);
    if (target->kind == NODE_CHAIN) {
        emit_chain(e, target, target->last_child);
        emit_children(e, target->last_child);
    } else {
        if (emit_boxed(target)) {
            emit_token(e, target->first);
            text_add(&e->out, ".");
        }
        emit_through(e, target->last);
    }
}

static void plain_assign(struct emitter *e, const struct node *node)
{
    const struct node *targets = node->child;

    for (const struct node *target = targets->child; target; target = target->next)
        plain_target(e, target);
    emit_node(e, targets->next);
}

/* --- one target, one value ----------------------------------------------- */

static void value_and_close(struct emitter *e, const struct node *value,
                            const struct rewrite_site *site)
{
    e->open++;
    emit_node(e, value);
    e->open--;
    text_addf(&e->out, ",%u)", emit_site(e, site));
}

/* `do local _bt[,_bk]=table[,key]`, then the target as `_bt.k` or `_bt[_bk]`, copied through
 * `last`; sets what stands for the key. */
static void split_target(struct emitter *e, const struct node *target, char key_temp[24])
{
    const struct node *part = target->last_child;
    bool simple = part->kind == NODE_FIELD || emit_simple(e, part->child);

    key_temp[0] = '\0';
    if (!simple)
        snprintf(key_temp, 24, "%sk", e->prefix);
    text_addf(&e->out, "do local %st%s%s=", e->prefix, simple ? "" : ",", key_temp);
    emit_chain(e, target, part);
    if (simple) {
        text_addf(&e->out, " %st", e->prefix);
        return;
    }
    emit_before(e, part->first);
    emit_skip_through(e, part->first);
    text_add(&e->out, ",");
    emit_node(e, part->child);
    emit_before(e, part->last);
    emit_skip_through(e, part->last);
    text_addf(&e->out, " %st[%s]", e->prefix, key_temp);
}

/* The table of a target is a variable that evaluates to the same twice, and so is the key. */
static bool target_simple(const struct emitter *e, const struct node *target)
{
    const struct node *part = target->last_child;

    return part->prev == target->child && emit_simple(e, target->child)
           && (part->kind == NODE_FIELD || emit_simple(e, part->child));
}

/* Whether a value is made of variables and literals alone; *reads: also of this one. */
static bool plain_value(const struct node *value, const struct var *var, bool *reads)
{
    if (value->kind != NODE_NAME && value->kind != NODE_LITERAL && value->kind != NODE_LIST &&
        value->kind != NODE_PAREN)
        return false;
    *reads = *reads || (value->kind == NODE_NAME && value->var == var);
    for (const struct node *child = value->child; child; child = child->next)
        if (!plain_value(child, var, reads))
            return false;
    return true;
}

/* `n = n + 1` in one line, where nobody can come between: the write tells of both. */
static bool joins(const struct emitter *e, const struct node *target, const struct node *value)
{
    const struct token *tokens = e->tree->tokens.at;
    bool reads = false;

    return !e->apart && emit_boxed(target) &&
           tokens[target->first].line == tokens[value->last].line &&
           plain_value(value, target->var, &reads) && reads;
}

static void single_assign(struct emitter *e, const struct node *node)
{
    const struct node *target = node->child->child, *value = node->child->next->child;
    struct rewrite_site site = write_site(e, node, target);
    char key_temp[24] = "";

    emit_before(e, target->first);
    emit_gap(e);
    if (target->kind == NODE_NAME) {
        if (emit_boxed(target)) {
            emit_token(e, target->first);
            text_add(&e->out, ".");
        }
        emit_through(e, node->mark);
        text_add(&e->out, " ");
        open_variable(e, target);
        site.reads = joins(e, target, value);
        e->joined = site.reads ? target->var : NULL;
        value_and_close(e, value, &site);
        e->joined = NULL;
        text_add(&e->out, ";");
    } else if (target_simple(e, target)) {
        emit_through(e, node->mark);
        text_addf(&e->out, " %sW(", e->prefix);
        emit_token(e, target->first);
        text_add(&e->out, ",");
        add_key(e, target->last_child, "");
        text_add(&e->out, ",");
        value_and_close(e, value, &site);
        text_add(&e->out, ";");
    } else {
        split_target(e, target, key_temp);
        emit_through(e, node->mark);
        text_addf(&e->out, " %sW(%st,", e->prefix, e->prefix);
        add_key(e, target->last_child, key_temp);
        text_add(&e->out, ",");
        value_and_close(e, value, &site);
        text_add(&e->out, " end;");
    }
}

/* --- several ------------------------------------------------------------- */

static bool key_needs_temp(const struct emitter *e, const struct node *part)
{
    return part->kind == NODE_INDEX
           && !(part->child->kind == NODE_LITERAL && emit_simple(e, part->child));
}

/* `local _bt1,_bk1=table,key` for a field, nothing for a variable. */
static void hold_target(struct emitter *e, const struct node *target, unsigned i)
{
    const struct node *part = target->last_child;

    if (target->kind == NODE_NAME) {
        emit_skip_through(e, target->last);
        return;
    }
    text_addf(&e->out, "local %st%u", e->prefix, i);
    if (key_needs_temp(e, part))
        text_addf(&e->out, ",%sk%u", e->prefix, i);
    text_add(&e->out, "=");
    emit_chain(e, target, part);
    if (key_needs_temp(e, part)) {
        emit_before(e, part->first);
        emit_skip_through(e, part->first);
        text_add(&e->out, ",");
        emit_node(e, part->child);
        emit_before(e, part->last);
    }
    emit_skip_through(e, part->last);
    text_add(&e->out, " ");
}

static void store_target(struct emitter *e, const struct node *node, const struct node *target,
                         unsigned i)
{
    const struct node *part = target->last_child;
    struct rewrite_site site;
    char key_temp[24] = "";

    if (!watched(e, target)) {
        emit_token(e, target->first);
        text_addf(&e->out, "=%sv%u;", e->prefix, i);
        return;
    }
    site = write_site(e, node, target);
    if (target->kind == NODE_NAME) {
        emit_token(e, target->first);
        if (emit_boxed(target)) {
            text_add(&e->out, ".");
            emit_token(e, target->first);
        }
        text_add(&e->out, "=");
        open_variable(e, target);
    } else {
        if (key_needs_temp(e, part))
            snprintf(key_temp, sizeof key_temp, "%sk%u", e->prefix, i);
        text_addf(&e->out, "%st%u[ ", e->prefix, i); /* the key may begin with a bracket */
        add_key(e, part, key_temp);
        text_addf(&e->out, " ]=%sW(%st%u,", e->prefix, e->prefix, i);
        add_key(e, part, key_temp);
        text_add(&e->out, ",");
    }
    text_addf(&e->out, "%sv%u,%u);", e->prefix, i, emit_site(e, &site));
}

static void several_assign(struct emitter *e, const struct node *node)
{
    const struct node *targets = node->child;
    unsigned n = 0;

    emit_before(e, node->first);
    emit_gap(e);
    text_add(&e->out, "do ");
    for (const struct node *target = targets->child; target; target = target->next) {
        emit_skip_before(e, target->first);
        hold_target(e, target, ++n);
    }
    emit_skip_through(e, node->mark);
    text_add(&e->out, "local ");
    for (unsigned i = 1; i <= n; i++)
        text_addf(&e->out, "%s%sv%u", i > 1 ? "," : "", e->prefix, i);
    text_add(&e->out, "=");
    emit_node(e, targets->next);
    text_add(&e->out, " ");
    for (const struct node *target = targets->last_child; target; target = target->prev)
        store_target(e, node, target, n--);
    text_add(&e->out, " end;");
}

void emit_assign(struct emitter *e, const struct node *node)
{
    const struct node *targets = node->child, *values = targets->next;
    uint32_t temps = 0;
    bool any = false;

    for (const struct node *target = targets->child; target; target = target->next) {
        any = any || watched(e, target);
        temps += 3;
    }
    if (!any || !emit_allowed(e, node) || node->active + temps > TREE_LOCALS)
        plain_assign(e, node);
    else if (!targets->child->next && !values->child->next)
        single_assign(e, node);
    else
        several_assign(e, node);
}

/* --- function statements ------------------------------------------------- */

void emit_function_statement(struct emitter *e, const struct node *node)
{
    const struct node *target = node->child, *function = target->next;
    const struct node *part = target->last_child;
    struct rewrite_site site;

    emit_before(e, node->first);
    if (!watched(e, target) || !emit_allowed(e, node) || node->active + 3 > TREE_LOCALS) {
        emit_through(e, node->first);
        if (target->kind == NODE_CHAIN && emit_boxed(target->child)) {
            emit_before(e, target->first);
            emit_token(e, target->first);
            text_add(&e->out, ".");
        } else if (target->kind == NODE_NAME) {
            plain_target(e, target);
        }
        emit_node(e, function);
        return;
    }
    site = write_site(e, node, target);
    emit_gap(e);
    if (target->kind == NODE_NAME) {
        emit_token(e, target->first);
        if (emit_boxed(target)) {
            text_add(&e->out, ".");
            emit_token(e, target->first);
        }
        text_add(&e->out, "=");
        open_variable(e, target);
    } else {
        text_addf(&e->out, "do local %st=", e->prefix);
        emit_skip_through(e, node->first);
        emit_chain(e, target, part);
        text_addf(&e->out, " %st.", e->prefix);
        emit_token(e, part->last);
        text_addf(&e->out, "=%sW(%st,\"", e->prefix, e->prefix);
        emit_token(e, part->last);
        text_add(&e->out, "\",");
    }
    emit_skip_through(e, target->last);
    text_add(&e->out, "function");
    e->open++;
    emit_function(e, function, node->mark != 0);
    e->open--;
    text_addf(&e->out, ",%u)%s", emit_site(e, &site), target->kind == NODE_NAME ? ";" : " end;");
}
