"""The view of a lesson."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.pieces import ChallengeLine, Named, Where
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class LessonPage(Page):
    """What a member tried, and what came of it. `partner`: a member that the reader may read of."""

    template: ClassVar[str] = "lesson.html"
    id: int
    title: str
    spoken: str
    author: Named
    author_kind: str
    challenge: ChallengeLine | None
    partner: Named | None
    partner_name: str
    is_agreed: bool
    is_asked: bool
    is_withdrawn: bool
    is_confirmed: bool
    context: str
    tried: str
    result: str
    is_failure: bool
    cost_band: str
    would_repeat: str
    year: int | None
    where: Where
    areas: tuple[str, ...]
    told_at: datetime
    wrong: Typed
    done: str


VIEWS: tuple[type[Page], ...] = (LessonPage,)
