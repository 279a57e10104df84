/* generate.h -- random small Lua programs, biased to what the rewriter touches:
 * closures over assigned locals, fields of fields, multiple assignment, methods,
 * globals, and reads of what is not there.
 *
 * Statements run under pcall, so a program goes on after an error and prints it.
 */
#ifndef BRAID_TESTS_LUA_GENERATE_H
#define BRAID_TESTS_LUA_GENERATE_H

#include "base/text.h"

#include <stdint.h>

struct generator {
    struct text *out;
    uint64_t state;
    int depth;
    int functions; /* nesting; statements stop growing with it */
    int in_loop;
};

static unsigned draw(struct generator *g, unsigned n)
{
    g->state += 0x9e3779b97f4a7c15u;
    uint64_t x = g->state;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return (unsigned)((x ^ (x >> 31)) % n);
}

static void put(struct generator *g, const char *text)
{
    text_add(g->out, text);
}

static void blank(struct generator *g)
{
    static const char *const blanks[] = {" ", " ", " ", " ", "\n", " --c\n", " --[[x\ny]] "};
    put(g, blanks[draw(g, 7)]);
}

static const char *variable(struct generator *g)
{
    static const char *const names[] = {"a", "b", "c", "d", "t", "u", "G", "H", "o"};
    return names[draw(g, 9)];
}

static const char *field(struct generator *g)
{
    static const char *const names[] = {"k", "x", "y", "next"};
    return names[draw(g, 4)];
}

static void expression(struct generator *g);
static void prefix(struct generator *g);
static void block(struct generator *g, unsigned n);

/* No comparison: Lua 5.4.4 compiles upvalue[a < b] wrongly. */
static void key(struct generator *g)
{
    switch (draw(g, 3)) {
    case 0: text_addf(g->out, "%u", draw(g, 4)); break;
    case 1: put(g, "'x' .. ("); expression(g); put(g, ")"); break;
    default: prefix(g);
    }
}

static void prefix(struct generator *g)
{
    if (draw(g, 8) == 0) {
        put(g, "(");
        expression(g);
        put(g, ")");
    } else {
        put(g, variable(g));
    }
    for (unsigned n = draw(g, 4); n > 0; n--) {
        switch (draw(g, 6)) {
        case 0:
        case 1:
            if (draw(g, 10) == 0)
                blank(g);
            put(g, ".");
            put(g, field(g));
            break;
        case 2:
            put(g, "[");
            key(g);
            put(g, "]");
            break;
        case 3:
            put(g, ".f(");
            expression(g);
            put(g, ")");
            break;
        case 4:
            put(g, ":m(");
            expression(g);
            put(g, ")");
            break;
        default:
            put(g, "[");
            text_addf(g->out, "%u", draw(g, 4));
            put(g, "]");
        }
    }
}

static void function(struct generator *g)
{
    static const char *const heads[] = {"()", "(a)", "(a, b)", "(...)", "(c, ...)", "(t)"};

    put(g, heads[draw(g, 6)]);
    blank(g);
    g->functions++;
    block(g, 1 + draw(g, 2));
    g->functions--;
    if (draw(g, 2)) {
        put(g, "return ");
        expression(g);
    }
    put(g, " end");
}

static void expression(struct generator *g)
{
    static const char *const operators[] = {" + ", " - ", " * ", " .. ", " == ", " ~= ", " < ",
                                            " - ",   " or ", " and ", " & ", " ^ "};

    if (++g->depth > 5) {
        text_addf(g->out, "%u", draw(g, 5));
        g->depth--;
        return;
    }
    switch (draw(g, 14)) {
    case 0: text_addf(g->out, "%u", draw(g, 4)); break;
    case 1: put(g, draw(g, 2) ? "'k'" : "nil"); break;
    case 2: {
        unsigned operator = draw(g, 12);
        if (operator == 8 || operator == 9)
            prefix(g); /* what follows a constant here Lua folds away */
        else
            expression(g);
        put(g, operators[operator]);
        if (draw(g, 12) == 0)
            blank(g);
        expression(g);
        break;
    }
    case 3: put(g, "#"); prefix(g); break;
    case 4: put(g, draw(g, 2) ? "not " : "-"); prefix(g); break;
    case 5:
        put(g, "{");
        expression(g);
        put(g, ", k = ");
        expression(g);
        put(g, ", ['x'] = ");
        expression(g);
        put(g, "}");
        break;
    case 6:
        if (g->functions < 3) {
            put(g, "function");
            function(g);
        } else {
            put(g, "1");
        }
        break;
    case 7: put(g, "pcall(function() return "); expression(g); put(g, " end)"); break;
    case 8: put(g, "("); expression(g); put(g, ")"); break;
    default: prefix(g);
    }
    g->depth--;
}

