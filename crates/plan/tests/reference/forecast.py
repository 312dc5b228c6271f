"""Forecasts and quantiles to compare with, worked out apart from the page.

A random walk with drift over steps of unequal length is a weighted regression of the steps on their days, through the
origin, with weights of 1 / days: its slope is the drift, its residual variance that of a step of one day, and the
interval is that of a new observation. Here that is solved in fractions, without rounding; the quantiles are SciPy's.

To run it again:
    python3 -m venv venv && venv/bin/pip install scipy
    venv/bin/python forecast.py > forecast.json
"""

import json
import math
import random
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

if __name__ == "__main__":
    cases = [
        {"name": name, "due": due, "course": values, "expected": forecast(values, due)} for name, values, due in CASES
    ]
    quantiles = [{"freedom": freedom, "t": t.ppf((1 + LIKELY) / 2, freedom)} for freedom in range(3, 61)]
    print(json.dumps({"cases": cases, "quantiles": quantiles}, indent=1))
