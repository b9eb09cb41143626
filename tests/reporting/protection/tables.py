"""Tables to protect, and an oracle that knows no solver: it tries every table there is."""

from itertools import product

import numpy as np

from reporting.grid import grid_sums


def grid_problem(dims, inner, *, k=3, hierarchies=None, **more):
    """A problem with every margin; ``inner`` runs through the codes, the last dimension fastest."""
    grid = {"dims": dims, "total": "TOTAL", "hierarchies": hierarchies or {}}
    leaves = ["|".join(codes) for codes in product(*dims.values())]
    counts = dict(zip(leaves, inner, strict=True))
    cells = {name: int(value) for name, value in _all_cells(grid, counts).items()}
    return {"cells": cells, "k": k, "lb": 1, "zeros": "published", "grid": grid, **more}


def two_ways(rows, **more):
    dims = {"row": [f"r{n}" for n in range(len(rows))], "column": [f"c{n}" for n in range(len(rows[0]))]}
    return grid_problem(dims, [count for row in rows for count in row], **more)


def random_table(rows, columns, *, share, seed, k=11, zeros=0.0, layers=0, hierarchies=None):
    random = np.random.default_rng(seed)
    dims = {"row": [f"r{n}" for n in range(rows)], "column": [f"c{n}" for n in range(columns)]}
    if layers:
        dims["layer"] = [f"l{n}" for n in range(layers)]
    size = rows * columns * max(layers, 1)
    large, small, draw = random.integers(k, 200, size), random.integers(1, k, size), random.random(size)
    inner = np.where(draw < share, small, np.where(draw < share + zeros, 0, large))
    return grid_problem(dims, inner, k=k, hierarchies=hierarchies)


def _all_cells(grid, counts):
    counts = dict(counts)
    sums, _ = grid_sums(grid)
    while missing := [each for each in sums if each.total not in counts]:
        for each in missing:
            if all(part in counts for part in each.parts):
                counts[each.total] = sum(counts[part] for part in each.parts)
    return counts


class Oracle:
    """Every table of whole numbers up to ``most`` in each leaf: a row each, a column for each cell."""

    def __init__(self, problem, most):
        grid = problem["grid"]
        leaves = ["|".join(codes) for codes in product(*grid["dims"].values())]
        tried = np.indices((most + 1,) * len(leaves)).reshape(len(leaves), -1)
        every = _all_cells(grid, dict(zip(leaves, tried, strict=True)))
        self.names = list(problem["cells"])
        self.tables = np.stack([every[name] for name in self.names], axis=1)

    def intervals(self, cells, lowest, default=1):
        """Least and greatest of every withheld cell over the tables that fit what is shown."""
        fits = np.ones(len(self.tables), dtype=bool)
        for column, name in enumerate(self.names):
            if cells[name] is None:
                fits &= self.tables[:, column] >= lowest.get(name, default)
            else:
                fits &= self.tables[:, column] == cells[name]
        left = self.tables[fits]
        return {
            name: (int(left[:, column].min()), int(left[:, column].max()))
            for column, name in enumerate(self.names)
            if cells[name] is None
        }

    def intervals_of(self, release):
        return self.intervals(release["cells"], {name: low for name, (low, _) in release["bounds"].items()})


def small(problem):
    return {name for name, count in problem["cells"].items() if 0 < count < problem["k"]}
