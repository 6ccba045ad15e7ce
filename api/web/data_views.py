"""The view of one's own data: whose it is, what can be asked, what was asked and where that stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class SubjectShown:
    """Whose data: oneself, or a member for which one speaks."""

    subject: str
    id: int
    name: str


@dataclass(frozen=True)
class RequestShown:
    """A right that was used, with its term and what became of it."""

    id: int
    right: str
    name: str
    state: str
    words: str
    answer: str
    law: str
    article: str
    received_at: datetime
    due_at: datetime
    closed_at: datetime | None
    is_open: bool
    is_overdue: bool
    may_withdraw: bool


@dataclass(frozen=True)
class DataPage(Page):
    """One's own data. `confirming`: the name of what would be erased, when that is to be confirmed first."""

    template: ClassVar[str] = "data.html"
    subjects: tuple[SubjectShown, ...]
    choices: tuple[Choice, ...]
    rights: tuple[Choice, ...]
    typed: Typed
    confirming: str
    requests: tuple[RequestShown, ...]
    erased_after: int
    done: str


VIEWS: tuple[type[Page], ...] = (DataPage,)
