"""Saving alerts; letting them look and write."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.alerts.drafts import AlertDraft
from matchmaker.alerts.models import Alert, Finding
from matchmaker.alerts.queries import (
    due_alerts,
    get_alert,
    known_challenges,
    left_alerts,
    open_challenges_with_place,
    reader_of,
    unsent,
)
from matchmaker.alerts.rules import digest_findings, filters_of, finding_of, is_due, within, writes_now
from matchmaker.errors import ConflictError, NotAllowedError
from matchmaker.languages import UNDETERMINED, detect
from matchmaker.letters.actions import write_letter
from matchmaker.matching.opportunities import Among, Opportunity, Sought, find_by_text, find_opportunities
from matchmaker.matching.ports import Query, SearchIndex
from matchmaker.places.actions import locate
from matchmaker.profiles.actions import Desk
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import get_profile, represents
from matchmaker.profiles.speaking import speakers_of
from matchmaker.taxonomy.models import Concern, Taxonomy
from matchmaker.taxonomy.rules import check_code

ALERTS_AT_MOST = 20  # of one account
SECRET_BYTES = 32
OF_ITS_LIFE = {"id", "is_paused", "feed_digest", "feed_identity", "looked_at", "digest_at", "created_at", "updated_at"}
WRITTEN = frozenset(Alert.model_fields) - OF_ITS_LIFE  # what somebody wrote: alike in all of it is the same alert
DIGEST, ENDED, FIRST = "alert_digest", "alert_ended", "first"


def save_alert(session: Session, *, desk: Desk, acting: Acting, profile_id: int, draft: AlertDraft) -> Alert:
    """Let a profile look for challenges; the account that saves is told. Saved once more as it stands it is one.

    Raises `profile_unknown`, `not_your_profile`, `too_many_alerts`, `unknown_code`, place errors.
    """
    if acting.account_id is None:
        raise NotAllowedError("sign_in_needed")
    get_profile(session, acting=acting, profile_id=profile_id)
    if not represents(session, acting=acting, profile_id=profile_id):
        raise NotAllowedError("not_your_profile", profile_id=profile_id)
    kept = session.exec(select(Alert).where(Alert.account_id == acting.account_id)).all()
    alert = Alert(
        profile_id=profile_id, account_id=acting.account_id, name="", created_at=desk.now, updated_at=desk.now
    )
    _fill(session, desk=desk, alert=alert, draft=draft)
    for other in kept:
        if all(getattr(other, name) == getattr(alert, name) for name in WRITTEN):
            return other
    if len(kept) >= ALERTS_AT_MOST:
        raise ConflictError("too_many_alerts", limit=ALERTS_AT_MOST)
    session.add(alert)
    session.flush()
    return alert


def edit_alert(session: Session, *, desk: Desk, acting: Acting, alert_id: int, draft: AlertDraft) -> Alert:
    """Replace what an alert looks for; what it found and has not sent yet is sought anew. Raises `alert_unknown`."""
    alert = get_alert(session, acting=acting, alert_id=alert_id)
    session.exec(delete(Finding).where(col(Finding.alert_id) == alert_id, col(Finding.sent_at).is_(None)))
    _fill(session, desk=desk, alert=alert, draft=draft)
    session.add(alert)
    session.flush()
    return alert


def pause_alert(session: Session, *, acting: Acting, alert_id: int, is_paused: bool, now: datetime) -> Alert:
    """Let an alert rest, or look again. Raises `alert_unknown`."""
    alert = get_alert(session, acting=acting, alert_id=alert_id)
    alert.is_paused, alert.updated_at = is_paused, now
    return alert


def delete_alert(session: Session, *, acting: Acting, alert_id: int) -> None:
    """Forget an alert with all that it found. Raises `alert_unknown`."""
    session.delete(get_alert(session, acting=acting, alert_id=alert_id))
    session.flush()


def end_left_alerts(session: Session, *, now: datetime) -> int:
    """End the alerts of accounts that no longer act for the profile, and say so; how many. Safe to repeat.

    What a person looks for is theirs and passes to nobody; who left and who speaks for the profile are told.
    """
    left = left_alerts(session)
    for alert in left:
        speakers = (account.id for account in speakers_of(session, profile_id=alert.profile_id))
        for account_id in sorted({alert.account_id, *(number or 0 for number in speakers)}):
            key = f"{ENDED}:{alert.feed_identity}:{account_id}"
            write_letter(
                session, kind=ENDED, account_id=account_id, subject_id=alert.profile_id, key=key, now=now,
                codes={"has_left": account_id == alert.account_id},
            )  # fmt: skip
        session.delete(alert)
    session.flush()
    return len(left)


def open_feed(session: Session, *, acting: Acting, alert_id: int, now: datetime) -> str:
    """Give an alert a new secret address; the one before ends. The secret is told once. Raises `alert_unknown`."""
    alert = get_alert(session, acting=acting, alert_id=alert_id)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    alert.feed_digest, alert.updated_at = feed_digest_of(secret), now
    session.flush()
    return secret


def close_feed(session: Session, *, acting: Acting, alert_id: int, now: datetime) -> None:
    """End the secret address. Raises `alert_unknown`."""
    alert = get_alert(session, acting=acting, alert_id=alert_id)
    alert.feed_digest, alert.updated_at = None, now


def feed_digest_of(secret: str) -> str:
    """By what a secret is known; the secret itself is kept nowhere."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def send_digests(session: Session, *, index: SearchIndex, taxonomy: Taxonomy, now: datetime) -> int:
    """Let every alert look for which it is time, and ask for the letters that are due; how many were asked for.

    Safe to repeat, also after a crash: what was found once is not found again, a letter of the same key is one letter.
    """
    return sum(
        keep_findings(session, alert_id=number, found=found, now=now)
        for number in due_alerts(session, now=now)
        if (found := look(session, index=index, taxonomy=taxonomy, alert_id=number, now=now)) is not None
    )


