"""Slopes of the last weeks to compare with, worked out apart from the page.

The way of a metric is a line through its start and its check-ins. Its pace is the mean slope of that line over the 28 days
up to the day that is asked about, as far as check-ins tell it: from the day 28 days before (or the start, where that is
later) to the last check-in. NumPy finds the value of a day between two check-ins.

To run it again:
    python3 -m venv venv && venv/bin/pip install numpy
    venv/bin/python pace.py > pace.json
"""

import json
import random

import numpy

BACK = 28
FEWEST = 7


def pace(start, check_ins, asked):
    """`start` is the value on day 0; `check_ins` are (day, value), of which the last one of a day counts."""
    last_of_day = {day: value for day, value in check_ins if day <= asked}
    way = dict(last_of_day)
    if min(way, default=1) > 0:
        way[0] = start
    days = sorted(way)
    values = [way[day] for day in days]
    last = days[-1]
    if asked - last >= BACK:
        return {"silent_since": last, "a_week": None}
    since = max(asked - BACK, days[0])
    # What the value of that day is known from.
    known_from = max(day for day in days if day <= since)
    if not last_of_day or last - known_from < FEWEST:
        return {"silent_since": None, "a_week": None}
    then, now = (float(numpy.interp(day, days, values)) for day in (since, last))
    a_week = (now - then) / (last - since) * 7
    return {"silent_since": None, "a_week": a_week, "from": since, "then": then, "to": last, "now": now}


def case(name, start, check_ins, asked):
    return {"name": name, "start": start, "check_ins": check_ins, "asked": asked, "expected": pace(start, check_ins, asked)}


def random_way(seed):
    chance = random.Random(seed)
    day, value, check_ins = chance.randint(0, 20), chance.uniform(-50, 50), []
    for _ in range(chance.randint(1, 12)):
        check_ins.append((day, round(value, chance.randint(0, 3))))
        day += chance.choice([0, 1, 3, 7, 7, 7, 14, 30])
        value += chance.gauss(1, 4)
    return case(f"random {seed}", round(chance.uniform(-50, 50), 1), check_ins, chance.randint(0, 90))


CASES = [
    case("at the start", 0, [], 0),
    case("before a week has passed", 0, [(3, 5)], 6),
    case("less than a week between the points", 0, [(5, 20)], 9),
    case("a week between the points", 0, [(7, 20)], 9),
    case("two check-ins, the first one 28 days ago", 18, [(5, 18), (33, 37)], 33),
    case("between two check-ins", 0, [(10, 20), (40, 60)], 50),
    case("one check-in, years after the start", 0, [(2515, 690)], 2515),
    case("nothing for 44 days", 0, [(10, 20), (20, 30)], 64),
    case("nothing for 28 days", 0, [(10, 20), (20, 30)], 48),
    case("nothing for 27 days", 0, [(10, 20), (20, 30)], 47),
    case("never, for 28 days", 0, [], 28),
    case("never, for 27 days", 0, [], 27),
    case("started 20 days ago", 5, [(18, 9)], 20),
    case("the last one of a day", 0, [(10, 90), (10, 20), (40, 0), (40, 60)], 45),
    case("what is still to come", 0, [(10, 20), (40, 60), (60, 500)], 50),
    case("down", 200, [(20, 180), (40, 160)], 50),
    case("down and up", 0, [(10, 50), (24, 10), (31, 35), (45, 20)], 50),
    case("nothing moves", 4, [(10, 4), (30, 4)], 40),
    case("checked in on the first day", 10, [(0, 12), (14, 20)], 21),
] + [random_way(seed) for seed in range(40)]

if __name__ == "__main__":
    print(json.dumps({"cases": CASES}, indent=1))
