#ifndef PLOTS_SIZE_FIGURE_H
#define PLOTS_SIZE_FIGURE_H
/*
 * The figures of a sizing; drawn as plots/figure.h says.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/figure.h"
#include "studies/size_answer.h"

enum size_figure_id {
    SIZE_FIGURE_FRONTIER, /* what is minimised against the tightest target */
    SIZE_FIGURE_HOURS,    /* demand by hour of the week and the chosen rota */
    SIZE_FIGURE_COUNT
};

/* Rotas that have a number in the figure of the frontier, and a row beside it:
 * the others are dots. */
#define SIZE_FIGURE_NUMBERS 14

struct size_figures {
    struct figure figure[SIZE_FIGURE_COUNT];
};

/* Which rows of the answer have numbers: 1 to SIZE_FIGURE_NUMBERS by what they
 * cost. Returns how many; `row` gets their places in answer->row. First come
 * the one that the answer is about, its neighbours and the file's own, then
 * those of the frontier that are nearest to it in cost. */
uint32_t size_figure_rows(const struct size_answer *answer,
                          uint32_t row[SIZE_FIGURE_NUMBERS]);

/* As figures_draw. Release with size_figures_clear. */
int size_figures_draw(const struct size_answer *answer,
                      const struct figure_tools *tools,
                      struct size_figures *out) SIM_MUST_CHECK;
void size_figures_clear(struct size_figures *figures);

/* As figure_title, figure_file and figures_complaint. */
const char *size_figure_title(enum size_figure_id id);
const char *size_figure_file(enum size_figure_id id);
const char *size_figures_complaint(const struct size_figures *figures);
#endif
