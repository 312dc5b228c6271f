"""Signals and limits to compare with, worked out apart from the page.

Each rule is taken as its definition reads, over every window that it could hold in, in fractions and without rounding: no
running counts, no state. What values vary around is taken off them first: a line by the normal equations of least squares,
or the value twelve months before. The standard library is enough.

To run it again:
    python3 signal.py > signal.json
"""

import json
import random
from fractions import Fraction

FACTOR = Fraction("2.66")
FEWEST, MOST = 6, 20


def limits_of(values, bounds):
    known = [value for value in values if value is not None]
    if len(known) < FEWEST:
        return {"none": f"too few: {len(known)}"}
    ranges = [abs(b - a) for a, b in zip(values, values[1:]) if a is not None and b is not None]
    if not ranges:
        return {"none": "apart"}
    if not any(ranges):
        return {"none": "flat"}
    mean, mean_range = sum(known) / len(known), sum(ranges) / len(ranges)
    low, high = mean - FACTOR * mean_range, mean + FACTOR * mean_range
    limits = {"n": len(known), "mean": mean, "ranges": len(ranges), "mean_range": mean_range, "lower": low, "upper": high}
    smallest, largest = bounds
    if smallest is not None and low < smallest <= mean:
        low = smallest
    if largest is not None and high > largest >= mean:
        high = largest
    return {**limits, "low": low, "high": high}


def baseline_of(values, begin, end, until):
    if until is not None:
        return values[begin : min(until + 1, end)]
    # The shortest beginning with as many values as it may have, or all.
    for stop in range(begin, end + 1):
        if sum(value is not None for value in values[begin:stop]) == MOST:
            return values[begin:stop]
    return values[begin:end]


def all_in(places, those):
    return all(place in those for place in places)


def judged(values, limits):
    """Every rule over every window of periods that follow one another."""
    mean = limits["mean"]
    middle_low, middle_high = (mean + limits["lower"]) / 2, (mean + limits["upper"]) / 2
    known = {place for place, value in enumerate(values) if value is not None}
    above = {place for place in known if values[place] > mean}
    below = {place for place in known if values[place] < mean}
    outside = {place for place in known if not limits["low"] <= values[place] <= limits["high"]}
    run, near = set(), set()
    for side in (above, below):
        for start in range(len(values) - 7):
            window = range(start, start + 8)
            if all_in(window, side):
                run |= set(window)
    for side in ({p for p in known if values[p] > middle_high}, {p for p in known if values[p] < middle_low}):
        for start in range(-3, len(values)):
            those = {place for place in range(start, start + 4) if place in side}
            if len(those) >= 3:
                near |= those
    running = []
    for place in range(len(values)):
        lengths = [n for side in (above, below) for n in range(1, place + 2) if all_in(range(place - n + 1, place + 1), side)]
        running.append(max(lengths, default=0))
    # "+3rn" is the third running above the centre, in a run of eight and in three of four; "o" is outside.
    flags = [("o", outside), ("r", run), ("n", near)]
    side = lambda place: "+" if place in above else "-" if place in below else "="
    told = lambda place: f"{side(place)}{running[place]}" + "".join(flag for flag, those in flags if place in those)
    return [told(place) if place in known else None for place in range(len(values))]


def line_through(points):
    """Intercept and slope that solve the normal equations."""
    n, x, y = len(points), sum(at for at, _ in points), sum(value for _, value in points)
    xx, xy = sum(at * at for at, _ in points), sum(at * value for at, value in points)
    slope = Fraction(n * xy - x * y, n * xx - x * x) if n * xx != x * x else Fraction(0)
    return (y - slope * x) / n if n else Fraction(0), slope


def around(values, chosen, centre):
    """For each period, what its limits lie around: its value is judged by what is left of it."""
    exact = [None if value is None else Fraction(str(value)) for value in values]
    if centre == "year-ago":
        before = [None] * 12 + exact
        bases = before[: len(exact)]
        left = [None if None in pair else pair[0] - pair[1] for pair in zip(exact, bases)]
        return bases, left
    begins = sorted({0: None, **dict(chosen)}.items())
    bases = []
    for (begin, until), end in zip(begins, [begin for begin, _ in begins[1:]] + [len(exact)]):
        part = baseline_of(exact, begin, end, until)
        intercept, slope = line_through([(at, value) for at, value in enumerate(part) if value is not None])
        bases += [intercept + slope * place for place in range(end - begin)]
    return bases, [None if value is None else value - base for value, base in zip(exact, bases)]


