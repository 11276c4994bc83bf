#ifndef PLOTS_COMPARE_FIGURE_H
#define PLOTS_COMPARE_FIGURE_H
/*
 * The figures of a comparison; drawn as plots/figure.h says.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/figure.h"
#include "studies/compare.h"

enum compare_figure_id {
    COMPARE_FIGURE_DIFFERENCES, /* of every measure that was asked for */
    COMPARE_FIGURE_TRADE,       /* cost against contacts and crises */
    COMPARE_FIGURE_HOURS, /* staff by hour of the week, option by option */
    COMPARE_FIGURE_COUNT
};

/* Measures and options that a figure of differences has room for; the rest are
 * in the tables. */
#define COMPARE_FIGURE_MEASURES 12
#define COMPARE_FIGURE_OPTIONS 40

struct compare_figures {
    struct figure figure[COMPARE_FIGURE_COUNT];
};

/* As figures_draw. Release with compare_figures_clear. */
int compare_figures_draw(const struct compare_result *result,
                         const struct figure_tools *tools,
                         struct compare_figures *out) SIM_MUST_CHECK;
void compare_figures_clear(struct compare_figures *figures);

/* As figure_title, figure_file and figures_complaint. */
const char *compare_figure_title(enum compare_figure_id id);
const char *compare_figure_file(enum compare_figure_id id);
const char *compare_figures_complaint(const struct compare_figures *figures);
#endif
