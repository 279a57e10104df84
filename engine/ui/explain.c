/* explain.c -- the words of a text: how Go, Lua and C spell the calls of its code, and the entries
 * of the glossary that it speaks of. */
#include "course/spellings.h"
#include "ui/app.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Whether a word of the text begins with the term: "Channels" speaks of "channel". */
static bool speaks_of(const char *text, const char *term)
{
    for (const char *at = text; (at = strcasestr(at, term)); at++)
        if (at == text || !isalnum((unsigned char)at[-1]))
            return true;
    return false;
}

void app_explain(struct app *app, const char *text)
{
    const struct lesson *glossary = &app->course.glossary;
    struct text words = {0};

    if (text && spellings_table(app->course.root, text, -1, &words))
        text_add(&words, "\n\n");
    for (size_t i = 0; i < glossary->nsteps; i++)
        if (!text || speaks_of(text, glossary->steps[i].title))
            text_addf(&words, "%s\n\n", glossary->steps[i].markdown);
    if (words.len > 0)
        app_push(app, screen_page(text ? "the words of this step" : "all words",
                                  text_string(&words)));
    else
        app_say(app, STYLE_NOTE, text ? "this step has no code and no word of the glossary; l w shows all"
                                      : "there is no glossary");
    text_release(&words);
}
