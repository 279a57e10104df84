// expect: passed
// Three at once, then one each 10 ms.
#include "go.h"

int main(void)
{
    struct limit *limit = go_limit(10 * MILLISECOND, 3);
    struct ctx *background = ctx_background();

    for (int i = 1; i <= 5; i++) {
        limit_wait(limit, background, 1);
        printf("%d %d\n", i, (int)(go_now() / MILLISECOND));
    }
    printf("%d ", limit_allow(limit, 1));
    printf("%s\n", limit_wait(limit, background, 4));
    printf("%d\n", (int)(limit_reserve(limit, 2) / MILLISECOND));

    struct ctx *soon = ctx_with_timeout(background, 5 * MILLISECOND);
    printf("%s\n", limit_wait(limit, soon, 1));
    ctx_cancel(soon);
}
