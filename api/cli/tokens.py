"""`token`: made, listed, ended. The key itself is written once."""

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session

from api.cli.faults import ExitCode
from api.cli.operator import Operator
from api.cli.outlets import notices, results, table, write_json
from matchmaker.accounts.actions import list_tokens, make_token, revoke_token
from matchmaker.accounts.models import EVERY_SCOPE, OPERATOR, Account, ApiToken, Role, Scope
from matchmaker.errors import InvalidInputError
from matchmaker.profiles.models import Representation
from matchmaker.profiles.queries import get_profile
from matchmaker.texts import NAME_CHARACTERS

if TYPE_CHECKING:
    from api.wiring import Service

COLUMNS = ("id", "account", "role", "label", "created_at", "expires_at", "state")


def create(
    operator: Operator,
    *,
    role: str,
    name: str,
    label: str,
    days: int | None,
    profiles: tuple[int, ...],
    scopes: tuple[str, ...],
    as_json: bool,
) -> ExitCode:
    """Make an account for the profiles it acts for, with one token. Raises `profile_unknown`, `name_wrong`."""
    _check(name, label)
    with operator.service() as service, service.database.transaction() as session:
        now = service.clock()
        expires_at = None if days is None else now + timedelta(days=days)
        account, key = make_token(
            session, name=name.strip(), role=Role(role), label=label.strip(), now=now, expires_at=expires_at,
            scopes=[Scope(scope) for scope in scopes] or EVERY_SCOPE,
        )  # fmt: skip
        for profile_id in dict.fromkeys(profiles):
            get_profile(session, acting=OPERATOR, profile_id=profile_id)
            session.add(Representation(account_id=account.id or 0, profile_id=profile_id))
        row = next(token for token, owner in reversed(list_tokens(session)) if owner.id == account.id)
        made = {**_plain(row, account, state="active"), "profiles": list(dict.fromkeys(profiles)), "token": key}
    if as_json:
        write_json(made)
    else:
        notices().print(operator.say("token.made", id=row.id, name=account.name, role=operator.say(f"role.{role}")))
        results().print(key, soft_wrap=True)
    return ExitCode.DONE


def show_all(operator: Operator, *, as_json: bool) -> ExitCode:
    """List all tokens without their keys."""
    with operator.service() as service, service.database.reading() as session:
        rows = _rows(service, session)
    if as_json:
        write_json(rows)
    elif not rows:
        results().print(operator.say("token.none"))
    else:
        say = operator.say
        told = [{**row, "role": say(f"role.{row['role']}"), "state": say(f"state.{row['state']}")} for row in rows]
        cells = [[_cell(row[name]) for name in COLUMNS] for row in told]
        results().print(table([say(f"column.{name}") for name in COLUMNS], cells, numbers=(0,)))
    return ExitCode.DONE


def revoke(operator: Operator, token_id: int, *, as_json: bool) -> ExitCode:
    """End a token; one that has ended stays so. Raises `token_unknown`."""
    with operator.service() as service, service.database.transaction() as session:
        row = revoke_token(session, token_id=token_id, now=service.clock())
        ended = {"id": token_id, "revoked_at": row.revoked_at}
    if as_json:
        write_json({name: _cell(value) if name != "id" else value for name, value in ended.items()})
    else:
        results().print(operator.say("token.revoked", id=token_id))
    return ExitCode.DONE


def _rows(service: "Service", session: Session) -> list[dict[str, object]]:
    now = service.clock()
    rows = []
    for row, account in list_tokens(session):
        is_over = row.expires_at is not None and row.expires_at <= now
        state = "revoked" if row.revoked_at else "expired" if is_over else "active"
        rows.append(_plain(row, account, state=state))
    return rows


def _plain(row: ApiToken, account: Account, *, state: str) -> dict[str, object]:
    return {
        "id": row.id,
        "account_id": account.id,
        "account": account.name,
        "role": account.role,
        "label": row.label,
        "scopes": sorted(row.scopes),
        "created_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat() if row.expires_at else None,
        "revoked_at": row.revoked_at.isoformat() if row.revoked_at else None,
        "state": state,
    }


def _cell(value: object) -> str:
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)


def _check(name: str, label: str) -> None:
    """PostgreSQL keeps no more characters than the columns have, and no NUL."""
    for text, least in ((name, 1), (label, 0)):
        if not least <= len(text.strip()) <= NAME_CHARACTERS or not text.isprintable():
            raise InvalidInputError("name_wrong", value=text, limit=NAME_CHARACTERS)
