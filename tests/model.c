/* Running a scenario from its text.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/model.h"

#include "models/fault.h"
#include "models/reader.h"
#include "models/replication.h"
#include "tests/loading.h"
#include "tests/records.h"

static int read_text(void *context, const char *name, char **bytes,
                     size_t *length, const char **why)
{
    const char *text = context;
    size_t n = strlen(text);

    if (n > 5 && strcmp(text + n - 5, ".yaml") == 0) {
        FILE *file = fopen(text, "rb");
        *why = "no such file";
        if (!file)
            return SIM_ERR_IO;
        *bytes = calloc(1, 1 << 20);
        *length = *bytes ? fread(*bytes, 1, 1 << 20, file) : 0;
        fclose(file);
        return *bytes ? SIM_OK : SIM_ERR_NO_MEMORY;
    }
    (void)name;
    *bytes = malloc(n + 1);
    if (!*bytes)
        return SIM_ERR_NO_MEMORY;
    memcpy(*bytes, text, n + 1);
    *length = n;
    return SIM_OK;
}

static void print_faults(const struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        if (faults->fault[i].severity == FAULT_ERROR)
            print_error("%s:%u:%u: %s\n", faults->fault[i].file,
                        faults->fault[i].line, faults->fault[i].column,
                        faults->fault[i].message);
}

static void run_source(struct model *model,
                       const struct scenario_source *source, uint32_t count,
                       uint32_t seed)
{
    struct records records;
    struct replication *replication = NULL;
    struct faults faults = {0};

    memset(model, 0, sizeof *model);
    if (scenario_load(source, &model->scenario, &faults) != SIM_OK) {
        print_faults(&faults);
        fail_msg("the scenario has faults");
    }
    faults_clear(&faults);
    assert_int_equal(layout_init(&model->layout, model->scenario), SIM_OK);
    model->count = count;
    model->record =
        calloc((size_t)count * model->layout.length, sizeof *model->record);
    assert_non_null(model->record);
    assert_int_equal(
        replication_new(model->scenario, &model->layout, &replication), SIM_OK);
    for (uint32_t i = 0; i < count; i++) {
        int err =
            replication_run(replication, seed, i,
                            &model->record[(size_t)i * model->layout.length]);
        if (err != SIM_OK)
            fail_msg("replication %u: %s: %s", i, sim_error_text(err),
                     replication_trouble(replication));
    }
    replication_free(replication);
    records = records_of(model->record, count, model->layout.length);
    assert_int_equal(
        result_make(&(struct result_of){model->scenario, &model->layout,
                                        &records, seed},
                    &model->result),
        SIM_OK);
    records_clear(&records);
}

void model_run(struct model *model, const char *text,
               const char *const *setting, size_t setting_count, uint32_t count,
               uint32_t seed)
{
    struct scenario_source source = {.name = "test.yaml",
                                     .read = read_text,
                                     .context = (void *)(uintptr_t)text,
                                     .setting = setting,
                                     .setting_count = setting_count};

    run_source(model, &source, count, seed);
}

void model_run_files(struct model *model, const struct text_file *files,
                     const char *const *setting, size_t setting_count,
                     uint32_t count, uint32_t seed)
{
    struct scenario_source source = {.name = files[0].name,
                                     .read = loading_read,
                                     .context = (void *)(uintptr_t)files,
                                     .setting = setting,
                                     .setting_count = setting_count};

    run_source(model, &source, count, seed);
}
void model_clear(struct model *model)
{
    result_clear(&model->result);
    free(model->record);
    scenario_free(model->scenario);
    memset(model, 0, sizeof *model);
}

const struct estimate *model_value(const struct model *model, const char *id)
{
    const struct result_row *row =
        result_find(&model->result, measure_find(id), SLICE_COUNT, 0);

    if (!row)
        fail_msg("no measure %s", id);
    return &row->estimate;
}

const struct estimate *model_slice(const struct model *model, const char *id,
                                   enum slice slice, const char *value)
{
    uint32_t values = slice_values(model->scenario, slice);
    const struct result_row *row = NULL;
    char name[256];

    for (uint32_t i = 0; i < values && !row; i++) {
        slice_value_name(model->scenario, slice, i, name, sizeof name);
        if (strcmp(name, value) == 0)
            row = result_find(&model->result, measure_find(id), slice, i);
    }
    if (!row)
        fail_msg("no measure %s of %s", id, value);
    return &row->estimate;
}

double model_error(const struct model *model, const struct estimate *estimate)
{
    /* Half the interval over Student's t for 95%, about 2 for many runs. */
    (void)model;
    return (estimate->upper - estimate->lower) / (2 * 1.96);
}

bool model_is_near(const struct model *model, const struct estimate *estimate,
                   double expected)
{
    return fabs(estimate->mean - expected) <=
           4 * model_error(model, estimate) + 1e-12 * fabs(expected);
}

void model_near(const struct model *model, const struct estimate *estimate,
                double expected, const char *what, const char *file, int line)
{
    if (model_is_near(model, estimate, expected))
        return;
    print_error("%s is %.9g (standard error %.3g), expected %.9g\n", what,
                estimate->mean, model_error(model, estimate), expected);
    _fail(file, line);
}

double model_total(const struct model *model, enum counter counter)
{
    double sum = 0;

    for (uint32_t i = 0; i < model->count; i++)
        sum += model->record[(size_t)i * model->layout.length +
                             model->layout.total[counter].offset];
    return sum;
}
