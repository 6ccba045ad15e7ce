"""Parts that belong to one page or two: the form, the numbers, what a profile and a list of the alliance hold."""

from dataclasses import dataclass
from datetime import datetime

from api.web.forms import TryForm
from api.web.pieces import ChallengeLine, Choice, FieldError, Quote, Where


@dataclass(frozen=True)
class Numbers:
    """What the service holds for everyone to see."""

    profiles: int
    challenges: int
    countries: int
    languages: int
    has_demo: bool
    kinds: tuple[tuple[str, int], ...] = ()
    met: int = 0
    confirmed: int = 0


@dataclass(frozen=True)
class KindCounted:
    """How many there are of a kind."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class FormView:
    """The form of a challenge as it was filled in, with what can be chosen and what is wrong."""

    typed: TryForm
    needs: str
    suggested: str
    languages: tuple[Choice, ...]
    countries: tuple[Choice, ...]
    towns: tuple[Choice, ...]  # when the name means several
    principles: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    errors: tuple[FieldError, ...] = ()

    def error(self, field: str) -> FieldError | None:
        """What is wrong with a field, if anything."""
        return next((error for error in self.errors if error.field == field), None)


@dataclass(frozen=True)
class ProfileLine:
    """A profile in a list."""

    id: int
    name: str
    kind: str
    where: Where
    summary: str
    language: str
    is_demo: bool


@dataclass(frozen=True)
class ProfileFound:
    """A profile in the directory, with the sentence that answers what was sought."""

    line: ProfileLine
    quote: Quote | None


@dataclass(frozen=True)
class ChallengeFound:
    """A challenge in the list, with its sentence that speaks of what was sought."""

    line: ChallengeLine
    quote: Quote | None


@dataclass(frozen=True)
class OfferShown:
    """One thing that an agent can do."""

    title: str
    text: str


@dataclass(frozen=True)
class ExperienceShown:
    """Something that an agent did."""

    title: str
    where: Where
    year: int | None
    text: str
    result: str


@dataclass(frozen=True)
class FactShown:
    """A true sentence on a place, with the public source that says so."""

    text: str
    source: str


@dataclass(frozen=True)
class LessonLine:
    """A lesson in a list."""

    id: int
    title: str
    language: str
    year: int | None
    is_failure: bool


@dataclass(frozen=True)
class MentorShown:
    """What a member helps others with."""

    text: str
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    hours_a_month: int


@dataclass(frozen=True)
class MemberMore:
    """What stands beside a profile: what the member asks, has learned and helps with, and members like it."""

    challenges: tuple[ChallengeLine, ...]
    lessons: tuple[LessonLine, ...]
    mentor: MentorShown | None
    signed_version: str
    signed_at: datetime | None
    peers: tuple[ProfileLine, ...]


@dataclass(frozen=True)
class TermShown:
    """An entry of the alliance's lists, in the reader's language."""

    name: str
    description: str
    parts: tuple["TermShown", ...] = ()
