"""Who may declare, sign, decide and read."""

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.errors import NotAllowedError
from matchmaker.profiles.queries import get_profile
from matchmaker.profiles.speaking import speaks_for


def is_office(acting: Acting) -> bool:
    """Whether an account may read what members declare: secretariat, committee, administrator."""
    return acting.is_secretariat or acting.is_committee or acting.is_administrator


def check_speaks(session: Session, *, acting: Acting, profile_id: int) -> int:
    """The number of the account that speaks for the profile. Raises `profile_unknown`, `representative_needed`."""
    get_profile(session, acting=acting, profile_id=profile_id)
    if acting.account_id is None or not speaks_for(session, acting=acting, profile_id=profile_id):
        raise NotAllowedError("representative_needed", profile_id=profile_id)
    return acting.account_id


def check_reads(session: Session, *, acting: Acting, profile_id: int) -> None:
    """Let a representative and the office read. Raises `profile_unknown`, `representative_needed`."""
    if not is_office(acting):
        check_speaks(session, acting=acting, profile_id=profile_id)


def check_secretariat(acting: Acting) -> None:
    """Raise `secretariat_needed` for anyone else."""
    if not acting.is_secretariat:
        raise NotAllowedError("secretariat_needed")
