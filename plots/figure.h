#ifndef PLOTS_FIGURE_H
#define PLOTS_FIGURE_H
/*
 * Figures: drawn by gnuplot, which is run as a program of its own, never
 * through a shell, in a private temporary folder that is gone afterwards.
 * Scripts are fixed and belong to the program. Data reach them as files of
 * numbers; texts of a scenario never reach gnuplot at all: it draws
 * placeholders, which are replaced in the finished picture.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>

#include "plots/answer.h"
#include "plots/text.h"
#include "sim/error.h"

enum figure_id {
    FIGURE_HOURS,     /* staff hours by hour of the week */
    FIGURE_DAYS,      /* missed contacts by day of the week */
    FIGURE_CURVES,    /* crisis and stepping up within 90 days */
    FIGURE_OCCUPANCY, /* people in each level over the weeks */
    FIGURE_STATES,    /* how people are, by day since they stepped down */
    FIGURE_TRACE,     /* targets after so many replications */
    FIGURE_COUNT
};

enum figure_status {
    FIGURE_DRAWN,
    FIGURE_NO_DATA,    /* the scenario gives it nothing to show */
    FIGURE_NO_GNUPLOT, /* gnuplot is not installed */
    FIGURE_FAILED,     /* gnuplot or the temporary folder failed */
    FIGURE_STOPPED     /* the caller's `stop` was set */
};

struct figure {
    enum figure_status status;
    struct text svg; /* a whole SVG file, where drawn */
};

struct figures {
    struct figure figure[FIGURE_COUNT];
};

/* How to draw. */
struct figure_tools {
    const char *gnuplot;               /* program; NULL: "gnuplot" of PATH */
    const volatile sig_atomic_t *stop; /* non-zero: stop drawing; or NULL */
};

/*
 * Draw what can be drawn. What cannot is noted, never an error of the whole:
 * results are worth having without pictures. Release with figures_clear.
 * Returns SIM_OK or SIM_ERR_NO_MEMORY.
 */
int figures_draw(const struct answer *answer, const struct figure_tools *tools,
                 struct figures *out) SIM_MUST_CHECK;

/* Release the pictures. Zeroed input is allowed. */
void figures_clear(struct figures *figures);

/* What one sees: the title in a report; static. */
const char *figure_title(enum figure_id id);

/* Its file in the output folder: "figures/hours.svg"; static. */
const char *figure_file(enum figure_id id);

/* One line that says why figures are missing and what helps; "" when none is;
 * static. */
const char *figures_complaint(const struct figures *figures);
#endif
