#ifndef PLOTS_COMPARE_FIGURE_IMPL_H
#define PLOTS_COMPARE_FIGURE_IMPL_H
/*
 * Makers of the data of a comparison's figures. Private to plots/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/figure_impl.h"

/* Staff by hour of the week: of every role whose rota differs between options,
 * the base and each option with another rota than all before it; of a
 * comparison in which no rota differs, every role of the base. */
drawing_data compare_hours_data;
#endif
