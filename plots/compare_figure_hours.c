/*
 * The data of the figure of staff by hour of the week, option by option. The
 * averages of an option are put into lines as a result has them, and drawn like
 * those of a run.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plots/compare_figure.h"
#include "plots/compare_figure_impl.h"

#define SAME 1e-9 /* staff: two rotas that differ by less are one */

/* The lines of one option: of each kind one of all roles together, which is not
 * drawn, then one of each role. */
struct lines {
    struct result result;
    struct result_line *line;
    struct estimate *at;
};

static const char *const ids[HOUR_KINDS] = {[HOUR_NEEDED] = "hours_demanded",
                                            [HOUR_BUSY] = "hours_delivered",
                                            [HOUR_ROSTERED] = "hours_rostered"};

static const double *staff_of(const struct compare_hours *hours,
                              enum compare_hour kind, uint32_t role)
{
    return hours->staff + ((size_t)kind * hours->roles + role) * COMPARE_HOURS;
}

static void fill_line(const struct compare_hours *hours, enum compare_hour kind,
                      uint32_t role, struct result_line *line)
{
    for (int hour = 0; hour < COMPARE_HOURS; hour++)
        line->at[hour] =
            (struct estimate){.mean = staff_of(hours, kind, role)[hour],
                              .lower = NAN,
                              .upper = NAN,
                              .sd = NAN,
                              .p05 = NAN,
                              .p95 = NAN};
}

static int lines_make(const struct compare_result *result, size_t option,
                      struct lines *out)
{
    const struct compare_hours *hours = &result->hours[option];
    size_t each = hours->roles + 1, count = HOUR_KINDS * each;

    out->line = calloc(count, sizeof *out->line);
    out->at = calloc(count * COMPARE_HOURS, sizeof *out->at);
    if (!out->line || !out->at)
        return SIM_ERR_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        struct result_line *line = &out->line[i];

        line->id = ids[i / each];
        line->points = COMPARE_HOURS;
        line->at = out->at + i * COMPARE_HOURS;
        if (i % each > 0)
            fill_line(hours, (enum compare_hour)(i / each),
                      (uint32_t)(i % each) - 1, line);
    }
    out->result = (struct result){
        .scenario =
            result->question->option[option].scenario[COMPARE_AS_WRITTEN],
        .profile = out->line,
        .profile_count = count};
    return SIM_OK;
}

static void lines_clear(struct lines *lines)
{
    free(lines->line);
    free(lines->at);
}

/* The number of a role in an option, or NONE. */
static uint32_t role_in(const struct compare_result *result, size_t option,
                        const char *name)
{
    const struct scenario *scenario =
        result->question->option[option].scenario[COMPARE_AS_WRITTEN];

    for (uint32_t i = 0; i < result->hours[option].roles; i++)
        if (strcmp(scenario->role[i].name, name) == 0)
            return i;
    return NONE;
}

/* Whether two options have a role on duty alike. */
static bool is_alike(const struct compare_result *result, const char *name,
                     size_t a, size_t b)
{
    uint32_t one = role_in(result, a, name), other = role_in(result, b, name);

    if (one == NONE || other == NONE)
        return one == other;
    for (int hour = 0; hour < COMPARE_HOURS; hour++)
        if (fabs(staff_of(&result->hours[a], HOUR_ROSTERED, one)[hour] -
                 staff_of(&result->hours[b], HOUR_ROSTERED, other)[hour]) >
            SAME)
            return false;
    return true;
}

/* Whether an option has a rota of its own for a role: none before it has it. */
static bool is_own(const struct compare_result *result, const char *name,
                   size_t option)
{
    for (size_t i = 0; i < option; i++)
        if (is_alike(result, name, i, option))
            return false;
    return true;
}

static bool any_differs(const struct compare_result *result, const char *name)
{
    for (size_t i = 1; i < result->question->option_count; i++)
        if (!is_alike(result, name, 0, i))
            return true;
    return false;
}

/* "support worker: one more". */
static int add_panel(struct drawing *drawing, size_t option, const char *name,
                     uint32_t *count, struct text *panels)
{
    const struct compare_result *result = drawing->compare;
    uint32_t role = role_in(result, option, name);
    struct text label = {0};
    struct lines lines = {0};
    int err;

    if (role == NONE)
        return SIM_OK;
    text_printf(&label, "%s: %s", name, result->question->option[option].name);
    err = lines_make(result, option, &lines);
    if (err == SIM_OK)
        err =
            drawing_hours_panel(drawing, &lines.result, role,
                                label.bytes ? label.bytes : "", count, panels);
    lines_clear(&lines);
    text_clear(&label);
    return err;
}

/* The panels of one role of the base. */
static int add_role(struct drawing *drawing, const char *name, bool alone,
                    uint32_t *count, struct text *panels)
{
    const struct compare_result *result = drawing->compare;
    int err = SIM_OK;

    for (size_t i = 0;
         i < (alone ? 1 : result->question->option_count) && err == SIM_OK; i++)
        if (is_own(result, name, i))
            err = add_panel(drawing, i, name, count, panels);
    return err;
}

int compare_hours_data(struct drawing *drawing)
{
    const struct compare_result *result = drawing->compare;
    const struct scenario *base =
        result->question->option[0].scenario[COMPARE_AS_WRITTEN];
    struct text panels = {0};
    uint32_t count = 0;
    bool differ = false;
    int err = SIM_OK;

    for (uint32_t i = 0; i < result->hours[0].roles; i++)
        differ = differ || any_differs(result, base->role[i].name);
    for (uint32_t i = 0; i < result->hours[0].roles && err == SIM_OK; i++)
        if (!differ || any_differs(result, base->role[i].name))
            err =
                add_role(drawing, base->role[i].name, !differ, &count, &panels);
    drawing_argument_number(drawing, 0, count);
    if (err == SIM_OK && count == 0)
        err = DRAWING_EMPTY;
    if (err == SIM_OK)
        err = drawing_write(drawing, "panels", &panels);
    text_clear(&panels);
    return err;
}
