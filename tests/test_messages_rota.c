/*
 * What is said of faults in team time, minimums, premiums and posts, and of a
 * rota that is legal but suspicious.
 * Each row changes one place of tests/scenarios/small.yaml and expects exactly
 * these messages, and nothing besides.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/messages.h"

#define BREAK "{shift: days, after: 4 h, lasts: 30 min, floating: yes}"
#define NURSES "staff: {nurse: 2}"

static struct message_case team_cases[] = {
    {"team time is a mapping of names", "  break: " BREAK, "  - " BREAK,
     "small.yaml:66:3: error: team_time: must be a mapping of names, found a "
     "list\n",
     NULL},
    {"team time is somebody's", "{shift: days, after", "{after",
     "small.yaml:66:3: error: team_time.break: must say either 'shift' or "
     "'role'\n",
     NULL},
    {"and not everybody's", "{shift: days, after",
     "{shift: days, role: nurse, after",
     "small.yaml:66:3: error: team_time.break: must say either 'shift' or "
     "'role'\n",
     NULL},
    {"its shift is one of the rota", "{shift: days, after",
     "{shift: day, after",
     "small.yaml:66:18: error: team_time.break.shift: no shift is called "
     "'day'\nhint: did you mean 'days'?\n",
     NULL},
    {"its role is one of the staff", "{shift: days, after",
     "{role: nurs, after",
     "small.yaml:66:17: error: team_time.break.role: no role is called "
     "'nurs'\nhint: did you mean 'nurse'?\n",
     NULL},
    {"it has a time", "after: 4 h, lasts", "lasts",
     "small.yaml:66:3: error: team_time.break: must say either 'at' or "
     "'after'\n",
     NULL},
    {"and one only", "after: 4 h, lasts", "after: 4 h, at: 12:00, lasts",
     "small.yaml:66:3: error: team_time.break: must say either 'at' or "
     "'after'\n",
     NULL},
    {"its time is a time", "after: 4 h, lasts", "at: noon, lasts",
     "small.yaml:66:28: error: team_time.break.at: must be a time of day such "
     "as 18:00, at most 24:00, found 'noon'\n",
     NULL},
    {"it has a length", "after: 4 h, lasts: 30 min", "after: 4 h",
     "small.yaml:66:3: error: team_time.break: must say 'lasts', 'per_person' "
     "or both\n",
     NULL},
    {"its length is a duration", "lasts: 30 min, fl", "lasts: 30, fl",
     "small.yaml:66:43: error: team_time.break.lasts: must be a duration such "
     "as 20 min, 1.5 h, 10 days or 2 weeks, found '30'\n",
     NULL},
    {"the time for a person is a duration", "lasts: 30 min, fl",
     "lasts: 30 min, per_person: 5, fl",
     "small.yaml:66:63: error: team_time.break.per_person: must be a duration "
     "such as 20 min, 1.5 h, 10 days or 2 weeks, found '5'\n",
     NULL},
    {"levels are for people", "lasts: 30 min, fl",
     "lasts: 30 min, levels: home, fl",
     "small.yaml:66:51: error: team_time.break.levels: says whose people "
     "count, and there is no 'per_person'\n",
     NULL},
    {"levels are levels", "lasts: 30 min, fl",
     "lasts: 30 min, per_person: 5 min, levels: [home, hous], fl",
     "small.yaml:66:85: error: team_time.break.levels: no level is called "
     "'hous'\nhint: did you mean 'house'?\n",
     NULL},
    {"levels are names", "lasts: 30 min, fl",
     "lasts: 30 min, per_person: 5 min, levels: {home: yes}, fl",
     "small.yaml:66:78: error: team_time.break.levels: must be the name of a "
     "level, found a mapping\n",
     NULL},
    {"there is a level", "lasts: 30 min, fl",
     "lasts: 30 min, per_person: 5 min, levels: [], fl",
     "small.yaml:66:78: error: team_time.break.levels: must name at least one "
     "level\n",
     NULL},
    {"floating or not", "floating: yes", "floating: maybe",
     "small.yaml:66:61: error: team_time.break.floating: must be yes or no, "
     "found 'maybe'\n",
     NULL},
    {"days are days", "{shift: days, after", "{shift: days, days: never, after",
     "small.yaml:66:30: error: team_time.break.days: must be days such as "
     "weekdays, weekends, every day or mon wed fri, found 'never'\n",
     NULL},
    {"its keys are known", "floating: yes", "floats: yes",
     "small.yaml:66:51: error: team_time.break.floats: unknown key\nhint: "
     "allowed: shift, role, days, at, after, lasts, per_person, levels, "
     "floating\n",
     NULL},
};

static struct message_case rota_cases[] = {
    {"a minimum says what with fewer", NURSES, NURSES ", minimum: 2",
     "small.yaml:60:66: error: rota.days.minimum: and with fewer? say 'below: "
     "phone only'\n",
     NULL},
    {"below is below something", NURSES, NURSES ", below: phone only",
     "small.yaml:60:66: error: rota.days.below: below what? say 'minimum'\n",
     NULL},
    {"below is known", NURSES, NURSES ", minimum: 2, below: phones",
     "small.yaml:60:85: error: rota.days.below: must be phone only, found "
     "'phones'\n",
     NULL},
    {"a minimum is counted", NURSES, NURSES ", minimum: two, below: phone only",
     "small.yaml:60:75: error: rota.days.minimum: must be a whole number, "
     "found 'two'\n",
     NULL},
    {"sizing's least is not above what there is", NURSES,
     NURSES ", at_least: 3",
     "small.yaml:60:76: error: rota.days.at_least: the shift has fewer staff "
     "than that: 2\n",
     NULL},
    {"sizing's least is counted", NURSES, NURSES ", at_least: some",
     "small.yaml:60:76: error: rota.days.at_least: must be a whole number, "
     "found 'some'\n",
     NULL},
    {"breaks are meant or not", NURSES, NURSES ", breaks: some",
     "small.yaml:60:74: error: rota.days.breaks: must be yes or no, found "
     "'some'\n",
     NULL},
    {"a night premium is a share", "sunday: 60%", "sunday: 60%, night: dark",
     "small.yaml:57:53: error: staff.nurse.premium.night: must be a share such "
     "as 30% or 150%, found 'dark'\n",
     NULL},
    {"nights are hours", "sunday: 60%", "sunday: 60%, night_hours: dark",
     "small.yaml:57:59: error: staff.nurse.premium.night_hours: must be hours "
     "such as 08:00-16:00, found 'dark'\n",
     NULL},
    {"noticing is a chance", "{cost: 30/h, prem",
     "{notices: 120%, cost: 30/h, prem",
     "small.yaml:57:20: error: staff.nurse.notices: must be a chance such as "
     "12% or 0.12, at most 100%, found '120%'\n",
     NULL},
    {"acting is a chance", "{cost: 30/h, prem", "{acts: no, cost: 30/h, prem",
     "small.yaml:57:17: error: staff.nurse.acts: must be a chance such as 12% "
     "or 0.12, at most 100%, found 'no'\n",
     NULL},
    {"the bank's noticing is a chance", "cost: 36/h}",
     "cost: 36/h, notices: 2}",
     "small.yaml:57:126: error: staff.nurse.bank.notices: must be a chance "
     "such as 12% or 0.12, at most 100%, found '2'\n",
     NULL},
    {"the bank's acting is a chance", "cost: 36/h}", "cost: 36/h, acts: 2}",
     "small.yaml:57:123: error: staff.nurse.bank.acts: must be a chance such "
     "as 12% or 0.12, at most 100%, found '2'\n",
     NULL},
    {"hours per week have a range", "headroom: 22%",
     "headroom: 22%, hours_per_week: 200",
     "small.yaml:57:149: error: staff.nurse.hours_per_week: must be 1 to 168, "
     "found 200\n",
     NULL},
    {"hours per week are a number", "headroom: 22%",
     "headroom: 22%, hours_per_week: full",
     "small.yaml:57:149: error: staff.nurse.hours_per_week: must be a plain "
     "number such as 3 or 1.5, found 'full'\n",
     NULL},
    {"headroom has a range", "headroom: 22%", "headroom: 95%",
     "small.yaml:57:128: error: staff.nurse.headroom: must be 0% to 90%, found "
     "95%\n",
     NULL},
};

static struct message_case warning_cases[] = {
    {"a gap in cover longer than to the next working day",
     "{within: 2 days, do", "{within: next working day, do",
     "small.yaml:41:3: warning: contacts.visit: planned for 10:00, and nobody "
     "who does it is on duty within 6 h of that on wed holidays\n"
     "small.yaml:49:14: warning: responses.red.review.within: nobody who does "
     "it is on duty from the end of the day to the end of the next working "
     "day, when it is triggered on tue\n",
     "rota.days.days=mon tue thu fri sat sun"},
    {"no breaks", "  break: " BREAK, "  {}",
     "small.yaml:59:1: warning: rota: more than 6 h without a break: "
     "'days'\nhint: under 'team_time': {shift: NAME, after: 4 h, lasts: 30 "
     "min, floating: yes}\n",
     NULL},
    {"a break of less than 20 min is none", "lasts: 30 min, fl",
     "lasts: 19 min, fl",
     "small.yaml:59:1: warning: rota: more than 6 h without a break: "
     "'days'\nhint: under 'team_time': {shift: NAME, after: 4 h, lasts: 30 "
     "min, floating: yes}\n",
     NULL},
    {"a break at a fixed time is a meeting", "floating: yes", "floating: no",
     "small.yaml:59:1: warning: rota: more than 6 h without a break: "
     "'days'\nhint: under 'team_time': {shift: NAME, after: 4 h, lasts: 30 "
     "min, floating: yes}\n",
     NULL},
    {"another role's break is none of theirs", "{shift: days, after: 4 h",
     "{role: driver, after: 4 h",
     "small.yaml:59:1: warning: rota: more than 6 h without a break: "
     "'days'\nhint: under 'team_time': {shift: NAME, after: 4 h, lasts: 30 "
     "min, floating: yes}\n",
     NULL},
    {"no breaks, and that is meant", "  break: " BREAK, "  {}", "",
     "rota.days.breaks=no"},
    {"six hours need no break", "  break: " BREAK, "  {}", "",
     "rota.days.hours=09:00-15:00"},
    {"a minute more does", "  break: " BREAK, "  {}",
     "small.yaml:59:1: warning: rota: more than 6 h without a break: "
     "'days'\nhint: under 'team_time': {shift: NAME, after: 4 h, lasts: 30 "
     "min, floating: yes}\n",
     "rota.days.hours=09:00-15:01"},
    {"no headroom", ", headroom: 22%", "",
     "small.yaml:56:1: warning: staff: no 'headroom' for leave, sickness and "
     "training, so that 'establishment' leaves them out: 'nurse'\nhint: such "
     "as 'headroom: 22%'\n",
     NULL},
    {"a headroom of nothing is one", "headroom: 22%", "headroom: 0%", "", NULL},
    {"a minimum never reached", NURSES,
     NURSES ", minimum: 3, below: phone only",
     "small.yaml:60:66: warning: rota.days.minimum: the shift is always below "
     "it: its staff are 2\n",
     NULL},
    {"team time that nobody comes to", "  break: " BREAK,
     "  break: " BREAK "\n  talk: {shift: late, at: 19:00, lasts: 5 min}",
     "small.yaml:67:3: warning: team_time.talk: nobody it is for is on duty "
     "when it begins\n",
     NULL},
    {"team time after the shift", "  break: " BREAK,
     "  break: " BREAK "\n  talk: {shift: late, after: 6 h, lasts: 5 min}",
     "small.yaml:67:3: warning: team_time.talk: nobody it is for is on duty "
     "when it begins\n",
     NULL},
    {"team time past midnight", "  break: " BREAK,
     "  break: " BREAK "\n  talk: {shift: late, at: 01:59, lasts: 5 min}", "",
     NULL},
    {"team time at the very end", "  break: " BREAK,
     "  break: " BREAK "\n  talk: {shift: late, at: 02:00, lasts: 5 min}",
     "small.yaml:67:3: warning: team_time.talk: nobody it is for is on duty "
     "when it begins\n",
     NULL},
};

int main(void)
{
    int failed = 0;

    failed += run_table("team time", says, team_cases);
    failed += run_table("rota", says, rota_cases);
    failed += run_table("rota warnings", says, warning_cases);
    return failed;
}
