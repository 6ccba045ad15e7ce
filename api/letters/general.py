"""Values of letters whose concept gives none: names and titles that the codes of the letter point to."""

from collections.abc import Callable
from contextlib import suppress

from api.letters.asking import LetterAsk, Values
from matchmaker.challenges.queries import get_challenge
from matchmaker.errors import NotFoundError
from matchmaker.profiles.queries import get_profile

NAMES = {
    "profile_id": ("member", "applicant", "profile"),
    "proposer_id": ("proposer",),
    "receiver_id": ("receiver",),
    "other_id": ("other",),
    "mentor_id": ("mentor",),
    "mentee_id": ("mentee",),
}
"""Codes that are numbers of profiles, and what the sentences call them."""


def general_values(ask: LetterAsk) -> Values:
    """What the reader may see of what the codes name; the rest is left out."""

    def name(number: int) -> str:
        return get_profile(ask.session, acting=ask.acting, profile_id=number).profile.name

    def title(number: int) -> str:
        return get_challenge(ask.session, acting=ask.acting, challenge_id=number).challenge.title

    found = {called: _seen(ask, code, name) for code, names in NAMES.items() for called in names}
    return {**found, "challenge": _seen(ask, "challenge_id", title)}


def _seen(ask: LetterAsk, code: str, read: Callable[[int], str]) -> str:
    number = ask.letter.codes.get(code)
    if isinstance(number, int):
        with suppress(NotFoundError):
            return read(number)
    return ""
