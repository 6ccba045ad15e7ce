"""Reads of alerts and of what they found, each with the permission of the account that reads."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.alerts.models import Alert, Finding
from matchmaker.alerts.rules import LOOK_EVERY
from matchmaker.challenges.models import Challenge, Status
from matchmaker.challenges.passages import passages_of as challenge_passages
from matchmaker.challenges.queries import FullChallenge, full_challenges
from matchmaker.errors import NotFoundError
from matchmaker.integrity.queries import confirmed_with
from matchmaker.profiles.models import Profile, Representation, Visibility
from matchmaker.profiles.passages import passages_of as profile_passages
from matchmaker.profiles.queries import full_profiles
from matchmaker.sentences import Level, Passage, digest_of

FEED_FINDINGS = 50  # newest first


@dataclass(frozen=True)
class Quoted:
    """A sentence, verbatim, beside the need that it answers; a search by text has no need, but a sentence of it."""

    need: str
    text: str
    language: str


@dataclass(frozen=True)
class Found:
    """A challenge that an alert found and that its reader may still see, quoted as it is now."""

    finding: Finding
    full: FullChallenge
    quoted: tuple[Quoted, ...]


def get_alert(session: Session, *, acting: Acting, alert_id: int) -> Alert:
    """One alert of the account's own. Raises `alert_unknown`."""
    row = session.get(Alert, alert_id)
    if row is None or acting.account_id is None or row.account_id != acting.account_id:
        raise NotFoundError("alert_unknown", alert_id=alert_id)
    return row


def list_alerts(session: Session, *, acting: Acting) -> Sequence[Alert]:
    """The account's own alerts, oldest first."""
    return session.exec(select(Alert).where(Alert.account_id == acting.account_id).order_by(col(Alert.id))).all()


def alert_of_feed(session: Session, *, feed_digest: str) -> tuple[Alert, Acting]:
    """The alert behind a secret, and on whose behalf it is read. Raises `feed_unknown`."""
    row = session.exec(select(Alert).where(Alert.feed_digest == feed_digest)).first()
    reader = None if row is None else reader_of(session, alert=row)
    if row is None or reader is None:
        raise NotFoundError("feed_unknown")
    return row, reader


def reader_of(session: Session, *, alert: Alert) -> Acting | None:
    """On whose behalf an alert looks: nobody once the account has ended, left the profile, or the profile is hidden."""
    account = session.get_one(Account, alert.account_id)
    shown = session.exec(
        select(Profile.id)
        .join(Representation, col(Representation.profile_id) == Profile.id)
        .where(
            Profile.id == alert.profile_id,
            Profile.visibility == Visibility.VISIBLE,
            Representation.account_id == alert.account_id,
        )
    ).first()
    return None if account.ended_at is not None or shown is None else Acting(account.id, Role(account.role))


def due_alerts(session: Session, *, now: datetime) -> list[int]:
    """The numbers of alerts for which it is time to look again."""
    long_ago = or_(col(Alert.looked_at).is_(None), col(Alert.looked_at) <= now - LOOK_EVERY)
    statement = select(Alert.id).where(col(Alert.is_paused).is_(False), long_ago).order_by(col(Alert.id))
    return [number or 0 for number in session.exec(statement).all()]


def known_challenges(session: Session, *, alert_id: int) -> frozenset[int]:
    """What an alert has found before: it is never found again."""
    return frozenset(session.exec(select(Finding.challenge_id).where(Finding.alert_id == alert_id)).all())


def open_challenges_with_place(session: Session) -> Sequence[Challenge]:
    """Those that can be compared by distance."""
    statement = select(Challenge).where(Challenge.status == Status.OPEN, col(Challenge.latitude).is_not(None))
    return session.exec(statement).all()


def unsent(session: Session, *, alert_id: int) -> Sequence[Finding]:
    """What an alert found and has not written of yet."""
    statement = select(Finding).where(Finding.alert_id == alert_id, col(Finding.sent_at).is_(None))
    return session.exec(statement.order_by(col(Finding.id))).all()


def newest_findings(session: Session, *, alert: Alert, acting: Acting, limit: int = FEED_FINDINGS) -> list[Found]:
    """What an alert found, newest first, as far as its reader may see it now."""
    statement = select(Finding).where(Finding.alert_id == alert.id).order_by(col(Finding.id).desc())
    return _seen(session, alert, session.exec(statement.limit(limit)).all(), acting)


def findings_of_digest(
    session: Session, *, alert_id: int, challenge_ids: Collection[int]
) -> tuple[Alert, list[Found]] | None:
    """An alert and those of `challenge_ids` that a letter about it can still tell, strongest first.

    For whoever writes the words of a letter of the kind `alert_digest`. Nothing when nobody may read it any more.
    """
    alert = session.get(Alert, alert_id)
    reader = None if alert is None else reader_of(session, alert=alert)
    if alert is None or reader is None:
        return None
    asked = col(Finding.challenge_id).in_(list(challenge_ids))
    rows = session.exec(
        select(Finding).where(Finding.alert_id == alert_id, asked).order_by(col(Finding.points).desc(), col(Finding.id))
    ).all()
    return alert, _seen(session, alert, rows, reader)


def _seen(session: Session, alert: Alert, rows: Sequence[Finding], acting: Acting) -> list[Found]:
    """Findings with their challenges as they are now: a sentence that its owner has deleted is not quoted.

    A conflict confirmed since then takes the other's challenges away, for whoever reads; so does an owner that no
    longer wants to stand in the feeds of others.
    """
    loaded = full_challenges(session, acting=acting, challenge_ids=[row.challenge_id for row in rows])
    apart = confirmed_with(session, alert.profile_id) | _out_of_feeds(session, loaded.values())
    opened = {
        key: full for key, full in loaded.items() if full.challenge.status == Status.OPEN and not full.owners & apart
    }
    own = _own_sentences(session, alert, acting)
    return [
        Found(row, opened[row.challenge_id], _quoted(row, opened[row.challenge_id], own))
        for row in rows
        if row.challenge_id in opened
    ]


def _out_of_feeds(session: Session, found: Iterable[FullChallenge]) -> frozenset[int]:
    """Owners of challenges who do not want them in the feeds of others."""
    owners = {full.challenge.owner_id for full in found if full.challenge.owner_id is not None}
    statement = select(Profile.id).where(col(Profile.id).in_(owners), col(Profile.is_in_feeds).is_(False))
    return frozenset(number or 0 for number in session.exec(statement).all())


def _own_sentences(session: Session, alert: Alert, acting: Acting) -> dict[str, Passage]:
    loaded = full_profiles(session, acting=acting, profile_ids=[alert.profile_id])
    return _by_digest(
        passage for full in loaded.values() for passage in profile_passages(full.profile, full.offers, full.experience)
    )


def _quoted(row: Finding, full: FullChallenge, own: dict[str, Passage]) -> tuple[Quoted, ...]:
    """For a search by text the challenge's sentence; for one by profile the profile's, beside the need."""
    needs = {digest_of(need.text): need.text for need in full.needs}
    theirs = _by_digest(challenge_passages(full.challenge, full.needs))
    found = [(needs.get(need, ""), (own if need else theirs).get(sentence)) for need, sentence in row.evidence]
    return tuple(Quoted(need, passage.text, passage.language) for need, passage in found if passage is not None)


def _by_digest(passages: Iterable[Passage]) -> dict[str, Passage]:
    return {passage.digest: passage for passage in passages if passage.level is Level.SENTENCE}
