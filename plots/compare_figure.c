/*
 * The data of a comparison's figures.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/compare_figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/compare_figure_impl.h"
#include "plots/compare_words.h"
#include "plots/scripts.h"
#include "plots/trade.h"

/* ---- differences ---- */

/* What differences.gp knows by number. */
enum said { SAID_OPEN, SAID_BETTER, SAID_WORSE, SAID_DIFFERENT, SAID_SAME };

static enum said said_of(const struct compare_value *value,
                         const struct measure *measure)
{
    bool less = value->difference < 0;

    if (value->finding == COMPARE_SAME)
        return SAID_SAME;
    if (value->finding != COMPARE_APART)
        return SAID_OPEN;
    if (measure->better == BETTER_NONE)
        return SAID_DIFFERENT;
    return less == (measure->better == BETTER_LOWER) ? SAID_BETTER : SAID_WORSE;
}

static size_t options_shown(const struct compare_result *result)
{
    size_t others = result->question->option_count - 1;

    return others < COMPARE_FIGURE_OPTIONS ? others : COMPARE_FIGURE_OPTIONS;
}

struct range {
    double low, high;
};

static void widen(struct range *range, double value)
{
    if (!isfinite(value))
        return;
    range->low = fmin(range->low, value);
    range->high = fmax(range->high, value);
}

/* One row of a panel; nothing where there is no data. */
static void add_row(const struct compare_result *result, size_t measure,
                    enum compare_world world, size_t option,
                    struct range *range, struct text *data)
{
    const struct compare_value *value =
        compare_value_of(result, world, option, measure);
    const struct measure *what =
        &measure_table[result->measure[measure].measure];
    double scale;

    (void)words_unit(what->unit, &scale);
    if (!isfinite(value->difference))
        return;
    text_printf(data, "%zu %d", option, (int)world);
    drawing_number(data, scale * value->difference);
    drawing_number(data, scale * value->lower);
    drawing_number(data, scale * value->upper);
    text_printf(data, " %d\n", (int)said_of(value, what));
    widen(range, scale * value->difference);
    widen(range, scale * value->lower);
    widen(range, scale * value->upper);
}

/* The title of a panel: a measure in words. */
static void add_title(struct drawing *drawing,
                      const struct compare_measure *measure, struct text *out)
{
    struct text title = {0};

    compare_words_measure(measure, &title);
    drawing_label_wide(drawing, title.bytes ? title.bytes : "", 80, out);
    out->failed = out->failed || title.failed;
    text_clear(&title);
}

static int write_panel(struct drawing *drawing, size_t measure, uint32_t panel,
                       struct text *panels)
{
    const struct compare_result *result = drawing->compare;
    struct range range = {0, 0};
    struct text data = {0};
    double room;

    for (size_t option = 1; option <= options_shown(result); option++)
        for (size_t world = 0; world < result->worlds; world++)
            add_row(result, measure, (enum compare_world)world, option, &range,
                    &data);
    if (!data.bytes)
        text_add(&data, "NaN 0 NaN NaN NaN 0\n");
    room = range.high > range.low ? 0.05 * (range.high - range.low) : 1;
    add_title(drawing, &result->measure[measure], panels);
    text_add(panels, " ");
    drawing_label_wide(drawing, compare_words_unit(&result->measure[measure]),
                       40, panels);
    drawing_number(panels, range.low - room);
    drawing_number(panels, range.high + room);
    text_add(panels, "\n");
    return drawing_write_panel(drawing, panel, &data);
}

static int write_names(struct drawing *drawing)
{
    const struct compare_result *result = drawing->compare;
    struct text data = {0};

    for (size_t i = 1; i <= options_shown(result); i++) {
        drawing_label_wide(drawing, result->question->option[i].name, 38,
                           &data);
        text_add(&data, "\n");
    }
    return drawing_write(drawing, "names", &data);
}

static int differences_data(struct drawing *drawing)
{
    const struct compare_result *result = drawing->compare;
    struct text panels = {0};
    uint32_t count = 0;
    int err = SIM_OK;

    for (size_t m = 0;
         m < result->asked && count < COMPARE_FIGURE_MEASURES && err == SIM_OK;
         m++)
        err = write_panel(drawing, m, ++count, &panels);
    drawing_argument_number(drawing, 0, count);
    drawing_argument_number(drawing, 1, (uint32_t)options_shown(result));
    drawing_argument_number(drawing, 2, (uint32_t)result->worlds);
    drawing_argument(drawing, 3,
                     "95% intervals that hold together: chance only, assuming "
                     "the inputs are right");
    if (err == SIM_OK && count == 0)
        err = DRAWING_EMPTY;
    if (err == SIM_OK)
        err = drawing_write(drawing, "panels", &panels);
    text_clear(&panels);
    return err == SIM_OK ? write_names(drawing) : err;
}

