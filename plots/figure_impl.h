#ifndef PLOTS_FIGURE_IMPL_H
#define PLOTS_FIGURE_IMPL_H
/*
 * What the makers of figure data share. Private to plots/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>

#include "plots/figure.h"
#include "plots/scratch.h"

#define DRAWING_LABELS_MAX 256
#define DRAWING_LABEL_SIZE 256
#define DRAWING_ARGUMENTS_MAX 6
#define DRAWING_PANELS_MAX 12
#define DRAWING_HEADROOM 1.08 /* of an axis above its highest value */

/* What a picture is of: one of these. */
struct compare_result;
struct size_answer;
struct subject {
    const struct answer *answer;          /* a run */
    const struct compare_result *compare; /* a comparison */
    const struct size_answer *size;       /* a sizing */
};

/* One picture in the making: its data files, what its script is told, and the
 * texts that stand behind its placeholders. */
struct drawing {
    const struct answer *answer; /* of its subject, as the next two */
    const struct compare_result *compare;
    const struct size_answer *size;
    struct scratch *scratch;
    /* Plain; room for the mark of one that is cut. */
    char label[DRAWING_LABELS_MAX][DRAWING_LABEL_SIZE + 4];
    size_t label_count;
    char argument[DRAWING_ARGUMENTS_MAX][160]; /* ARG3 and on, "" from the
                                                  first that is not used */
};

/* Write the data files of a figure. Returns SIM_OK, SIM_ERR_NO_MEMORY,
 * SIM_ERR_IO, or DRAWING_EMPTY where there is nothing to show. */
#define DRAWING_EMPTY 1
typedef int drawing_data(struct drawing *drawing);
drawing_data drawing_hours, drawing_days, drawing_curves, drawing_occupancy,
    drawing_states, drawing_trace;

/* What a picture is made of. */
struct recipe {
    const char
        *title;       /* for those who cannot see it, and where it is missing */
    const char *file; /* in the output folder */
    const char *const *script;
    drawing_data *data;
};

/* Draw `count` pictures of one subject, each as figures_draw does; all of
 * `out` are zeroed before. Returns SIM_OK or SIM_ERR_NO_MEMORY. */
int drawing_draw(const struct subject *subject, const struct recipe *recipe,
                 size_t count, const struct figure_tools *tools,
                 struct figure *out) SIM_MUST_CHECK;

/* As figures_complaint, of `count` pictures. */
const char *drawing_complaint(const struct figure *figure, size_t count);

/*
 * Add to `out` a placeholder for `name`: letters and digits only, as wide as
 * the name, which is cut to 40 characters. Up to DRAWING_LABELS_MAX.
 */
void drawing_label(struct drawing *drawing, const char *name, struct text *out);

/* The same, cut to `columns` characters, at most 80. */
void drawing_label_wide(struct drawing *drawing, const char *name,
                        size_t columns, struct text *out);

/* Put the texts back where their placeholders stand in gnuplot's picture, and
 * `title` where gnuplot names itself; adds the finished file to `out`. */
void drawing_finish(const struct drawing *drawing, const char *title,
                    const char *svg, struct text *out);

/* Add " 1.25" to a line of data; NaN as gnuplot reads it. */
void drawing_number(struct text *out, double value);

/* Add the mean, its interval and the spread, times `scale`. */
void drawing_estimate(const struct estimate *estimate, double scale,
                      struct text *out);

/* Write a data file, or that of a panel (1 and up), and release `data`.
 * Returns SIM_OK, SIM_ERR_NO_MEMORY or SIM_ERR_IO. */
int drawing_write(struct drawing *drawing, const char *name,
                  struct text *data) SIM_MUST_CHECK;
int drawing_write_panel(struct drawing *drawing, uint32_t panel,
                        struct text *data) SIM_MUST_CHECK;

/* Add a panel of staff by hour of the week to the data of hours.gp: role
 * `number` of the lines of `result`, called `label`; `*count` counts panels.
 * Adds nothing where the role has no work, or there are DRAWING_PANELS_MAX. */
int drawing_hours_panel(struct drawing *drawing, const struct result *result,
                        uint32_t number, const char *label, uint32_t *count,
                        struct text *panels) SIM_MUST_CHECK;

/* Set argument `i` of the script; never to a text of the scenario. */
void drawing_argument(struct drawing *drawing, size_t i, const char *value);
void drawing_argument_number(struct drawing *drawing, size_t i, uint32_t value);

/* The larger of `least` and `value`, where that is finite. */
double drawing_larger(double least, double value);

/* What the spread between runs is called in a key, or "-" where there is
 * none. */
const char *drawing_spread(const struct answer *answer);
#endif
