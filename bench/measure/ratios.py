# Medians, spreads and noise of what the rounds gave.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A ratio is a figure over stock's of the same round and row; a cell is the
# median of these, with the quartiles as its spread.  How far stock is from
# stock itself, run a second time in each round, is the noise of a row: what
# is nearer to 1 than that says nothing.

import statistics

STOCK = "stock"
AGAIN = "again"
# A machine where half of the rows are noisier than this is not fit.
LIMIT = 0.02


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


def summary(values):
    return {"median": statistics.median(values),
            "low": quantile(values, 0.25), "high": quantile(values, 0.75),
            "count": len(values)}


def ratios(figures, stock):
    """The ratios of FIGURES to STOCK's, both lists of (round, value).

    >>> ratios([(0, 6.0), (2, 9.0), (3, 1.0)], [(0, 2.0), (1, 5.0), (2, 3.0)])
    [3.0, 3.0]
    """
    base = dict(stock)
    return [value / base[number] for number, value in figures
            if base.get(number)]


def cell(figures, stock):
    """What is known of a cell; None if that is nothing."""
    values = ratios(figures, stock)
    if not values:
        return None
    return {"value": summary([value for _, value in figures]),
            "ratio": summary(values)}


def row_noise(again):
    """How far the median of AGAIN, a cell's ratio, is from 1, or how wide its
    quartiles are about it, if that is more.

    >>> row_noise({"median": 1.25, "low": 1.125, "high": 1.25})
    0.25
    >>> row_noise({"median": 1.0, "low": 0.5, "high": 1.5})
    0.5
    """
    return max(abs(again["median"] - 1), (again["high"] - again["low"]) / 2)


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
