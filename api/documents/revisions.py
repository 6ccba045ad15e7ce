"""From the published editions of an agenda to meetings that say when each last changed. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from api.documents.models import Meeting


@dataclass(frozen=True)
class Edition:
    """What one participant had in one published version."""

    number: int
    published_at: datetime
    meetings: tuple[Meeting, ...]


def revised(editions: Sequence[Edition]) -> tuple[Meeting, ...]:
    """The meetings of the last edition, and those that were dropped on the way, cancelled; editions by number.

    A meeting keeps its revision while nothing of it changes, so that calendars are told of changes alone; one that
    comes back after it was dropped has a higher revision than its cancellation.
    """
    known: dict[str, Meeting] = {}
    for edition in sorted(editions, key=lambda each: each.number):
        now = {each.key: each for each in edition.meetings}
        for key, last in known.items():
            if key not in now and not last.is_cancelled:
                known[key] = _in_edition(replace(last, is_cancelled=True), edition)
        for key, meeting in now.items():
            last_known = known.get(key)
            is_same = last_known is not None and _in_edition(last_known, edition) == _in_edition(meeting, edition)
            if not is_same:
                known[key] = _in_edition(meeting, edition)
    return tuple(sorted(known.values(), key=lambda each: (each.start, each.key)))


def _in_edition(meeting: Meeting, edition: Edition) -> Meeting:
    return replace(meeting, revision=edition.number, changed_at=edition.published_at)
