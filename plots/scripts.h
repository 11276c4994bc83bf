#ifndef PLOTS_SCRIPTS_H
#define PLOTS_SCRIPTS_H
/*
 * The gnuplot scripts plots/<name>.gp, the style plots/report.css and the SQL
 * plots/<name>.sql of the event log, compiled into the program: their lines,
 * each with its end, up to a NULL. The C file is made by plots/plots.mk.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
extern const char *const script_style[];
extern const char *const script_hours[];
extern const char *const script_days[];
extern const char *const script_curves[];
extern const char *const script_occupancy[];
extern const char *const script_states[];
extern const char *const script_trace[];
extern const char *const script_trade[];
extern const char *const script_differences[];
extern const char *const script_report[];
extern const char *const script_schema[];
extern const char *const script_measures[];
#endif
