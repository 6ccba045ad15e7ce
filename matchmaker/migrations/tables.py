"""The tables as the models say."""

import importlib
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import MetaData
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import matchmaker
from matchmaker.store import outbox
from matchmaker.store.database import UtcDateTime

OUTSIDE_MODELS = (outbox.Message,)
"""Rows that are not in a room called `models`; named here so that they are loaded."""


def tables() -> MetaData:
    """The tables of every concept, found by its `models`."""
    for path in sorted(Path(matchmaker.__file__).parent.glob("*/models.py")):
        importlib.import_module(f"matchmaker.{path.parent.name}.models")
    return SQLModel.metadata


def rendered(kind: str, item: Any, _autogenerate: object) -> str | Literal[False]:
    """Write types as the database has them: a version stays readable when our own types change."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()" if item.length is None else f"sa.String(length={item.length})"
    return False
