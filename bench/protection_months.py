"""A year of months: each released beside everything before it, and each alone, as other tools do."""

from itertools import product

import numpy as np

TOTAL = "TOTAL"


class Year:
    """Months, quarters and the year to date of one table; counts of a middling agency."""

    def __init__(self, rows=10, columns=8, seed=1, mean=14.0):
        random = np.random.default_rng(seed)
        shape = random.gamma(1.2, 1.0, (rows, 1)) * random.gamma(1.2, 1.0, (1, columns))
        self.mean = shape / shape.mean() * mean
        self.random = random
        self.rows = [f"r{number}" for number in range(rows)]
        self.columns = [f"c{number}" for number in range(columns)]
        self.places = list(product([*self.rows, TOTAL], [*self.columns, TOTAL]))
        self.months = []

    def add_month(self):
        self.months.append(with_margins(self.random.poisson(self.mean)))

    def tables(self, month):
        """Ids by the span a figure is about, so that the first month of a quarter is that quarter."""
        yield self.span(month, month)
        quarter = 3 * (month // 3)
        if quarter < month:
            yield self.span(quarter, month)
        if quarter > 0:
            yield self.span(0, month)

    @staticmethod
    def span(first, last):
        return f"{first + 1:02}" if first == last else f"{first + 1:02}-{last + 1:02}"

    def counts(self, span):
        first, last = int(span[:2]) - 1, int(span[-2:]) - 1
        summed = sum(self.months[first : last + 1])
        return {f"{span} {row}|{column}": int(summed[place])
                for (row, column), place in zip(self.places, np.ndindex(summed.shape), strict=True)}  # fmt: skip

    def sums(self, span):
        name = lambda row, column: f"{span} {row}|{column}"  # noqa: E731
        for row in [*self.rows, TOTAL]:
            yield [name(row, TOTAL), [name(row, column) for column in self.columns]]
        for column in [*self.columns, TOTAL]:
            yield [name(TOTAL, column), [name(row, column) for row in self.rows]]

    def links(self, month):
        """To date now = to date a month ago + the month."""
        for first in {3 * (month // 3), 0}:
            if first < month:
                spans = [self.span(first, month), self.span(first, month - 1), self.span(month, month)]
                for row, column in self.places:
                    signs = zip((1, -1, -1), spans, strict=True)
                    yield [{f"{span} {row}|{column}": sign for sign, span in signs}, "==", 0]


def with_margins(inner):
    inner = np.hstack([inner, inner.sum(axis=1, keepdims=True)])
    return np.vstack([inner, inner.sum(axis=0, keepdims=True)])


def problem_of(year, months, released, k, promised=()):
    """Everything up to the last of ``months``, with what was shown before."""
    cells, equations, linear = {}, [], []
    for month in months:
        for span in year.tables(month):
            cells |= year.counts(span)
            equations += list(year.sums(span))
        if len(months) > 1:
            linear += list(year.links(month))
    return {"cells": cells, "equations": equations, "linear": linear, "k": k, "lb": 1, "zeros": "published",
            "released": released, "promised": list(promised)}  # fmt: skip
