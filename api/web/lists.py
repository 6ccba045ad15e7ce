"""The alliance's lists: which versions there are, two of them compared, how applications are decided."""

import difflib
from collections.abc import Iterator, Sequence

from api.web.desk import check_room
from api.web.frames import Asked
from api.web.lists_views import DifferenceLine, EditionShown, Lists, ListShown
from api.web.pieces import Choice
from api.web.typed import Typed
from matchmaker.errors import NotFoundError
from matchmaker.membership.queries import process_in_force
from matchmaker.publishing.comparing import INNER, LISTS
from matchmaker.publishing.models import Document
from matchmaker.publishing.queries import Listed, list_editions
from matchmaker.taxonomy.models import AllianceList

NOTHING = Typed()
POLICY = "policy"
LAID_DOWN, PUBLISHED = "saved", "published"
COMPARED_AT_LEAST = 2


def lists_page(
    asked: Asked, *, compared: tuple[str, str, str] = ("", "", ""), typed: Typed = NOTHING, handed: Typed = NOTHING,
    done: str = "",
) -> Lists:  # fmt: skip
    """The lists as the reader's language has them. Raises `sign_in_needed`, `office_needed`, `secretariat_only`."""
    rooms, service = check_room(asked, "lists"), asked.service
    row = process_in_force(asked.session)
    kept = {} if row is None else {"criteria_version": row.criteria_version, "has_assessors": row.has_assessors,
                                   "has_committee": row.has_committee}  # fmt: skip
    process = typed if typed.values else Typed(kept)
    chosen, (of, first, second) = process.get("criteria_version"), compared
    return Lists(
        language=asked.language,
        frame=asked.frame("desk", form="page-form" if typed.errors else ""),
        rooms=rooms,
        lists=_lists(asked),
        criteria=tuple(Choice(each, each, chosen == each) for each in service.charter.criteria),
        compared=_difference(_text(asked, of, first), _text(asked, of, second)),
        of=of,
        first=first,
        second=second,
        process=process,
        handed=handed,
        decided_at=None if row is None else row.decided_at,
        done=done if done in {LAID_DOWN, PUBLISHED} else "",
    )


def _lists(asked: Asked) -> tuple[ListShown, ...]:
    service, policy = asked.service, asked.service.charter.policy
    found = list_editions(asked.session, acting=asked.acting, book=service.shelf.book, now=service.clock())
    own = [_list(of, [each for each in found if each.edition.list is of]) for of in AllianceList]
    numbers = EditionShown(policy.version, is_in_force=True, is_provisional=policy.provisional, since=None)
    return (*own, ListShown(POLICY, (numbers,), is_downloaded=False))


def _list(of: AllianceList, found: Sequence[Listed]) -> ListShown:
    numbers = [each.edition.version for each in reversed(found)]
    choices = tuple(Choice(each, each) for each in numbers) if len(numbers) >= COMPARED_AT_LEAST else ()
    return ListShown(of, tuple(_edition(each) for each in found), choices)


def _edition(listed: Listed) -> EditionShown:
    edition = listed.edition
    return EditionShown(
        edition.version, listed.is_in_force, edition.document["provisional"], listed.since, edition.published_at,
        listed.published_by,
    )  # fmt: skip


def _text(asked: Asked, of: str, version: str) -> list[str]:
    """A version as lines in the reader's language; none of one that there is not."""
    if of not in set(AllianceList):
        return []
    try:
        document = asked.service.shelf.book.edition(AllianceList(of), version).document
    except NotFoundError:
        return []
    around = [document[name][asked.language] for name in ("title", "preamble") if name in document]
    entries = (item for name in LISTS for item in document.get(name, ()))
    return [*around, *(line for item in entries for line in _lines(item, asked.language))]


def _lines(item: Document, language: str) -> Iterator[str]:
    name = (item.get("name") or item["title"])[language]
    yield f"{name} ({item['weight']})" if "weight" in item else name
    yield (item.get("description") or item["text"])[language]
    for inner in item.get(INNER, ()):
        yield from _lines(inner, language)


def _difference(first: list[str], second: list[str]) -> tuple[DifferenceLine, ...]:
    where = {" ": "both", "-": "first", "+": "second"}
    if not first or not second:
        return ()
    lines = [DifferenceLine(line[2:], where[line[0]]) for line in difflib.ndiff(first, second) if line[0] in where]
    return tuple(
        line for number, line in enumerate(lines) if any(each.where != "both" for each in _near(lines, number))
    )


def _near(lines: Sequence[DifferenceLine], number: int) -> Sequence[DifferenceLine]:
    """A line with those before and after it: what is far from every difference is left out."""
    return lines[max(0, number - 1) : number + 2]
