"""Every hard rule as rows of a linear program whose columns are meetings in slots."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from matchmaker.events.agenda.board import Board
from matchmaker.events.agenda.model import NO_ZONE

Key = tuple[str | int, ...]


@dataclass(frozen=True)
class HardRules:
    """`rows` times columns stay within `limits`; `keys` say what each row is."""

    keys: dict[Key, int]
    rows: csr_matrix
    limits: np.ndarray


def hard_rules(board: Board, places: Sequence[tuple[int, int]]) -> HardRules:
    """The rules for what is still to be put on a board, where columns are `places`: a meeting and a slot.

    Keys: ("once", meeting), ("tables", slot), ("zone", zone, slot), ("busy", who, slot), ("cap", who),
    ("block", who, mask).
    """
    model = board.model
    keys: dict[Key, int] = {}
    limits: list[int] = []
    entries: list[tuple[int, int]] = []

    def enter(key: Key, limit: int, column: int) -> None:
        if key not in keys:
            keys[key] = len(limits)
            limits.append(limit)
        entries.append((keys[key], column))

    for column, (meeting, slot) in enumerate(places):
        enter(("once", meeting), 1, column)
        enter(("tables", slot), model.table_count - len(board.inside[slot]), column)
        zone = model.zones[meeting]
        if zone != NO_ZONE:
            enter(("zone", zone, slot), model.tables_by_zone[zone] - board.in_zone[zone][slot], column)
        for who in model.members[meeting]:
            enter(("busy", who, slot), 1, column)
            enter(("cap", who), model.most[who] - board.count[who], column)
            for block in model.blocks_by_slot[who][slot]:
                taken = (block & board.busy[who]).bit_count()
                enter(("block", who, block), block.bit_count() - 1 - taken, column)
    row, column_of = zip(*entries, strict=True) if entries else ((), ())
    matrix = csr_matrix((np.ones(len(entries)), (row, column_of)), (len(limits), len(places)))
    return HardRules(keys, matrix, np.array(limits, float))


def floor_rows(board: Board, places: Sequence[tuple[int, int]]) -> tuple[list[tuple[int, int]], csr_matrix]:
    """Who still lacks guaranteed meetings with how many, and a row of each: the columns that count."""
    model = board.model
    lacking = [
        (who, least - count)
        for who, (least, count) in enumerate(zip(model.least, board.count, strict=True))
        if least > count
    ]
    row_of = {who: row for row, (who, _) in enumerate(lacking)}
    entries = [
        (row_of[who], column)
        for column, (meeting, _) in enumerate(places)
        for who in model.members[meeting]
        if who in row_of
    ]
    row, column_of = zip(*entries, strict=True) if entries else ((), ())
    return lacking, csr_matrix((np.ones(len(entries)), (row, column_of)), (len(lacking), len(places)))
