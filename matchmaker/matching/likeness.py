"""By what two profiles look like one and the same, and in which pairs. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from urllib.parse import urlsplit

from matchmaker.places.keys import search_key

MOST_SHARING = 4  # profiles; a site or a name that more of them have is a portal's or a common one
_LEGAL_FORMS = frozenset({
    "sa", "sas", "srl", "ltda", "ltd", "llc", "inc", "eirl", "spa", "cia", "me", "epp", "sapi", "cv", "esp", "scc",
})  # fmt: skip
"""How firms end their names in Latin America; one writer puts it and another leaves it out."""


class Mark(StrEnum):
    """What two profiles share; the value itself is never kept beside the code."""

    SAME_NAME = "same_name"
    SAME_SITE = "same_site"
    SAME_NUMBER = "same_number"  # of registration


def name_key(name: str, *, country: str) -> str:
    """A name in one spelling, without its legal form, in its country; empty where no letter is left."""
    words = [search_key(word) for word in name.split()]
    told = "".join(word for word in words if word not in _LEGAL_FORMS)
    return f"{country} {told}" if told else ""


def site_key(website: str) -> str:
    """The host of a site with its path; empty for none."""
    try:
        parts = urlsplit(website.strip().casefold())
    except ValueError:  # a bracket without its other half
        return ""
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"


def pairs_alike(
    shared: Iterable[tuple[Mark, str, int]], *, apart: Collection[tuple[int, int]]
) -> Mapping[tuple[int, int], frozenset[Mark]]:
    """Pairs of numbers, the smaller first, with what they share; each with the first of its group, but those `apart`.

    `shared` are marks with their key and whose they are; an empty key is nobody's.
    """
    groups: defaultdict[tuple[Mark, str], set[int]] = defaultdict(set)
    for mark, key, number in shared:
        if key:
            groups[mark, key].add(number)
    found: defaultdict[tuple[int, int], set[Mark]] = defaultdict(set)
    for (mark, _), numbers in groups.items():
        if len(numbers) <= MOST_SHARING or mark is Mark.SAME_NUMBER:
            first, *others = sorted(numbers)
            for other in others:
                found[first, other].add(mark)
    return {pair: frozenset(marks) for pair, marks in sorted(found.items()) if pair not in apart}
