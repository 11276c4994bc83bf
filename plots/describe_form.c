/*
 * The step-down plan of one person, as a form to print or to type into. What a
 * service lays down for everyone (steps, signs, responses) can stand in it
 * already; everything about the person is left empty, and nothing asks for a
 * score.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/describe.h"

#include "plots/describe_impl.h"
#include "plots/version.h"

#define BLANK_ROWS 4
#define CELLS_MAX 6

/* ---- parts of a form ---- */

/* "Name: ______" on lines of their own. */
static void add_lines(struct text *out, const char *const *labels)
{
    for (; *labels != NULL; labels++)
        text_printf(out, "**%s:** ____________________\n\n", *labels);
}

/* A row whose first cells are given and whose others are to be filled in. */
static void add_row(struct text *out, const char *const *given, size_t count)
{
    struct text cell[CELLS_MAX] = {{0}};
    bool more = true;

    for (size_t i = 0; i < count; i++) {
        more = more && given != NULL && given[i] != NULL;
        text_add(&cell[i], more ? given[i] : " ");
    }
    markdown_row(out, cell, count);
}

static size_t head_count(const char *const *heads)
{
    size_t count = 0;

    while (heads[count] != NULL)
        count++;
    return count;
}

/* Empty rows, and the end of the table. */
static void add_blank_rows(struct text *out, size_t cells, unsigned rows)
{
    for (unsigned i = 0; i < rows; i++)
        add_row(out, NULL, cells);
    markdown_end(out);
}

/* A table with the rows that everyone has, and some to fill in. */
static void add_table(struct text *out, const char *const *heads,
                      const char *const *first, unsigned blank)
{
    markdown_head(out, heads);
    for (; first != NULL && *first != NULL; first++)
        add_row(out, (const char *const[]){*first, NULL}, head_count(heads));
    add_blank_rows(out, head_count(heads), blank);
}

static void add_sentence(struct text *out, const char *sentence)
{
    struct text s = {0};

    text_add(&s, sentence);
    markdown_paragraph(out, &s);
}

/* ---- the parts ---- */

/* What it is and is not stands before anything is asked. */
static void form_head(const struct scenario *scenario, struct text *out)
{
    static const char *const lines[] = {
        "Name",         "Likes to be called",     "Plan agreed on",
        "Moving from",  "Moving to, on",          "Who owns this plan",
        "Their number", "Who stands in for them", NULL};
    struct text s = {0};

    markdown_heading(out, 1, "My step-down plan");
    text_add(&s, "One person's plan, written with them and theirs to keep");
    if (scenario != NULL)
        text_printf(&s,
                    "; the steps, signs and responses of \"%s\" are filled "
                    "in and can be changed",
                    scenario->title);
    text_printf(&s,
                ". Form of handrail %s. Not a medical device: it holds no "
                "score and no forecast, and takes no decision. Once filled in "
                "it is a confidential record.",
                HANDRAIL_VERSION);
    markdown_paragraph(out, &s);
    add_lines(out, lines);
}

/* The person's own words come before the service's. */
static void form_wishes(struct text *out)
{
    static const char *const lines[] = {
        "What matters most to me over the next weeks",
        "What helps me stay well", "What has helped before, and what has not",
        "Where, when and how I want to be seen or called", NULL};

    markdown_heading(out, 2, "What matters to me");
    add_lines(out, lines);
}

/* One line of a step: what is planned in it. */
static void add_step(const struct scenario *scenario, const struct plan *plan,
                     const struct step *step, struct text *out)
{
    struct text cell[CELLS_MAX] = {{0}};

    text_printf(&cell[0], "%s: %s", plan->name, step->name);
    text_printf(&cell[1], "%d day%s", (int)step->days,
                step->days == 1 ? "" : "s");
    for (uint32_t i = 0; i < step->planned_count; i++) {
        const struct kind *kind = &scenario->kind[step->planned[i].kind];

        text_printf(&cell[4], "%s%s, ", i ? "; " : "", kind->name);
        say_schedule(&step->planned[i].schedule, &cell[4]);
        text_add(&cell[5], i ? "; " : "");
        say_staffing(scenario, kind, &cell[5]);
    }
    markdown_row(out, cell, 6);
}