def look(
    session: Session, *, index: SearchIndex, taxonomy: Taxonomy, alert_id: int, now: datetime
) -> list[Finding] | None:
    """What an alert would find now that it has not found before; nothing is written. None when nobody may read it."""
    alert = session.get(Alert, alert_id)
    acting = None if alert is None else reader_of(session, alert=alert)
    if alert is None or acting is None:
        return None
    among = Among(
        filters=filters_of(alert),
        only=within(alert, open_challenges_with_place(session)) if alert.radius_kilometres else None,
        excluded=known_challenges(session, alert_id=alert_id),
    )
    found: Sequence[Opportunity | Sought]
    if alert.text:
        query = Query(alert.text, alert.language)
        found = find_by_text(session, index=index, acting=acting, query=query, profile_id=alert.profile_id, among=among)
    else:
        _, found = find_opportunities(
            session, index=index, acting=acting, taxonomy=taxonomy, profile_id=alert.profile_id, among=among
        )
    findings = (finding_of(alert, one, now=now) for one in found)
    return [finding for finding in findings if finding is not None]


def keep_findings(session: Session, *, alert_id: int, found: Sequence[Finding], now: datetime) -> bool:
    """Save what an alert found, and ask for its digest when that is due; say whether it was.

    Another process may have done the same meanwhile, or its owner may have edited the alert: the row is held, and
    what is known by then or was found for other words is left out.
    """
    alert = session.exec(select(Alert).where(Alert.id == alert_id).with_for_update()).first()
    if alert is None or not is_due(alert, now=now):
        return False
    known = known_challenges(session, alert_id=alert_id)
    session.add_all(
        finding for finding in found if finding.challenge_id not in known and finding.found_at >= alert.updated_at
    )
    alert.looked_at = now
    session.add(alert)
    session.flush()
    chosen = digest_findings(unsent(session, alert_id=alert_id)) if writes_now(alert, now=now) else []
    if chosen:
        _ask_for_digest(session, alert, chosen, now)
    return bool(chosen)


def _ask_for_digest(session: Session, alert: Alert, chosen: Sequence[Finding], now: datetime) -> None:
    numbers = [finding.challenge_id for finding in chosen]
    write_letter(
        session, kind=DIGEST, account_id=alert.account_id, subject_id=alert.id or 0, now=now,
        key=f"{DIGEST}-{alert.feed_identity}-{alert.digest_at.isoformat() if alert.digest_at else FIRST}",
        codes={"alert_id": alert.id, "challenge_ids": ",".join(map(str, numbers))},
    )  # fmt: skip
    alert.digest_at = now
    for finding in chosen:
        finding.sent_at = now
    session.flush()


def _fill(session: Session, *, desk: Desk, alert: Alert, draft: AlertDraft) -> None:
    for area in draft.areas:
        check_code(desk.taxonomy, Concern.AREAS, area, field="areas")
    for name in ("name", "text", "countries", "areas", "languages", "radius_kilometres", "frequency"):
        setattr(alert, name, getattr(draft, name))
    alert.sizes = [str(size) for size in draft.sizes]
    alert.language = _language_of(draft, session.get_one(Profile, alert.profile_id)) if draft.text else ""
    locate(session, finder=desk.finder, draft=draft.place, row=alert)
    alert.looked_at, alert.updated_at = None, desk.now


def _language_of(draft: AlertDraft, profile: Profile) -> str:
    """A few words seldom show their language: then it is that of the profile."""
    if draft.language:
        return draft.language
    found = detect(draft.text).language
    return profile.language if found == UNDETERMINED else found
