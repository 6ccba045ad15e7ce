"""Decisions on codes and numbers of versions."""

from matchmaker.errors import InvalidInputError
from matchmaker.taxonomy.models import Concern, Taxonomy


def check_code(taxonomy: Taxonomy, concern: Concern, code: str, *, field: str) -> None:
    """Raise `unknown_code`, naming the codes there are, when the list has no such entry."""
    known = taxonomy.codes(concern)
    if code not in known:
        raise InvalidInputError("unknown_code", field=field, value=code, known=sorted(known))


def version_order(version: str) -> tuple[int, ...]:
    """What versions are sorted by: their numbers as numbers."""
    return tuple(int(part) for part in version.split("."))
