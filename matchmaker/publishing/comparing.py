"""What a version changes in the one before it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from matchmaker.publishing.models import Change, Document, Fate, Scalar
from matchmaker.taxonomy.models import Words

LISTS = ("kinds", "areas", "principles", "criteria", "articles")
INNER, WEIGHT = "sub_areas", "weight"
AROUND = ("version", *LISTS)
"""What is no matter of what stands around the lists."""
DOCUMENT = "document"
LABELS = ("name", "title")


@dataclass(frozen=True)
class _Entry:
    list: str
    code: str
    name: Words
    rest: Mapping[str, Any]


def changes_between(old: Document, new: Document) -> tuple[Change, ...]:
    """Entries added, renamed, changed and gone, in the order of the new version; those gone come last."""
    before = {(each.list, each.code): each for each in _entries(old)}
    after = {(each.list, each.code): each for each in _entries(new)}
    around = [
        Change(DOCUMENT, Fate.CHANGED, name, {}, values=_values(old, new, name))
        for name in dict.fromkeys((*old, *new)) if name not in AROUND and old.get(name) != new.get(name)
    ]  # fmt: skip
    found = [_change(before.get(key), entry) for key, entry in after.items()]
    gone = [Change(each.list, Fate.GONE, each.code, each.name) for key, each in before.items() if key not in after]
    return (*around, *(each for each in found if each is not None), *gone)


def _change(old: _Entry | None, new: _Entry) -> Change | None:
    if old is None:
        return Change(new.list, Fate.ADDED, new.code, new.name)
    fields = tuple(name for name in dict.fromkeys((*old.rest, *new.rest)) if old.rest.get(name) != new.rest.get(name))
    weights = _values(old.rest, new.rest, WEIGHT) if WEIGHT in fields else None
    if old.name != new.name:
        return Change(new.list, Fate.RENAMED, new.code, new.name, old.name, fields, weights)
    return Change(new.list, Fate.CHANGED, new.code, new.name, None, fields, weights) if fields else None


def _values(old: Document, new: Document, name: str) -> tuple[Scalar, Scalar] | None:
    """Old and new of what is no text in three languages."""
    found = old.get(name), new.get(name)
    return None if any(isinstance(each, Mapping) for each in found) else found  # type: ignore[return-value]


def _entries(document: Document) -> Iterator[_Entry]:
    for name in LISTS:
        for item in document.get(name, ()):
            yield _entry(name, item)
            for inner in item.get(INNER, ()):
                yield _entry(INNER, {**inner, "area": item["code"]})


def _entry(list_: str, item: Document) -> _Entry:
    label = next(name for name in LABELS if name in item)
    rest = {name: value for name, value in item.items() if name not in {"code", label, INNER}}
    return _Entry(list_, item["code"], item[label], rest)