/* ---- trade-off ---- */

/* A whole measure's number in the result, or NONE. */
static size_t whole(const struct compare_result *result, const char *id)
{
    uint32_t measure = measure_find(id);
    size_t found;

    if (measure == NONE)
        return NONE;
    found = compare_measure_find(result, measure, SLICE_COUNT, NULL);
    return found < result->measure_count ? found : NONE;
}

/* Whether any option pays, or has, anything of it. */
static bool has_any(const struct compare_result *result, size_t measure)
{
    for (size_t i = 0; i < result->question->option_count; i++)
        if (compare_value_of(result, COMPARE_AS_WRITTEN, i, measure)
                ->estimate.mean > 0)
            return true;
    return false;
}

/* The first of two measures that any option has anything of, or NONE. */
static size_t either(const struct compare_result *result, const char *first,
                     const char *second)
{
    size_t measure = whole(result, first);

    if (measure != NONE && has_any(result, measure))
        return measure;
    measure = whole(result, second);
    return measure != NONE && has_any(result, measure) ? measure : NONE;
}

/*
 * Differences from the base where they are known: pairing makes their intervals
 * narrower, and an absolute rate of crises is not to be read alone. Else the
 * values themselves.
 */
static bool has_differences(const struct compare_result *result, size_t measure)
{
    for (size_t i = 1; i < result->question->option_count; i++)
        if (isfinite(compare_value_of(result, COMPARE_AS_WRITTEN, i, measure)
                         ->difference))
            return true;
    return false;
}

static struct trade_value value_at(const struct compare_result *result,
                                   size_t measure, size_t option,
                                   bool difference)
{
    const struct compare_value *value =
        compare_value_of(result, COMPARE_AS_WRITTEN, option, measure);
    double scale;

    (void)words_unit(measure_table[result->measure[measure].measure].unit,
                     &scale);
    if (!difference)
        return (struct trade_value){scale * value->estimate.mean,
                                    scale * value->estimate.lower,
                                    scale * value->estimate.upper};
    if (option == 0)
        return (struct trade_value){0, NAN, NAN};
    return (struct trade_value){scale * value->difference, scale * value->lower,
                                scale * value->upper};
}

/* "Staff cost a week: more than the base", "... , in 100". */
static void label_axis(const struct compare_result *result, size_t measure,
                       bool difference, const char *short_name,
                       char out[TRADE_LABEL_SIZE])
{
    const char *unit = compare_words_unit(&result->measure[measure]);

    snprintf(out, TRADE_LABEL_SIZE, "%s%s%s%s", short_name, unit[0] ? ", " : "",
             unit, difference ? ", more than the base" : "");
}

/* The crises that were compared, else those that every report shows. */
static size_t crises(const struct compare_result *result)
{
    static const char *const ids[] = {"crisis_within_30_days",
                                      "crisis_within_60_days",
                                      "crisis_within_90_days", "crises"};

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        size_t measure = whole(result, ids[i]);

        if (measure != NONE && has_any(result, measure) &&
            has_differences(result, measure))
            return measure;
    }
    return either(result, "crisis_within_90_days", "crises");
}

static const char *crises_name(const struct compare_result *result,
                               size_t measure)
{
    const char *id = measure == NONE
                         ? ""
                         : measure_table[result->measure[measure].measure].id;

    return strcmp(id, "crisis_within_30_days") == 0   ? "Crises within 30 days"
           : strcmp(id, "crisis_within_60_days") == 0 ? "Crises within 60 days"
           : strcmp(id, "crisis_within_90_days") == 0 ? "Crises within 90 days"
                                                      : "Crises";
}

struct trade_ask {
    size_t x, y; /* measures */
    const char *x_name, *y_name;
};

