"""A place as files write it, settled by the gazetteer: told, left open, or unknown; never guessed."""

import re
from dataclasses import dataclass, field

from matchmaker.exchange.names import Names
from matchmaker.exchange.rows import is_blank
from matchmaker.places.actions import PlaceFinder
from matchmaker.places.keys import search_key
from matchmaker.places.place import Ambiguous, Place

LARGEST_NUMBER = 2**31 - 1  # of GeoNames and of a table's rows
CANDIDATES_SHOWN = 6
SHORTEST_REGION = 4  # letters that two spellings of a region must share
REMEMBERED = 20_000  # names of places in one file
_WITH_NUMBER = re.compile(r"^(?P<name>.*?)\s*\((?P<mark>t?)(?P<number>\d{1,10})\)$", re.DOTALL)
"""`Sogamoso, Boyacá, CO (3667873)` as exports write it; `(t12)` is a territory."""

Settled = tuple[dict[str, object] | None, str, str]
"""Fields of a PlaceDraft, or a problem's code with what would be right."""


@dataclass
class Places:
    """Settles the places of one file."""

    finder: PlaceFinder
    countries: Names
    _remembered: dict[tuple[str, ...], Settled] = field(default_factory=dict)

    def settle(self, value: object) -> Settled:
        """The place that a cell or an object of JSON names, or the code of what is wrong with it."""
        parts = {"name": value} if isinstance(value, str) else value
        if not isinstance(parts, dict):
            return None, "malformed", '{"name": …, "country": …}'
        texts = {str(key): str(part).strip() for key, part in parts.items() if not is_blank(part)}
        key = tuple(f"{name}={texts[name]}" for name in sorted(texts))
        if key not in self._remembered:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self._settle(texts)
        return self._remembered[key]

    def _settle(self, texts: dict[str, str]) -> Settled:
        texts = _spread(texts)
        if "territory_id" in texts:
            return _numbered(texts["territory_id"], "territory_id")
        if "geonameid" in texts:
            settled = _numbered(texts["geonameid"], "geonameid")
            known = settled[0] and self.finder.get(int(texts["geonameid"].removesuffix(".0")))
            return settled if known or not settled[0] else (None, "place_unknown", "geonameid")
        return self._by_name(texts)

    def _by_name(self, texts: dict[str, str]) -> Settled:
        name, region, country = texts.get("name", ""), texts.get("region"), texts.get("country", "")
        if not country and not region and "," in name:
            name, region, country = self._cut(name)
        code = self.country(country)
        if country and not code:
            return None, "unknown_code", "ISO 3166-1"
        if not name:
            return None, "place_unknown", "name"
        return _verdict(self._resolve(name, country=code, region=region))

    def country(self, text: str) -> str | None:
        """ISO 3166-1 alpha-2 code of a country's name or code, when it is clear."""
        found = self.countries.find(text) if text else None
        return found.meaning or None if found else None

    def _cut(self, name: str) -> tuple[str, str | None, str]:
        """`Sogamoso, Boyacá, Colombia` or `Sogamoso, CO` or `Sogamoso, Boyacá` in its parts."""
        first, *rest = (piece.strip() for piece in name.split(","))
        country = rest.pop() if self.country(rest[-1]) else ""
        return first, ", ".join(rest) or None, country

    def _resolve(self, name: str, *, country: str | None, region: str | None) -> Place | Ambiguous | None:
        """As the gazetteer does; a region may be written shorter or longer than it does ("Lima", "Lima Province")."""
        if not region:
            return self.finder.resolve(name, country=country)
        return self.finder.resolve(name, country=country, region=region) or _within(
            self.finder.resolve(name, country=country), region=region
        )


def _within(found: Place | Ambiguous | None, *, region: str) -> Place | Ambiguous | None:
    """Those whose region's name holds `region` or is held by it."""
    places = found.candidates if isinstance(found, Ambiguous) else (found,) if found else ()
    wanted = search_key(region)
    kept = tuple(place for place in places if _overlap(wanted, search_key(place.region or "")))
    return kept[0] if len(kept) == 1 else Ambiguous(kept) if kept else None


def _overlap(first: str, second: str) -> bool:
    return min(len(first), len(second)) >= SHORTEST_REGION and (first in second or second in first)


def place_cell(*, name: str, region: str, country: str, geonameid: int | None, territory_id: int | None) -> str:
    """A place in one cell, as `settle` reads it back."""
    words = ", ".join(piece for piece in (name, region, country) if piece)
    if geonameid is not None:
        return f"{words} ({geonameid})"
    return f"{words} (t{territory_id})" if territory_id is not None else words


def _spread(texts: dict[str, str]) -> dict[str, str]:
    """Take the number out of a name that carries one."""
    match = _WITH_NUMBER.match(texts.get("name", ""))
    if not match or "geonameid" in texts or "territory_id" in texts:
        return texts
    kind = "territory_id" if match["mark"] else "geonameid"
    return {**texts, "name": match["name"], kind: match["number"]}


def _numbered(text: str, name: str) -> Settled:
    number = text.removesuffix(".0")
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:12]) <= LARGEST_NUMBER:
        return None, "not_a_number", f"1-{LARGEST_NUMBER}"
    return {name: int(number)}, "", ""


def _verdict(found: Place | Ambiguous | None) -> Settled:
    if found is None:
        return None, "place_unknown", ""
    if isinstance(found, Ambiguous):
        shown = [
            place_cell(
                name=place.name, region=place.region or "", country=place.country, geonameid=place.geonameid,
                territory_id=place.territory_id,
            )
            for place in found.candidates[:CANDIDATES_SHOWN]
        ]  # fmt: skip
        return None, "place_ambiguous", "; ".join(shown)
    return {"geonameid": found.geonameid}, "", ""
