"""Views of mentoring: a request between two members, and who mentors."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.pieces import Candidate, ChallengeLine, Choice, Named
from api.web.shown import ProfileLine
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class MentoringSide:
    """One of the two. `word` is empty where the reader may not know the answer; one no longer shown has no name."""

    side: str
    agent: Named | None
    is_own: bool
    word: str
    result: str


@dataclass(frozen=True)
class MentorLine:
    """A mentor in the list."""

    profile: ProfileLine
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    hours_left: int
    words: str


@dataclass(frozen=True)
class MentoringPage(Page):
    """A request. `acts`: what the reader may do now."""

    template: ClassVar[str] = "mentoring.html"
    id: int
    sides: tuple[MentoringSide, MentoringSide]
    state: str
    waits_for_you: bool
    proposer: str
    hours: int
    message: str
    created_at: datetime
    expires_at: datetime
    together: str
    acts: frozenset[str]
    answers: tuple[Choice, ...]
    results: tuple[Choice, ...]
    contacts: tuple[tuple[str, str], ...] | None
    challenge: ChallengeLine | None
    typed: Typed
    done: str


@dataclass(frozen=True)
class OwnMentoring:
    """A request of which the reader reads a side, or the secretariat; who is no longer shown has no name."""

    id: int
    mentor: Named | None
    mentee: Named | None
    state: str
    waits_for_you: bool
    expires_at: datetime
    hours: int


@dataclass(frozen=True)
class Mentors(Page):
    """Who mentors, and has hours left. `own`: requests that concern the reader, the newest first.

    `members`: for whom the reader can offer to mentor.
    """

    template: ClassVar[str] = "mentors.html"
    own: tuple[OwnMentoring, ...]
    members: tuple[Named, ...]
    lines: tuple[MentorLine, ...]
    areas: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    is_narrowed: bool
    is_first: bool
    next_query: str


@dataclass(frozen=True)
class MentorAsk(Page):
    """Asking a mentor for hours. `members`: for whom the reader may ask."""

    template: ClassVar[str] = "mentor_ask.html"
    mentor: Named
    text: str
    spoken: str
    hours: int
    members: tuple[Choice, ...]
    challenge: ChallengeLine | None
    typed: Typed


@dataclass(frozen=True)
class MentorOffering(Page):
    """What a member helps with. Hours a month: given, promised, asked for by those who wait, left."""

    template: ClassVar[str] = "mentor_offer.html"
    agent: Named
    is_offered: bool
    is_paused: bool
    hours: int
    promised: int
    asked: int
    left: int
    requests: tuple[OwnMentoring, ...]
    areas: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    typed: Typed
    done: str


@dataclass(frozen=True)
class MentorFound:
    """A mentor who answers a challenge, with the sentences that say why."""

    candidate: Candidate
    languages: tuple[str, ...]
    hours_left: int


@dataclass(frozen=True)
class ChallengeMentors(Page):
    """Mentors with hours left for a challenge of one's own."""

    template: ClassVar[str] = "challenge_mentors.html"
    line: ChallengeLine
    mentors: tuple[MentorFound, ...]


VIEWS: tuple[type[Page], ...] = (MentoringPage, Mentors, MentorAsk, MentorOffering, ChallengeMentors)
