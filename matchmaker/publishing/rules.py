"""What stands against a version that has its form. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from matchmaker.publishing.comparing import INNER, LISTS
from matchmaker.publishing.models import Document, Fault, Place
from matchmaker.taxonomy.models import AllianceList, Concern
from matchmaker.taxonomy.rules import version_order

Uses = Mapping[tuple[Concern, str], Mapping[str, int]]
"""By list and code, how many records of each kind carry the code."""


def number_faults(new: Document, known: Sequence[Document]) -> Iterator[Fault]:
    """A number is given once and grows. `known` are the versions that there are, but for one that is the same."""
    version, numbers = new["version"], [each["version"] for each in known]
    newest = max(numbers, key=version_order)
    if version in numbers:
        yield Fault(("version",), "version_taken", {"newest": newest}, version)
    elif version_order(version) < version_order(newest):
        yield Fault(("version",), "version_not_newer", {"newest": newest}, version)


def code_faults(new: Document) -> Iterator[Fault]:
    """No code occurs twice in a document."""
    seen: dict[str, Place] = {}
    for place, code in _codes(new):
        if code in seen:
            yield Fault(place, "code_twice", {"first": _told(seen[code])}, code)
        seen.setdefault(code, place)


def taxonomy_faults(new: Document, old: Document, *, sectors: Collection[str], uses: Uses) -> Iterator[Fault]:
    """Every kind has a sector, and what records carry stays in its list."""
    for number, kind in enumerate(new["kinds"]):
        if kind["code"] not in sectors and not kind.get("sector"):
            yield Fault(("kinds", number, "sector"), "sector_missing")
    for concern, code in gone_codes(new, old):
        counts = uses.get((concern, code), {})
        if counts:
            told = {name: counts.get(name, 0) for name in ("profiles", "challenges")}
            others = sum(counts.values()) - sum(told.values())
            yield Fault((concern.value,), "code_in_use", {**told, "others": others, "value": code}, code)


def gone_codes(new: Document, old: Document) -> list[tuple[Concern, str]]:
    """The codes that records may carry and that the new version no longer has in their list."""
    kept = {concern: {item["code"] for item in new[concern]} for concern in Concern}
    return [
        (concern, item["code"]) for concern in Concern for item in old[concern] if item["code"] not in kept[concern]
    ]


def criteria_faults(new: Document) -> Iterator[Fault]:
    """There are at least two points to choose from."""
    if new["highest"] <= new["lowest"]:
        yield Fault(("highest",), "highest_not_above", {"lowest": new["lowest"]}, str(new["highest"]))


def day_faults(new: Document, old: Document, *, today: date) -> Iterator[Fault]:
    """A code of ethics begins today at the earliest, and not before the one that it replaces."""
    earliest = max(today.isoformat(), old["in_force_from"])
    if new["in_force_from"] < earliest:
        yield Fault(("in_force_from",), "begins_too_early", {"earliest": earliest}, new["in_force_from"])


def pointer(place: Place) -> str:
    """A place as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in place)


def _told(place: Place) -> str:
    """A place as people count: from 1."""
    return " › ".join(str(part + 1) if isinstance(part, int) else part for part in place[:-1])


def newest_of(of: AllianceList, known: Sequence[Document]) -> Document:
    """The version that a new one is compared with: of the code the last to begin, which may not hold yet."""
    if of is AllianceList.CODE:
        return max(known, key=lambda each: (each["in_force_from"], version_order(each["version"])))
    return max(known, key=lambda each: version_order(each["version"]))


def _codes(document: Document) -> Iterator[tuple[Place, str]]:
    for name in LISTS:
        for number, item in enumerate(document.get(name, ())):
            yield (name, number, "code"), item["code"]
            for inner, sub in enumerate(item.get(INNER, ())):
                yield (name, number, INNER, inner, "code"), sub["code"]
