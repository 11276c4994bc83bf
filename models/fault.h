#ifndef MODELS_FAULT_H
#define MODELS_FAULT_H
/*
 * Faults: collecting what is wrong with a text and where, sorting it, and
 * writing one fault as a person reads it. struct fault and struct faults are
 * in models/reader.h.
 * Order: by file (the scenario, its bases, settings), line, column, then as
 * found. Threads: a list belongs to one reading, so it takes no locks.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/arena.h"
#include "models/reader.h"
#include "sim/error.h"

/* No more are kept; `errors` goes on counting. */
#define FAULTS_MAX ((size_t)1000)

/* One text that faults can point into, cut into lines. */
struct source_text {
    const char *name;
    uint32_t order;
    char **line; /* [line_count], without their ends */
    uint32_t line_count;
};

/* A place in a text. Line and column count from 1, columns in code points. */
struct place {
    const struct source_text *text;
    uint32_t line, column;
};

/*
 * Begin an empty list. Release with faults_clear in any case.
 * Returns SIM_OK or SIM_ERR_NO_MEMORY.
 */
int faults_init(struct faults *faults) SIM_MUST_CHECK;

/* Copy a text for faults to point into. Lines end as YAML's do: at LF, CR, CR
 * LF, NEL, LS or PS. The list owns it; NULL where there is no memory. */
const struct source_text *faults_source(struct faults *faults, const char *name,
                                        uint32_t order, const char *text,
                                        size_t length);

/*
 * Add a fault, its message made as printf makes it. `hint` may be NULL and is
 * copied. The same message at the same place is kept once. Without memory the
 * list's arena has failed afterwards.
 */
void faults_add(struct faults *faults, enum fault_severity severity,
                const struct place *place, const char *hint, const char *format,
                ...) __attribute__((format(printf, 5, 6)));

/* Put the list in order. */
void faults_sort(struct faults *faults);

/*
 * Write `fault` as
 *     FILE:LINE:COLUMN: error: MESSAGE
 *     the source line
 *         ^
 *     hint: HINT
 * each line ended, at most `size` bytes with the closing NUL. A long source
 * line is cut around the column; what cannot be seen becomes '?'.
 * Returns the length of the whole without NUL, as snprintf does.
 */
size_t fault_format(const struct fault *fault, char *text, size_t size);

/* Bytes of the character at `at` when it cannot be seen or turns the direction
 * of writing (controls, zero-width ones, line separators, embeddings,
 * isolates), else 0. */
size_t unseen_length(const char *at);

/*
 * The name among `names` that `word` most likely means, or NULL: the nearest by
 * restricted Damerau-Levenshtein distance (Boytsov 2011), letter case and
 * space, '-' and '_' alike, when at most a third of the word is wrong. The
 * first of equals.
 */
const char *nearest_name(const char *word, const char *const *names,
                         size_t count);

/*
 * "did you mean 'NAME'?", or "allowed: A, B, C" where nothing is near and the
 * list is short, or NULL. Made in the list's arena.
 */
const char *faults_hint(struct faults *faults, const char *word,
                        const char *const *names, size_t count);
#endif
