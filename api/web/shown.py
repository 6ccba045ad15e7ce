"""Parts that belong to one page or two: the form, the numbers, what a profile and a list of the alliance hold."""

from dataclasses import dataclass

from api.web.forms import TryForm
from api.web.pieces import Choice, FieldError, Where


@dataclass(frozen=True)
class Numbers:
    """What the service holds for everyone to see."""

    profiles: int
    challenges: int
    countries: int
    languages: int
    has_demo: bool


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
class TermShown:
    """An entry of the alliance's lists, in the reader's language."""

    name: str
    description: str
    parts: tuple["TermShown", ...] = ()
