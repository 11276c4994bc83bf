/*
 * What is said of faults in changes, signs, alerts and concerns, and of effects
 * that mean nothing where people are.
 * Each row changes one place of tests/scenarios/small.yaml and expects exactly
 * these messages, and nothing besides.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/messages.h"

#define CHANGE "well to ill: 0.1/day"

static struct message_case change_cases[] = {
    {"a dwell may be Weibull", CHANGE,
     "well to ill: {dwell: \"weibull(shape 1.4, scale 12 days)\"}", "", NULL},
    {"a rate may stand in a mapping, with its source", CHANGE,
     "well to ill: {rate: 0.1/day, source: a cohort}", "", NULL},
    {"a dwell is of few families", CHANGE, "well to ill: {dwell: 3 days}",
     "small.yaml:15:36: error: conditions.course.changes.well to ill.dwell: "
     "must be exponential, weibull, gamma or lognormal\n",
     NULL},
    {"a uniform dwell has no hazard to multiply", CHANGE,
     "well to ill: {dwell: \"uniform(1 day, 3 days)\"}",
     "small.yaml:15:36: error: conditions.course.changes.well to ill.dwell: "
     "must be exponential, weibull, gamma or lognormal\n",
     NULL},
    {"a gamma varies a little", CHANGE,
     "well to ill: {dwell: \"gamma(mean 20 days, sd 1 h)\"}",
     "small.yaml:15:36: error: conditions.course.changes.well to ill.dwell: a "
     "gamma's sd must be 1% of its mean or more\n",
     NULL},
    {"a dwell is not too short", CHANGE,
     "well to ill: {dwell: exponential(mean 1 min)}",
     "small.yaml:15:36: error: conditions.course.changes.well to ill.dwell: "
     "must be on average 15 min to 3650 days, found exponential(mean 1 min)\n",
     NULL},
    {"a change has a rate or a dwell", CHANGE, "well to ill: {}",
     "small.yaml:15:15: error: conditions.course.changes.well to ill: must say "
     "either 'rate' or 'dwell'\n",
     NULL},
    {"not both", CHANGE,
     "well to ill: {rate: 0.1/day, dwell: exponential(mean 3 days)}",
     "small.yaml:15:15: error: conditions.course.changes.well to ill: must say "
     "either 'rate' or 'dwell'\n",
     NULL},
    {"a change has no other keys", CHANGE, "well to ill: {dwel: 3 days}",
     "small.yaml:15:15: error: conditions.course.changes.well to ill: must say "
     "either 'rate' or 'dwell'\n"
     "small.yaml:15:29: error: conditions.course.changes.well to ill.dwel: "
     "unknown key\n"
     "hint: did you mean 'dwell'?\n",
     NULL},
    {"a contact's help is a number", "{times: 0.6, half_gone_after",
     "{times: 0.6, improving: much, half_gone_after",
     "small.yaml:17:44: error: conditions.course.after_contact.improving: must "
     "be a plain number such as 3 or 1.5, found 'much'\n",
     NULL},
    {"a cohort's factor is a number", "    condition: course",
     "    condition: course\n    improving: -1",
     "small.yaml:9:16: error: cohorts.people.improving: must be 0 to 100, "
     "found -1\n",
     NULL},
};

static struct message_case sign_cases[] = {
    {"signs with weights, for some people", "{ill: 60%, lasts: 2 days}",
     "{ill: 60%, lasts: 2 days, weight: 2, applies_to: 60%}", "", NULL},
    {"a weight is a count", "{ill: 60%, lasts: 2 days}",
     "{ill: 60%, weight: 1.5}",
     "small.yaml:22:28: error: signs.mood.weight: must be a whole number, "
     "found '1.5'\n",
     NULL},
    {"a weight is 1 at least", "{ill: 60%, lasts: 2 days}",
     "{ill: 60%, weight: 0}",
     "small.yaml:22:28: error: signs.mood.weight: must be 1 to 100, found 0\n",
     NULL},
    {"a share of people is one", "{ill: 60%, lasts: 2 days}",
     "{ill: 60%, applies_to: 160%}",
     "small.yaml:22:32: error: signs.mood.applies_to: must be a chance such as "
     "12% or 0.12, at most 100%, found '160%'\n",
     NULL},
    {"a sign opens a concern", "{ill: 60%, lasts: 2 days}",
     "{ill: 60%, opens: dispute}",
     "small.yaml:22:27: error: signs.mood.opens: no concern is called "
     "'dispute'\n",
     NULL},
    {"weights let alerts be higher",
     "ill: 60%, lasts: 2 days}\nalerts: {amber: 1, red: 2}",
     "ill: 60%, weight: 3}\nalerts: {amber: 1, red: 4}", "", NULL},
    {"but no higher", "ill: 60%, lasts: 2 days}\nalerts: {amber: 1, red: 2}",
     "ill: 60%, weight: 3}\nalerts: {amber: 1, red: 5}",
     "small.yaml:23:25: error: alerts.red: must be 1 to 4, found 5\n", NULL},
    {"an alert may be rising", "amber: 1",
     "amber: {signs: 1, rising: 2 in 14 days}", "", NULL},
    {"it has its signs in any case", "amber: 1",
     "amber: {rising: 2 in 14 days}",
     "small.yaml:23:10: error: alerts.amber: 'signs' is missing\n", NULL},
    {"its number in a mapping is within the signs", "red: 2",
     "red: {signs: 3, rising: 2 in 14 days}",
     "small.yaml:23:33: error: alerts.red.signs: must be 1 to 2, found 3\n",
     NULL},
    {"rising says in how many days", "amber: 1", "amber: {signs: 1, rising: 2}",
     "small.yaml:23:36: error: alerts.amber.rising: must be so many more "
     "signs, such as 2 in 14 days, found '2'\n",
     NULL},
    {"rising is in whole days", "amber: 1",
     "amber: {signs: 1, rising: 2 in 30 h}",
     "small.yaml:23:36: error: alerts.amber.rising: must be so many more "
     "signs, such as 2 in 14 days, found '2 in 30 h'\n",
     NULL},
    {"rising is not too long", "amber: 1",
     "amber: {signs: 1, rising: 2 in 91 days}",
     "small.yaml:23:36: error: alerts.amber.rising: must be 1 sign or more, in "
     "1 to 90 days\n",
     NULL},
    {"rising is by one sign at least", "amber: 1",
     "amber: {signs: 1, rising: 0 in 14 days}",
     "small.yaml:23:36: error: alerts.amber.rising: must be 1 sign or more, in "
     "1 to 90 days\n",
     NULL},
    {"rising is by no more signs than there are", "amber: 1",
     "amber: {signs: 1, rising: 3 in 14 days}",
     "small.yaml:23:36: error: alerts.amber.rising: no more than 2 signs can "
     "be noted at once\n",
     NULL},
    {"alerts in both forms are told apart by their signs", "{amber: 1, red: 2}",
     "{amber: {signs: 2}, red: 2}",
     "small.yaml:23:34: error: alerts.red: has the same number of signs as "
     "'amber'\n",
     NULL},
};

/* The small scenario with a concern before its levels. */
#define CONCERN(text)                                                          \
    "levels:\n  house", "concerns: {" text "}\nlevels:\n  house"

