"""People and roles, for administrators: found, appointed, given another role, signed out, ended."""

from api.web.choices import language_choices
from api.web.desk import check_room
from api.web.frames import Asked
from api.web.lines import PAGE_LINES, one_page
from api.web.office_views import AccountLine, ActedShown, People, PersonPage, SessionShown, TokenShown
from api.web.pieces import Choice
from api.web.profiles import next_query
from api.web.typed import Typed
from matchmaker.accounts.models import Account, Role
from matchmaker.accounts.queries import ALLIANCE_ROLES, get_account, list_accounts
from matchmaker.languages import WorkingLanguage
from matchmaker.people.leaving import acted_for
from matchmaker.people.overseeing import running_sessions, running_tokens

NOTHING = Typed()


def people_page(
    asked: Asked, *, words: str, role: str, after: int, typed: Typed = NOTHING, done: str = ""
) -> People:  # fmt: skip
    """Accounts by number. Raises `sign_in_needed`, `administrator_only`."""
    rooms = check_room(asked, "people")
    roles = [Role(role)] if role in set(Role) else []
    rows, has_more = one_page(
        list_accounts(
            asked.session, acting=asked.acting, roles=roles, words=words.strip(), after=after, limit=PAGE_LINES + 1
        )
    )
    spoken = str(typed.get("language") or asked.language)
    return People(
        language=asked.language,
        frame=asked.frame("desk", form="page-form" if typed.errors else ""),
        rooms=rooms,
        lines=tuple(_line(row) for row in rows),
        words=words,
        roles=tuple(Choice(each, each, each in roles) for each in Role),
        is_first=after <= 0,
        next_query=next_query(rows[-1].id, {"q": words, "role": role}) if has_more else "",
        typed=typed,
        given=tuple(Choice(each, each, typed.get("role") == each) for each in ALLIANCE_ROLES),
        languages=language_choices(asked.language, chosen=spoken)[: len(WorkingLanguage)],
        done=done,
    )


def person_page(
    asked: Asked, account_id: int, *, typed: Typed = NOTHING, is_ending: bool = False, done: str = ""
) -> PersonPage:  # fmt: skip
    """One account. Raises `sign_in_needed`, `administrator_only`, `account_unknown`."""
    rooms, session, acting = check_room(asked, "people"), asked.session, asked.acting
    row, now = get_account(session, acting=acting, account_id=account_id), asked.service.clock()
    acted = acted_for(session, acting=acting, account_id=account_id)
    browsers = running_sessions(session, acting=acting, account_id=account_id, now=now)
    tokens = running_tokens(session, acting=acting, account_id=account_id, now=now)
    return PersonPage(
        language=asked.language,
        frame=asked.frame("desk", form="page-form" if typed.errors else ""),
        rooms=rooms,
        line=_line(row),
        created_at=row.created_at,
        acts_for=tuple(ActedShown(each.profile.id or 0, each.profile.name, each.part, each.is_last) for each in acted),
        sessions=tuple(SessionShown(each.device, each.seen_at) for each in browsers),
        tokens=tuple(TokenShown(each.id or 0, each.label, each.created_at, each.expires_at) for each in tokens),
        roles=tuple(Choice(each, each, (typed.get("role") or row.role) == each) for each in Role),
        is_oneself=acting.account_id == account_id,
        is_ending=is_ending and row.ended_at is None,
        typed=typed,
        done=done,
    )


def _line(row: Account) -> AccountLine:
    return AccountLine(row.id or 0, row.name, row.email or "", row.role, row.ended_at)
