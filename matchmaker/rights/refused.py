"""What is left of imported members after their owners refused them: challenges, and what portals said of them."""

from datetime import datetime

from sqlalchemy import Table, delete, not_, select
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_rows

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.refusals import number_of_challenge
from matchmaker.membership.models import Invitation
from matchmaker.membership.states import Answer
from matchmaker.profiles.refusals import note_refusal, refused_among, sources_refused
from matchmaker.rights.walk import Belongings, erase

FACTS = "portal_fact"


def erase_refused(session: Session, *, now: datetime) -> int:
    """Erase it, and say how much that was. Safe to repeat; what is imported later is kept away by the import."""
    refused = select_rows(Invitation.profile_id).where(Invitation.answer == Answer.REFUSED)
    left = session.exec(select_rows(Challenge).where(col(Challenge.owner_id).in_(refused))).all()
    for number, source, external_id in [(row.id or 0, row.source, row.external_id) for row in left]:
        if external_id is not None:
            note_refusal(session, source=source, external_id=number_of_challenge(external_id), now=now)
        erase(session, Belongings("challenge", number), now=now)
    return len(left) + _erase_facts(session)


def _erase_facts(session: Session) -> int:
    """Facts are known by the number that a portal gives a supplier; contracts by the award that they belong to."""
    facts = SQLModel.metadata.tables.get(FACTS)
    if facts is None:
        return 0
    return sum(_erase_facts_of(session, facts, source) for source in sources_refused(session))


def _erase_facts_of(session: Session, facts: Table, source: str) -> int:
    connection, is_of = session.connection(), facts.c.source == source
    suppliers = connection.execute(select(facts.c.supplier).where(is_of, facts.c.supplier != "").distinct()).scalars()
    gone = refused_among(session, source=source, external_ids=suppliers.all())
    if not gone:
        return 0
    awards = select(facts.c.ocid, facts.c.award).where(is_of, facts.c.supplier.in_(gone), facts.c.award != "")
    lost = connection.execute(awards.distinct()).all()
    erased = connection.execute(delete(facts).where(is_of, facts.c.supplier.in_(gone))).rowcount
    for ocid, award in lost:
        same = (is_of, facts.c.ocid == ocid, facts.c.award == award)
        others = select(facts.c.id).where(*same, facts.c.supplier != "").exists()
        erased += connection.execute(delete(facts).where(*same, facts.c.supplier == "", not_(others))).rowcount
    return erased
