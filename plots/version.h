#ifndef PLOTS_VERSION_H
#define PLOTS_VERSION_H
/*
 * The one place that says which version of the program this is.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define HANDRAIL_VERSION "0.1.0"
#endif
