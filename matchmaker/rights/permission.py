"""Who may use the rights of a person or a member."""

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.errors import NotAllowedError
from matchmaker.profiles.speaking import speaks_for
from matchmaker.rights.models import Subject


def check_speaks_for(session: Session, *, acting: Acting, subject: Subject, subject_id: int) -> None:
    """Pass the person, a representative of the member, secretariat and administrators. Raises `not_your_data`."""
    if acting.is_secretariat or acting.is_administrator:
        return
    if subject is Subject.ACCOUNT and acting.account_id == subject_id:
        return
    if subject is Subject.ACCOUNT or not speaks_for(session, acting=acting, profile_id=subject_id):
        raise NotAllowedError("not_your_data", subject_id=subject_id)
