/*
 * Warnings about what is legal but suspicious, beyond those of
 * tests/test_messages_staff.c: deadlines that end with a day, and a contact
 * that comes twice at one time.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/messages.h"

static struct message_case deadline_cases[] = {
    {"the same day, and nobody there at weekends", "within: 2 days",
     "within: same day",
     "small.yaml:41:3: warning: contacts.visit: planned for 10:00, and nobody "
     "who does it is on duty within 6 h of that on sat sun "
     "holidays\nsmall.yaml:49:14: warning: responses.red.review.within: ends "
     "with the day, and nobody is on duty who does it on sat sun holidays\n",
     "rota.days.days=weekdays"},
    {"the same day, and somebody there each day", "within: 2 days",
     "within: same day", "", NULL},
};

static struct message_case double_cases[] = {
    {"twice a day shares the window",
     "for: 7 days, contacts: {visit: every day}",
     "for: 7 days, contacts: {visit: twice a day}", "", NULL},
    {"twice a day without one", "for: 7 days, contacts: {visit: every day}",
     "for: 7 days, contacts: {visit: every day, call: twice a day at 12:00}",
     "small.yaml:36:57: warning: plans.taper.steps.daily.contacts.call: falls "
     "due more than once at one time of a day, and all but one wait\n",
     "contacts.call.window=0 min"},
    {"the weekend's on Monday as well",
     "for: 7 days, contacts: {visit: every day}",
     "for: 7 days, contacts: {visit: every day weekends to monday}",
     "small.yaml:36:39: warning: plans.taper.steps.daily.contacts.visit: falls "
     "due more than once at one time of a day, and all but one wait\n",
     NULL},
    {"a contact eight times a week",
     "for: 7 days, contacts: {visit: every day}",
     "for: 7 days, contacts: {visit: 8 per week}",
     "small.yaml:36:39: warning: plans.taper.steps.daily.contacts.visit: falls "
     "due more than once at one time of a day, and all but one wait\n",
     NULL},
    {"a meeting twice a day", "{visit: weekly, huddle: tue}",
     "{visit: weekly, huddle: twice a day}", "", NULL},
};

int main(void)
{
    int failed = 0;

    failed += run_table("deadline", says, deadline_cases);
    failed += run_table("double", says, double_cases);
    return failed;
}
