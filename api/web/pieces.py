"""What pages have in common to show: values ready for a template, codes where the template has the words."""

from dataclasses import dataclass

from api.web.navigation import NOWHERE, Navigation
from matchmaker.letters.zones import DEFAULT_ZONE
from matchmaker.matching.circumstances import Fitting


@dataclass(frozen=True)
class Frame:
    """Around every page: `path` is the address without its language, `query` begins with `?` or is empty."""

    path: str
    query: str
    section: str
    is_posted: bool = False  # then a change of language posts the form of this id again
    form: str = "challenge-form"
    person: "Person | None" = None
    navigation: Navigation = NOWHERE
    origin: str = ""  # where the service is reached: `https://` and a name


@dataclass(frozen=True)
class Person:
    """Who is signed in. `csrf_token` goes with every form: a form without it is not one of ours."""

    name: str
    csrf_token: str
    is_member: bool  # speaks or writes for a profile
    is_secretariat: bool
    is_alliance: bool = False  # works for the alliance: secretariat, committee, administrator
    time_zone: str = DEFAULT_ZONE  # in which it reads hours


@dataclass(frozen=True)
class Choice:
    """One option of a list: what is sent, what is read, whether it is chosen."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Where:
    """A place as it is written: town, region, country by ISO 3166-1 alpha-2; empty where unknown."""

    town: str = ""
    region: str = ""
    country: str = ""


@dataclass(frozen=True)
class Named:
    """A name with where it leads and where it stands."""

    id: int
    name: str
    where: Where


@dataclass(frozen=True)
class Quote:
    """A sentence of somebody, verbatim, with its language and the part of the text it is from."""

    text: str
    language: str
    part: str


@dataclass(frozen=True)
class Answer:
    """A need in its language, numbered from 1, with the sentence that answers it, if any does."""

    number: int
    need: str
    language: str
    quote: Quote | None
    deviations: float


@dataclass(frozen=True)
class Quoted:
    """A sentence with the needs that it answers: one sentence may answer several, and is quoted once."""

    quote: Quote
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class PrincipleAnswer:
    """A guiding principle that the challenge names, with the sentence that speaks of it, if any does."""

    name: str
    quote: Quote | None


@dataclass(frozen=True)
class Why:
    """The arithmetic of a strength, in numbers: points from 0 to 100, deviations, and what order adds."""

    points: int
    best: float
    breadth: float
    strong: int
    good: int
    possible: int
    circumstances: float


@dataclass(frozen=True)
class MatchExplained:
    """A match with everything that explains it, whichever side reads it."""

    answers: tuple[Answer, ...]
    facts: tuple[Fitting, ...]
    principles: tuple[PrincipleAnswer, ...]
    strength: str
    why: Why
    is_tie: bool

    @property
    def answered(self) -> int:
        """How many needs are answered."""
        return sum(answer.quote is not None for answer in self.answers)

    @property
    def quoted(self) -> tuple[Quoted, ...]:
        """The sentences quoted, each once, in the order of the first need that it answers."""
        groups: dict[Quote, list[Answer]] = {}
        for answer in self.answers:
            if answer.quote is not None:
                groups.setdefault(answer.quote, []).append(answer)
        return tuple(Quoted(quote, tuple(answers)) for quote, answers in groups.items())


@dataclass(frozen=True)
class Candidate:
    """An agent that answers, in its place of the list."""

    agent: Named
    kind: str
    language: str
    is_demo: bool
    match: MatchExplained


@dataclass(frozen=True)
class ChallengeLine:
    """A challenge in a list."""

    id: int
    title: str
    language: str
    asker: str
    where: Where
    is_reference: bool
    is_demo: bool


@dataclass(frozen=True)
class PeerCity:
    """A similar challenge of another, with the sentences in which it is similar."""

    line: ChallengeLine
    quotes: tuple[Answer, ...]
    facts: tuple[Fitting, ...]


@dataclass(frozen=True)
class ProposalShown:
    """Whether a member can propose itself; if not, why (a code, and a sentence), and the introduction there is."""

    agent: Named
    code: str = ""
    why: str = ""
    introduction_id: int = 0

    @property
    def is_possible(self) -> bool:
        """Whether nothing that is known stands in the way."""
        return not self.code


@dataclass(frozen=True)
class Choosing:
    """What the reader of a challenge may do with its candidates; who is on the shortlist, whom they talk with."""

    challenge_id: int
    is_own: bool
    is_open: bool
    considered: frozenset[int]
    introduced: dict[int, int]  # by profile the number of the introduction
    barred: frozenset[int]  # profiles that could bid in the purchase that is open
    shown: int


@dataclass(frozen=True)
class FieldError:
    """What is wrong with a field, as a code with values; the template has the words."""

    field: str
    code: str
    values: dict[str, object]


@dataclass(frozen=True)
class Found:
    """Who answers a challenge: the same part on the page of a tried and of a posted one."""

    needs: tuple[str, ...]
    language: str
    candidates: tuple[Candidate, ...]
    nearest: tuple[Named, ...]  # when nobody fits
    peers: tuple[PeerCity, ...]
    duplicates: tuple[ChallengeLine, ...]
    more: int  # how many candidates to show when more are asked for; 0 when these are all

    @property
    def has_ties(self) -> bool:
        """Whether any two candidates stand equal."""
        return any(candidate.match.is_tie for candidate in self.candidates)
