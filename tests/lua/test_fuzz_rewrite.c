/* test_fuzz_rewrite.c -- the rewriter never crashes, and what Lua accepts it rewrites to
 * something Lua accepts.
 *
 *     test_fuzz_rewrite                       20000 texts from the corpus
 *     test_fuzz_rewrite [-seconds] N SEED FILE...
 *
 * Texts are mutations of the files: bytes changed, spans deleted, doubled, moved in
 * from another file, tokens put in.  The same for the same seed.
 */
#include "fuzz.h"

#include "lua/rewrite.h"

#include <lauxlib.h>
#include <lua.h>

enum { TEXT_MAX = 1 << 16 };

struct file {
    char *text;
    size_t len;
};

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

/* A stretch of whole lines of some file, mutated; returns its length. */
static size_t make_text(char *text, const struct file *files, size_t nfiles)
{
    const struct file *file = &files[draw(nfiles)];
    size_t from = draw(file->len), len;

    while (from > 0 && file->text[from - 1] != '\n')
        from--;
    len = draw(file->len - from > 600 ? 600 : file->len - from) + 1;
    while (from + len < file->len && file->text[from + len - 1] != '\n')
        len++;
    memcpy(text, file->text + from, len);
    for (size_t n = draw(4); n > 0; n--)
        mutate(text, &len, &files[draw(nfiles)]);
    return len;
}

/* false: Lua takes the text, but not what it was rewritten to. */
static bool good_text(const char *text, size_t len, bool *is_lua)
{
    bool apart = draw(2);
    struct rewrite rewrite;
    char *copy = malloc(len ? len : 1); /* so that reading over the end is seen */
    bool understood, good = true;

    if (!copy)
        return false;
    memcpy(copy, text, len);
    understood = rewrite_source(&rewrite, copy, len, apart);
    *is_lua = compiles(copy, len);
    if (*is_lua && (!understood || !compiles(rewrite.text, rewrite.len))) {
        good = false;
        printf("%s\n--- source\n%.*s\n",
               understood ? "the result does not compile" : "not understood", (int)len, copy);
    }
    if (understood)
        rewrite_release(&rewrite);
    free(copy);
    return good;
}

int main(int argc, char **argv)
{
    static char text[TEXT_MAX + 1];
    static char *corpus[] = {"test_fuzz_rewrite", "20000", "1", "tests/lua/corpus/access.lua",
                             "tests/lua/corpus/scope.lua", "tests/lua/corpus/statements.lua",
                             "tests/lua/corpus/grammar.lua"};
    struct file files[32];
    size_t nfiles = 0;
    unsigned long number, compiled = 0, failed = 0;
    struct fuzz fuzz;

    if (argc < 4) {
        argc = sizeof corpus / sizeof corpus[0];
        argv = corpus;
    }
    for (int i = 1 + fuzz_begin(&fuzz, argv); i < argc && nfiles < 32; i++)
        nfiles += read_file(&files[nfiles], argv[i]);
    while (nfiles > 0 && fuzz_next(&fuzz, &number)) {
        bool is_lua = false;

        if (!good_text(text, make_text(text, files, nfiles), &is_lua)) {
            failed++;
            printf("number %lu\n", number);
        }
        compiled += is_lua;
    }
    for (size_t i = 0; i < nfiles; i++)
        free(files[i].text);
    printf("%s fuzz_rewrite: %lu texts, %lu of them Lua, %lu failed\n",
           failed || !compiled ? "FAIL" : "ok", fuzz.done, compiled, failed);
    return failed || !compiled;
}