def signals_around(values, chosen, centre):
    bases, left = around(values, chosen, centre)
    found = signals(left, chosen, NONE)
    lines = {"lower": [], "centre": [], "upper": []}
    ends = [stretch["begin"] for stretch in found["stretches"][1:]] + [len(values)]
    for stretch, end in zip(found["stretches"], ends):
        for base in bases[stretch["begin"] : end]:
            there = base is not None and "none" not in stretch
            for name, limit in [("lower", "lower"), ("centre", "mean"), ("upper", "upper")]:
                lines[name].append(float(base) + stretch[limit] if there else None)
    return {"periods": found["periods"], "lines": lines, "none": [stretch.get("none") for stretch in found["stretches"]]}


def signals(values, chosen, bounds):
    exact = [None if value is None else Fraction(str(value)) for value in values]
    bounds = [None if bound is None else Fraction(str(bound)) for bound in bounds]
    begins = sorted({0: (0, None), **{begin: (begin, until) for begin, until in chosen}}.items())
    stretches, periods, shift = [], [], None
    for (begin, (_, until)), end in zip(begins, [begin for begin, _ in begins[1:]] + [len(values)]):
        limits = limits_of(baseline_of(exact, begin, end, until), bounds)
        found = [None] * (end - begin) if "none" in limits else judged(exact[begin:end], limits)
        stretches.append({"begin": begin, **{key: float(it) if isinstance(it, Fraction) else it for key, it in limits.items()}})
        periods += found
        # A run up to the last value of all, with other values before it in its stretch.
        shift = None
        last = max((place for place in range(begin, end) if exact[place] is not None), default=None)
        running = int(periods[last].strip("+-=orn")) if last is not None and periods[last] else 0
        if running >= 8 and any(value is not None for value in exact[begin : last - running + 1]):
            shift = {"from": last - running + 1, "side": periods[last][0], "periods": running}
    return {"stretches": stretches, "periods": periods, "shift": shift}


def course(seed, count, mean, noise, digits=1, gaps=0.0, shifts=()):
    chance = random.Random(seed)
    values = []
    for place in range(count):
        level = mean + sum(by for at, by in shifts if place >= at)
        values.append(None if 0 < place < count - 1 and chance.random() < gaps else round(chance.gauss(level, noise), digits))
    return values


NONE = (None, None)
SEASONS = [40, 38, 44, 50, 58, 66, 70, 68, 60, 52, 45, 80]


def seasonal(seed, count, growth, noise, gaps=0.0, shifts=()):
    left = course(seed, count, 0, noise, 1, gaps, shifts)
    return [None if v is None else round(SEASONS[n % 12] + growth * n + v, 1) for n, v in enumerate(left)]


def rising(seed, count, slope, noise, digits=1, gaps=0.0, shifts=()):
    left = course(seed, count, 20, noise, digits + 2, gaps, shifts)
    return [None if v is None else round(v + slope * n, digits) for n, v in enumerate(left)]


# The flow rates of the NIST/SEMATECH e-Handbook, 6.3.2.2; the jet engines of the SAS/QC User's Guide, IRCHART, "Creating
# Charts for Individual Measurements and Moving Ranges".
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
JETS = [78.4, 80.1, 84.4, 79.1, 80.4, 83.5, 73.8, 83.5, 75.0, 76.8, 70.5, 80.3, 82.4, 79.4, 86.4, 90.5, 77.7, 82.5, 79.9, 83.2]

