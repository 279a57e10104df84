/* test_roots.c -- which blocks of a C program's heap can still be reached as it ends.
 *
 * A program puts the address of a block somewhere; the block says by its size which it is.  main
 * then waits for ever, and what it and the goroutines can reach is marked.
 */
#include "unit/c/program.h"

#include "c/inside.h"
#include "c/roots.h"

enum { KEPT = 4000, LOST = 5000 };

static struct program program;

/* The live block of a size; NULL: none. */
static const void *block_of(struct heap *heap, size_t size)
{
    struct heap_block *block = heap_next(heap, NULL);

    while (block && block->size != size)
        block = heap_next(heap, block);
    return block ? block + 1 : NULL;
}

static void check(const char *text, bool main_only)
{
    struct reach reach = {0};
    struct heap *heap;
    const void *kept, *lost;

    program_load(&program, text);
    program_run(&program);
    heap = &program.face->heap;
    kept = block_of(heap, KEPT);
    lost = block_of(heap, LOST);
    assert_non_null(kept);
    assert_non_null(lost);
    reach_begin(&reach, &program.run);
    for (struct goroutine *g = program.run.live; g; g = g->next)
        if (g->id == 1 || !main_only)
            reach_goroutine(&reach, g);
    assert_false(reach.all);
    assert_true(reach_has(&reach, kept));
    assert_false(reach_has(&reach, lost));
    reach_end(&reach);
    reach_release(&reach);
    program_free(&program);
}

/* main() calls what the text defines, which must put the block of 4000 bytes somewhere and lose the
 * one of 5000.  The stack is wiped: no copy of the address is to be left in a frame that is gone. */
#define PROGRAM                                                                                \
    "#include <stdlib.h>\n#include <string.h>\n"                                               \
    "static void lose(void) { volatile char *lost = malloc(5000); lost[0] = 1; lost = NULL; }\n" \
    "static void wipe(void) { char room[4096]; memset(room, 0, sizeof room); }\n"
#define MAIN "int main(void) { keep(); lose(); wipe(); go_block(); }\n"

static void in_a_global(void **state)
{
    (void)state;
    check(PROGRAM "static char *kept;\n"
                  "static void keep(void) { kept = malloc(4000); }\n" MAIN, true);
}

static void in_the_middle_of_a_block(void **state)
{
    (void)state;
    check(PROGRAM "static struct node { char *in; struct node *next; } *list;\n"
                  "static void keep(void) {\n"
                  "    for (int i = 0; i < 1000; i++) {\n"
                  "        struct node *node = malloc(sizeof *node);\n"
                  "        node->next = list; node->in = i ? NULL : (char *)malloc(4000) + 3999;\n"
                  "        list = node; } }\n" MAIN, true);
}

static void in_a_channel(void **state)
{
    (void)state;
    check(PROGRAM "static struct chan *c;\n"
                  "static void keep(void) { char *p = malloc(4000); c = go_chan(char *, 3);\n"
                  "    go_send(c, &p); }\n" MAIN, true);
}

static void as_the_argument_of_a_timer(void **state)
{
    (void)state;
    check(PROGRAM "static void later(void *p) { (void)p; go_block(); }\n"
                  "static void keep(void) { go_after_func(SECOND, later, malloc(4000)); }\n"
          "int main(void) { keep(); lose(); wipe(); go_sleep(2 * SECOND); go_block(); }\n",
          false);
}

static void on_another_stack(void **state)
{
    (void)state;
    check(PROGRAM "static void other(void *to) { char *p = malloc(4000); *(char ***)to = &p;\n"
                  "    go_block(); }\n"
                  "static char **global;\n"
                  "static void keep(void) { go(other, &global); go_sched(); }\n" MAIN, true);
}

static void in_a_thread_local(void **state)
{
    (void)state;
    check(PROGRAM "static _Thread_local char *kept;\n"
                  "static void keep(void) { kept = malloc(4000); }\n" MAIN, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_a_global),
        cmocka_unit_test(in_the_middle_of_a_block),
        cmocka_unit_test(in_a_channel),
        cmocka_unit_test(as_the_argument_of_a_timer),
        cmocka_unit_test(on_another_stack),
        cmocka_unit_test(in_a_thread_local),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
