"""A reader beside the author: what would help a challenge to be answered. Suggestions, never walls. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

from matchmaker.challenges.coach_words import COACH_WORDS
from matchmaker.challenges.models import BudgetBand, Challenge
from matchmaker.challenges.need_clauses import folded
from matchmaker.sentences import sentences


class Hint(StrEnum):
    """What may be missing or in the way. Words belong to the page, with an example of what to write instead."""

    PRODUCT_NAMED = "product_named"  # something to buy stands where the problem should
    NO_MEASURE = "no_measure"  # nothing says how much, how many or how often
    NO_BENEFICIARY = "no_beneficiary"  # nobody is named whom it would help
    NO_BUDGET = "no_budget"
    TWO_PROBLEMS = "two_problems"


@dataclass(frozen=True)
class Advice:
    """A hint with the author's own words that gave it, verbatim; none where something is missing."""

    hint: Hint
    field: str
    quote: str = ""


def advise(challenge: Challenge) -> tuple[Advice, ...]:
    """What a colleague would say on reading it, in the order of the form. Nothing of an empty text."""
    said = (("title", challenge.title), ("description", challenge.description))
    if not challenge.description.strip():
        return ()
    found = [_product(said, challenge.language), _second(challenge), _measure(challenge), _people(challenge)]
    if challenge.budget_band == BudgetBand.UNDECIDED:
        found.append(Advice(Hint.NO_BUDGET, "budget_band"))
    return tuple(advice for advice in found if advice is not None)


def _product(said: tuple[tuple[str, str], ...], language: str) -> Advice | None:
    """Something to buy, where it is asked for: the sentence that does."""
    words = COACH_WORDS.get(language)
    for field, text in said if words else ():
        quote = _sentence(text, language, words.product, without=words.denied) if words else ""
        if quote:
            return Advice(Hint.PRODUCT_NAMED, field, quote)
    return None


def _second(challenge: Challenge) -> Advice | None:
    words = COACH_WORDS.get(challenge.language)
    quote = _sentence(challenge.description, challenge.language, words.second) if words else ""
    return Advice(Hint.TWO_PROBLEMS, "description", quote) if quote else None


def _measure(challenge: Challenge) -> Advice | None:
    words = COACH_WORDS.get(challenge.language)
    told = folded(f"{challenge.description}\n{challenge.expected_benefit}")
    return Advice(Hint.NO_MEASURE, "description") if words and not words.measure.search(told) else None


def _people(challenge: Challenge) -> Advice | None:
    words = COACH_WORDS.get(challenge.language)
    if words is None or challenge.beneficiaries.strip():
        return None
    told = folded(f"{challenge.description}\n{challenge.expected_benefit}")
    return None if words.people.search(told) else Advice(Hint.NO_BENEFICIARY, "beneficiaries")


def _sentence(text: str, language: str, pattern: re.Pattern[str], *, without: re.Pattern[str] | None = None) -> str:
    """The first sentence that holds the pattern, besides what is denied in it, as its author wrote it."""
    for sentence in sentences(text, language):
        said = folded(sentence)
        if pattern.search(without.sub("", said) if without else said):
            return sentence
    return ""
