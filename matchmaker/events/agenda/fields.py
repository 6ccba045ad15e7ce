"""Values of a JSON document, taken field by field; an error names the place and the smallest change."""

import json
import math
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from matchmaker.errors import InvalidInputError

ID_CHARACTERS = 200
LARGEST_COUNT = 1_000_000


class BadInstanceError(InvalidInputError):
    """A file is not in the format; `values["at"]` says where."""


def load_json(path: Path) -> object:
    """The document of a file. Raises `agenda_not_json`, `agenda_key_twice`, OSError."""
    try:
        return json.loads(path.read_bytes(), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadInstanceError("agenda_not_json", at=str(path), reason=str(error)[:200]) from error


def record(value: object, at: str, *, needed: Iterable[str], optional: Collection[str] = ()) -> Mapping[str, object]:
    """An object with all of `needed` and nothing but `optional` beside."""
    if not isinstance(value, dict):
        raise _wrong(at, "object", value)
    needed = list(needed)
    for name in needed:
        if name not in value:
            raise BadInstanceError("agenda_field_missing", at=at, field=name)
    for name in value:
        if name not in needed and name not in optional:
            raise BadInstanceError("agenda_field_unknown", at=at, field=name, known=sorted([*needed, *optional]))
    return value


def items(value: object, at: str) -> list[object]:
    """A list."""
    if not isinstance(value, list):
        raise _wrong(at, "list", value)
    return value


def name(value: object, at: str) -> str:
    """An identifier: a text that is not empty."""
    if not isinstance(value, str) or not 0 < len(value) <= ID_CHARACTERS:
        raise _wrong(at, "text", value, most=ID_CHARACTERS)
    return value


def name_or_nothing(value: object, at: str) -> str | None:
    """An identifier or null."""
    return None if value is None else name(value, at)


def names(value: object, at: str) -> tuple[str, ...]:
    """A list of identifiers, none of them twice."""
    found = tuple(name(one, f"{at}[{number}]") for number, one in enumerate(items(value, at)))
    distinct(found, at)
    return found


def count(value: object, at: str) -> int:
    """A whole number from 0."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_COUNT:
        raise _wrong(at, "count", value, most=LARGEST_COUNT)
    return value


def number(value: object, at: str) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not _is_finite(value):
        raise _wrong(at, "number", value)
    return float(value)


def truth(value: object, at: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise _wrong(at, "truth", value)
    return value


def distinct(found: Iterable[str], at: str) -> None:
    """Raise `agenda_twice` for an identifier that appears again."""
    seen: set[str] = set()
    for one in found:
        if one in seen:
            raise BadInstanceError("agenda_twice", at=at, value=one)
        seen.add(one)


def known(one: str, all_of_them: Collection[str], at: str) -> None:
    """Raise `agenda_unknown` for a reference to nothing."""
    if one not in all_of_them:
        raise BadInstanceError("agenda_unknown", at=at, value=one)


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _wrong(at: str, expected: str, value: object, **limits: int) -> BadInstanceError:
    return BadInstanceError(f"agenda_{expected}_expected", at=at, value=repr(value)[:80], **limits)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise BadInstanceError("agenda_key_twice", at=key)
        found[key] = value
    return found


def _no_constant(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")
