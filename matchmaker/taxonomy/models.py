"""The nouns of a taxonomy, as read from `data/taxonomy` or as published since; the versions published of every list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from matchmaker.store.database import UtcDateTime

VERSION_CHARACTERS = 20
Words = Mapping[str, str]
"""A text by language code; es, pt and en are always there."""


class AllianceList(StrEnum):
    """What the alliance lays down in versions of its own; a version is one document."""

    TAXONOMY = "taxonomy"
    CRITERIA = "criteria"
    CODE = "code"


class PublishedVersion(SQLModel, table=True):
    """A version that was put in force by a person, after those that came with the service.

    `account_id` is no foreign key: the version outlives the account.
    """

    __tablename__ = "published_version"
    __table_args__ = (
        UniqueConstraint("list", "version", name="uq_published_version_list"),
        {"info": {"append_only": True}},
    )

    id: int | None = Field(default=None, primary_key=True)
    list: str = Field(max_length=VERSION_CHARACTERS)
    version: str = Field(max_length=VERSION_CHARACTERS)
    document: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    account_id: int | None = Field(default=None)
    published_at: datetime = Field(sa_type=UtcDateTime)


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
