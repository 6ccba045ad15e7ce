"""Alerts as pages: one's own, and one with what it found."""

from babel import Locale

from api.web.alert_views import (
    AlertLine,
    AlertPage,
    Alerts,
    FindingShown,
    Narrowing,
    SentenceShown,
    SizeShown,
)
from api.web.explained import term_names
from api.web.frames import Asked
from api.web.lines import PAGE_LINES, challenge_line, named, owners_of, where_of
from matchmaker.alerts.models import Alert
from matchmaker.alerts.queries import Found, get_alert, list_alerts, newest_findings
from matchmaker.challenges.models import Procurement
from matchmaker.places.sizes import SizeBand, inhabitants_of
from matchmaker.profiles.queries import full_profiles
from matchmaker.taxonomy.models import Concern


def alerts_page(asked: Asked, *, done: str = "") -> Alerts:
    """One's own alerts. Raises `sign_in_needed`."""
    rows = list_alerts(asked.session, acting=asked.signed_in())
    return Alerts(asked.language, asked.frame("alerts"), tuple(_line(row) for row in rows), done)


def alert_page(asked: Asked, alert_id: int, *, address: str = "", done: str = "") -> AlertPage:
    """One alert of one's own. Raises `sign_in_needed`, `alert_unknown`."""
    acting, session = asked.signed_in(), asked.session
    row = get_alert(session, acting=acting, alert_id=alert_id)
    member = full_profiles(session, acting=acting, profile_ids=[row.profile_id]).get(row.profile_id)
    found = newest_findings(session, alert=row, acting=acting, limit=PAGE_LINES)
    owners = owners_of(session, [one.full.challenge for one in found], acting=acting)
    return AlertPage(
        language=asked.language,
        frame=asked.frame("alerts"),
        line=_line(row),
        member=None if member is None else named(member.profile),
        text=row.text,
        spoken=row.language or asked.language,
        narrowing=_narrowing(asked, row),
        looked_at=row.looked_at,
        findings=tuple(_finding(one, owners) for one in found),
        has_feed=row.feed_digest is not None,
        address=address,
        done=done,
    )


def _line(row: Alert) -> AlertLine:
    return AlertLine(row.id or 0, row.name, row.frequency, row.is_paused)


def _narrowing(asked: Asked, row: Alert) -> Narrowing:
    locale = Locale.parse(asked.language)
    return Narrowing(
        countries=tuple(str(locale.territories.get(code, code)) for code in row.countries),
        areas=term_names(asked.service.taxonomy, Concern.AREAS, row.areas, asked.language),
        languages=tuple(str(locale.languages.get(code, code)) for code in row.languages),
        sizes=tuple(
            SizeShown(*inhabitants_of(SizeBand(size))) for size in row.sizes if size != SizeBand.UNKNOWN
        ),
        where=where_of(row),
        radius_kilometres=row.radius_kilometres,
    )  # fmt: skip


def _finding(found: Found, owners: dict[int, str]) -> FindingShown:
    challenge = found.full.challenge
    return FindingShown(
        challenge=challenge_line(challenge, owners),
        is_buying=challenge.procurement == Procurement.OPEN,
        quoted=tuple(SentenceShown(one.need, one.text, one.language) for one in found.quoted),
        found_at=found.finding.found_at,
    )
