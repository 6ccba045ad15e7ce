"""Views of what somebody has under way: own challenges, conversations on one, who has it, who is considered."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.event_views import ComingLine
from api.web.introduction_views import IntroductionLine
from api.web.people_views import MemberShown
from api.web.pieces import Answer, Candidate, ChallengeLine, MatchExplained, Named, PeerCity, ProposalShown
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class WorkLine:
    """A challenge of one's own, with what has come of it so far."""

    line: ChallengeLine
    status: str
    audience: str
    updated_at: datetime
    considered: int
    waiting: int
    open: int
    others: int


@dataclass(frozen=True)
class Question:
    """A member of one's own is asked to have a challenge together."""

    line: ChallengeLine
    member: Named


@dataclass(frozen=True)
class WorkPage(Page):
    """Own challenges and what waits for an answer."""

    template: ClassVar[str] = "work.html"
    coming: tuple[ComingLine, ...]
    questions: tuple[Question, ...]
    waiting: tuple[IntroductionLine, ...]
    drafts: tuple[WorkLine, ...]
    posted: tuple[WorkLine, ...]
    past: tuple[WorkLine, ...]
    is_member: bool
    members: tuple[MemberShown, ...]
    done: str


@dataclass(frozen=True)
class OwnerShown:
    """A member that has a challenge, or is asked to; `acts`: what the reader may do about it."""

    member: Named
    has_joined: bool
    is_first: bool
    is_own: bool
    acts: frozenset[str]


@dataclass(frozen=True)
class OwnersPage(Page):
    """Who has a challenge together."""

    template: ClassVar[str] = "challenge_owners.html"
    line: ChallengeLine
    owners: tuple[OwnerShown, ...]
    may_ask: bool
    typed: Typed
    found: tuple[Named, ...]
    wrong: Typed
    done: str


@dataclass(frozen=True)
class ConversationsPage(Page):
    """Every introduction on a challenge, by where it stands."""

    template: ClassVar[str] = "challenge_conversations.html"
    line: ChallengeLine
    waiting: tuple[IntroductionLine, ...]
    open: tuple[IntroductionLine, ...]
    ended: tuple[IntroductionLine, ...]
    outcomes: dict[int, str]  # by introduction: what both sides confirmed last
    next_query: str


@dataclass(frozen=True)
class ConsideredShown:
    """An agent on a shortlist; `introduction_id` is 0 until one is proposed."""

    agent: Named
    kind: str
    typed: Typed
    noted_by: str
    noted_at: datetime
    match: MatchExplained | None
    introduction_id: int
    is_barred: bool  # could bid in the purchase that is open


@dataclass(frozen=True)
class ShortlistPage(Page):
    """Whom the owners consider, with their notes."""

    template: ClassVar[str] = "challenge_shortlist.html"
    line: ChallengeLine
    considered: tuple[ConsideredShown, ...]
    done: str


@dataclass(frozen=True)
class ComparePage(Page):
    """Up to four agents beside one another, need by need. `rows`: per need an answer of each."""

    template: ClassVar[str] = "challenge_compare.html"
    line: ChallengeLine
    candidates: tuple[Candidate, ...]
    rows: tuple[tuple[Answer, ...], ...]
    is_own: bool
    barred: frozenset[int]  # who could bid in the purchase that is open
    is_chosen: bool  # else these are those that answer best
    absent: int


@dataclass(frozen=True)
class ProposePage(Page):
    """Proposing an introduction: one's own words, and what the other side will read."""

    template: ClassVar[str] = "challenge_propose.html"
    line: ChallengeLine
    candidate: Candidate
    proposal: ProposalShown
    asker: str
    typed: Typed


@dataclass(frozen=True)
class PeersPage(Page):
    """Others with a similar challenge."""

    template: ClassVar[str] = "challenge_peers.html"
    line: ChallengeLine
    peers: tuple[PeerCity, ...]
    duplicates: tuple[ChallengeLine, ...]
    is_own: bool


VIEWS: tuple[type[Page], ...] = (
    WorkPage, OwnersPage, ConversationsPage, ShortlistPage, ComparePage, ProposePage, PeersPage,
)  # fmt: skip
