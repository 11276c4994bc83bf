/*
 * What is said of faults in pairs, preferred times, family contacts and the
 * order of waiting contacts: rows as in test_messages_levels.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/messages.h"

static struct message_case cases[] = {
    {"a contact is with the person or the family", "mode: phone",
     "mode: phone, with: friends",
     "small.yaml:42:29: error: contacts.call.with: must be person or family, "
     "found 'friends'\n",
     NULL},
    {"a meeting is with nobody", "without_person: yes",
     "without_person: yes, with: family",
     "small.yaml:43:91: error: contacts.huddle.with: means nothing in a "
     "contact without the person\n",
     NULL},
    {"a family contact sees no signs", "mode: phone",
     "mode: phone, with: family, notices: 50%",
     "small.yaml:42:37: error: contacts.call.notices: means nothing in a "
     "contact without the person\n",
     NULL},
    {"a family contact has no preferred time of the person", "mode: phone",
     "mode: phone, with: family, attendance_at_other_times: 50%",
     "small.yaml:42:37: error: contacts.call.attendance_at_other_times: means "
     "nothing in a contact without the person\n",
     NULL},
    {"a pair is asked for after a time of day", "mode: visit",
     "mode: visit, pair_after: 8 pm",
     "small.yaml:41:36: error: contacts.visit.pair_after: must be a time of "
     "day such as 18:00, at most 24:00, found '8 pm'\n",
     NULL},
    {"a pair is no joint contact", "needs: {nurse: 2}",
     "needs: {nurse: 2}, mode: visit, pair_after: 20:00",
     "small.yaml:43:68: error: contacts.huddle.pair_after: means nothing "
     "beside "
     "'needs', which says how many it takes\n",
     NULL},
    {"a pair goes on visits", "mode: phone", "mode: phone, pair_after: 20:00",
     "small.yaml:42:23: error: contacts.call.pair_after: is for visits, and "
     "this is none\nhint: mode: visit\n",
     NULL},
    {"a preferred time is asked of every cohort", "{at: 09:30",
     "{at: preferred",
     "small.yaml:5:3: error: cohorts.people: 'prefers' is missing: 'huddle' is "
     "at the time that a person prefers\nhint: prefers: {\"10:00\": 30%, "
     "\"18:00\": 70%}\n",
     NULL},
    {"preferred times are times of day",
     "    enters:", "    prefers: {morning: 100%}\n    enters:",
     "small.yaml:7:15: error: cohorts.people.prefers.morning: 'morning' is no "
     "time of day\nhint: \"18:00\": 70%\n",
     NULL},
    {"preferred times are times and shares",
     "    enters:", "    prefers: 18:00\n    enters:",
     "small.yaml:7:14: error: cohorts.people.prefers: must be times of day, "
     "such as {\"10:00\": 30%, \"18:00\": 70%}, found '18:00'\n",
     NULL},
    {"shares of preferred times add to all", "    enters:",
     "    prefers: {\"10:00\": 30%, \"18:00\": 60%}\n    enters:",
     "small.yaml:7:5: error: cohorts.people.prefers: the chances must add to "
     "100%, they add to 90%\n",
     NULL},
    {"a preferred time is named once",
     "    enters:", "    prefers: {\"09:00\": 30%, \"9:00\": 70%}\n    enters:",
     "small.yaml:7:5: error: cohorts.people.prefers: names one time of day "
     "twice\n",
     NULL},
    {"pairs are a share of people", "    enters:", "    pairs: 2\n    enters:",
     "small.yaml:7:12: error: cohorts.people.pairs: must be a chance such as "
     "12% or 0.12, at most 100%, found '2'\n",
     NULL},
    {"the order is a known word", "title:", "order: fifo\ntitle:",
     "small.yaml:2:8: error: order: must be due or deadline, found 'fifo'\n",
     NULL},
};

int main(void)
{
    return run_table("messages about contacts", says, cases);
}
