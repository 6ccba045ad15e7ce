"""How a place's name is folded, so that it is found however it is typed. Pure."""

import unicodedata
from collections.abc import Iterable
from functools import cache

LONGEST_ALTERNATE = 60  # characters; longer ones are ceremonial ("La Muy Noble y Leal Ciudad de…")
AIRPORT_CODE_LETTERS = 3  # IATA; the source lists "SAO" and "CUZ" among the names of towns

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ꞌ": "", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n", "ı": "i"}
)
"""Latin letters that Unicode's NFKD leaves whole, as keyboards without them write them; the saltillo goes."""


def search_key(text: str) -> str:
    """Fold a name: letters and digits alone, without case, accents, apostrophes, hyphens, stops or spaces.

    "Santa Bárbara d'Oeste" and "santa barbara dOeste" share one key, as do "San-Paulo" and "San Paulo". Unicode's
    compatibility decomposition (NFKD) before and after case folding; folding twice changes nothing. Text without
    a letter or digit has the empty key.
    """
    folded = _without_marks(_without_marks(text).casefold()).translate(_LETTERS_WITHOUT_DECOMPOSITION)
    return "".join(character for character in folded if character.isalnum() and not _is_an_apostrophe(character))


def names_worth_searching(alternates: Iterable[str]) -> list[str]:
    """Those of a town's alternate names that a user of Latin script may type, in their order."""
    return [name for name in alternates if _is_worth_searching(name)]


def _is_an_apostrophe(character: str) -> bool:
    """Whether it is one of those that Unicode counts among letters: the ʼ of Guaraní, the ʻ of Hawaiian."""
    return unicodedata.category(character) == "Lm"


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _is_worth_searching(name: str) -> bool:
    """Whether it is a name in Latin script: no web address, no airport code, no transliteration.

    The source's alternates carry no language. Transliterations ("meksikositi") are told by their small initial.
    """
    letters = [character for character in name if character.isalpha()]
    if not letters or len(name) > LONGEST_ALTERNATE or "://" in name:
        return False
    if len(name) == AIRPORT_CODE_LETTERS and name.isascii() and name.isupper():
        return False
    return not name[0].islower() and all(_is_latin(letter) for letter in letters)


@cache
def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("LATIN", "MODIFIER LETTER", "FEMININE", "MASCULINE"))
