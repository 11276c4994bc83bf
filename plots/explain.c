/*
 * Words that the pages of `explain` share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/explain.h"

#include "plots/explain_impl.h"

void explain_head(const struct explain *explain, struct text *out)
{
    const struct scenario *s = explain->history->scenario;

    text_add(out, s->present_count > 0
                      ? "Simulated: one run of a model, from today's caseload "
                        "on. What happens in it is chance, no forecast for "
                        "anyone.\n"
                      : "Simulated: one run of a model. Nobody in it is "
                        "real.\n");
    text_add_plain(out, s->title ? s->title : "");
    text_printf(out, " (");
    text_add_plain(out, s->file ? s->file : "");
    text_printf(out, "), replication %u of seed %u\n\n", explain->replication,
                explain->seed);
}

void explain_day(const struct history *h, int32_t day, struct text *out)
{
    static const char *const name[] = {"Mon", "Tue", "Wed", "Thu",
                                       "Fri", "Sat", "Sun"};
    char date[11];

    sim_date_format(h->scenario->calendar.start + day, date);
    text_printf(out, "%s %s", name[sim_civil_weekday(&h->scenario->civil, day)],
                date);
}

void explain_clock(sim_ms time, struct text *out)
{
    sim_ms left = time - sim_day_of(time) * SIM_DAY;

    text_printf(out, "%02d:%02d", (int)(left / SIM_HOUR),
                (int)(left / SIM_MINUTE % 60));
}

void explain_moment(const struct history *h, sim_ms time, struct text *out)
{
    explain_day(h, sim_day_of(time), out);
    text_add(out, " ");
    explain_clock(time, out);
}

void explain_length(sim_ms length, struct text *out)
{
    if (length >= 2 * SIM_DAY)
        text_printf(out, "%.1f days", (double)length / (double)SIM_DAY);
    else if (length >= 2 * SIM_HOUR)
        text_printf(out, "%.1f h", (double)length / (double)SIM_HOUR);
    else
        text_printf(out, "%.0f min", (double)length / (double)SIM_MINUTE);
}

void explain_name(const char *name, struct text *out)
{
    text_add_plain(out, name);
}

void explain_worker(const struct history *h, uint32_t worker, struct text *out)
{
    const struct history_worker *w = &h->workers[worker];

    explain_name(h->scenario->role[w->role].name, out);
    text_printf(out, " (place %u of ", w->place + 1);
    explain_name(h->scenario->shift[w->shift].name, out);
    text_add(out, w->status == WORKER_BANK ? ", from the bank)" : ")");
}
