"""Reading what the alliance has laid down, as its own people see it: which versions, since when, by whom."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Acting
from matchmaker.membership.models import AdmissionProcess
from matchmaker.membership.office import check_power
from matchmaker.membership.queries import process_in_force
from matchmaker.publishing.book import Book, Edition
from matchmaker.taxonomy.models import AllianceList


@dataclass(frozen=True)
class Listed:
    """A version: whether it holds now, from which day, and the name of who published it.

    The day is unknown of what came with the service and of criteria that nobody applies.
    """

    edition: Edition
    is_in_force: bool
    since: date | None
    published_by: str


def list_editions(session: Session, *, acting: Acting, book: Book, now: datetime) -> list[Listed]:
    """Every version of the three lists, the newest of each first. Raises `secretariat_only`."""
    check_power(acting)
    process = process_in_force(session)
    in_force = {
        AllianceList.TAXONOMY: book.taxonomy.version,
        AllianceList.CRITERIA: process.criteria_version if process else "",
        AllianceList.CODE: book.rulebook.in_force(now).version,
    }
    names = _names(session, {each.account_id for each in book.editions if each.account_id})
    found = []
    for each in (each for of in AllianceList for each in reversed(book.editions_of(of))):
        holds = each.version == in_force[each.list]
        since = _since(each, process=process if holds else None)
        found.append(Listed(each, holds, since, names.get(each.account_id or 0, "")))
    return found


def get_edition(*, acting: Acting, book: Book, of: AllianceList, version: str) -> Edition:
    """One version. Raises `secretariat_only`, `list_version_unknown`."""
    check_power(acting)
    return book.edition(of, version)


def _since(edition: Edition, *, process: AdmissionProcess | None) -> date | None:
    if edition.list is AllianceList.CODE:
        return date.fromisoformat(edition.document["in_force_from"])
    if edition.list is AllianceList.CRITERIA:
        return process.decided_at.date() if process else None
    return edition.published_at.date() if edition.published_at else None


def _names(session: Session, account_ids: set[int]) -> dict[int, str]:
    found = session.exec(select(Account.id, Account.name).where(col(Account.id).in_(account_ids))).all()
    return {number or 0: name for number, name in found}
