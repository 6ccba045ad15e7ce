"""The first assembly that a founding committee owes: reminded of before its day, and once that has passed."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from matchmaker.accounts.queries import secretaries
from matchmaker.letters.actions import write_letter
from matchmaker.membership.committee_queries import sitting
from matchmaker.membership.models import Committee
from matchmaker.membership.rules import assembly_stage
from matchmaker.membership.states import CommitteeKind

ASSEMBLY_DUE = "assembly_due"


def remind_of_assembly(session: Session, *, now: datetime) -> int:
    """Remind those who sit in the founding committee, and the secretariat; how many letters were asked for.

    Safe to repeat: each is told once at each stage.
    """
    committee = session.exec(select(Committee).where(Committee.kind == CommitteeKind.FOUNDING)).first()
    stage = "" if committee is None else assembly_stage(committee, now.date())
    if committee is None or not stage:
        return 0
    told: Sequence[int] = sorted({*sitting(session), *secretaries(session)})
    letters = [
        write_letter(
            session, kind=ASSEMBLY_DUE, account_id=account_id, subject_id=committee.id or 0, codes={"stage": stage},
            key=f"{ASSEMBLY_DUE}:{committee.id}:{stage}:{account_id}", now=now,
        )
        for account_id in told
    ]  # fmt: skip
    return sum(letter is not None for letter in letters)
