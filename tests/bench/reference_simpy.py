"""The reference pathway (scenarios/reference.yaml) in SimPy 3, as somebody who
knows SimPy would write it: a process for each person's plan and one for their
condition, a priority resource for the workers of a day. For comparing speed and
figures; it shares no code with Handrail. Time is in minutes from a Monday 00:00.

Usage: python3 reference_simpy.py REPLICATIONS SEED
Prints one line of JSON: processor seconds, and every year's counts.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import random
import sys
import time

import simpy

DAY = 24 * 60.0
YEAR = 365 * DAY
REFERRALS = 0.5 / DAY  # rates are per minute
TO_WARNING = 0.03 / DAY
TO_STABLE = 0.15 / DAY
TO_CRISIS = 0.05 / DAY
PLAN_DAYS = 31
# Days of the plan with a contact: 10 daily, 7 every second, 14 twice a week.
VISITS = list(range(10)) + [10, 12, 14, 16] + [17, 20, 24, 27]
DUE_AT = 18 * 60.0
WINDOW = 2 * 60.0
LASTS, NOT_THERE = 45.0, 15.0
ATTENDS, NOTICES = 0.88, 0.6
WEEKDAY_STAFF, WEEKEND_STAFF = 3, 1
# Those due together go in random order; a start at the end of a window counts.
TIE = 0.001

COUNTS = ("referrals", "due", "completed", "not_delivered", "not_attended",
          "restarts", "crises", "planned_exits", "worked", "waited", "events")


class Person:
    """Somebody on the pathway: where their condition is, and who acts on it."""

    def __init__(self, year):
        self.year = year
        self.warning = False
        self.left = False
        self.plan = year.env.process(self.follow_plan())
        self.condition = year.env.process(self.change())

    def change(self):
        """The condition: exponential times until the next change."""
        env, chance, count = self.year.env, self.year.chance, self.year.count
        while not self.left:
            rate = TO_STABLE + TO_CRISIS if self.warning else TO_WARNING
            try:
                yield env.timeout(chance.expovariate(rate))
            except simpy.Interrupt:
                continue  # settled by a response, or gone
            count["events"] += 1
            if not self.warning:
                self.warning = True
            elif chance.random() < TO_STABLE / rate:
                self.warning = False
            else:
                count["crises"] += 1
                self.left = True
                self.plan.interrupt()

    def follow_plan(self):
        """One contact after the other, until day 31 or a crisis."""
        env, count = self.year.env, self.year.count
        try:
            begins = (env.now // DAY + 1) * DAY
            restart = True
            while restart:
                restart = False
                for day in VISITS:
                    tie = self.year.chance.uniform(0, TIE)
                    yield env.timeout(begins + day * DAY + DUE_AT + tie -
                                      env.now)
                    noted = yield from self.contact()
                    if noted:
                        self.warning = False
                        self.condition.interrupt()
                        count["restarts"] += 1
                        begins = (env.now // DAY + 1) * DAY
                        restart = True
                        break
            yield env.timeout(begins + PLAN_DAYS * DAY - env.now)
            count["planned_exits"] += 1
            count["events"] += 1
            self.left = True
            self.condition.interrupt()
        except simpy.Interrupt:
            pass  # a crisis

    def contact(self):
        """A contact has fallen due. Whether it notes the sign in a warning."""
        env, count = self.year.env, self.year.count
        due = env.now
        count["due"] += 1
        count["events"] += 1
        with self.year.workers().request() as worker:
            yield worker | env.timeout(WINDOW + TIE)
            if not worker.triggered:
                count["not_delivered"] += 1
                count["events"] += 1
                return False
            count["waited"] += env.now - due
            return (yield from self.meeting())

    def meeting(self):
        """What has begun goes on to its end, whatever becomes of the person."""
        env, chance, count = self.year.env, self.year.chance, self.year.count
        there = chance.random() < ATTENDS
        ends = env.now + (LASTS if there else NOT_THERE)
        crisis = None
        while env.now < ends:
            try:
                yield env.timeout(ends - env.now)
            except simpy.Interrupt as interrupt:
                crisis = interrupt
        count["worked"] += LASTS if there else NOT_THERE
        count["completed" if there else "not_attended"] += 1
        count["events"] += 1
        if crisis is not None:
            raise crisis
        return there and self.warning and chance.random() < NOTICES


class Year:
    """One replication."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.env = simpy.Environment()
        self.count = dict.fromkeys(COUNTS, 0)
        self.weekday = simpy.Resource(self.env, WEEKDAY_STAFF)
        self.weekend = simpy.Resource(self.env, WEEKEND_STAFF)
        self.env.process(self.refer())
        self.env.process(self.shifts())

    def workers(self):
        """Those on duty, 14:00 to 22:00: no contact reaches the next day."""
        return self.weekday if self.env.now // DAY % 7 < 5 else self.weekend

    def refer(self):
        while True:
            yield self.env.timeout(self.chance.expovariate(REFERRALS))
            self.count["referrals"] += 1
            self.count["events"] += 1
            Person(self)

    def shifts(self):
        """They start and end; who works them is told by the day."""
        while True:
            for at in (14 * 60, 22 * 60):
                yield self.env.timeout(
                    self.env.now // DAY * DAY + at - self.env.now)
                self.count["events"] += 1
            yield self.env.timeout((self.env.now // DAY + 1) * DAY -
                                   self.env.now)

    def run(self):
        self.env.run(until=YEAR)
        return self.count


def main():
    replications, seed = int(sys.argv[1]), int(sys.argv[2])
    began = time.process_time()
    years = [Year("%d %d" % (seed, i)).run() for i in range(replications)]
    json.dump({"seconds": time.process_time() - began, "years": years},
              sys.stdout)
    print()


if __name__ == "__main__":
    main()
