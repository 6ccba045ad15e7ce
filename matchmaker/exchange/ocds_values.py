"""Values of OCDS JSON, which portals fill as they like: each reading gives something of the right type. Pure."""

import re
from collections.abc import Mapping
from datetime import date

KEY_CHARACTERS = 180  # of an identifier within a key
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}")
_SCHEME_COUNTRY = re.compile(r"^([A-Z]{2})-")

Json = Mapping[str, object]


def object_of(value: object) -> Json:
    """An object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def objects_of(value: object) -> list[Json]:
    """The objects of a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text_of(value: object) -> str:
    """Text or a number as text, without what a database cannot hold; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).replace("\x00", " ").encode("utf-8", "replace").decode().strip()


def day_of(value: object) -> str:
    """The ISO date at the beginning of a moment; empty when there is none."""
    text = text_of(value)
    try:
        return date.fromisoformat(text[:10]).isoformat() if _DAY.match(text) else ""
    except ValueError:
        return ""


def first_text(*values: object) -> str:
    """The first of several texts that says something."""
    return next((text for text in map(text_of, values) if text), "")


def joined(*texts: str) -> str:
    """Texts line by line, each said once."""
    kept: list[str] = []
    for text in texts:
        if text and not any(text in known for known in kept):
            kept.append(text)
    return "\n".join(kept)


def address_of(party: Json) -> dict[str, str]:
    """Name, region and country of where a party is; the country of its identifier's register when none is told."""
    address = object_of(party.get("address"))
    parts = place_of(address)
    scheme = _SCHEME_COUNTRY.match(text_of(object_of(party.get("identifier")).get("scheme")))
    if scheme and not parts["country"]:
        parts["country"] = scheme[1]
    return parts


def place_of(address: Json) -> dict[str, str]:
    """Name, region and country of an OCDS address."""
    return {
        "name": text_of(address.get("locality")),
        "region": text_of(address.get("region")),
        "country": first_text(address.get("country"), address.get("countryName")),
    }


def external_id_of(party: Json) -> str:
    """`scheme-id` of the party's register, else the id by which the package calls it."""
    identifier = object_of(party.get("identifier"))
    scheme, number = text_of(identifier.get("scheme")), text_of(identifier.get("id"))
    found = f"{scheme}-{number}" if scheme and number else first_text(party.get("id"), number)
    return found[:KEY_CHARACTERS]
