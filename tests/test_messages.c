/*
 * What is said of faults in a scenario as a whole and of its people.
 * Each row changes one place of tests/scenarios/small.yaml and expects exactly
 * these messages, and nothing besides.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/messages.h"

static struct message_case whole_cases[] = {
    {"the version is asked for", "handrail: 1\n", "",
     "small.yaml:1:1: error: 'handrail' is missing\n", NULL},
    {"only version 1 is known", "handrail: 1", "handrail: 2",
     "small.yaml:1:11: error: handrail: must be 1, the version of this format, "
     "found '2'\n",
     NULL},
    {"a title is asked for", "title: A small service\n", "",
     "small.yaml:1:1: error: 'title' is missing\n", NULL},
    {"a title is a text", "title: A small service", "title: [a, b]",
     "small.yaml:2:8: error: title: must be a text, found a list\n", NULL},
    {"a title shows all it holds", "title: A small service",
     "title: \"A small\\eservice\"",
     "small.yaml:2:8: error: title: must not contain control characters\n",
     NULL},
    {"an empty text is none", "title: A small service", "title: \"\"",
     "small.yaml:2:8: error: title: must be a text, found ''\n", NULL},
    {"a source inside names is a text too", "{well: 60%, ill: 40%}",
     "{well: 60%, ill: 40%, source: [a]}",
     "small.yaml:14:42: error: conditions.course.begin.source: must be a text, "
     "found a list\n",
     NULL},
    {"an unknown key has the nearest as its hint", "alerts:", "alert:",
     "small.yaml:23:1: error: alert: unknown key\nhint: did you mean "
     "'alerts'?\nsmall.yaml:48:3: error: responses.red: is neither a trigger "
     "nor an alert\nhint: allowed: not attended, not delivered, reaches out, "
     "disengaged, timed out, crisis\n",
     NULL},
    {"a key far from all others has no hint", "title: A small service",
     "title: A small service\ncolour: red",
     "small.yaml:3:1: error: colour: unknown key\n", NULL},
    {"a key of later versions is unknown", "alerts:", "journey: {}\nalerts:",
     "small.yaml:23:1: error: journey: unknown key\n", NULL},
    {"a section is a mapping", "alerts: {amber: 1, red: 2}", "alerts: 3",
     "small.yaml:23:9: error: alerts: must be a mapping of names, found "
     "'3'\nsmall.yaml:48:3: error: responses.red: is neither a trigger nor an "
     "alert\nhint: allowed: not attended, not delivered, reaches out, "
     "disengaged, timed out, crisis\n",
     NULL},
    {"a target is a mapping", "targets:\n", "targets:\n  x: 3\n",
     "small.yaml:63:6: error: targets.x: must be a mapping, found '3'\n", NULL},
    {"a source is a text", "    source: a published cohort", "    source: [a]",
     "small.yaml:19:13: error: conditions.course.source: must be a text, found "
     "a list\n",
     NULL},
    {"a note is a text", "    source: a published cohort", "    note:",
     "small.yaml:19:10: error: conditions.course.note: must be a text, found "
     "nothing\n",
     NULL},
    {"a name has no dot", "  people:", "  p.eople:",
     "small.yaml:5:3: error: cohorts.p.eople: a name must not contain a dot\n",
     NULL},
    {"a name is not empty", "  sleep: {", "  \"\": {",
     "small.yaml:21:3: error: a key is missing before ':'\nsmall.yaml:23:25: "
     "error: alerts.red: must be 1 to 1, found 2\n",
     NULL},
    {"a name does not begin with a space", "  sleep: {", "  \" sleep\": {",
     "small.yaml:21:3: error: signs. sleep: a name must not begin or end with "
     "a space\nsmall.yaml:23:25: error: alerts.red: must be 1 to 1, found 2\n",
     NULL},
    {"a name has no control characters", "  sleep: {", "  \"sl\\teep\": {",
     "small.yaml:21:3: error: signs.sl?eep: a name must not contain control "
     "characters\nsmall.yaml:23:25: error: alerts.red: must be 1 to 1, found "
     "2\n",
     NULL},
    {"a name has no invisible characters", "  sleep: {",
     "  \"sl\\u202eeep\": {",
     "small.yaml:21:3: error: signs.sl?eep: a name must not contain control "
     "characters\nsmall.yaml:23:25: error: alerts.red: must be 1 to 1, found "
     "2\n",
     NULL},
    {"a name is at most 100 bytes", "  sleep: {",
     "  "
     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
     "xxxxxxxxxxxxxxxxxxxxxxxxxxxx: {",
     "small.yaml:21:3: error: "
     "signs."
     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
     "xxxxxxxxxxxxxxxxxxxxxxxxxxxx: a name must not be longer than 100 "
     "bytes\nsmall.yaml:23:25: error: alerts.red: must be 1 to 1, found 2\n",
     NULL},
    {"names with one tag would share their luck",
     "  sleep: {well: 5%, ill: 50%}",
     "  costarring: {ill: 5%}\n  liquid: {ill: 50%}",
     "small.yaml:22:3: error: signs.liquid: this sign and 'costarring' would "
     "share their random numbers\nhint: write one of the two a little "
     "differently\n",
     NULL},
    {"levels must not be missing", "levels:\n  house", "level:\n  house",
     "small.yaml:1:1: error: 'levels' is missing\nsmall.yaml:7:13: error: "
     "cohorts.people.enters: no level is called 'house'\nsmall.yaml:24:1: "
     "error: level: unknown key\nhint: did you mean "
     "'levels'?\nsmall.yaml:55:43: error: "
     "responses.crisis.one_of.back.then.move to: no level is called 'house'\n",
     NULL},
};

static struct message_case calendar_cases[] = {
    {"a start is a date", "start: 2026-11-23", "start: 23.11.2026",
     "small.yaml:3:19: error: calendar.start: must be a date such as "
     "2026-11-23, found '23.11.2026'\n",
     NULL},
    {"a date that there is not", "start: 2026-11-23", "start: 2026-02-30",
     "small.yaml:3:19: error: calendar.start: must be a date such as "
     "2026-11-23, found '2026-02-30'\n",
     NULL},
    {"a start is asked for", "start: 2026-11-23, ", "",
     "small.yaml:3:1: error: calendar: 'start' is missing\n", NULL},
    {"a duration has a unit", "run_for: 10 weeks", "run_for: 39",
     "small.yaml:3:40: error: calendar.run_for: must be a duration such as 20 "
     "min, 1.5 h, 10 days or 2 weeks, found '39'\n",
     NULL},
    {"the measured period is a day at least", "run_for: 10 weeks",
     "run_for: 3 h",
     "small.yaml:3:40: error: calendar.run_for: must be 1 day to 10950 days, "
     "found 3 h\n",
     NULL},
    {"the whole run is 30 years at most", "run_for: 10 weeks",
     "run_for: 1500 weeks, warm_up: 100 weeks",
     "small.yaml:3:1: error: calendar: warm_up, run_for and run_on together "
     "must be at most 30 years\n",
     NULL},
    {"holidays are a list", "holidays: [2026-12-25]", "holidays: 2026-12-25",
     "small.yaml:3:60: error: calendar.holidays: must be a list of dates in [ "
     "], found '2026-12-25'\n",
     NULL},
    {"a holiday is given once", "[2026-12-25]",
     "[2026-12-25, 2026-12-26, 2026-12-25]",
     "small.yaml:3:60: error: calendar.holidays: 2026-12-25 is given twice\n",
     NULL},
    {"a holiday is a date", "[2026-12-25]", "[xmas]",
     "small.yaml:3:61: error: calendar.holidays: must be a date such as "
     "2026-11-23, found 'xmas'\n",
     NULL},
    {"a value is not left out", "run_for: 10 weeks", "run_for: ",
     "small.yaml:3:40: error: calendar.run_for: must be a duration such as 20 "
     "min, 1.5 h, 10 days or 2 weeks, found nothing\n",
     NULL},
};

static struct message_case cohort_cases[] = {
    {"a rate has a unit", "rate: 3/week, days", "rate: 3, days",
     "small.yaml:6:23: error: cohorts.people.referrals.rate: must be a rate "
     "such as 3/week or 0.03/day, found '3'\n",
     NULL},
    {"a rate is asked for", "rate: 3/week, days", "days",
     "small.yaml:6:5: error: cohorts.people.referrals: 'rate' or 'file' is "
     "missing\n",
     NULL},
    {"days are known words", "days: weekdays, hours: 09",
     "days: workdays, hours: 09",
     "small.yaml:6:37: error: cohorts.people.referrals.days: must be days such "
     "as weekdays, weekends, every day or mon wed fri, found 'workdays'\n",
     NULL},
    {"hours are from and until", "hours: 09:00-17:00", "hours: 9 to 5",
     "small.yaml:6:54: error: cohorts.people.referrals.hours: must be hours "
     "such as 08:00-16:00, found '9 to 5'\n",
     NULL},
    {"hours of referral lie in one day", "hours: 09:00-17:00",
     "hours: 22:00-02:00",
     "small.yaml:6:54: error: cohorts.people.referrals.hours: must be hours "
     "within one day, such as 08:00-16:00, found '22:00-02:00'\n",
     NULL},
    {"a level is referred to by its name", "enters: house", "enters: hose",
     "small.yaml:7:13: error: cohorts.people.enters: no level is called "
     "'hose'\nhint: did you mean 'house'?\n",
     NULL},
    {"what it enters is asked for", "    enters: house\n", "",
     "small.yaml:5:3: error: cohorts.people: 'enters' is missing\n", NULL},
    {"a reference is a name", "enters: house", "enters: {house: 1}",
     "small.yaml:7:13: error: cohorts.people.enters: must be the name of a "
     "level, found a mapping\n",
     NULL},
    {"a condition is referred to by its name", "condition: course",
     "condition: course of illness",
     "small.yaml:8:16: error: cohorts.people.condition: no condition is called "
     "'course of illness'\nhint: allowed: course\n",
     NULL},
    {"attendance speaks of states", "{well: 95%, ill: 80%}",
     "{well: 95%, iill: 80%}",
     "small.yaml:9:5: error: cohorts.people.attendance: says nothing about the "
     "state 'ill'\nsmall.yaml:9:29: error: cohorts.people.attendance.iill: no "
     "state is called 'iill'\nhint: did you mean 'ill'?\n",
     NULL},
    {"attendance speaks of every state", "{well: 95%, ill: 80%}", "{well: 95%}",
     "small.yaml:9:5: error: cohorts.people.attendance: says nothing about the "
     "state 'ill'\n",
     NULL},
    {"attendance by state needs a condition", "    condition: course\n", "",
     "small.yaml:8:17: error: cohorts.people.attendance: must be one chance, "
     "for this cohort has no condition\n",
     NULL},
    {"a chance is at most 100%", "{well: 95%, ill: 80%}", "120%",
     "small.yaml:9:17: error: cohorts.people.attendance: must be a chance such "
     "as 12% or 0.12, at most 100%, found '120%'\n",
     NULL},
    {"attendance is a mapping or a chance", "{well: 95%, ill: 80%}", "[95%]",
     "small.yaml:9:17: error: cohorts.people.attendance: must be one value, or "
     "a mapping of states to values, found a list\n",
     NULL},
    {"disengaging has both its values", "after_missed: 3, chance: 10%",
     "after_missed: 3",
     "small.yaml:10:5: error: cohorts.people.disengages: 'after_missed' and "
     "'chance' go together\n",
     NULL},
    {"disengaging is a mapping",
     "{after_missed: 3, chance: 10%, rate: {ill: 0.01/day}}", "yes",
     "small.yaml:10:17: error: cohorts.people.disengages: must be a mapping, "
     "found 'yes'\n",
     NULL},
    {"a count is whole", "after_missed: 3", "after_missed: 2.5",
     "small.yaml:10:32: error: cohorts.people.disengages.after_missed: must be "
     "a whole number, found '2.5'\n",
     NULL},
    {"a count has a range", "after_missed: 3", "after_missed: 0",
     "small.yaml:10:32: error: cohorts.people.disengages.after_missed: must be "
     "1 to 1000, found 0\n",
     NULL},
    {"a factor is not negative", "    enters: house",
     "    worsening: -1\n    enters: house",
     "small.yaml:7:16: error: cohorts.people.worsening: must be 0 to 100, "
     "found -1\n",
     NULL},
};

static struct message_case condition_cases[] = {
    {"states are a list", "[well, ill, crisis]", "well",
     "small.yaml:13:13: error: conditions.course.states: must be a list of "
     "states, mild to severe, found 'well'\n",
     NULL},
    {"states are asked for", "    states: [well, ill, crisis]\n", "",
     "small.yaml:12:3: error: conditions.course: 'states' is missing\n", NULL},
    {"there are two states at least", "[well, ill, crisis]", "[well]",
     "small.yaml:13:13: error: conditions.course.states: must name 2 to 20 "
     "states, the last a crisis, found 1\n",
     NULL},
    {"a state is given once", "[well, ill, crisis]", "[well, ill, ill, crisis]",
     "small.yaml:13:25: error: conditions.course.states: 'ill' is given "
     "twice\n",
     NULL},
    {"a state is a name", "[well, ill, crisis]", "[well, ill, [x], crisis]",
     "small.yaml:13:25: error: conditions.course.states: must be the name of a "
     "state, found a list\n",
     NULL},
    {"a state has a name", "[well, ill, crisis]", "[well, \"\", ill, crisis]",
     "small.yaml:13:20: error: conditions.course.states: a name must not be "
     "empty\n",
     NULL},
    {"a state is not called note", "[well, ill, crisis]",
     "[well, note, ill, crisis]",
     "small.yaml:13:20: error: conditions.course.states: 'source' and 'note' "
     "cannot be names\n",
     NULL},
    {"a state is not called lasts", "[well, ill, crisis]",
     "[well, ill, lasts, crisis]",
     "small.yaml:13:25: error: conditions.course.states: 'lasts' cannot be the "
     "name of a state\n",
     NULL},
    {"begin adds to 100%", "{well: 60%, ill: 40%}", "{well: 60%, ill: 30%}",
     "small.yaml:14:5: error: conditions.course.begin: the chances must add to "
     "100%, they add to 90%\n",
     NULL},
    {"begin speaks of states of the condition", "{well: 60%, ill: 40%}",
     "{well: 60%, il: 40%}",
     "small.yaml:14:24: error: conditions.course.begin.il: this condition has "
     "no state 'il'\nhint: did you mean 'ill'?\n",
     NULL},
    {"nobody begins in the crisis", "{well: 60%, ill: 40%}",
     "{well: 60%, crisis: 40%}",
     "small.yaml:14:24: error: conditions.course.begin.crisis: nobody begins "
     "in the last state, the crisis\n",
     NULL},
    {"begin is a mapping", "{well: 60%, ill: 40%}", "well",
     "small.yaml:14:12: error: conditions.course.begin: must be a mapping of "
     "states to chances, found 'well'\n",
     NULL},
    {"begin is asked for", "    begin: {well: 60%, ill: 40%}\n", "",
     "small.yaml:12:3: error: conditions.course: 'begin' is missing\n", NULL},
    {"a change leads from a state", "well to ill: 0.1/day",
     "wel to ill: 0.1/day",
     "small.yaml:15:15: error: conditions.course.changes.wel to ill: this "
     "condition has no state 'wel'\nhint: did you mean 'well'?\n",
     NULL},
    {"a change leads to a state", "well to ill: 0.1/day",
     "well to sick: 0.1/day",
     "small.yaml:15:15: error: conditions.course.changes.well to sick: this "
     "condition has no state 'sick'\nhint: allowed: well, ill, crisis\n",
     NULL},
    {"a change has two ends", "well to ill: 0.1/day", "well ill: 0.1/day",
     "small.yaml:15:15: error: conditions.course.changes.well ill: must be "
     "'STATE to STATE', such as 'well to ill'\n",
     NULL},
    {"a change changes something", "well to ill: 0.1/day",
     "well to well: 0.1/day",
     "small.yaml:15:15: error: conditions.course.changes.well to well: changes "
     "nothing\n",
     NULL},
    {"nobody stays in a crisis", "ill to crisis: 0.01/day",
     "ill to crisis: 0.01/day, crisis to ill: 0.01/day",
     "small.yaml:15:84: error: conditions.course.changes.crisis to ill: nobody "
     "stays in the last state, the crisis: people are then in the state before "
     "it\n",
     NULL},
    {"a change has a rate", "well to ill: 0.1/day", "well to ill: 10%",
     "small.yaml:15:28: error: conditions.course.changes.well to ill: must be "
     "a rate such as 3/week or 0.03/day, found '10%'\n",
     NULL},
    {"a rate has a range", "well to ill: 0.1/day", "well to ill: 300/day",
     "small.yaml:15:28: error: conditions.course.changes.well to ill: must be "
     "0/day to 100/day, found 300/day\n",
     NULL},
    {"a fading effect is a mapping", "    varies_between",
     "    after_move: 3\n    varies_between",
     "small.yaml:16:17: error: conditions.course.after_move: must be a "
     "mapping, found '3'\n",
     NULL},
    {"changes are a mapping",
     "{well to ill: 0.1/day, ill to well: 0.1/day, ill to crisis: 0.01/day}",
     "[well, ill]",
     "small.yaml:15:14: error: conditions.course.changes: must be a mapping "
     "such as {settled to warning: 0.02/day}, found a list\n",
     NULL},
    {"a contact does not do harm", "times: 0.6", "times: 1.6",
     "small.yaml:17:28: error: conditions.course.after_contact.times: must be "
     "0 to 1, found 1.6\n",
     NULL},
    {"an effect fades in some time", "half_gone_after: 2 days",
     "half_gone_after: 2",
     "small.yaml:17:50: error: "
     "conditions.course.after_contact.half_gone_after: must be a duration such "
     "as 20 min, 1.5 h, 10 days or 2 weeks, found '2'\n",
     NULL},
    {"hours do not overlap", "\"22:00-02:00\": 2", "\"21:00-02:00\": 2",
     "small.yaml:18:33: error: conditions.course.hours.21:00-02:00: these "
     "hours overlap with others of this profile\n",
     NULL},
    {"hours of a profile are hours", "\"22:00-02:00\": 2", "\"night\": 2",
     "small.yaml:18:33: error: conditions.course.hours.night: must be hours "
     "such as \"18:00-23:00\"\n",
     NULL},
    {"hours are a mapping", "{\"18:00-22:00\": 1.5, \"22:00-02:00\": 2}",
     "18:00-22:00",
     "small.yaml:18:12: error: conditions.course.hours: must be a mapping such "
     "as {\"18:00-23:00\": 1.5}, found '18:00-22:00'\n",
     NULL},
    {"a factor is a number", "\"22:00-02:00\": 2", "\"22:00-02:00\": twice",
     "small.yaml:18:48: error: conditions.course.hours.22:00-02:00: must be a "
     "plain number such as 3 or 1.5, found 'twice'\n",
     NULL},
};

static struct message_case sign_cases[] = {
    {"a sign is a mapping", "sleep: {well: 5%, ill: 50%}", "sleep: 50%",
     "small.yaml:21:10: error: signs.sleep: must be a mapping, found '50%'\n",
     NULL},
    {"a sign speaks of states", "sleep: {well: 5%, ill: 50%}",
     "sleep: {well: 5%, il: 50%}",
     "small.yaml:21:21: error: signs.sleep.il: no state is called 'il'\nhint: "
     "did you mean 'ill'?\n",
     NULL},
    {"a sign speaks of some state", "{ill: 60%, lasts: 2 days}",
     "{lasts: 2 days}",
     "small.yaml:22:3: error: signs.mood: says for no state how often it is "
     "present\n",
     NULL},
    {"a presence is a chance", "{ill: 60%, lasts: 2 days}", "{ill: often}",
     "small.yaml:22:15: error: signs.mood.ill: must be a chance such as 12% or "
     "0.12, at most 100%, found 'often'\n",
     NULL},
    {"an alert is within the number of signs", "red: 2", "red: 3",
     "small.yaml:23:25: error: alerts.red: must be 1 to 2, found 3\n", NULL},
    {"alerts differ in their number", "red: 2", "red: 1",
     "small.yaml:23:25: error: alerts.red: has the same number of signs as "
     "'amber'\n",
     NULL},
    {"alerts need signs",
     "signs:\n  sleep: {well: 5%, ill: 50%}\n  mood: {ill: 60%, lasts: 2 "
     "days}\n",
     "",
     "small.yaml:20:10: error: alerts.amber: there are no signs to "
     "note\nsmall.yaml:20:20: error: alerts.red: there are no signs to note\n",
     NULL},
    {"an alert is not called as a trigger", "amber: 1", "crisis: 1",
     "small.yaml:23:10: error: alerts.crisis: an alert must not be called as a "
     "trigger\n",
     NULL},
};

int main(void)
{
    int failed = 0;

    failed += run_table("whole", says, whole_cases);
    failed += run_table("calendar", says, calendar_cases);
    failed += run_table("cohort", says, cohort_cases);
    failed += run_table("condition", says, condition_cases);
    failed += run_table("sign", says, sign_cases);
    return failed;
}
