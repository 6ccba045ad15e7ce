"""The audit log, for administrators: by who, what and when; and whether its seals hold."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response
from sqlmodel import col, select

from api.web.desk import check_room
from api.web.frames import Asked, AskedPage, page
from api.web.lines import PAGE_LINES, one_page
from api.web.office_views import AuditPage, EntryShown
from api.web.pieces import Choice
from api.web.profiles import next_query
from api.web.typed import Typed, Wrong
from matchmaker.accounts.models import Account
from matchmaker.audit.models import AuditEntry
from matchmaker.audit.queries import (
    WantedEntries,
    acts_known,
    count_entries,
    find_entries,
    last_digest,
    verify_log,
)

LARGEST_NUMBER = 2**31 - 1
WHOLE, BROKEN = "whole", "broken"
LATEST_DAY = date(9999, 12, 30)  # the day after it still has a date
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]
audits = APIRouter(prefix="/desk/audit", default_response_class=HTMLResponse)


@audits.get("")
def read_audit(
    asked: AskedPage, who: str = "", act: str = "", subject: str = "", since: str = "", until: str = "",
    after: After = 0, verify: str = "",
) -> Response:  # fmt: skip
    """A page of the log, the newest first."""
    typed = Typed({"who": who, "act": act, "subject": subject, "since": since, "until": until})
    return page(_audit_page(asked, typed, before=after, verify=bool(verify)))


def _audit_page(asked: Asked, typed: Typed, *, before: int, verify: bool) -> AuditPage:
    rooms, session, acting = check_room(asked, "audit"), asked.session, asked.acting
    typed = Typed(typed.values, _wrong(asked, typed))
    acts, subjects = acts_known(session, acting=acting)
    rows, has_more = one_page(
        find_entries(session, acting=acting, wanted=_wanted(typed), before=before or None, limit=PAGE_LINES + 1)
    )
    names = _names(asked, rows)
    broken = verify_log(session) if verify else None
    narrowed = {name: str(value) for name, value in typed.values.items()}
    return AuditPage(
        language=asked.language,
        frame=asked.frame("desk"),
        rooms=rooms,
        lines=tuple(_shown(row, names) for row in rows),
        typed=typed,
        acts=tuple(Choice(each, each, typed.get("act") == each) for each in acts),
        subjects=tuple(Choice(each, each, typed.get("subject") == each) for each in subjects),
        state="" if not verify else BROKEN if broken else WHOLE,
        entries=count_entries(session),
        broken_at=0 if broken is None else broken.id or 0,
        digest=last_digest(session),
        is_first=before == 0,
        next_query=next_query(rows[-1].id, narrowed) if has_more else "",
    )


def _wanted(typed: Typed) -> WantedEntries:
    who, until = str(typed.get("who")).strip(), _day(str(typed.get("until")))
    since = _day(str(typed.get("since")))
    return WantedEntries(
        account_id=int(who) if _is_number(who) else None,
        act=str(typed.get("act")),
        subject=str(typed.get("subject")),
        since=None if since is None else _midnight(since),
        until=None if until is None else _midnight(until + timedelta(days=1)),
    )


def _wrong(asked: Asked, typed: Typed) -> tuple[Wrong, ...]:
    who = str(typed.get("who")).strip()
    found = [Wrong("who", asked.say("form.who"))] if who and not _is_number(who) else []
    days = [name for name in ("since", "until") if typed.get(name) and _day(str(typed.get(name))) is None]
    return (*found, *(Wrong(name, asked.say("form.day")) for name in days))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_NUMBER)) and int(text) <= LARGEST_NUMBER


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return min(found, LATEST_DAY)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _names(asked: Asked, rows: Sequence[AuditEntry]) -> dict[int, str]:
    numbers = {row.account_id for row in rows if row.account_id is not None}
    found = asked.session.exec(select(Account.id, Account.name).where(col(Account.id).in_(numbers))).all()
    return {number or 0: name for number, name in found}


def _shown(row: AuditEntry, names: dict[int, str]) -> EntryShown:
    return EntryShown(
        id=row.id or 0,
        at=row.at,
        account_id=row.account_id,
        by=names.get(row.account_id or 0, ""),
        act=row.act,
        subject=row.subject,
        subject_id=row.subject_id,
        codes=tuple((name, str(value)) for name, value in sorted(row.codes.items()) if value is not None),
        digest=row.digest,
    )
