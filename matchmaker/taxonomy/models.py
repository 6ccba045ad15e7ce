"""The nouns of a taxonomy, as read from `data/taxonomy`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Words = Mapping[str, str]
"""A text by language code; es, pt and en are always there."""


class Concern(StrEnum):
    """The lists of a taxonomy."""

    KINDS = "kinds"
    AREAS = "areas"
    PRINCIPLES = "principles"


@dataclass(frozen=True)
class Term:
    """One entry of a list: a stable code, a name and a description in each language."""

    code: str
    name: Words
    description: Words
    sub_terms: tuple["Term", ...] = ()
    plural: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Taxonomy:
    """One version of the alliance's lists. Codes keep their meaning across versions; old versions stay readable."""

    version: str
    provisional: bool
    source: Words
    kinds: tuple[Term, ...]
    areas: tuple[Term, ...]
    principles: tuple[Term, ...]

    def codes(self, concern: Concern) -> frozenset[str]:
        """The codes of one list."""
        return frozenset(term.code for term in self.terms(concern))

    def terms(self, concern: Concern) -> tuple[Term, ...]:
        """One list in its order."""
        lists: dict[Concern, tuple[Term, ...]] = {
            Concern.KINDS: self.kinds,
            Concern.AREAS: self.areas,
            Concern.PRINCIPLES: self.principles,
        }
        return lists[concern]

    def term(self, concern: Concern, code: str) -> Term | None:
        """The entry with this code, or nothing."""
        return next((term for term in self.terms(concern) if term.code == code), None)
