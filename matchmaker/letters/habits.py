"""What an account says about its letters: when, and of which voluntary groups."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.errors import InvalidInputError, NotAllowedError
from matchmaker.letters.addresses import silence
from matchmaker.letters.kinds import OF_ACCOUNTS, VOLUNTARY, Group
from matchmaker.letters.models import LetterHabits, Silence
from matchmaker.letters.zones import is_time_zone


@dataclass(frozen=True)
class Wish:
    """Habits as an account asks for them; hours are local, 0 to 23."""

    time_zone: str
    quiet_from: int
    quiet_until: int
    unwanted: tuple[Group, ...]


def habits_of(session: Session, *, acting: Acting) -> LetterHabits:
    """The account's habits, the usual ones when it has said nothing. Raises `sign_in_needed`."""
    if acting.account_id is None:
        raise NotAllowedError("sign_in_needed")
    return session.get(LetterHabits, acting.account_id) or LetterHabits(account_id=acting.account_id)


def save_habits(session: Session, *, acting: Acting, wish: Wish) -> LetterHabits:
    """Take the account's habits from now on. Raises `sign_in_needed`, `time_zone_unknown`, `letters_necessary`."""
    row = habits_of(session, acting=acting)
    if wish.time_zone and not is_time_zone(wish.time_zone):
        raise InvalidInputError("time_zone_unknown", field="time_zone", value=wish.time_zone)
    _check_voluntary(wish.unwanted)
    row.time_zone, row.quiet_from, row.quiet_until = wish.time_zone, wish.quiet_from, wish.quiet_until
    row.unwanted = [str(group) for group in dict.fromkeys(wish.unwanted)]
    session.add(row)
    session.flush()
    return row


def unsubscribe(session: Session, *, acting: Acting, groups: Collection[Group]) -> LetterHabits:
    """Send no more letters of these groups; twice is as once. Raises `letters_necessary`."""
    _check_voluntary(groups)
    row = habits_of(session, acting=acting)
    row.unwanted = [str(group) for group in OF_ACCOUNTS if group in row.unwanted or group in groups]
    session.add(row)
    session.flush()
    return row


def decline(session: Session, *, digest: str, now: datetime) -> None:
    """Send no more voluntary letters to the address of this digest, which has no account."""
    silence(session, digest=digest, reason=Silence.DECLINED, now=now)


def _check_voluntary(groups: Collection[Group]) -> None:
    necessary = [str(group) for group in groups if group not in VOLUNTARY]
    if necessary:
        raise InvalidInputError("letters_necessary", field="unwanted", groups=necessary)
