# Medians, spreads and noise of what the rounds gave.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A ratio is a figure over stock's of the same time and row; a cell is the
# median of these, with the interval that the median is in: if all were
# measured again and again, 95 of 100 such intervals would have the true one.
# How far stock is from stock itself, run a second time in each turn, is the
# noise of a row: what is nearer to 1 than that says nothing.

import math
import statistics

STOCK = "stock"
AGAIN = "again"
# A machine where half of the rows are noisier than this is not fit.
LIMIT = 0.02
CONFIDENCE = 0.95


def quantile(values, share):
    """The value below which SHARE of VALUES are, interpolated.

    >>> quantile([4, 1, 3, 2], 0.5), quantile([1, 2, 3, 4, 5], 0.25)
    (2.5, 2.0)
    """
    values = sorted(values)
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def median_interval(values):
    """The two of VALUES that the median of what they are a sample of is
    between, with CONFIDENCE: how many of them are below it has a binomial
    distribution.  Of fewer than six the interval is all of them, and the
    confidence less.

    >>> median_interval([3, 1, 2])
    (1, 3)
    >>> median_interval(range(1, 11))
    (2, 9)
    """
    values = sorted(values)
    count = len(values)
    left_out = outside = 0
    for i in range(count // 2):
        outside += 2 * math.comb(count, i) / 2 ** count
        if outside > 1 - CONFIDENCE:
            break
        left_out = i
    return values[left_out], values[-1 - left_out]


def summary(values):
    sure_low, sure_high = median_interval(values)
    return {"median": statistics.median(values),
            "low": quantile(values, 0.25), "high": quantile(values, 0.75),
            "sure_low": sure_low, "sure_high": sure_high,
            "count": len(values)}


def uncertainty(cell):
    """Half of the width of the interval that the median of CELL is in."""
    return (cell["sure_high"] - cell["sure_low"]) / 2


def ratios(figures, stock):
    """The ratios of FIGURES to STOCK's, both lists of (when, value).

    >>> ratios([(0, 6.0), (2, 9.0), (3, 1.0)], [(0, 2.0), (1, 5.0), (2, 3.0)])
    [3.0, 3.0]
    """
    base = dict(stock)
    return [value / base[when] for when, value in figures if base.get(when)]


def cell(figures, stock):
    """What is known of a cell; None if that is nothing."""
    values = ratios(figures, stock)
    if not values:
        return None
    return {"value": summary([value for _, value in figures]),
            "ratio": summary(values)}


def row_noise(again):
    """How far the median of AGAIN, a cell's ratio, is from 1, or how uncertain
    it is, if that is more.

    >>> row_noise({"median": 1.25, "sure_low": 1.125, "sure_high": 1.25})
    0.25
    >>> row_noise({"median": 1.0, "sure_low": 0.5, "sure_high": 1.5})
    0.5
    """
    return max(abs(again["median"] - 1), uncertainty(again))


def machine_noise(rows):
    """The noise in the middle row and in the worst of ROWS, a dict of noises
    by name; None if there is none.

    >>> noise = machine_noise({"a": 0.01, "b": 0.5, "c": 0.03, "d": None})
    >>> noise["middle"], noise["worst_row"], noise["too_noisy"]
    (0.03, 'b', True)
    >>> machine_noise({"a": 0.01, "b": 0.5, "c": 0.01})["too_noisy"]
    False
    """
    known = {name: noise for name, noise in rows.items() if noise is not None}
    if not known:
        return None
    worst = max(known, key=known.get)
    middle = statistics.median(known.values())
    return {"middle": middle, "worst": known[worst], "worst_row": worst,
            "limit": LIMIT, "too_noisy": middle > LIMIT}
