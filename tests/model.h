#ifndef TESTS_MODEL_H
#define TESTS_MODEL_H
/*
 * Running a scenario from its text, the way a user meets the model.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/measure.h"
#include "models/scenario.h"
#include "studies/result.h"
#include "tests/support.h"

struct model {
    struct scenario *scenario;
    struct layout layout;
    double *record; /* [count][layout.length] */
    uint32_t count;
    struct result result;
};

/*
 * Load `text` (a scenario; a text that ends in ".yaml" is a file to read, from
 * the repository's root), apply `setting_count` PATH=VALUE texts, run `count`
 * replications of `seed` and make their result. Fails the test on any error,
 * with the faults printed. Release with model_clear.
 */
void model_run(struct model *model, const char *text,
               const char *const *setting, size_t setting_count, uint32_t count,
               uint32_t seed);
/* The same with the files of a scenario in memory, it first; the list ends with
 * a NULL name (tests/loading.h). */
struct text_file;
void model_run_files(struct model *model, const struct text_file *files,
                     const char *const *setting, size_t setting_count,
                     uint32_t count, uint32_t seed);
void model_clear(struct model *model);

/* The estimate of a measure, whole, or for one value of a slice by its name.
 * Fails the test where there is none. */
const struct estimate *model_value(const struct model *model, const char *id);
const struct estimate *model_slice(const struct model *model, const char *id,
                                   enum slice slice, const char *value);

/* Standard error of the mean of an estimate. */
double model_error(const struct model *model, const struct estimate *estimate);

/* |mean - expected| is at most 4 standard errors. */
#define assert_mean(model, estimate, expected)                                 \
    model_near((model), (estimate), (expected), #estimate, __FILE__, __LINE__)
void model_near(const struct model *model, const struct estimate *estimate,
                double expected, const char *what, const char *file, int line);
/* The same, reversed: the control that must fail. */
bool model_is_near(const struct model *model, const struct estimate *estimate,
                   double expected);

/* The sum over replications of a counter's total. */
double model_total(const struct model *model, enum counter counter);
#endif