static void form_steps(const struct scenario *scenario, struct text *out)
{
    static const char *const heads[] = {"Step", "Lasts",   "From", "To",
                                        "What", "By whom", NULL};
    uint32_t plans = scenario == NULL ? 0 : scenario->plan_count;

    markdown_heading(out, 2, "Steps and dates");
    markdown_head(out, heads);
    for (uint32_t i = 0; i < plans; i++)
        for (uint32_t k = 0; k < scenario->plan[i].step_count; k++)
            add_step(scenario, &scenario->plan[i], &scenario->plan[i].step[k],
                     out);
    add_blank_rows(out, 6, plans > 0 ? 1 : BLANK_ROWS);
    for (uint32_t i = 0; i < plans; i++) {
        struct text s = {0};

        text_printf(&s, "%s. ", scenario->plan[i].name);
        describe_rule(scenario, &scenario->plan[i], &s);
        markdown_paragraph(out, &s);
    }
}

/* The service's signs are a start; how they show differs with everyone. */
static void form_signs(const struct scenario *scenario, struct text *out)
{
    static const char *const heads[] = {"Sign", "How it shows in me",
                                        "Who may notice", "What I want then",
                                        NULL};
    uint32_t signs = scenario == NULL ? 0 : scenario->sign_count;

    markdown_heading(out, 2, "Signs that I am getting worse");
    add_sentence(out, "Agreed together. A sign is a reason to talk, not a "
                      "mark.");
    markdown_head(out, heads);
    for (uint32_t i = 0; i < signs; i++)
        add_row(out, (const char *const[]){scenario->sign[i].name, NULL}, 4);
    add_blank_rows(out, 4, signs > 0 ? 2 : BLANK_ROWS);
}

/* The trigger as the person would put it. */
static void say_trigger(const struct response *response, struct text *out)
{
    static const char *const words[TRIGGER_TYPES] = {
        [TRIGGER_NOT_ATTENDED] = "I am not there for a planned contact",
        [TRIGGER_NOT_DELIVERED] = "Staff do not come to a planned contact",
        [TRIGGER_REACHES_OUT] = "I call",
        [TRIGGER_DISENGAGED] = "I stop taking contacts",
        [TRIGGER_TIMED_OUT] = "My time here is over",
        [TRIGGER_CRISIS] = "I am in a crisis"};

    if (response->type == TRIGGER_ALERT)
        text_printf(out, "My signs call for: %s", response->name);
    else if (response->type == TRIGGER_CONCERN)
        text_printf(out, "There is a concern: %s", response->name);
    else if (words[response->type] == NULL)
        text_add(out, response->name);
    else
        text_add(out, words[response->type]);
}

/* The trigger stands once, before its first action. Crises have none here:
 * their outcomes are supposed, not planned. */
static void add_responses(const struct response *response,
                          const struct scenario *scenario, struct text *out)
{
    for (uint32_t i = 0; i < response->action_count; i++) {
        const struct action *action = &response->action[i];
        struct text cell[CELLS_MAX] = {{0}};

        if (i == 0)
            say_trigger(response, &cell[0]);
        text_add(&cell[1], action->name);
        if (action->kind != NONE) {
            const struct kind *kind = &scenario->kind[action->kind];

            say_staffing(scenario, kind, &cell[2]);
            if (action->deadline == DEADLINE_NONE)
                say_window(kind, -1, &cell[3]);
        }
        describe_deadline(action, &cell[3]);
        markdown_row(out, cell, 4);
    }
}

/* Without a service the person still has the usual questions to answer. */
static void form_responses(const struct scenario *scenario, struct text *out)
{
    static const char *const heads[] = {"If", "Then", "Who", "By when", NULL};
    static const char *const triggers[] = {"I miss a contact",
                                           "Staff do not come",
                                           "I notice my signs",
                                           "Others notice my signs",
                                           "I do not want contacts any more",
                                           NULL};
    uint32_t responses = scenario == NULL ? 0 : scenario->response_count;

    markdown_heading(out, 2, "If this happens, then we do that");
    if (responses == 0) {
        add_table(out, heads, triggers, 1);
        return;
    }
    markdown_head(out, heads);
    for (uint32_t i = 0; i < responses; i++)
        add_responses(&scenario->response[i], scenario, out);
    add_blank_rows(out, 4, 2);
}

/* What may come up beside how the person feels; what the service does about
 * each stands among the responses. */
static void form_concerns(const struct scenario *scenario, struct text *out)
{
    static const char *const heads[] = {"Concern", "What it means for me",
                                        "Who looks after it", "What we agreed",
                                        NULL};
    uint32_t concerns = scenario == NULL ? 0 : scenario->concern_count;

    markdown_heading(out, 2, "Other things that may need looking after");
    add_sentence(out, "My safety, my home, money, what I can decide just now: "
                      "whatever we agreed to keep an eye on.");
    markdown_head(out, heads);
    for (uint32_t i = 0; i < concerns; i++)
        add_row(out,
                (const char *const[]){scenario->concern[i].name, "",
                                      scenario->concern[i].working ==
                                              WORKING_INTEGRATED
                                          ? "my own team"
                                          : "others; my team tells them",
                                      NULL},
                4);
    add_blank_rows(out, 4, concerns > 0 ? 1 : 2);
}