CASES = [
    ("flow rates", FLOW, [], NONE),
    ("jet engines", JETS, [], NONE),
    ("a year", course(1, 12, 40, 4), [], NONE),
    ("five years", course(2, 60, 40, 4), [], NONE),
    ("gaps", course(3, 40, 1000, 80, 0, gaps=0.15), [], NONE),
    ("many gaps", course(4, 40, 5, 2, 2, gaps=0.5), [], NONE),
    ("every other one", [v if n % 2 == 0 else None for n, v in enumerate(course(5, 21, 5, 2))], [], NONE),
    ("whole numbers, many of them on the centre", course(6, 50, 3, 1, 0), [], NONE),
    ("a shift up", course(7, 40, 40, 4, shifts=[(24, 9)]), [], NONE),
    ("a shift up, computed anew", course(7, 40, 40, 4, shifts=[(24, 9)]), [(24, None)], NONE),
    ("a shift down", course(8, 40, 40, 4, shifts=[(24, -9)]), [], NONE),
    ("two shifts", course(9, 60, 40, 4, shifts=[(22, 9), (44, -14)]), [], NONE),
    ("two shifts, one computed anew", course(9, 60, 40, 4, shifts=[(22, 9), (44, -14)]), [(22, None)], NONE),
    ("two shifts, both computed anew", course(9, 60, 40, 4, shifts=[(22, 9), (44, -14)]), [(22, None), (44, None)], NONE),
    ("a baseline of twelve", course(10, 50, 0.3, 0.05, 3), [(0, 11)], NONE),
    ("a baseline in the middle", course(11, 50, -20, 5), [(20, 45)], NONE),
    ("a baseline that is too short", course(12, 30, -20, 5), [(10, 14)], NONE),
    ("a baseline beyond the next one", course(13, 40, 7, 2), [(5, 30), (18, None)], NONE),
    ("not below zero", course(14, 40, 1, 1, 1), [], (0, None)),
    ("a share", course(15, 40, 96, 3, 1), [], (0, 100)),
    ("bounds that are far away", course(16, 30, 50, 3, 1), [], (0, 100)),
    ("bounds that the values do not keep to", course(17, 30, 50, 3, 1), [], (60, 70)),
    ("a drift", [round(v + n * 0.6, 1) for n, v in enumerate(course(18, 45, 20, 3))], [], NONE),
    ("nothing moves", [42] * 25, [], NONE),
    ("nothing moves at first", [42] * 20 + course(19, 10, 42, 3), [], NONE),
    ("large", course(20, 30, 8e14, 5e11, 0), [], NONE),
    ("small", course(21, 30, 2e-7, 3e-8, 9), [], NONE),
    ("five", course(22, 5, 40, 4), [], NONE),
    ("six", course(23, 6, 40, 4), [], NONE),
]

AROUND = [
    ("a steady rise", "trend", rising(31, 45, 0.6, 3), []),
    ("a steady fall", "trend", rising(32, 45, -0.6, 3), []),
    ("a rise with gaps", "trend", rising(33, 40, 2, 3, gaps=0.25), []),
    ("a rise that ends", "trend", rising(34, 24, 2, 3) + course(34, 16, 68, 3), []),
    ("a rise that ends, computed anew", "trend", rising(34, 24, 2, 3) + course(34, 16, 68, 3), [(24, None)]),
    ("a rise with a jump", "trend", rising(35, 40, 0.5, 2, shifts=[(26, 12)]), []),
    ("a baseline of twelve", "trend", rising(36, 40, 1.5, 4), [(0, 11)]),
    ("large", "trend", rising(37, 30, 4e11, 5e11, 0), []),
    ("no trend at all", "trend", course(38, 30, 40, 4), []),
    ("a line without scatter", "trend", [round(3 + 0.5 * n, 1) for n in range(24)], []),
    ("five", "trend", rising(39, 5, 1, 2), []),
    ("four years of seasons", "year-ago", seasonal(41, 48, 0.2, 2), []),
    ("seasons with gaps", "year-ago", seasonal(42, 60, 0, 2, gaps=0.12), []),
    ("seasons with a jump", "year-ago", seasonal(43, 60, 0, 2, shifts=[(44, 15)]), []),
    ("seasons, computed anew", "year-ago", seasonal(43, 60, 0, 2, shifts=[(44, 15)]), [(44, None)]),
    ("seventeen months", "year-ago", seasonal(44, 17, 0, 2), []),
    ("eighteen months", "year-ago", seasonal(45, 18, 0, 2), []),
]

if __name__ == "__main__":
    cases = [
        {"name": name, "values": values, "chosen": chosen, "bounds": bounds, "expected": signals(values, chosen, bounds)}
        for name, values, chosen, bounds in CASES
    ] + [
        {"name": name, "centre": centre, "values": values, "chosen": chosen, "around": signals_around(values, chosen, centre)}
        for name, centre, values, chosen in AROUND
    ]
    print("[", ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases), "]", sep="\n")