static struct message_case concern_cases[] = {
    {"a concern with all its keys",
     CONCERN("dispute: {rate: {ill: 0.1/day}, opens_on: mood, working: "
             "parallel, noticed: 60%, delay: 2 days, worsening: 1.5, closes: "
             "exponential(mean 5 days), adds: {visit: every 2 days}}"),
     "", NULL},
    {"a concern is a mapping", CONCERN("dispute: 3"),
     "small.yaml:24:21: error: concerns.dispute: must be a mapping, found "
     "'3'\n",
     NULL},
    {"its keys are known", CONCERN("dispute: {rate: 0.1/day, close: 3 days}"),
     "small.yaml:24:37: error: concerns.dispute.close: unknown key\n"
     "hint: did you mean 'closes'?\n",
     NULL},
    {"something opens it", CONCERN("dispute: {closes: 3 days}"),
     "small.yaml:24:12: error: concerns.dispute: never arises: it has neither "
     "'rate' nor 'opens_on', and no sign opens it\n"
     "hint: rate: {settled: 0.005/day}\n",
     NULL},
    {"a rate is by state",
     CONCERN("dispute: {rate: {sad: 1/day}, closes: 3 days}"),
     "small.yaml:24:29: error: concerns.dispute.rate.sad: no state is called "
     "'sad'\n"
     "hint: allowed: crisis, ill, well\n",
     NULL},
    {"working is one of two",
     CONCERN("dispute: {rate: 1/day, working: alone, closes: 1 day}"),
     "small.yaml:24:44: error: concerns.dispute.working: must be parallel or "
     "integrated, found 'alone'\n",
     NULL},
    {"noticed is a chance",
     CONCERN("dispute: {rate: 1/day, noticed: 2, closes: 1 day}"),
     "small.yaml:24:44: error: concerns.dispute.noticed: must be a chance such "
     "as 12% or 0.12, at most 100%, found '2'\n",
     NULL},
    {"a delay is a duration",
     CONCERN("dispute: {rate: 1/day, delay: soon, closes: 1 day}"),
     "small.yaml:24:42: error: concerns.dispute.delay: must be a duration such "
     "as 20 min, or exponential, lognormal, gamma, weibull, triangular, "
     "uniform or empirical (...), found 'soon'\n",
     NULL},
    {"a factor is a number",
     CONCERN("dispute: {rate: 1/day, worsening: high, closes: 1 day}"),
     "small.yaml:24:46: error: concerns.dispute.worsening: must be a plain "
     "number such as 3 or 1.5, found 'high'\n",
     NULL},
    {"it closes after some time",
     CONCERN("dispute: {rate: 1/day, closes: 0 days}"),
     "small.yaml:24:43: error: concerns.dispute.closes: must be on average 1 "
     "min to 3650 days, found 0 days\n",
     NULL},
    {"it opens on a sign there is",
     CONCERN("dispute: {opens_on: moods, closes: 1 day}"),
     "small.yaml:24:32: error: concerns.dispute.opens_on: no sign is called "
     "'moods'\n"
     "hint: did you mean 'mood'?\n",
     NULL},
    {"a sign opens one concern",
     CONCERN("debt: {opens_on: mood, closes: 1 day}, "
             "dispute: {opens_on: mood, closes: 1 day}"),
     "small.yaml:24:71: error: concerns.dispute.opens_on: 'mood' opens 'debt' "
     "already\n",
     NULL},
    {"what it adds is a mapping",
     CONCERN("dispute: {rate: 1/day, adds: visit, closes: 1 day}"),
     "small.yaml:24:41: error: concerns.dispute.adds: must be a mapping such "
     "as {capacity check: every day}, found 'visit'\n",
     NULL},
    {"of contacts there are",
     CONCERN("dispute: {rate: 1/day, adds: {vist: every day}, closes: 1 day}"),
     "small.yaml:24:42: error: concerns.dispute.adds.vist: no contact is "
     "called 'vist'\n"
     "hint: did you mean 'visit'?\n",
     NULL},
    {"with a schedule",
     CONCERN("dispute: {rate: 1/day, adds: {visit: often}, closes: 1 day}"),
     "small.yaml:24:49: error: concerns.dispute.adds.visit: must be a schedule "
     "such as every day, every 2 days, 2 per week, twice a day, weekly, weekly "
     "on day 3, fortnightly, weekdays, mon wed fri or day 1 8, found 'often'\n",
     NULL},
    {"and a time of day",
     CONCERN("dispute: {rate: 1/day, adds: {call: every day}, closes: 1 day}"),
     "small.yaml:24:42: error: concerns.dispute.adds.call: 'call' has no time "
     "of day: give it 'between' or 'at'\n"
     "hint: or write 'every day at 18:00'\n",
     NULL},
    {"it is not called as a trigger",
     CONCERN("disengaged: {rate: 1/day, closes: 1 day}"),
     "small.yaml:24:12: error: concerns.disengaged: a concern must not be "
     "called as a trigger\n",
     NULL},
    {"nor as an alert", CONCERN("red: {rate: 1/day, closes: 1 day}"),
     "small.yaml:24:12: error: concerns.red: a concern must not be called as "
     "an alert\n",
     NULL},
    {"a trigger that is none, where there are concerns",
     CONCERN("dispute: {rate: 1/day, closes: 1 day}"),
     "--set:1:11: error: responses.disputes: is neither a trigger, an alert "
     "nor a concern\n"
     "hint: did you mean 'dispute'?\n",
     "responses.disputes={tell: {then: {record: told}}}"},
    {"it must close at last", CONCERN("dispute: {rate: 1/day}"),
     "small.yaml:24:12: warning: concerns.dispute: once open it never closes: "
     "give it 'closes' or a response\n",
     NULL},
    {"its response may close it", CONCERN("dispute: {rate: 1/day}"), "",
     "responses.dispute={tell: {then: {record: told}}}"},
    {"but not where nobody notices",
     CONCERN("dispute: {rate: 1/day, noticed: 50%}"),
     "small.yaml:24:12: warning: concerns.dispute: where it is not noticed it "
     "never closes: give it 'closes'\n",
     "responses.dispute={tell: {then: {record: told}}}"},
    {"integrated working always notices",
     CONCERN("dispute: {rate: 1/day, noticed: 50%, working: integrated}"), "",
     "responses.dispute={tell: {then: {record: told}}}"},
    {"people who call want an answer", "    condition: course",
     "    condition: course\n    reaches_out: {ill: 0.1/day}",
     "small.yaml:9:5: warning: cohorts.people.reaches_out: nobody answers: no "
     "response says what happens when people call\n"
     "hint: give 'reaches out' under 'responses'\n",
     NULL},
    {"a rate of calls is one", "    condition: course",
     "    condition: course\n    reaches_out: often",
     "small.yaml:9:18: error: cohorts.people.reaches_out: must be a rate such "
     "as 3/week or 0.03/day, found 'often'\n",
     NULL},
    {"calls that are answered", "    condition: course",
     "    condition: course\n    reaches_out: 0.1/day", "",
     "responses.reaches out={talk: {do: call}}"},
    {"an answer to calls that never come", "    condition: course",
     "    condition: course\n    reaches_out: {ill: 0/day}",
     "--set:1:11: warning: responses.reaches out: this never happens: no "
     "cohort has 'reaches_out'\n",
     "responses.reaches out={talk: {do: call}}"},
};

