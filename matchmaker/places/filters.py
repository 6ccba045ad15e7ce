"""Conditions on rows that stand somewhere, and on lists of codes that rows hold."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, or_, true
from sqlalchemy.orm import Mapped

from matchmaker.places.sizes import SizeBand, inhabitants_of


def of_sizes(population: Mapped[Any], sizes: Collection[SizeBand]) -> ColumnElement[bool]:
    """Places of one of these bands; every place where none is named. An unknown population is of no band."""
    return or_(*(_of_size(population, size) for size in sizes)) if sizes else true()


def holds_any(column: Mapped[Any], codes: Collection[str]) -> ColumnElement[bool]:
    """Rows whose list (JSON) holds one of these codes; every row where none is named."""
    text = cast(column, String)
    return or_(*(text.contains(f'"{code}"', autoescape=True) for code in codes)) if codes else true()


def one_of(column: Mapped[Any], values: Collection[str]) -> ColumnElement[bool]:
    """Rows with one of these values; every row where none is named."""
    return column.in_(list(values)) if values else true()


def _of_size(population: Mapped[Any], size: SizeBand) -> ColumnElement[bool]:
    least, end = inhabitants_of(size)
    return and_(population >= max(least, 1), population < end) if end else population >= least
