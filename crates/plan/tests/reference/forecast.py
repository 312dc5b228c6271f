"""Forecasts, slopes and quantiles to compare with, worked out apart from the page.

A random walk with drift over steps of unequal length is a weighted regression of the steps on their days, through the
origin, with weights of 1 / days: its slope is the drift, its residual variance that of a step of one day, and the
interval is that of a new observation. Here that is solved in fractions, without rounding; the quantiles are SciPy's.

Of a key result that a KPI feeds, the readings are put into calendar periods here, by Python's calendar, and each completed
period gives one value. Where a metric has natural bounds, what lies beyond them is moved onto them.

To run it again:
    python3 -m venv venv && venv/bin/pip install scipy
    venv/bin/python forecast.py > forecast.json
"""

import calendar
import json
import math
import random
from datetime import date, timedelta
from fractions import Fraction

from scipy.stats import t

LIKELY = 0.8


def forecast(values, due):
    days = [day for day, _ in values]
    exact = [Fraction(value) for _, value in values]
    gaps = [later - earlier for earlier, later in zip(days, days[1:])]
    steps = [later - earlier for earlier, later in zip(exact, exact[1:])]
    weights = [Fraction(1, gap) for gap in gaps]
    squares = sum(weight * gap * gap for weight, gap in zip(weights, gaps))
    drift = sum(weight * gap * step for weight, gap, step in zip(weights, gaps, steps)) / squares
    residuals = sum(weight * (step - drift * gap) ** 2 for weight, gap, step in zip(weights, gaps, steps))
    # One parameter is fitted to the steps.
    freedom = len(steps) - 1
    variance = residuals / freedom
    ahead = due - days[-1]
    value = exact[-1] + drift * ahead
    spread = t.ppf((1 + LIKELY) / 2, freedom) * math.sqrt(variance * (ahead + ahead * ahead / squares))
    return {
        "value": float(value),
        "low": float(value) - spread,
        "high": float(value) + spread,
        "drift": float(drift),
        "deviation": math.sqrt(variance),
        "values": len(values),
        "days": days[-1] - days[0],
        "ahead": ahead,
    }


def clipped(name, values, due, low, high):
    """A forecast whose numbers are held between two bounds, either of which may be missing."""
    straight = forecast(values, due)
    held = {}
    for what in ("value", "low", "high"):
        number = straight[what]
        if low is not None:
            number = max(number, low)
        if high is not None:
            number = min(number, high)
        held[what] = number
    return {"name": name, "course": values, "due": due, "low": low, "high": high, "straight": straight, "expected": held}


TAKES = {
    "sum": sum,
    "mean": lambda values: sum(values) / len(values),
    "min": min,
    "max": max,
}


def last_day(frequency, day):
    """The last day of the period that a day lies in."""
    if frequency == "weekly":
        return day + timedelta(days=6 - day.weekday())
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def fed(name, frequency, takes, readings, start, target, first, due, today):
    """What a key result makes of the readings of a KPI: one point a period from its first day on, and a forecast."""
    periods = {}
    for day, value in readings:
        if day <= today:
            periods.setdefault(last_day(frequency, day), []).append((day, value))
    points = []
    for end in sorted(periods):
        within = periods[end]
        if takes == "last":
            points.append(within[-1])
        elif end < today:
            points.append((end, float(TAKES[takes]([Fraction(value) for _, value in within]))))
    points = [(day, value) for day, value in points if day >= first]
    day_number = lambda day: (day - first).days
    course = [(day_number(day), value) for day, value in points]
    found = forecast(course, day_number(due))
    # No value, start or target is below zero: nor is what is likely.
    assert min([start, target] + [value for _, value in course]) >= 0
    held = {what: max(found[what], 0.0) for what in ("value", "low", "high")}
    return {
        "name": name,
        "frequency": frequency,
        "takes": takes,
        "readings": [(str(day), value) for day, value in readings],
        "start": start,
        "target": target,
        "first": str(first),
        "due": str(due),
        "today": str(today),
        "points": [(str(day), value) for day, value in points],
        "straight": found,
        "expected": held,
    }


def every(first, days, values):
    return [(first + timedelta(days=days * n), value) for n, value in enumerate(values)]


def quarter(name, frequency, takes, readings, target, today=date(2026, 11, 30)):
    return fed(name, frequency, takes, readings, 0, target, date(2026, 10, 1), date(2026, 12, 31), today)


