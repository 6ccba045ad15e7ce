"""Who may decide on an application: of the committee those without a conflict, on appeal those who did not before."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from matchmaker.membership.committee_queries import sitting
from matchmaker.membership.conflicts import may_judge
from matchmaker.membership.models import Application, Vote
from matchmaker.membership.office import ASSIGNED, Office
from matchmaker.membership.queries import decision_of
from matchmaker.membership.rules import round_of
from matchmaker.membership.states import Body, Round


def voters(session: Session, *, office: Office, row: Application) -> list[int]:
    """Who of the committee in force may vote: nobody in conflict, and on appeal nobody who decided before."""
    before = deciders(session, row)
    return [
        account_id
        for account_id in sitting(session)
        if account_id not in before
        and may_judge(session, office.conflicts, account_id=account_id, profile_id=row.profile_id)
    ]


def votes_of(session: Session, *, row: Application, allowed: Collection[int]) -> Sequence[Vote]:
    """The votes of this round that count: of those who may vote now."""
    statement = select(Vote).where(Vote.application_id == row.id, Vote.round == round_of(row))
    return session.exec(statement.where(col(Vote.account_id).in_(list(allowed))).order_by(col(Vote.id))).all()


def deciders(session: Session, row: Application) -> set[int | None]:
    """Who took part in the first decision; nobody while it has not fallen."""
    if round_of(row) is Round.FIRST:
        return set()
    first = decision_of(session, application_id=row.id, round_=Round.FIRST)
    cast = select(Vote.account_id).where(Vote.application_id == row.id, Vote.round == Round.FIRST)
    by_one = {first.account_id} if first is not None and first.body == Body.SECRETARIAT else set()
    return set(session.exec(cast).all()) | by_one


def call_to_vote(session: Session, *, office: Office, row: Application) -> None:
    """Tell those who may vote that an application waits for them."""
    allowed = voters(session, office=office, row=row)
    once = f"vote {round_of(row)}"
    office.tell(session, kind=ASSIGNED, accounts=allowed, subject_id=row.id or 0, once=once)
