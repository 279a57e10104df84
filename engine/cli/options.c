/* options.c -- the command line of every command. */
#include "cli/options.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool set_plain(struct options *o, const char *value) { (void)value; return o->plain = true; }
static bool set_json(struct options *o, const char *value) { (void)value; return o->json = true; }
static bool set_story(struct options *o, const char *value) { (void)value; return o->story = true; }
static bool set_yes(struct options *o, const char *value) { (void)value; return o->yes = true; }
static bool set_accesses(struct options *o, const char *value)
{
    (void)value;
    return o->accesses = true;
}

static bool set_keep(struct options *o, const char *value) { (void)value; return o->keep_going = true; }
static bool set_stats(struct options *o, const char *v) { (void)v; return o->stats = true; }
static bool set_review(struct options *o, const char *v) { (void)v; return o->review = true; }
static bool set_notes(struct options *o, const char *value) { (void)value; return o->notes = true; }
static bool set_all(struct options *o, const char *value) { (void)value; return o->all = true; }
static bool set_still(struct options *o, const char *value) { (void)value; return o->still = true; }
static bool set_luacats(struct options *o, const char *value) { (void)value; return o->luacats = true; }

static bool set_strategy(struct options *o, const char *value)
{
    o->strategy = value;
    return true;
}

static bool set_output(struct options *o, const char *value) { o->output = value; return true; }
static bool set_reach(struct options *o, const char *value) { o->reach = value; return true; }
static bool set_export(struct options *o, const char *value) { o->export = value; return true; }

static bool set_csv(struct options *o, const char *value) { (void)value; return o->csv = true; }
static bool set_out(struct options *o, const char *value) { return *(o->out = value) != '\0'; }

static bool set_view(struct options *o, const char *value)
{
    o->braid = strcmp(value, "braid") == 0;
    return o->braid || strcmp(value, "story") == 0;
}

static bool set_exercise(struct options *o, const char *value)
{
    o->exercise = value;
    return true;
}

static bool number(uint64_t *out, const char *value)
{
    char *end;

    errno = 0;
    *out = strtoull(value, &end, 10);
    return *value >= '0' && *value <= '9' && *end == '\0' && errno == 0;
}

static bool set_seed(struct options *o, const char *value) { return number(&o->seed, value); }
static bool set_budget(struct options *o, const char *value) { return number(&o->budget, value); }
static bool set_jobs(struct options *o, const char *value)
{
    return number(&o->jobs, value) && o->jobs >= 1 && o->jobs <= 64;
}

static bool set_steps(struct options *o, const char *value) { return number(&o->steps, value); }

/* "2s", "500ms", "2", "1.5s", "1m". */
static bool set_wall(struct options *o, const char *value)
{
    char *unit;
    double n = strtod(value, &unit);
    double ms = strcmp(unit, "ms") == 0 ? n : strcmp(unit, "m") == 0 ? n * 60000 : n * 1000;

    o->wall_ms = ms < 1e12 ? (int64_t)ms : 0;
    return *value >= '0' && *value <= '9' && o->wall_ms > 0 &&
           (!*unit || strcmp(unit, "ms") == 0 || strcmp(unit, "s") == 0 || strcmp(unit, "m") == 0);
}

static bool set_language(struct options *o, const char *value)
{
    o->language = strcmp(value, "lua") == 0 ? COURSE_LUA : strcmp(value, "c") == 0 ? COURSE_C : -1;
    return o->language >= 0;
}

