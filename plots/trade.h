#ifndef PLOTS_TRADE_H
#define PLOTS_TRADE_H
/*
 * Trade: the picture of what costs how much against what it brings, of a
 * comparison's options and of a sizing's designs. Private to plots/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/figure_impl.h"

#define TRADE_PANELS_MAX 2
#define TRADE_LABEL_SIZE 128

/* One value with its interval, as shown; lower and upper may be NAN. */
struct trade_value {
    double mean, lower, upper;
};

/* One thing that is paid for. Only numbered ones show intervals. */
struct trade_point {
    struct trade_value x, y; /* less of either is better where `lower` is */
    unsigned number;         /* in the legend, from 1; 0: a mere dot */
    bool ring;               /* the one that others are held against */
    bool bad;                /* shown not to do: a cross in place of a point */
    bool frontier;           /* set by trade_frontier */
};

struct trade_panel {
    char x_label[TRADE_LABEL_SIZE], y_label[TRADE_LABEL_SIZE];
    double limit; /* of y, as shown: a line; NAN where there is none */
    struct trade_point *point; /* [count] */
    size_t count;
};

/* A line of the legend. */
struct trade_name {
    unsigned number;
    bool frontier; /* in any panel */
    const char *name;
};

/* Mark the points that no other is both cheaper and better than: no higher in
 * both, and lower in one. A point without both values is not on it. */
void trade_frontier(struct trade_point *point, size_t count);

/* The texts of ours beside it. */
struct trade_words {
    const char *intervals; /* what they are */
    const char *ringed;
    const char *bad;  /* what crosses are; "-": there are none */
    unsigned columns; /* of the legend: 1 or 2 */
};

/* Write the data files and arguments of trade.gp: panels and legend. Returns as
 * a drawing_data does: DRAWING_EMPTY where no panel has a point. */
int trade_write(struct drawing *drawing, const struct trade_panel *panel,
                size_t panel_count, const struct trade_name *name,
                size_t name_count, const struct trade_words *words);
#endif
