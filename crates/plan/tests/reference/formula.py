"""Calculated KPIs to compare with, worked out apart from the page.

Formulas are put together at random and written as text; Python's own parser says what they mean. Their values are
worked out period by period from readings that have gaps, over months of fiscal years, quarters and ISO weeks.

To run it again (the standard library is enough):
    python3 formula.py > formula.json
"""

import ast
import json
import random
from datetime import date, timedelta

NAMES = "ABCD"
DAY = timedelta(days=1)


class Gap(Exception):
    """There is no value, and this is why."""


def month_of(day, months=0):
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def period(day, length, fiscal):
    """The first day of a period, and that of the next one."""
    if length == "weekly":
        monday = day - day.weekday() * DAY
        return monday, monday + 7 * DAY
    months = {"monthly": 1, "quarterly": 3, "yearly": 12}[length]
    into = (day.month - fiscal) % 12 % months
    return month_of(day, -into), month_of(day, months - into)


def periods(first, last, length, fiscal):
    begin, found = first, []
    while begin <= last:
        start, begin = period(begin, length, fiscal)
        found.append((start, begin))
    return found


def year_of(start, length, fiscal):
    if length == "weekly":
        start += 3 * DAY
    return period(start, "yearly", fiscal)[0]


def read(readings, how, start, end, today):
    values = [value for day, value in readings if start <= day < end and day <= today]
    if not values:
        return None
    total = 0.0
    for value in values:
        total += value
    return {"last": values[-1], "sum": total, "mean": total / len(values), "min": min(values), "max": max(values)}[how]


class Calculation:
    def __init__(self, case, spans):
        self.case, self.spans = case, spans
        self.years = [year_of(start, case["frequency"], case["fiscal"]) for start, _ in spans]

    def value(self, node, at):
        """The value of a part of a formula in a period."""
        match node:
            case ast.Expression(body=body):
                return self.value(body, at)
            case ast.Constant(value=value):
                return float(value)
            case ast.Name(id=name):
                series = self.case["series"][name]
                value = read(series["readings"], series["how"], *self.spans[at], self.case["today"])
                if value is None:
                    raise Gap(f"no reading of {name}")
                return value
            case ast.UnaryOp(operand=operand):
                return -self.value(operand, at)
            case ast.BinOp(left=left, op=op, right=right):
                a, b = self.value(left, at), self.value(right, at)
                if isinstance(op, ast.Div) and b == 0:
                    raise Gap("division by zero")
                return {
                    ast.Add: lambda: a + b,
                    ast.Sub: lambda: a - b,
                    ast.Mult: lambda: a * b,
                    ast.Div: lambda: a / b,
                }[type(op)]()
            case ast.Call(func=ast.Name(id="prev"), args=[of, *back]):
                back = back[0].value if back else 1
                if at < back:
                    raise Gap("none before")
                return self.value(of, at - back)
            case ast.Call(func=ast.Name(id="ytd"), args=[of]):
                return self.to_date(of, at)
            case ast.Call(func=ast.Name(id=name), args=args):
                values = [self.value(arg, at) for arg in args]
                total = 0.0
                for value in values:
                    total += value
                return {"min": min(values), "max": max(values), "sum": total, "avg": total / len(values)}[name]

    def has(self, node, at):
        try:
            self.value(node, at)
        except Gap:
            return False
        return True

    def to_date(self, of, at):
        begun = next((earlier for earlier in range(at + 1) if self.has(of, earlier)), None)
        if begun is None:
            return self.value(of, at)
        total = 0.0
        for each in range(begun, at + 1):
            if self.years[each] == self.years[at]:
                total += self.value(of, each)
        return total


def written(chance, depth):
    """A formula as somebody might write it."""
    kind = chance.random()
    if depth == 0 or kind < 0.15:
        number = chance.choice(["2", "0.5", "10", "0", "12.25"])
        return chance.choice([*NAMES, *NAMES, number])
    inner = lambda: written(chance, depth - 1)
    if kind < 0.55:
        return chance.choice([" + ", " - ", "*", " / ", "/"]).join(inner() for _ in range(chance.choice([2, 2, 3])))
    if kind < 0.65:
        return f"({inner()})"
    if kind < 0.73:
        return f"-{chance.choice(NAMES)}"
    if kind < 0.8:
        return f"prev({inner()})"
    if kind < 0.87:
        return f"prev({inner()}, {chance.choice([2, 3, 12])})"
    if kind < 0.93:
        return f"ytd({inner()})"
    return f"{chance.choice(['min', 'max', 'avg', 'sum'])}({', '.join(inner() for _ in range(chance.choice([1, 2, 3])))})"


def readings(chance, first, last, every, missing):
    day, found = first + chance.randrange(every * 3) * DAY, []
    while day <= last:
        if chance.random() >= missing:
            found.append((day, chance.choice([0, chance.randrange(-40, 400) / 4])))
        day += chance.randrange(1, every * 2) * DAY
    return found


def cases():
    for seed, (frequency, fiscal, first, today) in enumerate(
        [
            ("monthly", 1, date(2024, 10, 5), date(2026, 11, 21)),
            ("monthly", 4, date(2024, 2, 1), date(2026, 4, 30)),
            ("monthly", 12, date(2025, 1, 1), date(2026, 11, 30)),
            ("weekly", 1, date(2025, 11, 3), date(2027, 1, 10)),
            ("weekly", 4, date(2025, 12, 1), date(2026, 4, 12)),
            ("weekly", 1, date(2020, 10, 1), date(2021, 2, 1)),
            ("quarterly", 2, date(2022, 3, 1), date(2026, 11, 21)),
            ("yearly", 7, date(2015, 1, 1), date(2026, 11, 21)),
        ]
    ):
        chance = random.Random(seed)
        every = {"weekly": 4, "monthly": 13, "quarterly": 40, "yearly": 150}[frequency]
        series = {
            name: {
                "how": chance.choice(["last", "sum", "mean", "min", "max"]),
                "readings": readings(chance, first, today + 30 * DAY, every, missing),
            }
            for name, missing in zip(NAMES, [0, 0.1, 0.3, 0.5])
        }
        case = {"frequency": frequency, "fiscal": fiscal, "today": today, "series": series}
        formulas = []
        while len(formulas) < 25:
            text = written(chance, chance.choice([1, 2, 3, 4]))
            tree = ast.parse(text, mode="eval")
            named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} & set(NAMES)
            begun = [series[name]["readings"][0][0] for name in named if series[name]["readings"]]
            if not begun or min(begun) > today:
                continue
            spans = periods(min(begun), today, frequency, fiscal)
            calculation = Calculation(case, spans)
            values = []
            for at, (start, _) in enumerate(spans):
                try:
                    value = calculation.value(tree, at)
                except Gap as gap:
                    value = str(gap)
                values.append([start.isoformat(), value])
            formulas.append({"text": text, "values": values})
        yield {
            **case,
            "today": today.isoformat(),
            "series": {
                name: {**it, "readings": [[day.isoformat(), value] for day, value in it["readings"]]}
                for name, it in series.items()
            },
            "formulas": formulas,
        }


if __name__ == "__main__":
    every = list(cases())
    # Mostly shown compactly: a period a line would be 10,000 lines.
    print(json.dumps(every, separators=(",", ":")).replace('{"text"', '\n{"text"').replace('{"frequency"', '\n{"frequency"'))
