"""Which language a text is in. The alliance works in three; any other is kept and matched, with a warning."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder


class WorkingLanguage(StrEnum):
    """Languages in which the service speaks, by BCP 47 code."""

    ES = "es"
    PT = "pt"
    EN = "en"


UNDETERMINED = "und"  # BCP 47: the language is not known
SURE_ENOUGH = 0.5  # share of probability; below it the detector is guessing
CODE_LETTERS = (2, 3)  # of ISO 639
DETECTED_CHARACTERS = 2_000  # more text does not change the answer and costs time

_NEIGHBOURS = (Language.FRENCH, Language.ITALIAN, Language.CATALAN, Language.GERMAN)
_STAND_INS = (Language.SWAHILI, Language.TAGALOG, Language.BASQUE, Language.SHONA)
"""The detector knows no Quechua, Guaraní or Aymara; their texts fall to these, read here as undetermined."""


@dataclass(frozen=True)
class Detected:
    """Language code (`und` when not known) and the detector's probability for it, 0 to 1."""

    language: str
    probability: float


@cache
def _detector() -> LanguageDetector:
    ours = (Language.SPANISH, Language.PORTUGUESE, Language.ENGLISH)
    return LanguageDetectorBuilder.from_languages(*ours, *_NEIGHBOURS, *_STAND_INS).build()


def detect(text: str) -> Detected:
    """Detect the language of `text` (lingua's n-gram models); an empty or unsure text is `und`."""
    values = _detector().compute_language_confidence_values(text[:DETECTED_CHARACTERS])
    best = values[0] if values else None
    if best is None or best.value < SURE_ENOUGH or best.language in _STAND_INS:
        return Detected(UNDETERMINED, 0.0 if best is None else float(best.value))
    return Detected(_code(best.language), float(best.value))


def is_working_language(code: str) -> bool:
    """Whether the service speaks this language."""
    return code in set(WorkingLanguage)


def language_name_known(code: str) -> bool:
    """Whether `code` is a two- or three-letter language code that may be stored beside a text."""
    return len(code) in CODE_LETTERS and code.isascii() and code.isalpha() and code.islower()


def _code(language: Language) -> str:
    iso: IsoCode639_1 = language.iso_code_639_1
    return iso.name.lower()