static int make_panel(const struct compare_result *result,
                      const struct trade_ask *ask, struct trade_panel *out)
{
    size_t count = result->question->option_count;
    bool x = has_differences(result, ask->x);
    bool y = has_differences(result, ask->y);

    out->point = calloc(count, sizeof *out->point);
    if (!out->point)
        return SIM_ERR_NO_MEMORY;
    out->count = count;
    out->limit = NAN;
    label_axis(result, ask->x, x, ask->x_name, out->x_label);
    label_axis(result, ask->y, y, ask->y_name, out->y_label);
    for (size_t i = 0; i < count; i++)
        out->point[i] =
            (struct trade_point){.x = value_at(result, ask->x, i, x),
                                 .y = value_at(result, ask->y, i, y),
                                 .number = (unsigned)i + 1,
                                 .ring = i == 0};
    trade_frontier(out->point, count);
    return SIM_OK;
}

/* Write what the panels hold, with the names of the options. */
static int write_trade(struct drawing *drawing, const struct trade_panel *panel,
                       size_t panels)
{
    static const struct trade_words words = {
        "95% intervals: chance only, assuming the inputs are right", "the base",
        "-", 2};
    const struct compare_question *question = drawing->compare->question;
    struct trade_name name[COMPARE_OPTIONS_MAX];
    size_t count = question->option_count;

    for (size_t i = 0; i < count; i++) {
        name[i] = (struct trade_name){.number = (unsigned)i + 1,
                                      .name = question->option[i].name};
        for (size_t p = 0; p < panels; p++)
            name[i].frontier |= panel[p].point[i].frontier;
    }
    return trade_write(drawing, panel, panels, name, count, &words);
}

static int trade_data(struct drawing *drawing)
{
    const struct compare_result *result = drawing->compare;
    size_t cost = either(result, "cost_per_week", "hours_rostered");
    size_t crisis = crises(result);
    const char *cost_name =
        cost != NONE && cost == whole(result, "cost_per_week")
            ? "Staff cost"
            : "Staff hours rostered";
    const struct trade_ask ask[TRADE_PANELS_MAX] = {
        {cost, either(result, "contacts_not_delivered", "contacts_missed"),
         cost_name, "Contacts not delivered"},
        {cost, crisis, cost_name, crises_name(result, crisis)}};
    struct trade_panel panel[TRADE_PANELS_MAX] = {0};
    size_t panels = 0;
    int err = SIM_OK;

    for (int i = 0; i < TRADE_PANELS_MAX && err == SIM_OK; i++)
        if (ask[i].x != NONE && ask[i].y != NONE)
            err = make_panel(result, &ask[i], &panel[panels++]);
    if (err == SIM_OK)
        err = panels ? write_trade(drawing, panel, panels) : DRAWING_EMPTY;
    for (size_t i = 0; i < panels; i++)
        free(panel[i].point);
    return err;
}

/* ---- drawing ---- */

static struct recipe recipe_of(enum compare_figure_id id)
{
    if (id == COMPARE_FIGURE_DIFFERENCES)
        return (struct recipe){"How the options differ from the base",
                               "figures/differences.svg", script_differences,
                               differences_data};
    if (id == COMPARE_FIGURE_HOURS)
        return (struct recipe){
            "Staff needed, busy and on the rota, by hour of the week",
            "figures/hours.svg", script_hours, compare_hours_data};
    return (struct recipe){"What it costs, and what it brings",
                           "figures/trade-off.svg", script_trade, trade_data};
}

int compare_figures_draw(const struct compare_result *result,
                         const struct figure_tools *tools,
                         struct compare_figures *out)
{
    const struct subject subject = {.compare = result};
    struct recipe recipe[COMPARE_FIGURE_COUNT];

    for (int i = 0; i < COMPARE_FIGURE_COUNT; i++)
        recipe[i] = recipe_of((enum compare_figure_id)i);
    return drawing_draw(&subject, recipe, COMPARE_FIGURE_COUNT, tools,
                        out->figure);
}

void compare_figures_clear(struct compare_figures *figures)
{
    for (int i = 0; i < COMPARE_FIGURE_COUNT; i++)
        text_clear(&figures->figure[i].svg);
    memset(figures, 0, sizeof *figures);
}

const char *compare_figure_title(enum compare_figure_id id)
{
    return recipe_of(id).title;
}

const char *compare_figure_file(enum compare_figure_id id)
{
    return recipe_of(id).file;
}

const char *compare_figures_complaint(const struct compare_figures *figures)
{
    return drawing_complaint(figures->figure, COMPARE_FIGURE_COUNT);
}
