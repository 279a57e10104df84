/* rewrite.c -- source in, instrumented source and sites out. */
#include "lua/rewrite.h"

#include "lua/emit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char hook_letters[REWRITE_HOOK_COUNT + 1] = "NGWRVZF";

/* Where Lua begins to read: after a byte order mark and a first line that begins with '#'. */
static size_t beginning(const char *source, size_t len)
{
    size_t at = len >= 3 && memcmp(source, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    if (at < len && source[at] == '#')
        while (at < len && source[at] != '\n')
            at++;
    return at;
}

/* A prefix that no name of the text has: "_b", "_b1", ... */
static bool choose_prefix(struct emitter *e)
{
    const struct tokens *tokens = &e->tree->tokens;
    bool taken = true;

    for (unsigned n = 0; taken && n < 100000; n++) {
        size_t len;

        snprintf(e->prefix, sizeof e->prefix, n ? "_b%u" : "_b", n);
        len = strlen(e->prefix);
        taken = false;
        for (uint32_t i = 0; i < tokens->count && !taken; i++)
            taken = tokens->at[i].kind == TOKEN_NAME
                    && tokens->at[i].end - tokens->at[i].start >= len
                    && memcmp(e->tree->text + tokens->at[i].start, e->prefix, len) == 0;
    }
    return !taken;
}

bool rewrite_source(struct rewrite *out, const char *source, size_t len, bool apart)
{
    struct tree tree;
    struct emitter e = {.tree = &tree, .at = beginning(source, len), .apart = apart};

    if (len > 1u << 30 || !tree_read(&tree, source, len, e.at, 1) || !choose_prefix(&e))
        goto release_tree;
    text_add(&e.out, "local ");
    for (int i = 0; i < REWRITE_HOOK_COUNT; i++)
        text_addf(&e.out, "%s%s%c", i ? "," : "", e.prefix, hook_letters[i]);
    text_add(&e.out, "=...;return function(...) ");
    e.func = tree.main;
    emit_frame_begin(&e, tree.root);
    emit_children(&e, tree.root);
    text_add(&e.out, "\n"); /* the text may end in a comment */
    emit_frame_end(&e, tree.root);
    text_add(&e.out, "end\n");
    if (e.failed || e.out.failed)
        goto release_tree;
    *out = (struct rewrite){.sites = e.sites, .nsites = e.nsites, .region = e.region};
    out->len = e.out.len;
    out->text = text_take(&e.out);
    tree_release(&tree);
    return true;

release_tree:
    text_release(&e.out);
    region_release(&e.region);
    free(e.sites);
    tree_release(&tree);
    return false;
}

void rewrite_release(struct rewrite *rewrite)
{
    free(rewrite->text);
    free(rewrite->sites);
    region_release(&rewrite->region);
    *rewrite = (struct rewrite){0};
}

/* An operator's line is the one Lua gives for its operands, which may stand below it. */
enum { NEARBY = 2 };

/* Lines between a site and a message. */
static uint32_t distance(const struct rewrite_site *site, uint32_t line)
{
    if (line < site->line)
        return site->line - line;
    return line > site->error_line ? line - site->error_line : 0;
}

/* Whether the site's name ends in ".name". */
static bool is_field(const struct rewrite_site *site, const char *name, size_t len)
{
    size_t all = strlen(site->name);

    return site->kind == SITE_FIELD && all > len && site->name[all - len - 1] == '.'
           && memcmp(site->name + all - len, name, len) == 0;
}

const char *rewrite_message(const struct rewrite *rewrite, uint32_t line, const char *message,
                            char *into, size_t size)
{
    static const char mark[] = "(field '";
    const char *start = strstr(message, mark), *name, *end, *self = NULL;
    uint32_t nearest = NEARBY + 1, field = NEARBY + 1;
    size_t len;

    if (!start)
        return NULL;
    name = start + sizeof mark - 1;
    end = strstr(name, "')");
    if (!end)
        return NULL;
    len = (size_t)(end - name);
    for (uint32_t i = 0; i < rewrite->nsites; i++) {
        const struct rewrite_site *site = &rewrite->sites[i];
        uint32_t away = distance(site, line);

        if (is_field(site, name, len)) {
            field = away < field ? away : field;
        } else if (away < nearest && site->self && strlen(site->name) == len
                   && memcmp(site->name, name, len) == 0) {
            nearest = away;
            self = site->self;
        }
    }
    if (!self || field <= nearest)
        return NULL;
    snprintf(into, size, "%.*s(%s%s", (int)(start - message), message, self, end + 1);
    return into;
}
