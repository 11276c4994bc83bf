/* Results files of a comparison.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/compare_files.h"

#include <math.h>

#include "plots/digest.h"
#include "plots/json_text.h"
#include "plots/results_csv.h"
#include "plots/version.h"

const char *compare_world_text(enum compare_world world)
{
    return world == COMPARE_NO_EFFECT ? "no contact effect" : "as written";
}

const char *compare_finding_text(enum compare_finding finding)
{
    static const char *const text[] = {
        [COMPARE_NO_DATA] = "no data",     [COMPARE_APART] = "apart",
        [COMPARE_NOT_APART] = "not apart", [COMPARE_SAME] = "same",
        [COMPARE_NO_EVENTS] = "no events",
    };
    return text[finding];
}

/* ---- JSON ---- */

/* What a row is of: id, by, unit. */
static json_t *row_head(const struct compare_measure *measure)
{
    json_t *object = json_object();
    json_t *by = json_object();

    if (measure->slice != SLICE_COUNT)
        json_put(&by, slice_text(measure->slice), json_words(measure->value));
    json_put(&object, "id", json_words(measure_table[measure->measure].id));
    json_put(&object, "by", by);
    json_put(
        &object, "unit",
        json_words(measure_unit_text(measure_table[measure->measure].unit)));
    return object;
}

static json_t *measure_row(const struct compare_measure *measure,
                           const struct compare_value *value)
{
    const struct estimate *estimate = &value->estimate;
    json_t *object = row_head(measure);

    json_put(&object, "mean", json_number(estimate->mean));
    json_put(&object, "lower", json_number(estimate->lower));
    json_put(&object, "upper", json_number(estimate->upper));
    json_put(&object, "sd", json_number(estimate->sd));
    json_put(&object, "p05", json_number(estimate->p05));
    json_put(&object, "p95", json_number(estimate->p95));
    return object;
}

static json_t *difference_row(const struct compare_measure *measure,
                              const struct compare_value *value, bool is_base)
{
    json_t *object = row_head(measure);

    json_put(&object, "mean", json_number(value->difference));
    json_put(&object, "lower", json_number(value->lower));
    json_put(&object, "upper", json_number(value->upper));
    json_put(&object, "chance_best", json_number(value->chance_best));
    json_put(&object, "finding",
             is_base ? json_null()
                     : json_words(compare_finding_text(value->finding)));
    json_put(&object, "variance_reduction", json_number(value->reduction));
    json_put(&object, "more_replications", json_number(value->more));
    return object;
}

/* "settings": {PATH: VALUE}. */
static void add_settings(const struct compare_option *option, struct text *out)
{
    json_t *object = json_object();

    for (size_t i = 0; i < option->setting_count; i++)
        json_put(&object, option->setting[i].path,
                 json_words(option->setting[i].value));
    json_text_add(object, out);
}

/* The rows of an option in one world, each on a line of its own. */
static void add_rows(const struct compare_result *result,
                     enum compare_world world, size_t option, struct text *out)
{
    text_add(out, "   \"measures\": [");
    for (size_t m = 0; m < result->measure_count; m++) {
        text_add(out, m ? ",\n    " : "\n    ");
        json_text_add(measure_row(&result->measure[m],
                                  compare_value_of(result, world, option, m)),
                      out);
    }
    text_add(out, "\n   ],\n   \"differences\": [");
    for (size_t m = 0; m < result->asked; m++) {
        text_add(out, m ? ",\n    " : "\n    ");
        json_text_add(difference_row(&result->measure[m],
                                     compare_value_of(result, world, option, m),
                                     option == 0),
                      out);
    }
    text_add(out, "\n   ]}");
}

static void add_options(const struct compare_result *result,
                        enum compare_world world, struct text *out)
{
    const struct compare_question *question = result->question;
    char digest[DIGEST_LENGTH + 1];

    for (size_t i = 0; i < question->option_count; i++) {
        const struct compare_option *option = &question->option[i];

        digest_scenario(option->scenario[world], digest);
        text_add(out, i ? ",\n  {\"name\": " : "\n  {\"name\": ");
        json_text_add(json_words(option->name), out);
        text_add(out, ", \"file\": ");
        json_text_add(json_words(option->file), out);
        text_printf(out, ", \"sha256\": \"%s\",\n   \"settings\": ", digest);
        add_settings(option, out);
        text_add(out, ",\n");
        add_rows(result, world, i, out);
    }
}

/* The method: what the intervals hold for. */
static json_t *method_value(const struct compare_result *result)
{
    json_t *object = json_object();

    json_put(&object, "name",
             json_words(result->method == COMPARE_BOOTSTRAP
                            ? "max-|t| multiplier bootstrap"
                            : "Bonferroni t"));
    json_put(&object, "comparisons",
             json_integer((json_int_t)result->comparisons));
    json_put(&object, "looks", json_integer((json_int_t)result->looks));
    json_put(&object, "critical", json_number(result->critical));
    return object;
}

