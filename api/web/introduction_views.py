"""Views of introductions: what a side may know of one, ready for a page."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.pieces import Answer, Choice, Named
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class PartyShown:
    """One of the two. A party that is no longer shown has no name."""

    side: str
    agent: Named | None
    kind: str
    is_own: bool


@dataclass(frozen=True)
class IntroductionLine:
    """An introduction in a list. `waits_for_you`: your word is missing.

    `reader`: owner, profile, secretariat, or together with the owner.
    """

    id: int
    title: str
    title_language: str
    challenge_id: int
    parties: tuple[PartyShown, PartyShown]
    reader: str
    proposed_by: str
    state: str
    waits_for_you: bool
    created_at: datetime
    expires_at: datetime

    @property
    def other(self) -> Named | None:
        """The one across the table, as its reader may name them."""
        return next((party.agent for party in self.parties if not party.is_own), None)


@dataclass(frozen=True)
class SaidShown:
    """What a side said, as the reader may know it; no word when the reader may not."""

    party: PartyShown
    word: str
    reason: str
    words: str
    is_recorded: bool


@dataclass(frozen=True)
class QuestionShown:
    """A question back with its reply."""

    id: int
    party: PartyShown
    text: str
    asked_at: datetime
    reply: str
    may_reply: bool
    typed: Typed


@dataclass(frozen=True)
class Milestone:
    """What came of it by a day after contacts opened: what you said, and what both confirmed."""

    days: int
    choices: tuple[Choice, ...]
    confirmed: str


@dataclass(frozen=True)
class ContactsShown:
    """How to reach the other side."""

    name: str
    email: str
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Introductions(Page):
    """The list of introductions."""

    template: ClassVar[str] = "introductions.html"
    waiting: tuple[IntroductionLine, ...]
    others: tuple[IntroductionLine, ...]
    is_first: bool
    next_query: str


@dataclass(frozen=True)
class IntroductionPage(Page):
    """One introduction: a conversation in the order of time. `acts`: what the reader may do now."""

    template: ClassVar[str] = "introduction.html"
    line: IntroductionLine
    message: str
    needs: tuple[Answer, ...]
    said_by: tuple[SaidShown, SaidShown]
    questions: tuple[QuestionShown, ...]
    acts: frozenset[str]
    answer: Typed
    words_offered: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    edited: Typed
    question: Typed
    has_met: bool | None
    meeting: str
    milestones: tuple[Milestone, ...]
    contacts: ContactsShown | None
    wrong: Typed
    telephone: Typed
    done: str


VIEWS: tuple[type[Page], ...] = (Introductions, IntroductionPage)
