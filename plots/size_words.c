/* A sizing in words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/size_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/words.h"

/* ---- designs ---- */

/* The parts of "rota.SHIFT.staff.ROLE". */
struct place_name {
    const char *shift, *role;
    int shift_length;
};

static bool is_place(const char *path, struct place_name *out)
{
    const char *end;

    if (strncmp(path, "rota.", 5) != 0)
        return false;
    out->shift = path + 5;
    end = strchr(out->shift, '.');
    if (!end || strncmp(end, ".staff.", 7) != 0 || strchr(end + 7, '.'))
        return false;
    out->shift_length = (int)(end - out->shift);
    out->role = end + 7;
    return true;
}

void size_words_range(const struct size_range *range, struct text *out)
{
    struct place_name name;

    if (is_place(range->path, &name))
        text_printf(out, "%s on %.*s", name.role, name.shift_length,
                    name.shift);
    else
        text_add(out, range->path);
}

/* More than one, or none, of a role: its name with an s, unless it has one. */
static const char *plural(const char *role, int32_t value)
{
    size_t length = strlen(role);

    return value == 1 || (length && role[length - 1] == 's') ? "" : "s";
}

void size_words_value(const struct size_range *range, int32_t value,
                      struct text *out)
{
    struct place_name name;

    if (!is_place(range->path, &name)) {
        text_printf(out, "%s = %d", range->path, (int)value);
        return;
    }
    if (value == 0)
        text_add(out, "no");
    else
        text_printf(out, "%d", (int)value);
    text_printf(out, " %s%s on %.*s", name.role, plural(name.role, value),
                name.shift_length, name.shift);
}

void size_words_design(const struct size_answer *answer, uint32_t design,
                       struct text *out)
{
    const struct size_question *question = answer->question;

    for (uint32_t r = 0; r < question->range_count; r++) {
        if (r)
            text_add(out, r + 1 < question->range_count ? ", " : " and ");
        size_words_value(&question->range[r],
                         size_value_of(question, design, r), out);
    }
}

const char *size_words_thing(const struct size_answer *answer)
{
    struct place_name name;

    for (uint32_t r = 0; r < answer->question->range_count; r++)
        if (!is_place(answer->question->range[r].path, &name))
            return "design";
    return "rota";
}

/* ---- quantities ---- */

const char *size_words_quantity(const struct size_answer *answer,
                                uint32_t quantity)
{
    const struct size_quantity *of = &answer->watch->quantity[quantity];

    return of->target == NONE ? measure_table[of->measure].label
                              : answer->base->target[of->target].name;
}

const char *size_words_minimised(const struct size_answer *answer)
{
    const struct measure *measure =
        &measure_table[answer->watch->quantity[0].measure];

    /* The unit says that it is by the week. */
    return strcmp(measure->id, "cost_per_week") == 0 ? "Staff cost"
                                                     : measure->label;
}

/* A target's name and a figure of it. */
static void add_figure(const struct size_answer *answer, uint32_t quantity,
                       const struct estimate *estimate, struct text *out)
{
    char phrase[WORDS_PHRASE_SIZE];

    words_phrase(estimate, answer->watch->quantity[quantity].unit, phrase);
    text_printf(out, "%s %s", size_words_quantity(answer, quantity), phrase);
}

static void add_cost(const struct size_answer *answer, double cost,
                     struct text *out)
{
    struct estimate estimate = {.mean = cost, .lower = cost, .upper = cost};
    char value[WORDS_SIZE];

    words_value(&estimate, answer->watch->quantity[0].unit, value);
    text_add(out, value);
}

/* A figure from fresh replications where there are any. */
static const struct estimate *figure_of(const struct size_answer *answer,
                                        uint32_t quantity)
{
    const struct size_row *row =
        size_answer_row(answer, size_answer_about(answer));
    uint32_t target = answer->watch->quantity[quantity].target;
    const struct result_row *whole;

    if (answer->result && target != NONE &&
        answer->base->target[target].in == PERIOD_NONE &&
        measure_table[answer->base->target[target].measure].type !=
            MEASURE_QUANTILE)
        return &answer->result->target[target].estimate;
    if (answer->result && target == NONE) {
        whole = result_find(answer->result,
                            answer->watch->quantity[quantity].measure,
                            SLICE_COUNT, 0);
        if (whole)
            return &whole->estimate;
    }
    return row ? &row->value[quantity] : NULL;
}

