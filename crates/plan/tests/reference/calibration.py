"""How well confidence foretold what came, worked out apart from the page, in fractions.

Each key result has one vote, shared by what was stated of it. The Brier score is put together from Murphy's three parts for
statements with weights: reliability - resolution + uncertainty, where uncertainty is the score of the base rate (A. H. Murphy,
"A New Vector Partition of the Probability Score", 1973). The skill is (resolution - reliability) / uncertainty.

To run it again:
    python3 calibration.py > calibration.json
"""

import json
import random
from collections import defaultdict
from fractions import Fraction


def calibration(key_results):
    spoken = [(stated, achieved) for stated, achieved in key_results if stated]
    vote = Fraction(1, len(spoken))
    weight, came_true = defaultdict(Fraction), defaultdict(Fraction)
    named = defaultdict(set)
    for place, (stated, achieved) in enumerate(spoken):
        for confidence in stated:
            weight[confidence] += vote / len(stated)
            came_true[confidence] += achieved * vote / len(stated)
            named[confidence].add(place)
    base_rate = sum(came_true.values())
    reliability = sum(weight[it] * (Fraction(it, 10) - came_true[it] / weight[it]) ** 2 for it in weight)
    resolution = sum(weight[it] * (came_true[it] / weight[it] - base_rate) ** 2 for it in weight)
    uncertainty = base_rate * (1 - base_rate)
    return {
        "brier": float(reliability - resolution + uncertainty),
        "said": float(sum(weight[it] * Fraction(it, 10) for it in weight)),
        "base_rate": float(base_rate),
        "skill": float((resolution - reliability) / uncertainty) if uncertainty else None,
        "stated": [
            [confidence, len(places), sum(spoken[place][1] for place in places)]
            for confidence, places in sorted(named.items())
        ],
    }


def chance(seed):
    dice = random.Random(seed)
    return [
        [[dice.randint(0, 10) for _ in range(dice.randint(0, 6))], dice.random() < 0.6] for _ in range(dice.randint(2, 9))
    ] + [[[dice.randint(0, 10)], True]]


CASES = {
    "as good as the base rate on average, and worse by case": [
        [[3, 5, 9], True], [[10, 10, 10], True], [[2, 4, 6], True], [[8, 8, 8], False], [[1, 1, 0], False],
    ],
    "sure and right": [[[10], True], [[0], False]],
    "sure and wrong": [[[0], True], [[10], False]],
    "the base rate each time": [[[5, 5], True], [[5], False]],
    "all achieved": [[[9, 8], True], [[4], True]],
    "none achieved": [[[9, 8], False], [[4], False]],
    "one key result": [[[7], True]],
    "one that is checked in often has no more say": [[[9] * 12, False], [[8], True], [[7], True], [[2], False]],
    "of one nothing was stated": [[[], True], [[6], True], [[3], False]],
} | {f"random {seed}": chance(seed) for seed in range(20)}

if __name__ == "__main__":
    cases = [
        {"name": name, "key_results": key_results, "expected": calibration(key_results)}
        for name, key_results in CASES.items()
    ]
    print(json.dumps({"cases": cases}))