RISING = every(date(2026, 10, 18), 7, [10, 20, 30, 40, 50, 60, 70])
EVERY_FIVE_DAYS = every(
    date(2026, 9, 20), 5, [18.9, 23.2, 23.8, 25.5, 28.6, 30.9, 30.1, 39.7, 46, 51.5, 53.2, 65.3, 57.6, 56.7, 71.4]
)
# Ten more each week, and twenty more than that on Mondays.
DAILY = [
    (day, 10 * (n // 7 + 1) + (20 if n % 7 == 0 else 0))
    for n, (day, _) in enumerate(every(date(2026, 10, 12), 1, [0] * 49))
]
MONDAYS = every(date(2026, 10, 5), 7, [12, 15, 19, 22, 21, 28, 33, 36, 38])


def walk(seed, count, gaps, start, drift, noise, digits=2):
    """Values that wander, as people would write them down."""
    chance = random.Random(seed)
    day, value, values = 0, start, []
    for _ in range(count):
        values.append((day, round(value, digits)))
        gap = chance.choice(gaps)
        day += gap
        value += drift * gap + chance.gauss(0, noise) * math.sqrt(gap)
    return values


CASES = [
    ("five values, every week", walk(1, 5, [7], 320, 2.5, 4), 84),
    ("five values over exactly three weeks", [(0, 1), (2, 3), (9, 2), (20, 6), (21, 5)], 60),
    ("eight values, every week", walk(2, 8, [7], 4000, 40, 90, 0), 91),
    ("thirteen values, every week", walk(3, 13, [7], 12, 0.3, 0.8), 100),
    ("every day", walk(4, 30, [1], 50, 0.5, 1.5), 90),
    ("sixty values, every day", walk(5, 60, [1], 10, -0.1, 0.4), 91),
    ("uneven gaps", walk(6, 10, [1, 3, 7, 12], 100, 1, 3), 120),
    ("very uneven gaps", [(0, 10), (1, 11), (2, 10.5), (40, 25), (41, 26), (90, 44)], 100),
    ("one long gap at the end", [(0, 5), (1, 6), (2, 5), (3, 7), (60, 30)], 91),
    ("sixty values, uneven gaps", walk(7, 60, [1, 2, 5, 8], 0.5, 0.002, 0.01, 4), 365),
    ("falling", walk(8, 9, [7], 0.25, -0.002, 0.003, 3), 91),
    ("falling, uneven gaps", walk(9, 12, [2, 7, 9], 6.2, -0.01, 0.02), 130),
    ("below zero", walk(10, 7, [7], -40, 1.2, 5), 91),
    ("from below zero to above", walk(11, 10, [7], -30, 1, 2), 91),
    ("further below zero", walk(12, 6, [5, 9], -5, -2, 1.5), 70),
    ("no variance", [(0, 10), (7, 17), (14, 24), (21, 31), (28, 38)], 91),
    ("no variance, uneven gaps", [(0, -3), (4, -1), (10, 2), (24, 9), (30, 12)], 91),
    ("nothing moves", [(0, 42), (6, 42), (12, 42), (18, 42), (30, 42)], 60),
    ("large", walk(13, 8, [7], 8e14, 1e11, 5e11, 0), 80),
    ("small", walk(14, 8, [7], 2e-7, 1e-9, 3e-9, 12), 80),
    ("one day ahead", walk(15, 11, [7], 70, 0.2, 0.7), 71),
    ("two years ahead", walk(16, 20, [3, 4], 1000, -1, 12), 800),
]

FALLING = [(0, 9), (7, 8.4), (14, 7.1), (21, 6.5), (28, 5.2), (35, 4)]
CLIPPED = [
    clipped("hours that fall", FALLING, 91, 0, None),
    clipped("the end of the interval alone", FALLING, 42, 0, None),
    clipped("a share that rises", [(0, 72), (7, 80), (14, 79), (21, 88), (28, 93)], 91, 0, 100),
    clipped("a count that swings", [(0, 40), (7, 160), (14, 60), (21, 300), (28, 210)], 91, 0, None),
    clipped("a total that can only grow", [(0, 10), (7, 11), (14, 40), (21, 42), (28, 90)], 91, 90, None),
    clipped("within all bounds", walk(2, 8, [7], 4000, 40, 90, 0), 60, 0, 100000),
    clipped("without bounds", FALLING, 91, None, None),
    clipped("all on one line, beyond the bound", [(0, 28), (7, 21), (14, 14), (21, 7), (28, 4)], 60, 0, None),
]

FED = [
    quarter("a sum of each week", "weekly", "sum", RISING, 100),
    quarter("the same by the last reading", "weekly", "last", RISING, 100),
    quarter("a sum with readings in and across weeks", "weekly", "sum", EVERY_FIVE_DAYS, 1000),
    quarter("a mean of each week", "weekly", "mean", DAILY, 1000),
    quarter("the smallest of each week", "weekly", "min", DAILY, 1000),
    quarter("the largest of each week", "weekly", "max", DAILY, 1000),
    quarter("a mean, in the middle of a week", "weekly", "mean", DAILY, 1000, date(2026, 11, 26)),
    quarter("the last reading, in the middle of a week", "weekly", "last", DAILY, 1000, date(2026, 11, 26)),
    quarter("the last reading, on Mondays", "weekly", "last", MONDAYS, 60),
    fed(
        "a sum of each month",
        "monthly",
        "sum",
        every(date(2026, 1, 3), 9, [5, 6, 4, 8, 7, 9, 9, 6, 8, 10, 9, 12, 11, 10, 13, 12, 14, 13, 15, 14, 16, 15]),
        0,
        80,
        date(2026, 1, 1),
        date(2026, 12, 31),
        date(2026, 7, 20),
    ),
]

if __name__ == "__main__":
    cases = [
        {"name": name, "due": due, "course": values, "expected": forecast(values, due)} for name, values, due in CASES
    ]
    quantiles = [{"freedom": freedom, "t": t.ppf((1 + LIKELY) / 2, freedom)} for freedom in range(3, 61)]
    found = {"cases": cases, "clipped": CLIPPED, "fed": FED, "quantiles": quantiles}
    print(json.dumps(found, indent=1))
