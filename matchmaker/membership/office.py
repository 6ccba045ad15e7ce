"""What every act of admission needs beside its session."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.errors import NotAllowedError
from matchmaker.letters.actions import write_letter
from matchmaker.membership.charter import Charter
from matchmaker.membership.conflicts import Conflicts
from matchmaker.membership.rules import Admission

RECEIVED, ASSIGNED, DECIDED = "application_received", "application_assigned", "application_decided"
ARRIVED = "application_arrived"  # to the secretariat
"""Kinds of letters on an application."""


@dataclass(frozen=True)
class Office:
    """What the alliance has laid down, who must not judge whom, this service's policy and key, the moment."""

    charter: Charter
    conflicts: Conflicts
    admission: Admission
    signing_key: str = field(repr=False)
    now: datetime

    def note(
        self,
        session: Session,
        *,
        acting: Acting,
        act: str,
        subject: str,
        subject_id: int | None,
        **codes: str | int | bool | None,
    ) -> None:
        """Write an act of power into the audit log; reasons stay in their own rows."""
        record_act(
            session, acting=acting, act=act, subject=subject, subject_id=subject_id or 0, now=self.now, codes=codes
        )

    def tell(self, session: Session, *, kind: str, accounts: Iterable[int], subject_id: int, once: str) -> None:
        """Leave a letter on an application for each account; `once` names the occasion, told once."""
        for account_id in accounts:
            key = f"{kind}:{subject_id}:{once}:{account_id}"
            write_letter(
                session, kind=kind, account_id=account_id, subject_id=subject_id, codes={"occasion": once}, key=key,
                now=self.now,
            )  # fmt: skip


def check_power(acting: Acting) -> None:
    """Raise `secretariat_only` unless the secretariat or an administrator acts."""
    if not (acting.is_secretariat or acting.is_administrator):
        raise NotAllowedError("secretariat_only")