static json_t *selection_value(const struct compare_result *result)
{
    const struct compare_question *question = result->question;
    const struct compare_selection *selection = &result->selection;
    const struct compare_measure *measure = &result->measure[question->select];
    json_t *object = row_head(measure);
    json_t *used = json_object();
    json_t *left = json_array();

    for (size_t i = 0; i < question->option_count; i++) {
        json_put(&used, question->option[i].name,
                 json_integer((json_int_t)selection->used[i]));
        if (selection->left[i] && left)
            json_array_append_new(left, json_words(question->option[i].name));
    }
    json_put(&object, "within", json_number(question->within));
    json_put(&object, "probability", json_number(0.95));
    json_put(&object, "selected",
             selection->decided
                 ? json_words(question->option[selection->option].name)
                 : json_null());
    json_put(&object, "left", left);
    json_put(&object, "replications", used);
    json_put(&object, "needed_at_most", json_number(selection->needed));
    return object;
}

/* What was run: all that it takes to run it again. */
static void add_head(const struct compare_result *result, struct text *out)
{
    const struct compare_question *question = result->question;
    const struct scenario *base = question->option[0].scenario[0];
    char digest[DIGEST_LENGTH + 1];
    json_t *study = json_object();
    json_t *scenario = json_object();

    digest_scenario(base, digest);
    json_put(&study, "title",
             question->title ? json_words(question->title) : json_null());
    json_put(&study, "file",
             question->file ? json_words(question->file) : json_null());
    json_put(&scenario, "title", json_words(base->title));
    json_put(&scenario, "file", json_words(base->file));
    json_put(&scenario, "sha256", json_words(digest));
    text_add(out, "{\n \"handrail\": ");
    json_text_add(json_words(HANDRAIL_VERSION), out);
    text_add(out, ",\n \"study\": ");
    json_text_add(study, out);
    text_add(out, ",\n \"scenario\": ");
    json_text_add(scenario, out);
    text_printf(out, ",\n \"seed\": %u,\n \"replications\": %u,\n \"events\": ",
                question->seed, result->replications);
    json_text_add(json_integer((json_int_t)result->events), out);
    text_add(out, ",\n \"method\": ");
    json_text_add(method_value(result), out);
}

void compare_json_render(const struct compare_result *result, struct text *out)
{
    add_head(result, out);
    if (result->question->stop == COMPARE_SELECT) {
        text_add(out, ",\n \"selection\": ");
        json_text_add(selection_value(result), out);
    }
    if (result->question->stop == COMPARE_SEPARATED)
        text_printf(out, ",\n \"separated\": %s",
                    result->separated ? "true" : "false");
    text_add(out, ",\n \"options\": [");
    add_options(result, COMPARE_AS_WRITTEN, out);
    text_add(out, "\n ]");
    if (result->worlds > 1) {
        text_add(out, ",\n \"no_contact_effect\": [");
        add_options(result, COMPARE_NO_EFFECT, out);
        text_add(out, "\n ]");
    }
    text_add(out, "\n}\n");
}

/* ---- CSV ---- */

static void add_number(double value, struct text *out)
{
    text_add(out, ",");
    if (isfinite(value))
        text_printf(out, "%.9g", value);
}

static void add_csv_row(const struct compare_result *result,
                        enum compare_world world, size_t option, size_t m,
                        struct text *out)
{
    const struct compare_measure *measure = &result->measure[m];
    const struct compare_value *value =
        compare_value_of(result, world, option, m);

    text_printf(out, "%s,", compare_world_text(world));
    results_csv_cell(result->question->option[option].name, out);
    text_printf(out, ",%s,%s,", measure_table[measure->measure].id,
                measure->slice == SLICE_COUNT ? ""
                                              : slice_text(measure->slice));
    results_csv_cell(measure->value ? measure->value : "", out);
    text_printf(out, ",%s",
                measure_unit_text(measure_table[measure->measure].unit));
    add_number(value->estimate.mean, out);
    add_number(value->estimate.lower, out);
    add_number(value->estimate.upper, out);
    add_number(value->estimate.sd, out);
    add_number(value->estimate.p05, out);
    add_number(value->estimate.p95, out);
    add_number(value->difference, out);
    add_number(value->lower, out);
    add_number(value->upper, out);
    add_number(value->chance_best, out);
    text_printf(out, ",%s\n",
                option > 0 && m < result->asked
                    ? compare_finding_text(value->finding)
                    : "");
}

void compare_csv_render(const struct compare_result *result, struct text *out)
{
    text_add(out, "world,option,measure,slice,value,unit,mean,lower,upper,sd,"
                  "p05,p95,difference,difference_lower,difference_upper,"
                  "chance_best,finding\n");
    for (size_t world = 0; world < result->worlds; world++)
        for (size_t i = 0; i < result->question->option_count; i++)
            for (size_t m = 0; m < result->measure_count; m++)
                add_csv_row(result, (enum compare_world)world, i, m, out);
}
