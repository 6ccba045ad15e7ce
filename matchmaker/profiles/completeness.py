"""What a profile does not say yet, so that its author may say it: suggestions, no score, nothing that ranks. Pure.

Fields count, and so do sentences: who writes "in 2023 we cut leaks by 30 % in Sogamoso" has said where and what came
of it, in whichever field.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from matchmaker.profiles.completeness_words import FOR_WHOM, RESULT, WHERE
from matchmaker.profiles.drafts import ExperienceDraft, OfferDraft, ProfileDraft

QUOTABLE_WORDS = 5  # of an offer: fewer are a label, and no sentence that answers a need
NAMED_CHARACTERS = 60  # of the text by which something without a title is called


class Lack(StrEnum):
    """What is not said. Words and an example belong to the page."""

    OFFERS = "offers"
    OFFER_SHORT = "offer_short"
    EXPERIENCE = "experience"
    WHERE = "where"
    RESULT = "result"
    FOR_WHOM = "for_whom"
    LANGUAGES = "languages"
    PLACE = "place"
    DELIVERY_AREA = "delivery_area"


@dataclass(frozen=True)
class Missing:
    """Something that is not said; of one offer or one thing done by its number from 0 and what it is called."""

    lack: Lack
    number: int | None = None
    named: str = ""


def missing_from(draft: ProfileDraft, *, language: str) -> tuple[Missing, ...]:
    """What a profile in this language does not say, in the order of its steps."""
    found: list[Missing] = [] if draft.offers else [Missing(Lack.OFFERS)]
    found += [
        Missing(Lack.OFFER_SHORT, number, _named(offer))
        for number, offer in enumerate(draft.offers)
        if len(offer.text.split()) < QUOTABLE_WORDS
    ]
    found += [] if draft.experience else [Missing(Lack.EXPERIENCE)]
    for number, done in enumerate(draft.experience):
        found += [Missing(lack, number, _named(done)) for lack in _missing_from_one(done, language)]
    found += [] if draft.languages else [Missing(Lack.LANGUAGES)]
    found += [] if draft.place else [Missing(Lack.PLACE)]
    found += [] if draft.delivery_area else [Missing(Lack.DELIVERY_AREA)]
    return tuple(found)


def says_result(text: str, *, language: str) -> bool:
    """Whether a text says what came of something."""
    return _says(RESULT, text, language)


def _missing_from_one(done: ExperienceDraft, language: str) -> list[Lack]:
    said = f"{done.title}\n{done.text}\n{done.result}\n{done.for_whom}"
    lacks = []
    if done.place is None and not _says(WHERE, said, language, heeds_capitals=True):
        lacks.append(Lack.WHERE)
    if not (done.result or says_result(said, language=language)):
        lacks.append(Lack.RESULT)
    if not (done.for_whom or _says(FOR_WHOM, said, language)):
        lacks.append(Lack.FOR_WHOM)
    return lacks


def _named(said: OfferDraft | ExperienceDraft) -> str:
    if said.title or len(said.text) <= NAMED_CHARACTERS:
        return said.title or said.text
    return said.text[:NAMED_CHARACTERS].rsplit(" ", 1)[0] + "…"


def _says(table: Mapping[str, Sequence[str]], text: str, language: str, *, heeds_capitals: bool = False) -> bool:
    """Whether a text holds a cue of its language; of any of the three where it is in none of them."""
    spoken = (language,) if language in table else tuple(table)
    expressions = tuple(line for code in spoken for line in table[code])
    return any(expression.search(text) for expression in _compiled(expressions, heeds_capitals))


@cache
def _compiled(lines: tuple[str, ...], heeds_capitals: bool) -> tuple[re.Pattern[str], ...]:  # noqa: FBT001 - cached
    return tuple(re.compile(line, 0 if heeds_capitals else re.IGNORECASE) for line in lines)
