#ifndef MODELS_READER_H
#define MODELS_READER_H
/*
 * From the text of a scenario to a struct scenario, or to a list of everything
 * that is wrong with it. Opens no files: bytes come through a callback.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/scenario.h"
#include "sim/error.h"

enum fault_severity { FAULT_ERROR, FAULT_WARNING };

/* One thing that is wrong, and where. Line and column count from 1; a setting
 * has file "--set" and its own text as `source`. */
struct fault {
    enum fault_severity severity;
    const char *file;
    uint32_t line, column;
    const char *message; /* "levels.crisis house.places: must be ..." */
    const char *hint;    /* "did you mean 'support worker'?", or NULL */
    const char *source;  /* the line itself, or NULL */
    uint32_t order;      /* of its file: the scenario, its bases, settings */
};
struct faults {
    struct fault *fault; /* errors and warnings in order of file and line */
    size_t count;
    size_t errors;
    struct arena *arena; /* owns the texts */
};
void faults_clear(struct faults *faults);

/*
 * Bytes of the file `name`, as a scenario names it (relative to the folder of
 * the scenario). `*bytes` is malloc'ed by the callee and freed by the reader.
 * Returns SIM_OK, SIM_ERR_NO_MEMORY or SIM_ERR_IO with `*why` a static text
 * such as "no such file" or "is a directory".
 */
typedef int read_bytes(void *context, const char *name, char **bytes,
                       size_t *length, const char **why);

/* What a variant of a scenario changes beside settings: the option of a study
 * (models/study_file.h), and what is taken away for a comparison. */
struct scenario_overlay {
    const char *name;  /* of the study, as faults are to name it */
    const char *bytes; /* its text; NULL: no option */
    size_t length;
    const char *option;     /* which one */
    bool no_contact_effect; /* contacts protect nobody: no after_contact */
};

/* Where a scenario comes from. `settings` are "PATH=VALUE" texts, applied in
 * order after the file and its `base:` and `set:`. */
struct scenario_source {
    const char *name; /* of the file */
    read_bytes *read;
    void *context;
    const char *const *setting;
    size_t setting_count;
    const struct scenario_overlay *overlay; /* applied last; or NULL */
};

/*
 * Read, resolve and check a scenario. `*faults` gets all errors and warnings
 * in any case (release with faults_clear). Returns SIM_OK with `*out`, which
 * the caller releases; SIM_ERR_INPUT when there are errors, with `*out` NULL;
 * or SIM_ERR_NO_MEMORY.
 */
int scenario_load(const struct scenario_source *source, struct scenario **out,
                  struct faults *faults) SIM_MUST_CHECK;
#endif
