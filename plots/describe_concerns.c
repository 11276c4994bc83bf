/*
 * Concerns: who looks after what arises beside the condition, who notices it
 * and when those who respond know, and what it adds. How often it arises, and
 * what it makes worse, is supposed and no part of a service.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/describe_impl.h"

/* Beside the pathway: what of it is noticed, and how long the telling takes.
 * Without a rate it arises by a sign alone, and is noticed then. */
static void say_parallel(const struct concern *concern, struct text *s)
{
    text_add(s, "looked after beside the pathway, by others. ");
    if (concern->rate == NULL)
        text_add(s, "Those");
    else if (concern->noticed >= 1)
        text_add(s, "It is noticed when it arises; those");
    else if (concern->noticed <= 0)
        text_add(s, "Nobody notices it when it arises; those");
    else
        text_printf(s, "It is noticed when it arises %.3g in 100 times; those",
                    100 * concern->noticed);
    text_add(s, " who respond are told ");
    if (concern->delay.mean > 0) {
        say_duration(&concern->delay, s);
        text_add(s, " after it is noticed");
    } else {
        text_add(s, "as soon as it is noticed");
    }
}

/* Who knows of it, and when. */
static void say_working(const struct concern *concern, struct text *s)
{
    if (concern->working == WORKING_INTEGRATED)
        text_add(s, "looked after by the pathway's own staff, who know of it "
                    "at once");
    else
        say_parallel(concern, s);
    text_add(s, ".");
}

/* Signs whose noting opens it, at either end of the link. */
static void say_opening_signs(const struct scenario *scenario,
                              const struct concern *concern, struct text *s)
{
    uint32_t own = (uint32_t)(concern - scenario->concern);
    const char *joint = concern->rate == NULL
                            ? " It is raised by noting the sign"
                            : " It is also raised by noting the sign";
    bool any = false;

    for (uint32_t i = 0; i < scenario->sign_count; i++) {
        if (scenario->sign[i].opens != own && concern->opens_on != i)
            continue;
        text_printf(s, "%s \"%s\"", any ? " or" : joint,
                    scenario->sign[i].name);
        any = true;
    }
    text_add(s, any ? "." : "");
}

/* Contacts besides the plan's. */
static void say_added(const struct scenario *scenario,
                      const struct concern *concern, struct text *s)
{
    for (uint32_t i = 0; i < concern->adds_count; i++) {
        const struct planned *line = &concern->adds[i];
        const struct kind *kind = &scenario->kind[line->kind];

        text_printf(
            s, "%s%s, ",
            i ? "; " : " Until it closes, besides the plan: ", kind->name);
        say_schedule(&line->schedule, s);
        text_add(s, ", ");
        say_window(kind, line->schedule.at, s);
        text_add(s, ", by ");
        say_staffing(scenario, kind, s);
    }
    text_add(s, concern->adds_count > 0 ? "." : "");
}

/* Its response, and the time after which it is over without one. */
static void say_closing(const struct concern *concern, struct text *s)
{
    if (concern->response != NONE)
        text_printf(s,
                    " From when they know, what stands under \"If there is "
                    "a concern: %s\" is done; once "
                    "that has succeeded it is closed.",
                    concern->name);
    else
        text_add(s, " No response is laid down for it.");
    if (!concern->has_closes)
        return;
    text_add(s, " It closes by itself after ");
    say_duration(&concern->closes, s);
    text_add(s, ".");
}

static void bullet_concern(struct describe *d, const struct concern *concern)
{
    struct text s = {0};

    text_printf(&s, "%s: ", concern->name);
    say_working(concern, &s);
    say_opening_signs(d->scenario, concern, &s);
    say_added(d->scenario, concern, &s);
    say_closing(concern, &s);
    markdown_bullet(d->out, &s);
}

void describe_concerns(struct describe *d)
{
    const struct scenario *scenario = d->scenario;
    struct text s = {0};

    if (scenario->concern_count == 0)
        return;
    markdown_heading(d->out, 2, "Concerns");
    text_add(&s,
             "What may arise beside the condition, who is to know of it, and "
             "what it calls for:");
    markdown_paragraph(d->out, &s);
    for (uint32_t i = 0; i < scenario->concern_count; i++)
        bullet_concern(d, &scenario->concern[i]);
    markdown_end(d->out);
    for (uint32_t i = 0; i < scenario->concern_count; i++)
        describe_named_note(d, "concerns", scenario->concern[i].name);
}
