#ifndef PLOTS_SAY_H
#define PLOTS_SAY_H
/*
 * Say: parts of a scenario as a person would put them, added to a plain text.
 * Nothing is escaped here; whoever puts the text into a document does that.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/scenario.h"
#include "plots/text.h"

/* "45 minutes", "24 hours", "5 days", "2 weeks": hours up to 72, so that
 * deadlines read as services state them. */
void say_time(sim_ms time, struct text *out);

/* The same, but whole days as days: "3 days". */
void say_span(sim_ms span, struct text *out);

/* "20 minutes", "11 days on average". */
void say_duration(const struct distribution *duration, struct text *out);

/* "18:00". */
void say_clock(sim_ms time, struct text *out);

/* "every day", "weekdays", "weekends and holidays", "Mon, Wed, Fri". */
void say_days(sim_day_set days, struct text *out);

/* "weekdays, 10:00 to 16:00"; hours of a whole day are left out. */
void say_opening(const struct opening *opening, struct text *out);

/* "every 2 days", "twice a week, on days 1 and 4 of each week". */
void say_schedule(const struct schedule *schedule, struct text *out);

/* Who does a contact: "support worker, or on-call worker after 3 hours",
 * "clinician (1) and support worker (2) together". */
void say_staffing(const struct scenario *scenario, const struct kind *kind,
                  struct text *out);

/* When it may be: "15:00 to 21:00", "at 18:00, within 2 hours". `at` is the
 * time of the schedule, or -1. */
void say_window(const struct kind *kind, sim_ms at, struct text *out);

/* "visit", "phone call", "meeting without the person", ... */
const char *say_mode(const struct kind *kind);

/* "moves to crisis house, the plan starts again"; nothing without effects. */
void say_effects(const struct scenario *scenario, const struct effects *effects,
                 struct text *out);

/* "15 in 100"; "always" and "never" at the ends. */
void say_chance(double chance, struct text *out);

/* "0.02 a day", "2.5 a week". */
void say_rate(double per_day, struct text *out);
#endif
