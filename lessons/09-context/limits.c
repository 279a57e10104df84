// A child asks for more time than its parent has.
#include "go.h"

static int ms(void)
{
    return (int)(go_now() / MILLISECOND);
}

int main(void)
{
    struct ctx *trip = ctx_with_timeout(ctx_background(), 20 * MILLISECOND);
    struct ctx *museum = ctx_with_timeout(trip, 50 * MILLISECOND);
    struct ctx *cafe = ctx_with_deadline(trip, go_now() + 10 * MILLISECOND);

    go_recv_any(ctx_done(cafe));
    printf("cafe after %d ms: %s\n", ms(), ctx_err(cafe));
    go_recv_any(ctx_done(museum));
    printf("museum after %d ms: %s\n", ms(), ctx_err(museum));
    printf("trip: %s\n", ctx_err(trip));

    ctx_cancel(cafe);
    ctx_cancel(museum);
    ctx_cancel(trip);
}
