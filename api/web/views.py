"""One view for each template: the only names that the template knows."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from api.web.map_picture import MapPicture
from api.web.narrowing import Narrowing
from api.web.pieces import ChallengeLine, Choice, Choosing, Found, Frame, Named, ProposalShown, Where
from api.web.shown import (
    ChallengeFound,
    ExperienceShown,
    FactShown,
    FormView,
    KindCounted,
    MemberMore,
    Numbers,
    OfferShown,
    ProfileFound,
    ProfileLine,
    TermShown,
)


@dataclass(frozen=True)
class Page:
    """What every view has."""

    template: ClassVar[str]
    language: str
    frame: Frame


@dataclass(frozen=True)
class Landing(Page):
    """The first page; also what a form with errors comes back to."""

    template: ClassVar[str] = "landing.html"
    form: FormView
    numbers: Numbers
    kinds: tuple[KindCounted, ...]
    picture: MapPicture


@dataclass(frozen=True)
class Result(Page):
    """Who answers a challenge that is only tried."""

    template: ClassVar[str] = "result.html"
    form: FormView
    found: Found
    is_working_language: bool
    where: Where
    areas: tuple[str, ...]
    has_demo: bool


@dataclass(frozen=True)
class Answer(Page):
    """An answer by the link of a letter, to be confirmed or done."""

    template: ClassVar[str] = "answer.html"
    token: str
    sentence: str
    is_done: bool


@dataclass(frozen=True)
class Profiles(Page):
    """The directory of profiles."""

    template: ClassVar[str] = "profiles.html"
    lines: tuple[ProfileFound, ...]
    total: int
    narrowing: Narrowing
    is_first: bool
    next_query: str


@dataclass(frozen=True)
class ProfilePage(Page):
    """A profile as everyone may read it. There is no e-mail in it."""

    template: ClassVar[str] = "profile.html"
    line: ProfileLine
    paragraphs: tuple[str, ...]
    offers: tuple[OfferShown, ...]
    experience: tuple[ExperienceShown, ...]
    spoken: tuple[str, ...]
    areas: tuple[str, ...]
    delivers_in: tuple[str, ...]
    website: str
    facts: tuple[FactShown, ...]
    more: MemberMore
    is_own: bool
    is_published: bool
    linked: str  # JSON-LD, safe within its element


@dataclass(frozen=True)
class Challenges(Page):
    """The list of open challenges."""

    template: ClassVar[str] = "challenges.html"
    lines: tuple[ChallengeFound, ...]
    total: int
    narrowing: Narrowing
    is_first: bool
    next_query: str


@dataclass(frozen=True)
class ChallengePage(Page):
    """A posted challenge with those who answer it."""

    template: ClassVar[str] = "challenge.html"
    line: ChallengeLine
    owner_id: int | None
    paragraphs: tuple[str, ...]
    expected_benefit: str
    beneficiaries: str
    areas: tuple[str, ...]
    principles: tuple[str, ...]
    budget_band: str
    procurement: str
    starts_on: date | None
    ends_on: date | None
    portal: str
    kinds: tuple[Choice, ...]
    countries: tuple[Choice, ...]
    spoken: tuple[Choice, ...]
    delivering: bool
    found: Found
    linked: str  # JSON-LD, safe within its element
    own: Choosing
    proposals: tuple[ProposalShown, ...]  # of the members for which the reader acts
    status: str
    together: tuple[Named, ...]  # who has it besides its first owner
    done: str


@dataclass(frozen=True)
class CommitteeTold:
    """A committee as everyone may know it. `sectors`: its seats; an agent that is not shown is none."""

    kind: str
    constituted_on: date | None
    assembly_by: date | None
    ended_on: date | None
    sectors: tuple[tuple[str, tuple[Named | None, ...]], ...]


@dataclass(frozen=True)
class Alliance(Page):
    """The alliance's model: areas, principles, kinds; its committees once they are constituted."""

    template: ClassVar[str] = "alliance.html"
    version: str
    is_provisional: bool
    source: str
    areas: tuple[TermShown, ...]
    principles: tuple[TermShown, ...]
    kinds: tuple[TermShown, ...]
    committees: tuple[CommitteeTold, ...]


@dataclass(frozen=True)
class ProblemPage(Page):
    """Something went wrong, or nothing is at this address that everyone may see. `again`: where to try once more."""

    template: ClassVar[str] = "problem.html"
    is_missing: bool
    again: str
    title: str
    detail: str


VIEWS: tuple[type[Page], ...] = (
    Landing, Result, Profiles, ProfilePage, Challenges, ChallengePage, Alliance, ProblemPage, Answer,
)  # fmt: skip