static void target(struct generator *g)
{
    unsigned sort = draw(g, 3);

    if (sort == 0) {
        put(g, variable(g));
        return;
    }
    prefix(g);
    if (sort == 1) {
        put(g, ".");
        put(g, field(g));
    } else {
        put(g, "[");
        key(g);
        put(g, "]");
    }
}

static void statement(struct generator *g)
{
    switch (draw(g, 16)) {
    case 0:
    case 1:
    case 2:
    case 3:
        target(g);
        blank(g);
        put(g, "= ");
        expression(g);
        break;
    case 4:
        target(g);
        put(g, ", ");
        target(g);
        put(g, " = ");
        expression(g);
        if (draw(g, 2)) {
            put(g, ",");
            blank(g);
            expression(g);
        }
        break;
    case 5:
        text_addf(g->out, "local %s = ", variable(g));
        expression(g);
        break;
    case 6:
        text_addf(g->out, "local %s, %s", variable(g), variable(g));
        if (draw(g, 3)) {
            put(g, " = ");
            expression(g);
        }
        break;
    case 7:
        text_addf(g->out, "local function %s", draw(g, 2) ? "d" : "b");
        function(g);
        break;
    case 8:
        text_addf(g->out, "function %s%s%s", draw(g, 2) ? "t" : "o", draw(g, 2) ? ".k" : "",
                  draw(g, 2) ? ".f" : ":m");
        function(g);
        break;
    case 9:
        text_addf(g->out, "function %s", variable(g));
        function(g);
        break;
    case 10:
        text_addf(g->out, "for %s = 1, 3 do ", variable(g));
        block(g, 2);
        put(g, " end");
        break;
    case 11:
        text_addf(g->out, "for %s, %s in ipairs({5, 6}) do ", variable(g), variable(g));
        block(g, 2);
        put(g, " end");
        break;
    case 12:
        put(g, "if ");
        expression(g);
        put(g, " then ");
        block(g, 1);
        put(g, " else ");
        block(g, 1);
        put(g, " end");
        break;
    case 13:
        put(g, "repeat local a = 1 ");
        block(g, 1);
        put(g, " until true or ");
        expression(g);
        break;
    default:
        put(g, "print(show(");
        expression(g);
        put(g, "))");
    }
}

static void block(struct generator *g, unsigned n)
{
    if (++g->depth < 6)
        while (n-- > 0) {
            statement(g);
            put(g, draw(g, 2) ? "; " : ";\n");
        }
    g->depth--;
}

/* A Lua program that compiles, ends, and prints; the same for the same seed. */
static void generate(struct text *out, unsigned long seed)
{
    struct generator g = {.out = out, .state = seed * 7919 + 1};
    static const char *const last[] = {"a", "b", "c", "d", "t.k", "t.x", "t[1]", "G", "H", "o.k"};

    put(&g, "local budget = 3000\n"
            "local function show(v) budget = budget - 1 if budget < 0 then error('budget', 0) end\n"
            "  local s = type(v) if s == 'table' then return 't' .. #v elseif s == 'function' then\n"
            "  return s end return tostring(v) end\n"
            "local a, b, c, d = 1, 'two', nil, 4\n"
            "local t, u = {k = {x = 1}, 7, 8, f = function(v) return v end}, {}\n"
            "local o = setmetatable({m = function(self, v) self.k = v return self end}, {__index =\n"
            "  function(o, k) return k ~= 'y' and k or nil end, __len = function() return 3 end})\n"
            "G = {f = print}\n");
    for (unsigned n = 3 + draw(&g, 5); n > 0; n--) {
        put(&g, "print(pcall(function() ");
        block(&g, 1 + draw(&g, 3));
        put(&g, "end))\n");
        if (draw(&g, 3) == 0) {
            block(&g, 0);
            put(&g, "a = show(a);\n");
        }
    }
    for (unsigned i = 0; i < sizeof last / sizeof last[0]; i++)
        text_addf(out, "print(pcall(function() return show(%s) end))\n", last[i]);
}

#endif
