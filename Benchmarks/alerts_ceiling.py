#!/usr/bin/env python3
"""The most that alerts could find on the panels of Benchmarks/alerts.py: whoever knows season, scatter and drift, the kinds of events and their sizes.

    Benchmarks/alerts_ceiling.py [--drifts 0,0.01,0.02,0.03,0.045] [--weekly] [--series 4000] [--seed 1]

Nothing but the level of a series is left to find out, by a Kalman filter of its logarithm. Told is when the likelihood ratio of an event now or
just begun (a spike of 5 SD, shifts of 50 and of 100 %, in the shares in which they are planted, onsets alike) against none exceeds what gives one false alarm a
year for 100 series that have no event. By Neyman and Pearson no rule finds more of these events at that rate, but for what the Gaussian filter
is short of the exact one; a rule that must learn season, scatter and drift finds fewer. Needs nothing but Python.
"""

import argparse
import collections
import math
import random

from alerts import KINDS, LEVELS, SCATTER, Calendar, course, season

# Shares of the events that are aimed at.
GOAL = collections.Counter((k, LEVELS[1 + i % 3]) for i, k in enumerate(KINDS) if k != "ramp")


def log_probability(count, mean, variance):
    """Of a negative binomial."""
    size = mean * mean / (variance - mean)
    return (
        math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
        + size * math.log(size / (size + mean)) + (count * math.log(mean / (size + mean)) if count else 0)
    )


class Level:
    """What is known of the logarithm of a level that wanders."""

    def __init__(self, logarithm, variance, gain):
        self.logarithm, self.variance, self.gain = logarithm, variance, gain

    def copy(self, rise=1.0):
        return Level(self.logarithm + math.log(rise), self.variance, self.gain)

    def foresee(self, scale):
        mean = math.exp(self.logarithm) * scale
        return mean, SCATTER * mean + mean * mean * self.variance

    def follow(self, count, mean, variance):
        share = self.variance * mean * mean / variance
        self.logarithm += max(-0.7, min(0.7, share * (count - mean) / mean))
        self.variance = self.variance * (1 - share) + self.gain


def evidence(counts, level, phase, drift, calendar):
    """The log of the likelihood ratio in each replayed period."""
    known = Level(math.log(level), 0.05, calendar.step(drift) ** 2)
    kinds = collections.Counter(k for k in KINDS if k != "ramp")
    number = sum(kinds.values())
    begun = []
    out = []
    for t, count in enumerate(counts):
        scale = season(t, phase, calendar)
        mean, variance = known.foresee(scale)
        if t >= calendar.history - calendar.reach:
            null = log_probability(count, mean, variance)
            extra = round(5 * math.sqrt(SCATTER * mean))
            ratios = [math.log(kinds["spike"] / number) + (log_probability(count - extra, mean, variance) - null if count >= extra else -50)]
            begun = [b for b in begun if t - b[0] <= calendar.reach]
            begun += [[t, kinds[f"shift {s}"], known.copy(1 + s / 100), 0.0] for s in (50, 100)]
            for b in begun:
                risen, spread = b[2].foresee(scale)
                b[3] += log_probability(count, risen, spread) - null
                b[2].follow(count, risen, spread)
                ratios.append(math.log(b[1] / number / (calendar.reach + 1)) + b[3])
            most = max(ratios)
            if t >= calendar.history:
                out.append(most + math.log(sum(math.exp(r - most) for r in ratios)))
        known.follow(count, mean, variance)
    return out


def openings(ratios, threshold, apart):
    """How often alarms begin, with at least so many periods below the threshold before each."""
    began, last = 0, -apart - 1
    for t, ratio in enumerate(ratios):
        if ratio > threshold:
            began += t - last > apart
            last = t
    return began


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--drifts", default="0,0.01,0.02,0.03,0.045")
    options.add_argument("--weekly", action="store_true")
    options.add_argument("--series", type=int, default=4000, help="series without an event; a tenth as many with one of each kind and level")
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    calendar = Calendar(options.weekly)
    apart = 6 if options.weekly else 4
    print("drift  most that could be found    " + " ".join(f"{k.replace('shift ', '+')}@{level}".rjust(9) for k, level in GOAL))
    for drift in [float(d) for d in options.drifts.split(",")]:
        rng = random.Random(options.seed)
        clean = []
        for i in range(options.series):
            phase = rng.uniform(0, calendar.year)
            clean.append(evidence(course(rng, LEVELS[i % 4], drift, phase, calendar), LEVELS[i % 4], phase, drift, calendar))
        low, high = 0.0, 30.0
        for _ in range(40):
            middle = (low + high) / 2
            false = sum(openings(c, middle, apart) for c in clean) * 100 * calendar.year / (options.series * calendar.replayed)
            low, high = (middle, high) if false > 1 else (low, middle)
        found = {}
        for kind, level in GOAL:
            hits = 0
            number = max(1, options.series // 10)
            for _ in range(number):
                phase = rng.uniform(0, calendar.year)
                first = calendar.history + rng.randrange(2, calendar.replayed - calendar.lasting)
                event = ("", "", kind, level, first, first if kind == "spike" else first + calendar.lasting - 1)
                ratios = evidence(course(rng, level, drift, phase, calendar, event), level, phase, drift, calendar)
                begin = first - calendar.history
                hits += max(ratios[begin : begin + calendar.reach + 1]) > high
            found[kind, level] = hits / number
        total = sum(GOAL[c] * found[c] for c in GOAL) / sum(GOAL.values())
        print(f"{100 * drift:4.1f}%  {100 * total:22.0f} %    " + " ".join(f"{found[c]:.2f}".rjust(9) for c in GOAL), flush=True)


if __name__ == "__main__":
    main()
