"""How a list is narrowed: what is asked of it, as filters that can be chosen and chips that can be taken off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from api.pages import readable
from api.web.choices import OFFERED_LANGUAGES, country_choices, language_choices, term_choices
from api.web.frames import Asked
from api.web.pieces import Choice
from matchmaker.challenges.models import Procurement
from matchmaker.languages import WorkingLanguage, detect, is_working_language
from matchmaker.matching.ports import Query
from matchmaker.places.sizes import SizeBand
from matchmaker.taxonomy.models import Term

SOUGHT_CHARACTERS = 400  # of a text that is sought in a list; a challenge is tried on the first page
SIZES = tuple(size for size in SizeBand if size is not SizeBand.UNKNOWN)


@dataclass(frozen=True)
class Filter:
    """One way to narrow a list. Where the words are the template's, labels are codes."""

    name: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> Choice | None:
        """What it is narrowed to."""
        return next((choice for choice in self.choices if choice.is_chosen), None)

    @property
    def code(self) -> str:
        """What is sent for it; empty for everything."""
        return self.chosen.value if self.chosen else ""

    @property
    def codes(self) -> frozenset[str]:
        """The same as a set."""
        return frozenset({self.code} - {""})


@dataclass(frozen=True)
class Chip:
    """Something by which a list is narrowed; `without` is the address of the list without it."""

    name: str
    choice: Choice
    without: str


@dataclass(frozen=True)
class Narrowing:
    """What is asked of a list: a text, filters, and from which line on."""

    text: str
    filters: tuple[Filter, ...]
    after: int

    def codes(self, name: str) -> frozenset[str]:
        """What a filter is narrowed to."""
        return next((one.codes for one in self.filters if one.name == name), frozenset())

    @property
    def sizes(self) -> frozenset[SizeBand]:
        """The sizes of place."""
        return frozenset(SizeBand(code) for code in self.codes("size"))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.text or self.chips)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """What narrows the list, each to be taken off."""
        return tuple(
            Chip(one.name, one.chosen, self._query(leaving=one.name)) for one in self.filters if one.chosen is not None
        )

    def query(self, *, after: int = 0) -> str:
        """The address of this list, from a line on."""
        return self._query(after=after)

    @property
    def without_text(self) -> str:
        """The address of the list without the text that is sought."""
        return self._query(leaving="q")

    def _query(self, *, leaving: str = "", after: int = 0) -> str:
        kept = {"q": self.text} | {one.name: one.code for one in self.filters}
        kept |= {"after": str(after) if after else ""}
        return "?" + urlencode({name: value for name, value in kept.items() if value and name != leaving})


def narrowing_of(values: Mapping[str, str], filters: Sequence[Filter], *, after: int) -> Narrowing:
    """What is asked; a text is cut where no list is searched by more."""
    text = " ".join(readable(values.get("q", "")).split())[:SOUGHT_CHARACTERS]
    return Narrowing(text, tuple(filters), after)


def question(asked: Asked, text: str) -> Query:
    """A text that is sought, in its language; a word or two are in that of the page."""
    detected = detect(text).language
    return Query(text, detected if is_working_language(detected) else asked.language)


def by_terms(
    asked: Asked, name: str, terms: Sequence[Term], values: Mapping[str, str], *, plural: bool = False
) -> Filter:
    """A filter by a list of the alliance."""
    language = asked.language
    named = (lambda term: term.plural[language]) if plural else (lambda term: term.name[language])
    return Filter(name, term_choices(terms, name=named, chosen=[values.get(name, "")]))


def by_country(asked: Asked, values: Mapping[str, str], among: Sequence[str]) -> Filter:
    """A filter by country, of those in which something is."""
    return Filter("country", country_choices(asked.language, chosen=values.get("country", ""), among=among))


def by_language(asked: Asked, values: Mapping[str, str], among: Sequence[str] = OFFERED_LANGUAGES) -> Filter:
    """A filter by language."""
    choices = language_choices(asked.language, chosen=values.get("language", ""))
    return Filter("language", tuple(choice for choice in choices if choice.value in among))


def by_size(values: Mapping[str, str]) -> Filter:
    """A filter by the size of the place."""
    return Filter("size", _codes(SIZES, values.get("size", "")))


def by_procurement(values: Mapping[str, str]) -> Filter:
    """A filter by how far a purchase has come."""
    return Filter("procurement", _codes(tuple(Procurement), values.get("procurement", "")))


WORKING = tuple(str(code) for code in WorkingLanguage)


def _codes(codes: Sequence[str], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(str(code), str(code), code == chosen) for code in codes)
