"""Views of whoever offers answers: opportunities, proposing oneself, how one is seen, what one looks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from api.web.alert_views import SizeShown
from api.web.pieces import ChallengeLine, Choice, MatchExplained, Named, ProposalShown
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class OpportunityShown:
    """A challenge that a profile could answer, with the match that its author would see, and what runs out when."""

    line: ChallengeLine
    match: MatchExplained
    proposal: ProposalShown | None
    procurement: str
    budget: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Opportunities(Page):
    """Open challenges that fit a profile. `search`: the query that an alert of the same would begin with.

    `obstacle`: why the member proposes itself for none of them now, in a sentence; `next_at`: from when it can again.
    """

    template: ClassVar[str] = "opportunities.html"
    agent: Named
    lines: tuple[OpportunityShown, ...]
    narrowing: Mapping[str, tuple[Choice, ...]]
    is_narrowed: bool
    is_own: bool
    is_unpublished: bool
    obstacle: str
    next_at: datetime | None
    search: str


@dataclass(frozen=True)
class ProposeOneself(Page):
    """A member proposes itself to whoever has a challenge; or why it cannot now."""

    template: ClassVar[str] = "profile_propose.html"
    agent: Named
    line: ChallengeLine
    match: MatchExplained | None
    left: int
    limit: int
    next_at: datetime | None
    proposal: ProposalShown
    typed: Typed


@dataclass(frozen=True)
class NeedShown:
    """A need for which a profile was quoted, numbered from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class ShownLine:
    """A challenge in whose lists a profile stood."""

    line: ChallengeLine
    times: int
    best_place: int
    needs: tuple[NeedShown, ...]
    shown_at: datetime


@dataclass(frozen=True)
class Tally:
    """How many open challenges are in a country, or in a language, by its code."""

    code: str
    count: int


@dataclass(frozen=True)
class VisibilityPage(Page):
    """How a profile is seen, and why it is not. `hidden`: a code of why nobody sees it; `unanswered` of `examined`."""

    template: ClassVar[str] = "profile_visibility.html"
    agent: Named
    hidden: str
    times: int
    challenges: int
    askers: int
    lines: tuple[ShownLine, ...]
    unnamed: int
    open_challenges: int
    countries: tuple[Tally, ...]
    languages: tuple[Tally, ...]
    examined: int
    unanswered: int


@dataclass(frozen=True)
class AlertForm(Page):
    """A saved search as it is written; `id` is 0 for a new one."""

    template: ClassVar[str] = "alert_form.html"
    id: int
    name: str
    typed: Typed
    choices: Mapping[str, tuple[Choice, ...]]
    sizes: Mapping[str, SizeShown]


VIEWS: tuple[type[Page], ...] = (Opportunities, ProposeOneself, VisibilityPage, AlertForm)
