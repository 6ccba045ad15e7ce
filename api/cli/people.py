"""`administrator`, and the people of the demo: accounts with a link that signs them in once."""

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from api.cli.faults import ExitCode
from api.cli.operator import Operator
from api.cli.outlets import notices, results, write_json
from api.saying import Say
from matchmaker.accounts.models import Account, Role
from matchmaker.accounts.rules import OPERATOR_LINK_LIFE
from matchmaker.accounts.signing_in import make_link
from matchmaker.challenges.models import Challenge
from matchmaker.errors import InvalidInputError
from matchmaker.people.appointing import make_first
from matchmaker.people.representing import Invited
from matchmaker.profiles.models import Profile, Representation
from matchmaker.texts import NAME_CHARACTERS, EmailAddress

if TYPE_CHECKING:
    from api.wiring import Service

DEMO_HOST = "demo.example"  # RFC 2606: no letter can ever reach it
HOURS = int(OPERATOR_LINK_LIFE.total_seconds() // 3_600)


def create_administrator(operator: Operator, *, email: str, name: str, as_json: bool) -> ExitCode:
    """Make an administrator, or make one of an account that exists.

    Raises `name_wrong`, `email_wrong`, `account_ended`.
    """
    address = checked_address(email)
    said = name.strip() or address.partition("@")[0]
    if len(said) > NAME_CHARACTERS or not said.isprintable():
        raise InvalidInputError("name_wrong", value=said, limit=NAME_CHARACTERS)
    with operator.service() as service, service.database.transaction() as session:
        invited = Invited(address=address, name=said, language=operator.say.language)
        account = make_first(session, invited=invited, role=Role.ADMINISTRATOR, now=service.clock())
        link = link_for(service, session, account, public_url=service.settings.public_url)
        made = {"account_id": account.id, "email": address, "name": account.name, "link": link}
    if as_json:
        write_json(made)
    else:
        notices().print(operator.say("administrator.made", name=made["name"], hours=HOURS))
        results().print(link, soft_wrap=True)
    return ExitCode.DONE


def demo_links(service: "Service", say: Say, *, public_url: str) -> list[tuple[Role, str]]:
    """A link for each role, to be opened once, in any browser; the city and the supplier act for a demo profile."""
    with service.database.transaction() as session:
        return [
            (role, link_for(service, session, _demo_account(service, session, say, role), public_url=public_url))
            for role in Role
        ]


def link_for(service: "Service", session: Session, account: Account, *, public_url: str) -> str:
    """A link that signs an account in once."""
    return make_link(session, key=service.signing_key, account=account, now=service.clock(), public_url=public_url)


def checked_address(email: str) -> str:
    """The address as it is kept. Raises `email_wrong`."""
    from pydantic import TypeAdapter, ValidationError

    try:
        return str(TypeAdapter(EmailAddress).validate_python(email))
    except ValidationError as error:
        raise InvalidInputError("email_wrong", value=email) from error


def _demo_account(service: "Service", session: Session, say: Say, role: Role) -> Account:
    invited = Invited(address=f"{role}@{DEMO_HOST}", name=say(f"demo.{role}"), language=say.language)
    known = session.exec(select(Account).where(Account.email == invited.address)).first()
    account = known or make_first(session, invited=invited, role=role, now=service.clock())
    profile_id = _demo_profile(session, role)
    if profile_id is not None and session.get(Representation, (account.id, profile_id)) is None:
        session.add(Representation(account_id=account.id or 0, profile_id=profile_id))
    return account


def _demo_profile(session: Session, role: Role) -> int | None:
    """For a city the first that posted a demo challenge; for a supplier the first that posted none."""
    posted = select(Challenge.owner_id).where(col(Challenge.is_demo), col(Challenge.owner_id).is_not(None))
    if role is Role.CITY:
        return session.exec(posted.order_by(col(Challenge.owner_id)).limit(1)).first()
    if role is Role.SUPPLIER:
        others = select(Profile.id).where(col(Profile.is_demo), col(Profile.id).not_in(posted))
        return session.exec(others.order_by(col(Profile.kind) != "company", col(Profile.id)).limit(1)).first()
    return None
