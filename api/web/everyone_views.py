"""Views of pages that everyone may read: register, privacy, the code of ethics by version."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from api.web.trust_views import ArticleShown
from api.web.views import Page


@dataclass(frozen=True)
class MemberListed:
    """A line of the register; country by ISO 3166-1."""

    id: int
    name: str
    spoken: str
    kind: str
    country: str
    since: datetime


@dataclass(frozen=True)
class Register(Page):
    """Who belongs to the alliance."""

    template: ClassVar[str] = "register.html"
    lines: tuple[MemberListed, ...]
    is_first: bool
    next_query: str


@dataclass(frozen=True)
class SectionShown:
    """A part of a notice."""

    title: str
    text: str


@dataclass(frozen=True)
class PurposeShown:
    """A use of data, which can be refused or not."""

    text: str
    is_necessary: bool


@dataclass(frozen=True)
class Kept:
    """For how many days something is kept, by the code of what it is."""

    code: str
    days: int


@dataclass(frozen=True)
class TermShownFor:
    """How long an answer to some rights may take, by an article."""

    rights: tuple[str, ...]
    length: int
    counting: str
    article: str


@dataclass(frozen=True)
class LawShown:
    """What a law says in its countries; the rule of the house has neither."""

    countries: tuple[str, ...]
    law: str
    terms: tuple[TermShownFor, ...]


@dataclass(frozen=True)
class Privacy(Page):
    """What is kept, why, how long, who sees it, and which rights one has."""

    template: ClassVar[str] = "privacy.html"
    notice: tuple[SectionShown, ...]
    purposes: tuple[PurposeShown, ...]
    kept: tuple[Kept, ...]
    erased_after: int
    laws: tuple[LawShown, ...]
    house: LawShown
    versions: tuple[str, ...]


@dataclass(frozen=True)
class CodeListed:
    """A version of the code of ethics."""

    version: str
    in_force_from: date
    is_in_force: bool


@dataclass(frozen=True)
class CodeVersion(Page):
    """The text of one version, and which others there are."""

    template: ClassVar[str] = "ethics_version.html"
    title: str
    version: str
    in_force_from: date
    is_in_force: bool
    is_provisional: bool
    source: str
    preamble: str
    articles: tuple[ArticleShown, ...]
    versions: tuple[CodeListed, ...]


VIEWS: tuple[type[Page], ...] = (Register, Privacy, CodeVersion)
