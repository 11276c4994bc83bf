/* What measures mean (design, section 5).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/definitions.h"

#include <stddef.h>
#include <string.h>

struct definition {
    const char *id, *text;
};

static const struct definition definitions[] = {
    {"planned_exits", "A plan or stay that ended as planned, into a level of "
                      "rank 0 or out of the service."},
    {"left", "Every departure from the service, planned or not."},
    {"wait_days", "From asking for a place to having it, wherever the wait was "
                  "spent; those who had one at once count as 0."},
    {"full", "Share of time in which every place of the level was taken."},
    {"gave_up", "Waits for a place that ended because the person would wait no "
                "longer."},
    {"diverted", "Requests for a level that was full, sent on to another."},
    {"swaps", "Times that people in full levels who waited for each other's "
              "places changed round, all at once."},
    {"delayed", "People who hold a place after their stay, because what they "
                "go on to is not ready, is full, or does not let them in."},
    {"occupancy", "People in the level, averaged over time."},
    {"days_beyond_plan", "How much longer a stay was than the plan as written, "
                         "because steps were repeated or begun again."},
    {"contacts_due", "Contacts with the person that a plan made fall due."},
    {"contacts_missed", "Not delivered or not attended, of the planned "
                        "contacts due."},
    {"contacts_not_delivered", "Planned contacts that no staff began within "
                               "their window, of those due."},
    {"contacts_not_attended", "Planned contacts that staff came to and the "
                              "person did not, of those due."},
    {"contacts_downgraded", "Planned contacts that were completed as a lesser "
                            "kind: neither missed nor as planned."},
    {"plan_delivered", "Completed planned contacts over those that the plan as "
                       "written at entry intended for its whole length. It "
                       "does not improve when people drop out."},
    {"days_all_delivered", "Of the days with something due, those on which "
                           "nothing was undelivered or downgraded."},
    {"weekends_all_delivered", "The same for Saturday and Sunday together."},
    {"start_delay_minutes", "From due to met, for planned contacts with the "
                            "person."},
    {"first_contact_in_time", "Of entries to a level that sets a limit, those "
                              "with a completed contact within it."},
    {"longest_gap_days", "The longest stretch without a completed contact, for "
                         "each stay in a level with a plan."},
    {"missed_while_unwell", "Missed contacts of people who were beyond the "
                            "first, mildest state, of all contacts due."},
    {"unseen_hours", "Hours in which a person was beyond the mildest state "
                     "with no alert in force, for each week lived in a level "
                     "with planned contacts."},
    {"seen_within_24_hours", "Of spells beyond the mildest state that begin in "
                             "a level with planned contacts, those with an "
                             "alert within 24 hours and before they end."},
    {"seen_within_72_hours", "The same within 72 hours."},
    {"seen_ever", "The same before the spell ends, however late."},
    {"alerts", "Times that enough signs were noted at a contact to call for a "
               "response. They are the service's own rules, not a measure of "
               "suicide risk."},
    {"false_alerts", "Alerts raised while the person was in the mildest "
                     "state."},
    {"response_breaches", "Actions with a deadline that were not begun by it."},
    {"concern_open_hours",
     "From when a concern arises until it closes, for each concern."},
    {"unowned_hours", "From entering a level to the end of its handover."},
    {"hours_demanded", "Full staff time of everything that falls due, counted "
                       "for its first choice of role from the time it is "
                       "due."},
    {"hours_delivered", "Staff time spent on modelled work, travel and notes "
                        "included."},
    {"hours_rostered", "Staff time on the rota as planned."},
    {"hours_present", "The same less absence, plus bank staff."},
    {"utilisation", "Hours given over hours present. Modelled work only: what "
                    "the scenario does not name takes time too."},
    {"team_hours", "Breaks, handovers between shifts, supervision, huddles: "
                   "neither given nor free."},
    {"team_time_had", "Hours of team time that took place over those that fell "
                      "due for the staff present. Less where staff came late "
                      "or had no free moment."},
    {"establishment", "Rostered hours a week over those of a whole-time post, "
                      "less what a post gives to leave, sickness and training "
                      "(the scenario's headroom). On-call staff have no posts "
                      "of their own."},
    {"overtime_hours", "Work past the end of a shift."},
    {"cost_per_week", "Everyone rostered is paid, absent or not; bank, "
                      "premiums, overtime, standby and call-outs are added."},
    {"crises", "Moments at which the modelled condition reaches its last "
               "state."},
    {"crisis_within_30_days", "Of people who first enter a plan in the "
                              "measured time, those with a crisis within 30 "
                              "days of that, at whatever level they then are. "
                              "Leaving first counts as none."},
    {"crisis_within_60_days", "The same within 60 days."},
    {"crisis_within_90_days", "The same within 90 days."},
    {"reescalation_within_30_days", "Of the same people, those who moved to a "
                                    "higher level, or left through a crisis, "
                                    "within 30 days."},
    {"reescalation_within_60_days", "The same within 60 days."},
    {"reescalation_within_90_days", "The same within 90 days."},
    {"recontact_within_30_days", "Of planned exits, those followed by a crisis "
                                 "or a return to a level above rank 0 within "
                                 "30 days."},
    {"recontact_within_60_days", "The same within 60 days."},
    {"recontact_within_90_days", "The same within 90 days."},
};

const char *definition_of(const char *id)
{
    for (size_t i = 0; i < sizeof definitions / sizeof *definitions; i++)
        if (strcmp(definitions[i].id, id) == 0)
            return definitions[i].text;
    return NULL;
}
