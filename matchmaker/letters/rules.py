"""When a letter leaves, with which others, and when it is given up. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from matchmaker.letters.kinds import DIGEST, GROUPS, is_voluntary
from matchmaker.letters.models import Letter, LetterHabits, Silence
from matchmaker.letters.zones import zone_of

USUAL_HABITS = LetterHabits(account_id=0)
LETTER_RETRY_SECONDS = 60  # after the first attempt; four times as long after each further one
RETRY_FACTOR = 4
LONGEST_RETRY = timedelta(days=1)
ATTEMPTS_AT_MOST = 10  # in about four days, as RFC 5321, 4.5.4.1, asks
TOO_OFTEN = "tried_too_often"  # a process died at each attempt
DIGEST_WINDOW = timedelta(hours=3)  # letters that are not urgent to one reader keep at least this distance
DIGEST_LETTERS_AT_MOST = 40  # in one digest; more wait for the next one


@dataclass(frozen=True)
class Reader:
    """Who gets a letter. An address without an account has no habits; `silence` is why it gets none, or fewer."""

    address: str
    language: str = "es"
    name: str = ""
    account_id: int | None = None
    country: str = ""
    is_ended: bool = False
    silence: str = ""
    habits: LetterHabits = field(default_factory=lambda: USUAL_HABITS)

    @property
    def zone(self) -> ZoneInfo:
        """Where its clock goes."""
        return zone_of(time_zone=self.habits.time_zone, country=self.country)


def why_not(letter: Letter, reader: Reader) -> str:
    """The code of what forbids this letter to this reader; empty when nothing does."""
    if letter.attempts >= ATTEMPTS_AT_MOST:
        return TOO_OFTEN
    if not reader.address:
        return "no_address"
    if reader.is_ended:
        return "account_ended"
    if reader.silence == Silence.BOUNCED:
        return "address_bounced"
    if is_voluntary(letter.kind) and (reader.silence or GROUPS[letter.kind] in reader.habits.unwanted):
        return "not_wanted"
    return ""


def wakes_at(reader: Reader, *, now: datetime) -> datetime:
    """The end of the quiet hours that it is in now, else `now`."""
    start, end = reader.habits.quiet_from, reader.habits.quiet_until
    local = now.astimezone(reader.zone)
    hours_in = (local.hour - start) % 24
    if hours_in >= (end - start) % 24:
        return now
    morning = local.replace(hour=end, minute=0, second=0, microsecond=0)
    is_tomorrow = start > end and local.hour >= start
    return (morning + timedelta(days=1) if is_tomorrow else morning).astimezone(now.tzinfo)


def leaves_at(letter: Letter, reader: Reader, *, last: datetime | None, now: datetime) -> datetime:
    """When a due letter leaves: `now`, or after quiet hours, or when enough time has passed since the `last` one.

    A letter that was tried before waits for no other.
    """
    if letter.is_urgent:
        return now
    earliest = now if last is None or letter.attempts else max(now, last + DIGEST_WINDOW)
    return wakes_at(reader, now=earliest)


def may_be_gathered(letter: Letter) -> bool:
    """Whether it may share a digest: one that was tried before may have arrived, and keeps its Message-ID."""
    return not letter.is_urgent and letter.attempts == 0 and letter.account_id is not None and letter.kind != DIGEST


def gathered(letters: Sequence[Letter]) -> list[list[Letter]]:
    """Letters that leave now, in bundles: those to one account together, all others alone."""
    alone = [[letter] for letter in letters if not may_be_gathered(letter)]
    together = sorted(filter(may_be_gathered, letters), key=lambda letter: (letter.account_id or 0, letter.id or 0))
    return alone + [list(bundle) for _, bundle in groupby(together, key=lambda letter: letter.account_id)]


def retry_at(attempts: int, *, now: datetime) -> datetime | None:
    """When to try again after so many attempts: 1, 4, 16, 64 minutes … at most a day; nothing when enough is enough."""
    if attempts >= ATTEMPTS_AT_MOST:
        return None
    return now + min(timedelta(seconds=LETTER_RETRY_SECONDS * RETRY_FACTOR ** (attempts - 1)), LONGEST_RETRY)
