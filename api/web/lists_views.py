"""The views of the alliance's lists: their versions, a new one that is tried."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from api.web.desk_views import Room
from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.views import Page
from matchmaker.publishing.models import Scalar


@dataclass(frozen=True)
class EditionShown:
    """A version of a list; without `published_at` it came with the service."""

    version: str
    is_in_force: bool
    is_provisional: bool
    since: date | None
    published_at: datetime | None = None
    published_by: str = ""


@dataclass(frozen=True)
class ListShown:
    """A list with its versions, the newest first; `choices` where two of them can be compared."""

    code: str
    editions: tuple[EditionShown, ...]
    choices: tuple[Choice, ...] = ()
    is_downloaded: bool = True


@dataclass(frozen=True)
class DifferenceLine:
    """A line of a comparison: in both, only in the first, only in the second."""

    text: str
    where: str


@dataclass(frozen=True)
class Lists(Room):
    """The versions of the alliance's lists, two of them compared, and how applications are decided."""

    template: ClassVar[str] = "lists.html"
    lists: tuple[ListShown, ...]
    criteria: tuple[Choice, ...]
    compared: tuple[DifferenceLine, ...]
    of: str
    first: str
    second: str
    process: Typed
    handed: Typed
    decided_at: datetime | None
    done: str


@dataclass(frozen=True)
class FaultShown:
    """What stands against a version: where, what stands there, what to do."""

    place: str
    found: str
    sentence: str


@dataclass(frozen=True)
class ChangeOfEntry:
    """An entry that a new version adds, renames, changes or no longer has; `lang` is that of its names."""

    list: str
    fate: str
    code: str
    name: str
    before: str
    lang: str
    fields: tuple[str, ...]
    values: tuple[Scalar | date, Scalar | date] | None


@dataclass(frozen=True)
class TrialPage(Room):
    """A new version, tried: what is wrong in it, else what it changes and whom it concerns. Nothing is saved."""

    template: ClassVar[str] = "list_trial.html"
    list: str
    version: str
    is_known: bool
    faults: tuple[FaultShown, ...]
    changes: tuple[ChangeOfEntry, ...]
    begins: date | None
    grace_days: int
    members: int
    is_applied: bool
    running: Mapping[str, int]
    document: str
    typed: Typed


VIEWS: tuple[type[Page], ...] = (Lists, TrialPage)
