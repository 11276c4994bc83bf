"""Speed, in figures that another machine can be compared by: make bench.

Writes docs/performance.md. What is compared runs in turn within the same
minutes, and the median of the turns is taken, because machines are shared and
clocks vary; times are of the processor unless it says "by the clock".

Environment: HANDRAIL=PROGRAM; YARDSTICK=FILE.c, a hand-written C program of the
reference pathway, where there is one; CC; BENCH_PART=0.1 for a tenth of the
runs, to try the benchmark itself; BENCH_OUT=FILE for another file.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import datetime
import json
import math
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
HANDRAIL = os.path.abspath(os.environ.get("HANDRAIL", "./handrail"))
YARDSTICK = os.environ.get("YARDSTICK")
PART = float(os.environ.get("BENCH_PART", "1"))
OUT = os.environ.get("BENCH_OUT", "docs/performance.md")
CORES = len(os.sched_getaffinity(0))
TURNS = 5
YARDSTICK_TURNS = 11
REFERENCE = "scenarios/reference.yaml"
# Scenario, replications for about a second of one core.
SCENARIOS = ((REFERENCE, 2000), ("scenarios/crisis-house.yaml", 150),
             ("scenarios/dual-diagnosis.yaml", 100),
             ("scenarios/after-assessment.yaml", 150))
SCALES = (1, 10, 100)
DAYS = 365


class Run:
    """One finished process: seconds of processor and clock, and its output."""

    def __init__(self, command):
        began = time.perf_counter()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = subprocess.Popen(command, stdout=out, stderr=err)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            self.clock = time.perf_counter() - began
            out.seek(0)
            err.seek(0)
            self.out, self.err = out.read().decode(), err.read().decode()
        if child.returncode != 0:
            sys.exit("failed: %s\n%s" % (" ".join(command), self.err))
        self.seconds = usage.ru_utime + usage.ru_stime


def peak_of(command):
    """Peak memory in MB. From time(1): a child of this process would count
    what Python had when it was begun."""
    with tempfile.NamedTemporaryFile("r") as told:
        Run(["/usr/bin/time", "-f", "%M", "-o", told.name, *command])
        return int(told.read()) / 1024


def runs(count):
    """So many runs of something, or the part of them that is asked for."""
    return max(2, round(count * PART))


def handrail(scenario, count, threads=1, more=()):
    """The command that prints the results of `count` replications."""
    return [HANDRAIL, "run", scenario, "--replications", str(count),
            "--threads", str(threads), "--quiet", "--json", *more]


def turns(*commands):
    """Each command in turn, TURNS times: a list of runs for each command."""
    done = [[] for _ in commands]
    for _ in range(TURNS):
        for command, list_of_runs in zip(commands, done):
            list_of_runs.append(Run(command))
    return done


def median(list_of_runs, figure="seconds"):
    return statistics.median(getattr(run, figure) for run in list_of_runs)


def events_of(run):
    """Model events of all replications (design of results.json)."""
    return json.loads(run.out)["events"]


def instructions(command):
    """Instructions of a process, by callgrind, or None where it cannot say."""
    counted = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
         *command], capture_output=True, text=True, check=False)
    found = re.search(r"Collected : (\d+)", counted.stderr)
    return int(found[1]) if found and counted.returncode == 0 else None


def instructions_per_event(scenario):
    """Of a replication more, so that starting up does not count."""
    few, many = handrail(scenario, 10), handrail(scenario, 30)
    events = events_of(Run(many)) - events_of(Run(few))
    return (instructions(many) - instructions(few)) / events


# ---- the tables ----


def machine():
    """What the figures were taken on."""
    model = "unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        for line in info:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    compiler = subprocess.run([os.environ.get("CC", "cc").split()[-1],
                               "--version"], capture_output=True, text=True,
                              check=False).stdout.split("\n")[0]
    version = Run([HANDRAIL, "--version"]).out.strip()
    return ["%s, %d cores, %s, %s; %s." %
            (model, CORES, platform.system(), compiler, version),
            "Taken on %s." % datetime.date.today().isoformat()]


def speed_table():
    lines = ["| scenario | events a replication | replications a second by the "
             "clock, one thread | %d threads | events a second of one processor "
             "| ns an event | instructions an event | peak MB |" % CORES,
             "|---|--:|--:|--:|--:|--:|--:|--:|"]
    for scenario, count in SCENARIOS:
        count = runs(count)
        one, all_cores = turns(handrail(scenario, count),
                               handrail(scenario, count, CORES))
        events, seconds = events_of(one[0]), median(one)
        lines.append("| %s | %.0f | %.0f | %.0f | %.3g | %.0f | %.0f | %.0f |" %
                     (os.path.basename(scenario)[:-5], events / count,
                      count / median(one, "clock"),
                      count / median(all_cores, "clock"),
                      events / seconds, seconds / events * 1e9,
                      instructions_per_event(scenario),
                      peak_of(handrail(scenario, count))))
    return lines


def scale_table():
    commands, counts = [], []
    for scale in SCALES:
        counts.append(max(2, runs(2000) // scale))
        commands.append(handrail(REFERENCE, counts[-1], 1, (
            "--set", "cohorts.people.referrals.rate=%g/day" % (0.5 * scale),
            "--set", "rota.weekdays.staff.worker=%d" % (3 * scale),
            "--set", "rota.weekends.staff.worker=%d" % scale)))
    done = turns(*commands)
    lines = ["| demand and staff | events a replication | ns an event | times "
             "the first | peak MB |", "|--:|--:|--:|--:|--:|"]
    first = None
    for scale, count, command, of_scale in zip(SCALES, counts, commands, done):
        events = events_of(of_scale[0])
        cost = median(of_scale) / events * 1e9
        first = first or cost
        lines.append("| %d | %.0f | %.0f | %.2f | %.0f |" %
                     (scale, events / count, cost, cost / first,
                      peak_of(command)))
    return lines


def two_processes(count):
    """Two processes at once, by the clock."""
    began = time.perf_counter()
    children = [subprocess.Popen(handrail(REFERENCE, count, 1,
                                          ("--seed", str(seed))),
                                 stdout=subprocess.DEVNULL)
                for seed in (1, 2)]
    for child in children:
        if child.wait() != 0:
            sys.exit("failed: one of two processes")
    return time.perf_counter() - began


def threads_lines():
    if CORES < 2:
        return ["One core: two threads were not tried."]
    count = runs(3000)
    ratios = []
    for _ in range(TURNS):
        apart = two_processes(count)
        together = Run(handrail(REFERENCE, 2 * count, 2)).clock
        ratios.append(apart / together)
    return ["Two threads make %.2f of the replications that two processes at "
            "once make, by the clock (median of %d turns, %.2f to %.2f)." %
            (statistics.median(ratios), TURNS, min(ratios), max(ratios))]


def start_lines():
    lines = []
    for scenario, _ in SCENARIOS:
        started = [Run(handrail(scenario, 1)) for _ in range(11)]
        lines.append("- `handrail run %s --replications 1 --quiet --json`: "
                     "%.0f ms from start to end, by the clock; %.0f ms of the "
                     "processor." %
                     (scenario, median(started, "clock") * 1e3,
                      median(started) * 1e3))
    scenario, count = SCENARIOS[1][0], runs(100)
    with tempfile.TemporaryDirectory() as room:
        out = os.path.join(room, "out")
        written, printed = turns(
            [HANDRAIL, "run", scenario, "--replications", str(count), "--quiet",
             "-o", out, "--force"], handrail(scenario, count, CORES))
    lines.append("- The report of a run of %s, with its figures: %.1f s more "
                 "than without, by the clock." %
                 (scenario, median(written, "clock") - median(printed, "clock")))
    return lines


# ---- against others ----


def estimate_ours(count):
    """Means a year, and their standard errors, of what both programs count."""
    weeks, ours = DAYS / 7, {}
    results = json.loads(Run(handrail(REFERENCE, count, CORES)).out)
    names = {"referrals": "referrals", "contacts_due": "due",
             "contacts_completed": "completed", "restarts": "restarts",
             "crises": "crises", "planned_exits": "planned_exits"}
    for row in results["measures"]:
        if not row["by"] and row["id"] in names:
            ours[names[row["id"]]] = (row["mean"] * weeks, row["sd"] * weeks /
                                      math.sqrt(count))
    return ours


def figures_table(years, count):
    """SimPy's figures beside ours, and their distance in standard errors."""
    lines = ["| a year | handrail | SimPy | standard errors apart |",
             "|---|--:|--:|--:|"]
    worst = 0
    for name, (mean, error) in estimate_ours(count).items():
        values = [year[name] for year in years]
        theirs = statistics.mean(values)
        theirs_error = statistics.stdev(values) / math.sqrt(len(values))
        apart = (mean - theirs) / math.hypot(error, theirs_error)
        worst = max(worst, abs(apart))
        lines.append("| %s | %.2f | %.2f | %.1f |" %
                     (name.replace("_", " "), mean, theirs, apart))
    if worst > 4: # once in 16,000 comparisons by chance
        sys.exit("\n".join(lines) + "\nthe figures of the two do not agree")
    return lines


