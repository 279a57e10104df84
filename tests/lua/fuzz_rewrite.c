/* fuzz_rewrite.c -- the rewriter never crashes, and what Lua accepts it rewrites to
 * something Lua accepts.
 *
 *     fuzz_rewrite COUNT SEED FILE...
 *
 * Texts are mutations of the files: bytes changed, spans deleted, doubled, moved in
 * from another file, tokens put in.  The same for the same seed.
 */
#include "lua/rewrite.h"

#include <lauxlib.h>
#include <lua.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 1 << 16 };

struct file {
    char *text;
    size_t len;
};

static uint64_t state;

static size_t draw(size_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return n ? (size_t)(state % n) : 0;
}

static bool read_file(struct file *file, const char *path)
{
    FILE *in = fopen(path, "rb");

    file->text = in ? malloc(TEXT_MAX) : NULL;
    file->len = file->text ? fread(file->text, 1, TEXT_MAX, in) : 0;
    if (in)
        fclose(in);
    return file->text;
}

static void insert(char *text, size_t *len, size_t at, const char *what, size_t n)
{
    if (*len + n > TEXT_MAX)
        return;
    memmove(text + at + n, text + at, *len - at);
    memcpy(text + at, what, n);
    *len += n;
}

static void mutate(char *text, size_t *len, const struct file *other)
{
    static const char *const tokens[] = {
        "local ", "function ", " end ", "=", ".", ":", "(", ")", "{", "}", "[", "]", "#", "-- ",
        "--[[", "]]", "...", " do ", " goto x ", "::x::", ";", ",", " a", " self", " <const> ",
        " _ENV ", "\n", "\r", "\"", "'", "\\", " return ", " then ", " if ", " for ", " in ", " 0x1p",
        " repeat ", " until ", " not ", "..", "[==[", "]==]", "~", "//", " and ", " or ", " nil ",
    };
    char span[64];
    size_t at = draw(*len + 1), n;

    switch (draw(5)) {
    case 0:
        if (at < *len)
            text[at] = (char)draw(256);
        break;
    case 1:
        n = draw(*len - at < 40 ? *len - at + 1 : 40);
        memmove(text + at, text + at + n, *len - at - n);
        *len -= n;
        break;
    case 2:
        n = draw(sizeof span);
        if (at + n <= *len) {
            memcpy(span, text + at, n);
            insert(text, len, draw(*len + 1), span, n);
        }
        break;
    case 3:
        n = draw(sizeof span);
        if (n < other->len) {
            memcpy(span, other->text + draw(other->len - n), n);
            insert(text, len, at, span, n);
        }
        break;
    default:
        n = draw(sizeof tokens / sizeof tokens[0]);
        insert(text, len, at, tokens[n], strlen(tokens[n]));
    }
}

static bool compiles(const char *text, size_t len)
{
    lua_State *L = luaL_newstate();
    bool good;

    /* as the face does: a first line with '#' and a byte order mark are not Lua's concern */
    size_t skip = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    if (skip < len && text[skip] == '#')
        while (skip < len && text[skip] != '\n')
            skip++;
    good = luaL_loadbufferx(L, text + skip, len - skip, "@fuzz.lua", "t") == LUA_OK;
    lua_close(L);
    return good;
}

int main(int argc, char **argv)
{
    static char text[TEXT_MAX + 1];
    struct file files[32];
    int nfiles = 0;
    unsigned long count, compiled = 0, failed = 0;

    if (argc < 4)
        return 2;
    for (int i = 3; i < argc && nfiles < 32; i++)
        nfiles += read_file(&files[nfiles], argv[i]);
    if (nfiles == 0)
        return 2;
    count = strtoul(argv[1], NULL, 10);
    for (unsigned long i = 0; i < count; i++) {
        const struct file *file;
        struct rewrite rewrite;
        char *copy;
        size_t len, from;
        bool understood;

        state = (strtoul(argv[2], NULL, 10) + i) * 0x9e3779b97f4a7c15u + 1;
        file = &files[draw((size_t)nfiles)];
        /* a stretch of whole lines */
        from = draw(file->len);
        while (from > 0 && file->text[from - 1] != '\n')
            from--;
        len = draw(file->len - from > 600 ? 600 : file->len - from) + 1;
        while (from + len < file->len && file->text[from + len - 1] != '\n')
            len++;
        memcpy(text, file->text + from, len);
        for (size_t n = draw(4); n > 0; n--)
            mutate(text, &len, &files[draw((size_t)nfiles)]);

        copy = malloc(len ? len : 1); /* so that reading over the end is seen */
        memcpy(copy, text, len);
        understood = rewrite_source(&rewrite, copy, len);
        if (compiles(copy, len)) {
            compiled++;
            if (!understood || !compiles(rewrite.text, rewrite.len)) {
                failed++;
                printf("seed %lu: %s\n--- source\n%.*s\n", strtoul(argv[2], NULL, 10) + i,
                       understood ? "the result does not compile" : "not understood", (int)len,
                       copy);
            }
        }
        if (understood)
            rewrite_release(&rewrite);
        free(copy);
    }
    for (int i = 0; i < nfiles; i++)
        free(files[i].text);
    printf("%lu texts, %lu of them Lua, %lu failed\n", count, compiled, failed);
    return failed || !compiled;
}