/* ---- one fewer, one more ---- */

static void add_money_change(const struct size_answer *answer,
                             const struct estimate *difference,
                             struct text *out)
{
    add_cost(answer, fabs(difference->mean), out);
    text_add(out, difference->mean < 0 ? " less" : " more");
}

/* A change of a quantity of the design's neighbour, told from zero or not. */
static void add_change(const struct size_answer *answer, uint32_t quantity,
                       const struct estimate *difference, struct text *out)
{
    struct estimate size = *difference;
    char value[WORDS_SIZE];

    if (difference->lower <= 0 && difference->upper >= 0) {
        text_printf(out, "no change in %s that these runs can tell",
                    size_words_quantity(answer, quantity));
        return;
    }
    size.mean = fabs(difference->mean);
    size.lower = size.upper = size.mean;
    words_value(&size, answer->watch->quantity[quantity].unit, value);
    text_printf(out, "%s %s by %s", size_words_quantity(answer, quantity),
                difference->mean < 0 ? "lower" : "higher", value);
}

void size_words_step(const struct size_answer *answer,
                     const struct size_step *step, struct text *out)
{
    const struct size_range *range = &answer->question->range[step->range];
    uint32_t about;

    if (step->design == SIZE_NONE) {
        text_add(out, step->by < 0 ? "Fewer than " : "More than ");
        size_words_value(
            range, size_value_of(answer->question, answer->chosen, step->range),
            out);
        text_add(out, " was not asked for.");
        return;
    }
    size_words_value(
        range, size_value_of(answer->question, step->design, step->range), out);
    if (step->barred || !step->row) {
        text_add(out, step->barred ? " cannot be: see the minimum of the shift."
                                   : ": not looked at.");
        return;
    }
    text_add(out, " instead: ");
    about = 1 + step->row->worst;
    add_figure(answer, about, &step->row->value[about], out);
    text_add(out, "; ");
    add_change(answer, about, &step->difference[about], out);
    text_add(out, ", ");
    add_money_change(answer, &step->difference[0], out);
    if (step->row->meets == SIZE_MEETS_NO)
        text_add(out, ". It does not meet the targets.");
    else if (step->row->limit != SIZE_NONE)
        text_add(out, ". It does not keep the margin; whether it meets the "
                      "target itself a smaller --margin would tell.");
    else
        text_add(out, ".");
}

/* ---- the answer ---- */

/* What the figures of the targets are, for the design it is about. */
static void add_figures(const struct size_answer *answer, struct text *out)
{
    for (uint32_t t = 0; t < answer->question->limit_count; t++) {
        const struct estimate *figure = figure_of(answer, 1 + t);

        text_add(out, t ? "; " : "");
        if (figure)
            add_figure(answer, 1 + t, figure, out);
    }
}

static void add_price(const struct size_answer *answer, struct text *out)
{
    const struct estimate *cost = figure_of(answer, 0);

    if (!cost)
        return;
    text_printf(out, "%s: ", size_words_minimised(answer));
    add_cost(answer, cost->mean, out);
}

static void add_chosen(const struct size_answer *answer, struct text *out)
{
    if (strcmp(measure_table[answer->watch->quantity[0].measure].id,
               "cost_per_week") == 0)
        text_printf(out, "The cheapest %s", size_words_thing(answer));
    else
        text_printf(out, "The %s with the least of '%s'",
                    size_words_thing(answer), size_words_minimised(answer));
    text_add(out, " that meets every target: ");
    size_words_design(answer, answer->chosen, out);
    text_add(out, ". ");
    add_price(answer, out);
    text_add(out, "; ");
    add_figures(answer, out);
    text_add(out, ".");
    if (answer->base_design == answer->chosen)
        text_add(out, " That is what the scenario has now.");
}

static void add_nearest(const struct size_answer *answer, struct text *out)
{
    text_printf(out,
                "No %s in these ranges meets every target with the margin. "
                "The one that comes nearest: ",
                size_words_thing(answer));
    size_words_design(answer, answer->nearest, out);
    text_add(out, ". ");
    add_price(answer, out);
    text_add(out, "; ");
    add_figures(answer, out);
    text_add(out, ".");
}

