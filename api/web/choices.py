"""What can be chosen in forms: languages, countries, kinds, principles, in the reader's language."""

from collections.abc import Callable, Collection, Iterable

from babel import Locale

from api.web.pieces import Choice
from matchmaker.languages import WorkingLanguage
from matchmaker.places.keys import search_key
from matchmaker.places.place import Place
from matchmaker.places.regions import MACRO_REGIONS, MacroRegionCode
from matchmaker.taxonomy.models import Term

OFFERED_LANGUAGES = (*(str(code) for code in WorkingLanguage), "fr", "it", "ca", "de", "qu", "gn", "ay", "nah", "arn")
"""Working languages first, then neighbours, then the indigenous languages most written in the region's town halls."""
UNNAMED_LANGUAGES = {"es": {"nah": "náhuatl"}, "pt": {"nah": "náuatle"}, "en": {"nah": "Nahuatl"}}
"""Which Unicode's CLDR does not name."""
UNINHABITED = frozenset({"BV", "GS"})
OFFERED_COUNTRIES = (
    MACRO_REGIONS[MacroRegionCode.LATAM].countries | MACRO_REGIONS[MacroRegionCode.IBERO_AMERICA].countries
) - UNINHABITED


def language_choices(language: str, *, chosen: str) -> tuple[Choice, ...]:
    """Languages in which a text may be written."""
    names = {**UNNAMED_LANGUAGES[language], **Locale.parse(language).languages}
    return tuple(Choice(code, str(names.get(code, code)), code == chosen) for code in OFFERED_LANGUAGES)


def country_choices(language: str, *, chosen: str, among: Collection[str] = OFFERED_COUNTRIES) -> tuple[Choice, ...]:
    """Countries by their name in the reader's language."""
    names = Locale.parse(language).territories
    found = [Choice(code, str(names.get(code, code)), code == chosen) for code in among]
    return tuple(sorted(found, key=lambda choice: (search_key(choice.label), choice.value)))


def term_choices(terms: Iterable[Term], *, name: Callable[[Term], str], chosen: Collection[str]) -> tuple[Choice, ...]:
    """Entries of a list of the alliance."""
    return tuple(Choice(term.code, name(term), term.code in chosen) for term in terms)


def town_choices(towns: Iterable[Place], language: str, *, chosen: str) -> tuple[Choice, ...]:
    """Towns of one name, told apart by region and country."""
    names = Locale.parse(language).territories
    found: list[Choice] = []
    for town in towns:
        parts = (town.name, town.region or "", str(names.get(town.country, town.country)))
        code = str(town.geonameid)
        found.append(Choice(code, ", ".join(part for part in parts if part), code == chosen))
    return tuple(found)
