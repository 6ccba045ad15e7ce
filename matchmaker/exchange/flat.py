"""A profile as cells under headers, and as an object of JSON: what it says, without its e-mail address. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from matchmaker.exchange.place_cells import place_cell
from matchmaker.exchange.vocabulary import Headers
from matchmaker.places.models import Located
from matchmaker.profiles.queries import FullProfile

LIST_MARK = "; "
_PLAIN = ("external_id", "import_source", "kind", "name", "language", "summary", "description", "languages", "place")
_LATER = ("delivery_area", "areas", "website")
_OFFER, _EXPERIENCE, _FACT = (
    ("title", "text"),
    ("title", "text", "place", "year", "result", "for_whom"),
    ("text", "source"),
)


@dataclass(frozen=True)
class Widths:
    """How many numbered groups a table needs columns for."""

    offers: int
    experience: int
    facts: int


def flat_fields(widths: Widths) -> list[str]:
    """Targets of a table's columns in order, numbers filled in: `offers.1.text`."""
    groups = (
        ("offers", widths.offers, _OFFER),
        ("experience", widths.experience, _EXPERIENCE),
        ("facts", widths.facts, _FACT),
    )
    numbered = [f"{name}.{n}.{part}" for name, count, parts in groups for n in range(1, count + 1) for part in parts]
    return [*_PLAIN, *_LATER, *numbered]


def header_of(field: str, headers: Headers, *, language: str) -> str:
    """How a column is headed: the first spelling that the vocabulary has in this language."""
    pieces = field.split(".")
    number = next((piece for piece in pieces if piece.isdigit()), "")
    target = ".".join("#" if piece.isdigit() else piece for piece in pieces)
    return headers[target][language][0].replace("#", number)


def profile_object(full: FullProfile) -> dict[str, object]:
    """The profile in the shape in which JSON Lines are imported."""
    row = full.profile
    return {
        "external_id": row.external_id or f"profile-{row.id}",
        "import_source": row.source,
        "kind": row.kind,
        "name": row.name,
        "language": row.language,
        "summary": row.summary,
        "description": row.description,
        "offers": [{"title": offer.title, "text": offer.text} for offer in full.offers],
        "experience": [
            {
                "title": done.title,
                "place": _place(done),
                "year": done.year,
                "text": done.text,
                "result": done.result,
                "for_whom": done.for_whom,
            }
            for done in full.experience
        ],
        "languages": row.languages,
        "place": _place(row),
        "delivery_area": row.delivery_area,
        "areas": row.areas,
        "website": row.website,
        "facts": row.facts,
    }


def profile_cells(full: FullProfile) -> dict[str, str]:
    """The profile's texts by target field; what is empty is left out."""
    cells: dict[str, str] = {}
    for name, value in profile_object(full).items():
        if isinstance(value, list) and name in ("offers", "experience", "facts"):
            for number, group in enumerate(value, start=1):
                cells |= {f"{name}.{number}.{part}": _cell(piece) for part, piece in group.items()}
        else:
            cells[name] = _cell(value)
    return {name: cell for name, cell in cells.items() if cell}


def _cell(value: object) -> str:
    if isinstance(value, list):
        return LIST_MARK.join(map(str, value))
    if isinstance(value, Mapping):
        return place_cell(
            name=value["name"],
            region=value["region"],
            country=value["country"],
            geonameid=value.get("geonameid"),
            territory_id=value.get("territory_id"),
        )
    return "" if value is None else str(value)


def _place(row: Located) -> dict[str, object] | None:
    if row.geonameid is None and row.territory_id is None:
        return None
    number = {"geonameid": row.geonameid} if row.geonameid is not None else {"territory_id": row.territory_id}
    return {"name": row.place_name, "region": row.region, "country": row.country, **number}