static void add_undecided(const struct size_answer *answer, struct text *out)
{
    text_add(out, answer->stopped
                      ? "Stopped before there was an answer. "
                      : "The runs allowed were used up before there was an "
                        "answer: allow more with --replications. ");
    if (answer->nearest == SIZE_NONE)
        return;
    text_add(out, "So far this looks best, but nothing is promised: ");
    size_words_design(answer, answer->nearest, out);
    text_add(out, ". ");
    add_price(answer, out);
    text_add(out, "; ");
    add_figures(answer, out);
    text_add(out, ".");
}

void size_words_answer(const struct size_answer *answer, struct text *out)
{
    if (answer->end == SIZE_CHOSEN)
        add_chosen(answer, out);
    else if (answer->end == SIZE_NOTHING_MEETS && answer->nearest != SIZE_NONE)
        add_nearest(answer, out);
    else
        add_undecided(answer, out);
}

void size_words_reach(const struct size_answer *answer, uint32_t number,
                      struct text *out)
{
    const struct size_reach *reach = &answer->reach[number];
    const struct target *target = &answer->base->target[number];
    struct text asked = {0};

    words_target(answer->base, target, &asked);
    text_printf(out, "%s (%s): ", target->name, asked.bytes ? asked.bytes : "");
    text_clear(&asked);
    if (reach->best == SIZE_NONE) {
        text_add(out, "nothing to say.");
        return;
    }
    text_add(out, reach->fails_everywhere
                      ? "cannot be met within the ranges; at best "
                      : "at best ");
    add_figure(answer, 1 + number, &reach->estimate, out);
    text_add(out, ", with ");
    size_words_design(answer, reach->best, out);
    text_add(out, ".");
}

/* ---- promise and effort ---- */

/* The limits less their margins. */
static void add_margins(const struct size_answer *answer, struct text *out)
{
    for (uint32_t t = 0; t < answer->question->limit_count; t++) {
        const struct size_limit *limit = &answer->question->limit[t];
        char value[WORDS_SIZE];

        words_limit(limit->limit +
                        (limit->at_most ? -limit->margin : limit->margin),
                    answer->watch->quantity[1 + t].unit, value);
        text_printf(out, "%s%s at %s %s", t ? ", " : "",
                    size_words_quantity(answer, 1 + t),
                    limit->at_most ? "most" : "least", value);
    }
}

static void add_shortcut(const struct size_answer *answer, struct text *out)
{
    const struct size *size = answer->size;

    if (!answer->question->more_is_better)
        return;
    if (size->contradicted) {
        text_add(out, " Some were to be left out on the assumption that more "
                      "staff never do harm; one of those looked at all the "
                      "same spoke against it, so none was.");
        return;
    }
    text_printf(out,
                " This assumes that more staff never make a target harder to "
                "meet: by that %u were left out, and %u of these were "
                "simulated all the same: none of them spoke against it.",
                answer->left_out + size->audits, size->audits);
}

void size_words_promise(const struct size_answer *answer, struct text *out)
{
    if (answer->end == SIZE_UNDECIDED) {
        text_add(out, "Nothing is promised: it ended before the answer.");
        return;
    }
    text_add(out, "With 95% confidence (chance only, assuming the inputs are "
                  "right) ");
    if (answer->end == SIZE_CHOSEN) {
        text_printf(out,
                    "this %s meets every target, and no %s in the ranges that "
                    "is cheaper by more than ",
                    size_words_thing(answer), size_words_thing(answer));
        add_cost(answer, answer->question->delta, out);
        text_add(out, " meets every target with the margin: ");
    } else {
        text_printf(out,
                    "no %s in the ranges meets every target with the margin: ",
                    size_words_thing(answer));
    }
    add_margins(answer, out);
    text_add(out, ".");
    add_shortcut(answer, out);
}

/* A count of things, with thousands set off. */
static void add_count(double count, const char *what, struct text *out)
{
    char number[WORDS_SIZE];

    words_number(count, 0, number);
    text_printf(out, "%s %s%s", number, what, count == 1 ? "" : "s");
}

