#ifndef TESTS_LOADING_H
#define TESTS_LOADING_H
/*
 * Loading scenarios from texts in memory, and what came of it as one text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/fault.h"
#include "models/reader.h"
#include "tests/support.h"

#define LOADING_SETTINGS_MAX 8

/* Files in memory; the first is the scenario. The list ends with a NULL. */
struct text_file {
    const char *name;
    const char *text;
};

static inline int loading_read(void *context, const char *name, char **bytes,
                               size_t *length, const char **why)
{
    const struct text_file *file = context;

    while (file->name != NULL && strcmp(file->name, name) != 0)
        file++;
    if (file->name == NULL) {
        *why = "no such file";
        return SIM_ERR_IO;
    }
    *length = strlen(file->text);
    *bytes = malloc(*length + 1);
    if (*bytes == NULL)
        return SIM_ERR_NO_MEMORY;
    memcpy(*bytes, file->text, *length + 1);
    return SIM_OK;
}

struct loaded {
    struct scenario *scenario;
    struct faults faults;
    int err;
};

/* Load the first of `files` with settings, a list that ends with NULL (or is
 * NULL). Release with loading_clear. */
static inline void loading_load(struct loaded *loaded,
                                const struct text_file *files,
                                const char *const *settings)
{
    struct scenario_source source = {
        .name = files[0].name,
        .read = loading_read,
        .context = (void *)(uintptr_t)files,
        .setting = settings,
    };

    while (settings != NULL && settings[source.setting_count] != NULL)
        source.setting_count++;
    loaded->err = scenario_load(&source, &loaded->scenario, &loaded->faults);
    assert_int_equal(loaded->err == SIM_OK, loaded->scenario != NULL);
    assert_int_equal(loaded->err == SIM_OK, loaded->faults.errors == 0);
}

/* The same for one text, called small.yaml. */
static inline void loading_text(struct loaded *loaded, const char *text,
                                const char *setting)
{
    const struct text_file files[] = {{"small.yaml", text}, {NULL, NULL}};
    const char *const settings[] = {setting, NULL};

    loading_load(loaded, files, settings);
}

static inline void loading_clear(struct loaded *loaded)
{
    scenario_free(loaded->scenario);
    faults_clear(&loaded->faults);
}

/*
 * What fault_format writes of all faults, without the source lines and the
 * carets: the first line of each and its hint. Freed by the caller.
 */
static inline char *loading_headlines(const struct loaded *loaded)
{
    size_t size = 1, length = 0;
    char *text, *out;

    for (size_t i = 0; i < loaded->faults.count; i++)
        size += fault_format(&loaded->faults.fault[i], NULL, 0) + 1;
    out = calloc(size, 1);
    assert_non_null(out);
    for (size_t i = 0; i < loaded->faults.count; i++) {
        const struct fault *fault = &loaded->faults.fault[i];
        const char *hint;

        text = calloc(size, 1);
        assert_non_null(text);
        fault_format(fault, text, size);
        memcpy(out + length, text, strcspn(text, "\n") + 1);
        length = strlen(out);
        hint = fault->hint == NULL ? NULL : strstr(text, "\nhint: ");
        if (hint != NULL)
            memcpy(out + length, hint + 1, strlen(hint + 1));
        length = strlen(out);
        free(text);
    }
    return out;
}

/* The bytes of a file of the repository, from its root; freed by the caller. */
static inline char *loading_file(const char *path)
{
    const size_t size = (size_t)1 << 20;
    char *text = calloc(size, 1);
    FILE *file = fopen(path, "rb");

    assert_non_null(text);
    assert_non_null(file);
    assert_true(fread(text, 1, size - 1, file) < size - 1);
    fclose(file);
    return text;
}

/* `text` with the first `find` in it replaced; freed by the caller. */
static inline char *loading_replace(const char *text, const char *find,
                                    const char *replace)
{
    const char *at = strstr(text, find);
    size_t size = strlen(text) + strlen(replace) + 1;
    char *out = calloc(size, 1);

    assert_non_null(at);
    assert_non_null(out);
    snprintf(out, size, "%.*s%s%s", (int)(at - text), text, replace,
             at + strlen(find));
    return out;
}
#endif