static const struct option_entry {
    const char *name;
    const char *value;  /* what it takes; NULL: nothing */
    bool (*set)(struct options *o, const char *value);
    const char *help;
} entries[] = {
    {"--plain", NULL, set_plain, "text without colour or drawing, for pipes and screen readers"},
    {"--json", NULL, set_json, "one JSON object on standard output"},
    {"--story", NULL, set_story, "tell the failing run step by step"},
    {"--review", NULL, set_review, "check: answer the eight questions of a review, over all runs"},
    {"--stats", NULL, set_stats, "run: time taken, utilisation, speed-up and throughput, on stderr"},
    {"--strategy", "NAME", set_strategy, "portfolio, rr, random, pct:N, pos, bound:N, sleep, dpor, exhaustive"},
    {"--budget", "RUNS", set_budget, "how many runs at most"},
    {"--wall", "2s", set_wall, "how long at most; then the verdict is 'incomplete'"},
    {"--steps", "N", set_steps, "how many steps a run may take"},
    {"--accesses", NULL, set_accesses, "accesses of memory are steps; shows what a race leads to"},
    {"--jobs", "N", set_jobs, "explore with so many processes, 1 to 64 (default 1); grade: so many at once"},
    {"--seed", "N", set_seed, "seed of the random strategy (default 1)"},
    {"--keep-going", NULL, set_keep, "count all failing runs, do not stop at the first"},
    {"--output", "TEXT", set_output, "can: is there an interleaving that prints these words?"},
    {"--reach", "NAME", set_reach, "can: ... that passes go.mark(\"NAME\"), MARK(\"NAME\")?"},
    {"--view", "story|braid", set_view, "replay, run --plain: a sentence a step, or a strand a goroutine"},
    {"--export", "FORMAT", set_export, "replay: perfetto, svg or cast, on standard output"},
    {"--out", "FOLDER", set_out, "grade: keep grades and feedback there; what is graded is kept"},
    {"--csv", NULL, set_csv, "grade: a table for a spreadsheet, on standard output"},
    {"--lang", "lua|c", set_language, "which language's file of an exercise"},
    {"--exercise", "NAME", set_exercise, "check the file as an answer to this exercise"},
    {"--all", NULL, set_all, "everything: also what is done, all hints"},
    {"--luacats", NULL, set_luacats, "doc: all of it as annotations for a Lua language server"},
    {"--notes", NULL, set_notes, "present: the notes, on a second terminal that follows the first"},
    {"--still", NULL, set_still, "the app: a step is shown at once, no value moves"},
    {"--yes", NULL, set_yes, "do not ask"},
};

static const struct option_entry *find(const char *word, size_t len)
{
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (strlen(entries[i].name) == len && strncmp(entries[i].name, word, len) == 0)
            return &entries[i];
    return NULL;
}

/* -DNAME, -D NAME, -O2, -Wall, -Ifolder, -std=...: the C compiler's. */
static bool is_cflag(const char *word)
{
    return strchr("DUOWIfgm", word[1]) || strncmp(word, "-std=", 5) == 0;
}

bool options_parse(struct options *options, int argc, char **argv)
{
    bool only_words = false;

    *options = (struct options){.language = -1};
    if (argc >= OPTIONS_MAX / 2) {
        fprintf(stderr, "braid: too many arguments\n");
        return false;
    }
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i], *equals = strchr(word, '=');
        const struct option_entry *entry = find(word, equals ? (size_t)(equals - word) : strlen(word));

        if (only_words || word[0] != '-' || word[1] == '\0') {
            options->words[options->nwords++] = word;
        } else if (strcmp(word, "--") == 0) {
            only_words = true;
        } else if (entry) {
            const char *value = !entry->value ? NULL : equals ? equals + 1 : i + 1 < argc ? argv[++i] : NULL;

            if (entry->value && !value) {
                fprintf(stderr, "braid: '%s' needs a value: %s\n", entry->name, entry->value);
                return false;
            }
            if (!entry->set(options, value)) {
                fprintf(stderr, "braid: '%s' does not take '%s': %s\n", entry->name, value, entry->value);
                return false;
            }
        } else if (word[1] != '-' && is_cflag(word)) {
            options->cflags[options->ncflags++] = word;
            if (strchr("DUI", word[1]) && word[2] == '\0' && i + 1 < argc)
                options->cflags[options->ncflags++] = argv[++i];
        } else {
            fprintf(stderr, "braid: unknown option '%s': see 'braid help'\n", word);
            return false;
        }
    }
    return true;
}

bool options_yes(const struct options *options, const char *question)
{
    int c;

    if (options->yes)
        return true;
    if (!isatty(STDIN_FILENO)) {
        fprintf(stderr, "braid: %s Say --yes.\n", question);
        return false;
    }
    printf("%s [y/N] ", question);
    fflush(stdout);
    c = getchar();
    return c == 'y' || c == 'Y';
}

void options_help(void)
{
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        char both[64];

        snprintf(both, sizeof both, "%s%s%s", entries[i].name, entries[i].value ? " " : "",
                 entries[i].value ? entries[i].value : "");
        printf("  %-20s %s\n", both, entries[i].help);
    }
    printf("  %-20s %s\n", "-DNAME=V -O2 ...", "passed on to the C compiler");
}
