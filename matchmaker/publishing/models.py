"""What is said of a new version before it is published: what is wrong in it, what it changes, whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from matchmaker.taxonomy.models import AllianceList, Words

Document = Mapping[str, Any]
"""A version in its JSON form."""
Scalar = int | str | bool
Place = tuple[str | int, ...]
"""Where in a document: names and positions from 0, from the outside in."""


@dataclass(frozen=True)
class Fault:
    """One thing that stands against a version: where, what (a code with values), what stands there now."""

    place: Place
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    found: str = ""


class Fate(StrEnum):
    """What becomes of an entry."""

    ADDED = "added"
    RENAMED = "renamed"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """An entry that the new version adds, renames, words differently or no longer has.

    `list` is where it stands (kinds, areas, sub_areas, principles, criteria, articles; document for what stands around
    them, when `code` names the field). `name` is the new one, `before` the old one where it differs. `fields` are
    those that differ beside the name; `values` are old and new of a weight, and of what stands around the lists
    where it is no text.
    """

    list: str
    fate: Fate
    code: str
    name: Words
    before: Words | None = None
    fields: tuple[str, ...] = ()
    values: tuple[Scalar, Scalar] | None = None


@dataclass(frozen=True)
class Effects:
    """Whom a version concerns.

    Of the code: from which day it holds, how many days there are to sign, how many members are asked to.
    Of the criteria: whether what is handed in from now on is judged by them, and how many running applications keep
    which version (the empty one: none).
    """

    begins: date | None = None
    grace_days: int = 0
    members: int = 0
    is_applied: bool = False
    running: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Trial:
    """A document looked at. `list` is nothing where nobody can tell which one it is; `is_known`: it is published."""

    list: AllianceList | None
    version: str
    document: Document
    is_known: bool = False
    faults: tuple[Fault, ...] = ()
    changes: tuple[Change, ...] = ()
    effects: Effects = field(default_factory=Effects)
