"""Showing again what need not be withheld, dearest first.

For every need one table is kept that meets it. A cell that no kept table moves is shown at once;
for any other only the needs whose table moves it are asked again.
"""

import numpy as np

from reporting.protection.reach import Reach, meets
from reporting.protection.solver import EPS, Array, Effort
from reporting.protection.system import System


def clean_up(
    system: System, effort: Effort, hidden: Array, tables: Array, order: Array
) -> tuple[Array, Array]:
    """``order`` ranks the columns; the model holds only what is withheld now."""
    columns = np.flatnonzero(hidden)
    reach = Reach(system.part([int(column) for column in columns]), effort)
    reach.withhold(np.ones(len(columns)))
    hidden, inner = hidden.copy(), tables[:, columns].copy()
    for column in np.argsort(order[columns], kind="stable"):
        if not reach.system.always[column] and _show(reach, inner, int(column)):
            hidden[columns[column]] = False
    tables = np.zeros_like(tables)
    tables[:, columns] = inner
    return hidden, tables


def _show(reach: Reach, tables: Array, column: int) -> bool:
    reach.show(column)
    others = _without(reach, tables, column)
    if others is None:
        reach.withhold_again(column)
        return False
    for number, table in others.items():
        tables[number] = table
    return True


def _without(reach: Reach, tables: Array, column: int) -> dict[int, Array] | None:
    """Other tables for the needs that leaned on this cell, or None when one finds none."""
    found: dict[int, Array] = {}
    needs = reach.system.needs
    leaning = [int(number) for number in np.flatnonzero(np.abs(tables[:, column]) > EPS)]
    for number in sorted(leaning, key=lambda number: -needs[number].amount):
        if number in found:
            continue
        if (table := reach.witness(needs[number])) is None:
            return None
        found.update({other: table for other in leaning if other == number or meets(table, needs[other])})
    return found
