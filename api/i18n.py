"""Which of the three languages a caller reads, and the words of the API in it."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from matchmaker.languages import WorkingLanguage

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "errors"
FIRST_LANGUAGE = WorkingLanguage.ES  # most cities of the alliance write in Spanish
HEADER_CHARACTERS = 1_000  # of Accept-Language that are read; browsers send under a hundred
SHOWN_CHARACTERS = 120  # of a value that a sentence repeats
DATES = {"en": "en_GB"}  # 24 November 2026, 17:12: day before month and 24 hours, as in the other two
REFUSED_QUALITY = 0.0  # RFC 9110, 12.4.2: "not acceptable"


def language_of(accepted: str) -> WorkingLanguage:
    """The working language that an `Accept-Language` header asks for; Spanish when it asks for none of them."""
    available = [str(language) for language in WorkingLanguage]
    found = negotiate_locale(_by_preference(accepted[:HEADER_CHARACTERS]), available, sep="-")
    return WorkingLanguage(found.lower()) if found else FIRST_LANGUAGE


def dates_in(language: str) -> str:
    """The locale in which dates and hours of a language are written."""
    return DATES.get(language, language)


def words(language: WorkingLanguage, key: str, values: Mapping[str, object]) -> str:
    """The sentence of a key (`problem.profile_unknown.detail`) with its values; empty when the key has none."""
    sentence = catalogue(language).gettext(key)
    return "" if sentence == key else sentence.format_map(_Shown(values))


def refusal_told(language: WorkingLanguage, code: str, values: Mapping[str, object]) -> str:
    """Why something was not done and what to do, as a page says it: sentences for programs may name addresses."""
    return words(language, f"page.{code}", values) or words(language, f"problem.{code}.detail", values)


@cache
def catalogue(language: WorkingLanguage, domain: str = DOMAIN) -> Translations:
    """The sentences of a language, compiled from their `.po` file (`errors`, `cli`) when first asked for."""
    with (LOCALE / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as source:
        messages = read_po(source, locale=str(language), domain=domain)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled, domain=domain)


class _Shown(dict[str, str]):
    """Values as a sentence repeats them: short, lists with commas; what is missing is left blank."""

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__({name: _shown(value) for name, value in values.items()})

    def __missing__(self, _name: str) -> str:
        return ""


def _shown(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    text = "" if value is None else str(value)
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…"


def _by_preference(accepted: str) -> list[str]:
    """Language tags by falling quality, without their regions' own order being disturbed."""
    ranges = [_range(part) for part in accepted.split(",")]
    wanted = [(quality, tag) for quality, tag in ranges if tag and quality > REFUSED_QUALITY]
    return [tag for _, tag in sorted(wanted, key=lambda pair: -pair[0])]


def _range(part: str) -> tuple[float, str]:
    tag, _, weight = part.strip().partition(";")
    _, _, number = weight.partition("=")
    try:
        quality = float(number) if number else 1.0
    except ValueError:
        quality = REFUSED_QUALITY
    return quality, tag.strip()
