/*
 * The frame of a service specification: what it is, its sections in order,
 * what is aimed at, and what it rests on.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/describe.h"

#include <stdlib.h>
#include <string.h>

#include "models/measure.h"
#include "plots/describe_impl.h"
#include "plots/digest.h"
#include "plots/version.h"
#include "plots/words.h"

#define SLICE_NAME_SIZE 512

/* ---- notes ---- */

/* The number of the note at `path`, or note_count. */
static uint32_t find_note(const struct scenario *scenario, const char *path)
{
    uint32_t i = 0;

    while (i < scenario->note_count &&
           strcmp(scenario->note[i].path, path) != 0)
        i++;
    return i;
}

/* Take the note at `path` (released) into `s`, behind `before`; false where
 * there is none. */
static bool take_note(struct describe *d, struct text *path, const char *before,
                      struct text *s)
{
    uint32_t count = d->scenario->note_count;
    uint32_t i = text_status(path) == SIM_OK
                     ? find_note(d->scenario, path->bytes)
                     : count;

    d->out->failed = d->out->failed || path->failed;
    text_clear(path);
    if (i == count)
        return false;
    text_add(s, before);
    text_add(s, d->scenario->note[i].text);
    d->noted[i] = true;
    return true;
}

void describe_note(struct describe *d, const char *part, const char *name)
{
    struct text path = {0}, s = {0};

    text_printf(&path, "%s.%s", part, name);
    if (take_note(d, &path, "", &s))
        markdown_paragraph(d->out, &s);
}

void describe_named_note(struct describe *d, const char *part, const char *name)
{
    struct text path = {0}, before = {0}, s = {0};

    text_printf(&path, "%s.%s", part, name);
    text_printf(&before, "%s: ", name);
    if (take_note(d, &path, before.bytes ? before.bytes : "", &s))
        markdown_paragraph(d->out, &s);
    text_clear(&before);
}

void describe_inner_note(struct describe *d, const char *part, const char *name,
                         const char *inner)
{
    struct text path = {0}, before = {0}, s = {0};

    text_printf(&path, "%s.%s.%s", part, name, inner);
    text_printf(&before, "%s: ", inner);
    if (take_note(d, &path, before.bytes ? before.bytes : "", &s))
        markdown_paragraph(d->out, &s);
    text_clear(&before);
}

/* What stands nowhere else. */
static void describe_notes(struct describe *d)
{
    bool first = true;

    for (uint32_t i = 0; i < d->scenario->note_count; i++) {
        const struct note *note = &d->scenario->note[i];
        struct text s = {0};

        if (d->noted[i])
            continue;
        if (first)
            markdown_heading(d->out, 2, "Notes");
        first = false;
        text_printf(&s, "%s%s%s", note->path, note->path[0] ? ": " : "",
                    note->text);
        markdown_bullet(d->out, &s);
    }
    if (!first)
        markdown_end(d->out);
}

/* ---- the top ---- */

/* The digest is the one in results.json, so that whoever holds both can tell
 * whether they belong together. */
static void describe_head(struct describe *d)
{
    const struct scenario *scenario = d->scenario;
    char digest[DIGEST_LENGTH + 1];
    struct text s = {0};

    digest_scenario(scenario, digest);
    text_printf(&s, "%s: service specification", scenario->title);
    markdown_heading(d->out, 1, s.bytes ? s.bytes : "");
    text_clear(&s);
    text_printf(&s,
                "Modelled service specification, generated from %s by "
                "handrail %s; sha256 %s. It says what was simulated. It is a "
                "planning document: not a medical device, and not for the "
                "care of any one person.",
                scenario->file, HANDRAIL_VERSION, digest);
    markdown_paragraph(d->out, &s);
    if (scenario->about)
        text_add(&s, scenario->about);
    markdown_paragraph(d->out, &s);
}

/* ---- what is aimed at ---- */

/* In the words of the measures, as the report has them. */
static void describe_targets(struct describe *d)
{
    const struct scenario *scenario = d->scenario;

    if (scenario->target_count == 0)
        return;
    markdown_heading(d->out, 2, "What the service is to reach");
    for (uint32_t i = 0; i < scenario->target_count; i++) {
        struct text s = {0};

        text_printf(&s, "%s: ", scenario->target[i].name);
        words_target(scenario, &scenario->target[i], &s);
        markdown_bullet(d->out, &s);
    }
    markdown_end(d->out);
}