void size_words_effort(const struct size_answer *answer, struct text *out)
{
    add_count(answer->designs, size_words_thing(answer), out);
    text_add(out, " in the ranges: ");
    text_printf(out, "%u looked at", answer->row_count);
    if (answer->left_out)
        text_printf(out,
                    ", %u left out because one with as many or more of "
                    "everything fails",
                    answer->left_out);
    if (answer->barred)
        text_printf(out, ", %u that cannot be", answer->barred);
    if (answer->unseen)
        text_printf(out, ", %u that cost too much to matter", answer->unseen);
    text_add(out, ". ");
    add_count((double)answer->replications, words_run(answer->base), out);
    if (answer->confirming) {
        text_add(out, ", of which ");
        add_count((double)answer->confirming, "fresh one", out);
        text_add(out, answer->end == SIZE_CHOSEN
                          ? " confirmed the choice"
                          : " were of a candidate or of what comes nearest");
    }
    text_add(out, ".");
}

const char *size_words_meets(enum size_meets meets)
{
    switch (meets) {
    case SIZE_MEETS_NO:
        return "no";
    case SIZE_MEETS_YES:
        return "yes";
    default:
        return "unsure";
    }
}

const char *size_words_row(const struct size_row *row)
{
    if (row->meets == SIZE_MEETS_UNSURE && row->seems)
        return "seems so";
    return size_words_meets(row->meets);
}

/* ---- the textbook ---- */

static const char *const differs_words[SIZE_DIFFERS_COUNT] = {
    [SIZE_DIFFERS_TOGETHER] = "contacts fall due together at set times",
    [SIZE_DIFFERS_WINDOWS] = "what is not begun in its window is dropped and "
                             "no longer waits",
    [SIZE_DIFFERS_SHIFTS] = "nothing is begun that the shift cannot end",
    [SIZE_DIFFERS_ABSENCE] = "some of those rostered are absent",
    [SIZE_DIFFERS_JOINT] = "some work takes several people at once",
    [SIZE_DIFFERS_OTHERS] = "others may step in, or the contact becomes a "
                            "lesser one",
    [SIZE_DIFFERS_BACK] = "what is not delivered makes more work",
};

void size_words_differs(const struct size_answer *answer, struct text *out)
{
    unsigned differs = 0;
    bool first = true;

    for (uint32_t i = 0; i < answer->erlang_count; i++)
        if (answer->erlang[i].staff)
            differs |= answer->erlang[i].differs;
    if (!differs)
        return;
    text_add(out, "Erlang C takes work that comes at random at an even rate, "
                  "and waits as long as it must. Here ");
    for (int i = 0; i < SIZE_DIFFERS_COUNT; i++)
        if (differs >> i & 1) {
            text_printf(out, "%s%s", first ? "" : "; ", differs_words[i]);
            first = false;
        }
    text_add(out, ". So the two need not agree.");
}

/* "45 min", "6.9 h". */
static void add_minutes(double minutes, struct text *out)
{
    char number[WORDS_SIZE];

    words_number(minutes < 120 ? minutes : minutes / 60, minutes < 120 ? 0 : 1,
                 number);
    text_printf(out, "%s %s", number, minutes < 120 ? "min" : "h");
}

void size_words_erlang(const struct size_answer *answer,
                       const struct size_erlang *erlang, struct text *out)
{
    const char *day = erlang->day == LOAD_WEEKEND ? "weekends" : "weekdays";

    text_printf(out,
                "%s, %s: work for %.1f on average while somebody is on "
                "duty; ",
                answer->base->role[erlang->role].name, day, erlang->offered);
    if (erlang->staff == 0) {
        text_printf(out,
                    "no textbook formula fits, because the plans ask "
                    "nothing of this role by itself. The rota has %.1f.",
                    erlang->on_duty);
        return;
    }
    text_printf(out, "by Erlang C %u would keep waits beyond ", erlang->staff);
    add_minutes(erlang->window, out);
    text_printf(out, " to %.2g in 100 (asked: %.2g). This rota has %.1f.",
                100 * erlang->late, 100 * erlang->share, erlang->on_duty);
}