#define WRITE "    write: {then: re-engage}"

static struct message_case effect_cases[] = {
    {"phrases may stand for mappings of effects", WRITE,
     "    write: {then: [settle 60%, settle, restart plan, re-engage, step "
     "back, repeat, move to house, record letter, leave]}",
     "", NULL},
    {"those who are timed out may have no plan then", "    then: leave\nplans:",
     "    then: after\n  after: {rank: 0, follow_up: 30 days}\nplans:",
     "--set:1:27: warning: responses.timed out.go.then: 'restart plan' means "
     "nothing: those who are timed out move to a level without a plan\n",
     "responses.timed out={go: {then: restart plan}}"},
    {"who has disengaged cannot disengage", WRITE,
     "    write: {then: disengage}",
     "small.yaml:51:13: warning: responses.disengaged.write.then: 'disengage' "
     "means nothing: they have disengaged already\n",
     NULL},
    {"a crisis brings people back by itself", "then: [settle, restart plan]",
     "then: [settle, re-engage]",
     "small.yaml:54:27: warning: responses.crisis.one_of.stay.then: "
     "'re-engage' means nothing: a crisis brings people back by itself\n",
     NULL},
    {"there is no better state than the first", "when: {ill: {settle: 50%",
     "when: {well: {settle: 50%",
     "small.yaml:49:54: warning: responses.red.review.when.well.settle: "
     "'settle' means nothing: there is no better state\n",
     NULL},
    {"those who are timed out may leave at once", "  disengaged:\n",
     "  timed out:\n",
     "small.yaml:50:3: warning: responses.timed out: this never happens: those "
     "who are timed out leave\n",
     NULL},
};

int main(void)
{
    int failed = 0;

    failed += run_table("messages of changes", says, change_cases);
    failed += run_table("messages of signs", says, sign_cases);
    failed += run_table("messages of concerns", says, concern_cases);
    failed += run_table("messages of effects", says, effect_cases);
    return failed;
}
