"""Which steps of a series are odd, worked out apart from the page: with the statistics module and in fractions.

A step is odd where it is larger than any of the last twelve steps and more than eight times their median, and takes the
value beyond all that are known; the last six steps have to be there. A value that is ten times the last one, or a tenth
of it, is another question, so the series here keep far from zero.

To run it again:
    python3 odd.py > odd.json
"""

import json
import random
import statistics
from fractions import Fraction


def is_odd(values, value):
    exact = [Fraction(text) for text in values]
    new = Fraction(value)
    if min(exact) <= new <= max(exact):
        return False
    steps = [abs(later - earlier) for earlier, later in zip(exact, exact[1:])][-12:]
    if len(steps) < 6:
        return False
    step, median = abs(new - exact[-1]), statistics.median(steps)
    return median > 0 and step > 8 * median and step > max(steps)


def series(seed):
    chance = random.Random(seed)
    count, value = chance.randint(2, 30), 1000.0
    step = chance.choice([lambda: chance.gauss(0, 5), lambda: chance.choice([-2, 0, 0, 1]), lambda: chance.expovariate(0.2)])
    values = []
    for _ in range(count):
        values.append(f"{value:.2f}")
        value += step()
    new = float(values[-1]) + chance.choice([-1, 1]) * chance.choice([1, 4, 10, 30, 60, 120]) * chance.random()
    new = f"{new:.2f}"
    return {"values": values, "new": new, "odd": is_odd(values, new)}


print(json.dumps([series(seed) for seed in range(400)], indent=None, separators=(",", ":")).replace("},", "},\n"))
