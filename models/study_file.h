#ifndef MODELS_STUDY_FILE_H
#define MODELS_STUDY_FILE_H
/*
 * Study file: a base scenario, named options that each change some of its
 * values, and the measures to compare them by.
 *
 *     handrail_study: 1
 *     title: Who is there at the weekend
 *     base: crisis-house.yaml
 *     options:
 *       one more: {rota.weekend.staff.support worker: 3}
 *     measures: [contacts_not_delivered, cost_per_week]
 *
 * Read like a scenario: by the located tree and tables of fields, every fault
 * in one pass. Whether an option's paths lead anywhere and its values are right
 * is found when its scenario is read (struct scenario_overlay), with faults
 * that point into the study. Threads: read-only once made.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/fields.h"
#include "models/measure.h"
#include "models/reader.h"

struct study_option {
    const char *name;
    const char *note, *source; /* or NULL */
    const char **path; /* [count] as written, in the order of the file */
    size_t count;
    struct place place; /* of the name, for warnings */
};

struct study_measure {
    uint32_t measure; /* number in measure_table; NONE: reported already */
    enum slice slice; /* SLICE_COUNT: whole */
    const char *value;
    struct place place; /* of the value, for study_file_resolve */
};

struct study_file {
    const char *title; /* NULL: none given */
    const char *about;
    const char *base; /* as written: from the study's folder; NULL: reported */
    struct place base_place;
    struct study_option *option; /* in the order of the file */
    size_t option_count;
    struct study_measure *measure; /* in the order of the file; none: the
                                      caller's own choice */
    size_t measure_count;
    bool has_seed;
    uint32_t seed;
    uint32_t replications; /* 0: not given */
    struct arena *arena;
};

/* Whether a text is a study and no scenario: has the key `handrail_study`. */
bool study_file_is(const char *bytes, size_t length);

/*
 * Read the study called `name` from its text. `*faults` gets everything wrong
 * with its form in any case (release with faults_clear, not before the study).
 * Returns SIM_OK with `*out`; SIM_ERR_INPUT when there are errors, then with
 * `*out` holding what could be read or NULL; or SIM_ERR_NO_MEMORY. The caller
 * releases `*out`.
 */
int study_file_read(const char *name, const char *bytes, size_t length,
                    struct study_file **out,
                    struct faults *faults) SIM_MUST_CHECK;

/* Add to the faults of the study what is wrong with its measures in `base`:
 * slices whose values the base has not. Returns SIM_OK, SIM_ERR_INPUT or
 * SIM_ERR_NO_MEMORY. */
int study_file_resolve(const struct study_file *study,
                       const struct scenario *base,
                       struct faults *faults) SIM_MUST_CHECK;

/* Release it. NULL is allowed. */
void study_file_free(struct study_file *study);

/* The tables, for the schema: the study, and a measure that is cut. */
extern const struct field_table study_table;
#endif
