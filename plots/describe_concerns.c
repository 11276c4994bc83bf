/*
 * Concerns: who looks after what arises beside the condition, and what it adds.
 * How often it arises, and what it makes worse, is supposed and no part of a
 * service.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/describe_impl.h"

/* Who knows of it, and when. */
static void say_working(const struct concern *concern, struct text *s)
{
    bool at_once = concern->delay.mean <= 0;

    if (concern->working == WORKING_INTEGRATED) {
        text_add(s, "looked after by the pathway's own staff, who know of it "
                    "at once");
        return;
    }
    text_add(s, "those who respond are told ");
    if (at_once)
        text_add(s, "as soon as it is noticed");
    else
        say_duration(&concern->delay, s);
    if (!at_once)
        text_add(s, " after it is noticed");
}

static void bullet_concern(struct describe *d, const struct concern *concern)
{
    struct text s = {0};

    text_printf(&s, "%s: ", concern->name);
    say_working(concern, &s);
    for (uint32_t i = 0; i < concern->adds_count; i++) {
        const struct planned *line = &concern->adds[i];
        const struct kind *kind = &d->scenario->kind[line->kind];

        text_printf(&s, "; until it closes also %s, ", kind->name);
        say_schedule(&line->schedule, &s);
        text_add(&s, ", ");
        say_window(kind, line->schedule.at, &s);
    }
    if (concern->response == NONE)
        text_add(&s, " (no response is laid down for it)");
    text_add(&s, ".");
    markdown_bullet(d->out, &s);
}

void describe_concerns(struct describe *d)
{
    const struct scenario *scenario = d->scenario;
    struct text s = {0};

    if (scenario->concern_count == 0)
        return;
    markdown_heading(d->out, 2, "Concerns");
    text_add(&s, "What may arise beside the condition, and who is to know:");
    markdown_paragraph(d->out, &s);
    for (uint32_t i = 0; i < scenario->concern_count; i++)
        bullet_concern(d, &scenario->concern[i]);
    markdown_end(d->out);
    for (uint32_t i = 0; i < scenario->concern_count; i++)
        describe_note(d, "concerns", scenario->concern[i].name);
}