/* When the team is there, as it is rostered. */
static void form_hours(const struct scenario *scenario, struct text *out)
{
    if (scenario == NULL || scenario->shift_count == 0)
        return;
    add_sentence(out, "When the team is on duty, in a week without holidays:");
    describe_cover_table(scenario, out);
}

/* Numbers are local, and change; none is printed. */
static void form_calls(const struct scenario *scenario, struct text *out)
{
    static const char *const heads[] = {"When", "Who", "Number", NULL};
    static const char *const times[] = {
        "On weekdays",           "In the evening",  "At weekends", "At night",
        "In a crisis, any time", "Someone I trust", "In danger",   NULL};

    markdown_heading(out, 2, "Who to call");
    add_table(out, heads, times, 1);
    form_hours(scenario, out);
}

/* Contacts with the family that the service plans, once each. */
static bool is_planned(const struct scenario *scenario, uint32_t kind)
{
    for (uint32_t i = 0; i < scenario->plan_count; i++)
        for (uint32_t k = 0; k < scenario->plan[i].step_count; k++) {
            const struct step *step = &scenario->plan[i].step[k];

            for (uint32_t m = 0; m < step->planned_count; m++)
                if (step->planned[m].kind == kind)
                    return true;
        }
    return false;
}

static void form_family(const struct scenario *scenario, struct text *out)
{
    struct text s = {0};

    for (uint32_t i = 0; scenario && i < scenario->contact_kind_count; i++)
        if (scenario->kind[i].with == WITH_FAMILY && is_planned(scenario, i))
            text_printf(&s, "%s%s (%s)",
                        s.bytes ? "; " : "Planned with my family, if I agree: ",
                        scenario->kind[i].name, say_mode(&scenario->kind[i]));
    if (s.bytes)
        text_add(&s, ".");
    markdown_paragraph(out, &s);
}

/* The contact at which the service decides on a plan. */
static void add_review(const struct scenario *scenario, const struct plan *plan,
                       struct text *out)
{
    struct text s = {0};

    if (plan->review_kind == NONE)
        return;
    text_printf(&s, "%s: %s, ", plan->name,
                scenario->kind[plan->review_kind].name);
    say_days(plan->review_days, &s);
    text_add(&s, ", ");
    say_window(&scenario->kind[plan->review_kind], -1, &s);
    text_add(&s, ".");
    markdown_paragraph(out, &s);
}

/* Dates to come and, on moving, who handed over to whom. */
static void form_reviews(const struct scenario *scenario, struct text *out)
{
    static const char *const heads[] = {"Date", "Who is there",
                                        "What we decided", "Next review", NULL};
    static const char *const handover[] = {"Handed over by", "Handed over to",
                                           "On, at", "I was there (yes or no)",
                                           NULL};

    markdown_heading(out, 2, "Review dates");
    for (uint32_t i = 0; scenario && i < scenario->plan_count; i++)
        add_review(scenario, &scenario->plan[i], out);
    add_table(out, heads, NULL, BLANK_ROWS);
    markdown_heading(out, 2, "Handover");
    add_lines(out, handover);
}

/* What may be shared with whom is the person's to say, and to take back. */
static void form_consent(const struct scenario *scenario, struct text *out)
{
    static const char *const consent[] = {
        "Who may see this plan",          "Who may not",
        "Carer or family member, number", "What they may be told",
        "What they need themselves",      NULL};
    static const char *const heads[] = {"Who", "Name", "Signature", "Date",
                                        NULL};
    static const char *const who[] = {"Me", "Who owns this plan", "Carer",
                                      NULL};

    markdown_heading(out, 2, "Consent, family and carers");
    add_sentence(out, "I can change my mind about any of this at any time.");
    form_family(scenario, out);
    add_lines(out, consent);
    markdown_heading(out, 2, "Signatures");
    add_table(out, heads, who, 0);
}

void describe_form(const struct scenario *scenario, struct text *out)
{
    form_head(scenario, out);
    form_wishes(out);
    form_steps(scenario, out);
    form_signs(scenario, out);
    form_responses(scenario, out);
    form_concerns(scenario, out);
    form_calls(scenario, out);
    form_reviews(scenario, out);
    form_consent(scenario, out);
}
