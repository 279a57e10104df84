/* travel.c -- what goes on between two moments: the pictures of a value on its way. */
#include "ui/travel.h"

enum { FRAME_MS = 45, LEAST_MS = 15 };

int travel_begin(const struct app *app, struct travel *travel, struct watch *watch, int ms)
{
    uint32_t frames = watch_frames(watch);
    int each = frames ? ms / (int)frames : 0;

    travel->under_way = !app->still && each >= LEAST_MS;
    if (!travel->under_way)
        return 0;
    travel->each = each < FRAME_MS ? each : FRAME_MS;
    travel->frame = 1;
    travel->due = app_now() + travel->each;
    watch_set_frame(watch, 1);
    return travel->each * (int)frames;
}

bool travel_tick(struct travel *travel, struct watch *watch)
{
    if (!travel->under_way || app_now() < travel->due)
        return false;
    travel->due += travel->each;
    travel->frame = travel->frame < watch_frames(watch) ? travel->frame + 1 : 0;
    travel->under_way = travel->frame > 0;
    watch_set_frame(watch, travel->frame);
    return true;
}

int travel_wait(const struct travel *travel)
{
    int64_t left = travel->due - app_now();

    if (!travel->under_way)
        return -1;
    return left < 0 ? 0 : (int)left;
}

void travel_end(struct travel *travel, struct watch *watch)
{
    if (travel->under_way)
        watch_set_frame(watch, 0);
    travel->under_way = false;
}

void travel_switch(struct app *app)
{
    app->still = !app->still;
    app_say(app, STYLE_NOTE, app->still ? "still: a step is shown at once; a moves values again"
                                        : "values move from who gives them to who takes them");
}