def against_simpy():
    count, few = runs(2000), runs(20)
    ratios, years = [], []
    for turn in range(TURNS):
        ours = Run(handrail(REFERENCE, count)).seconds / count
        theirs = json.loads(Run(
            [sys.executable, os.path.join(HERE, "reference_simpy.py"), str(few),
             str(turn)]).out)
        years += theirs["years"]
        ratios.append(theirs["seconds"] / few / ours)
    import simpy # where it is missing, that has shown by now
    return ["SimPy %s on Python %s (`tests/bench/reference_simpy.py`) takes "
            "%.0f times as long for a replication of the reference pathway, "
            "on one core (median of %d turns, %.0f to %.0f). Its figures agree "
            "with ours:" % (simpy.__version__, platform.python_version(),
                            statistics.median(ratios), TURNS, min(ratios),
                            max(ratios)), ""] + \
        figures_table(years, runs(4000))


def against_yardstick():
    if not YARDSTICK:
        return []
    with tempfile.TemporaryDirectory() as room:
        fast, plain = os.path.join(room, "fast"), os.path.join(room, "plain")
        for program, more in ((fast, ["-march=native"]), (plain, [])):
            subprocess.run([*os.environ.get("CC", "cc").split(), "-O3", *more,
                            YARDSTICK, "-o", program, "-lm"], check=True)
        count = runs(3000)
        ratios = []
        # For about as long as ours, so that both are disturbed as much.
        for _ in range(YARDSTICK_TURNS):
            ours = Run(handrail(REFERENCE, count)).seconds
            theirs = Run([fast, str(3 * count)]).seconds / 3
            ratios.append(theirs / ours)
        counted = [instructions([plain, str(n)]) for n in (10, 30)]
    lines = ["A C program that knows the reference pathway alone, written by "
             "hand: Handrail makes %.3f of its replications a second on one "
             "core (median of %d turns, %.2f to %.2f)." %
             (statistics.median(ratios), YARDSTICK_TURNS, min(ratios),
              max(ratios))]
    if None not in counted:
        ours = [instructions(handrail(REFERENCE, n)) for n in (10, 30)]
        lines[0] += " It takes %.2f times its instructions." % (
            (ours[1] - ours[0]) / (counted[1] - counted[0]))
    return lines + [""]


def main():
    sections = (("", machine),
                ("Speed", speed_table),
                ("Scale: the reference pathway with more people and staff",
                 scale_table),
                ("Threads", threads_lines),
                ("Starting, and the report", start_lines),
                ("Beside other programs",
                 lambda: against_yardstick() + against_simpy()))
    page = ["# How fast Handrail is", "",
            "Written by `make bench` (`tests/bench/run.py` says how). Times "
            "are of the processor, with everything that a run does, unless it "
            "says \"by the clock\"; what is compared ran in turn. An event is "
            "a referral, a contact due, begun in time or not, or ended, a "
            "change of state, an exit, the start or end of a shift."]
    for title, make in sections:
        lines = make()
        page += ["", "## " + title, ""] if title else [""]
        page += lines
        print("\n".join(lines), flush=True)
    with open(OUT, "w", encoding="utf-8") as out:
        out.write("\n".join(page) + "\n")


if __name__ == "__main__":
    main()