/* ---- what it rests on ---- */

/* What is not known for sure, as written. */
static void describe_uncertain(struct describe *d)
{
    static const char *const heads[] = {"Not known for sure", "As written",
                                        NULL};
    const struct scenario *scenario = d->scenario;
    struct text s = {0};

    if (scenario->uncertain_count == 0)
        return;
    text_add(&s, "Some are not known for sure. The simulation uses what such "
                 "a number is about, or else the middle of its bounds.");
    markdown_paragraph(d->out, &s);
    markdown_head(d->out, heads);
    for (uint32_t i = 0; i < scenario->uncertain_count; i++) {
        const struct uncertain *uncertain = &scenario->uncertain[i];
        struct text cell[2] = {{0}};

        text_add(&cell[0], uncertain->path);
        if (uncertain->part && uncertain->part[0])
            text_printf(&cell[0], ", %s", uncertain->part);
        text_add(&cell[1], uncertain->text);
        markdown_row(d->out, cell, 2);
    }
    markdown_end(d->out);
}

/* Sources in their own words: a reader can judge them, a program cannot. */
static void describe_evidence(struct describe *d)
{
    static const char *const heads[] = {"Where", "What it is", "In its words",
                                        NULL};
    const struct scenario *scenario = d->scenario;
    struct text s = {0};

    markdown_heading(d->out, 2, "What the figures rest on");
    text_printf(&s,
                "%u numbers describe this service. %u %s a source; the "
                "other %u are assumptions, said to be so or without any note. "
                "Chances, rates of getting better and worse, and the effect "
                "of contacts and reviews are what the simulation supposes; "
                "they are no promise to anyone and no forecast for anyone.",
                scenario->numbers, scenario->numbers_sourced,
                scenario->numbers_sourced == 1 ? "has" : "have",
                scenario->numbers - scenario->numbers_sourced);
    markdown_paragraph(d->out, &s);
    describe_uncertain(d);
    if (scenario->provenance_count == 0)
        return;
    markdown_head(d->out, heads);
    for (uint32_t i = 0; i < scenario->provenance_count; i++) {
        const struct provenance *from = &scenario->provenance[i];
        struct text cell[3] = {{0}};

        text_add(&cell[0], from->path[0] ? from->path : "the whole");
        text_add(&cell[1], from->assumption ? "assumption" : "source");
        text_add(&cell[2], from->source);
        markdown_row(d->out, cell, 3);
    }
    markdown_end(d->out);
}

/* What no model decides, and the report leaves empty as well. */
static void describe_boxes(struct describe *d)
{
    static const char *const boxes[] = {
        "Clinical safety lead: hazards of this plan and rota, what is done "
        "about them; name and date",
        "Equality and quality impact: who may be served less well, and how "
        "that was looked at; name and date",
        "Lived-experience review: what people who have used such a service, "
        "and their families, say of it; name and date",
        "Sign-off: decision, conditions, when to look again; name, role and "
        "date"};

    markdown_heading(d->out, 2, "For people to fill in");
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        struct text s = {0};

        text_add(&s, boxes[i]);
        markdown_paragraph(d->out, &s);
        text_add(d->out, "> \n\n");
    }
}

/* ---- the whole ---- */

typedef void section(struct describe *d);

void describe_service(const struct scenario *scenario, struct text *out)
{
    static section *const sections[] = {
        describe_head,      describe_people,    describe_levels,
        describe_plans,     describe_contacts,  describe_signs,
        describe_concerns,  describe_responses, describe_crisis,
        describe_reviews,   describe_rota,      describe_cover,
        describe_handovers, describe_follow_up, describe_targets,
        describe_notes,     describe_evidence,  describe_boxes,
    };
    struct describe d = {
        .scenario = scenario,
        .out = out,
        .noted = calloc((size_t)scenario->note_count + 1, sizeof *d.noted),
    };

    if (d.noted == NULL) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        sections[i](&d);
    free(d.noted);
}
